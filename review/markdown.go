package review

import "strings"

// icon marks a severity.
func icon(s Severity) string {
	switch s {
	case Error:
		return "🛑"
	case Warning:
		return "⚠️"
	}
	return "ℹ️"
}

// say is a sentence of ours. What it is given must be Markdown already, where Markdown is written.
func (v Voice) say(format string, args ...any) string { return Msg(format, args...).In(v.Printer) }

// text is a sentence as Markdown, "" for none.
func (v Voice) text(m Message) string {
	if m.IsZero() {
		return ""
	}
	return MarkdownText(clipped(m.In(v.Printer), longestText))
}

// longestText bounds a sentence, which may have names of any length in it.
const longestText = 1000

// counted is a number with its noun. Both forms are keys of translations.
func (v Voice) counted(n int, one, many string) string {
	if n == 1 {
		return v.say(one, n)
	}
	return v.say(many, n)
}

func (v Voice) statements(n int) string { return v.counted(n, "%d statement", "%d statements") }
func (v Voice) migrations(n int) string { return v.counted(n, "%d migration", "%d migrations") }

// Tally counts the findings: "2 errors, 1 warning, 3 design suggestions", or "No problems". What a model suggests is
// no problem.
func (v Voice) Tally(r *Report) string {
	var parts []string
	for _, s := range []struct {
		severity  Severity
		one, many string
	}{
		{Error, "%d error", "%d errors"},
		{Warning, "%d warning", "%d warnings"},
		{Notice, "%d notice", "%d notices"},
	} {
		if n := r.Count(s.severity); n > 0 {
			parts = append(parts, v.counted(n, s.one, s.many))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, v.say("No problems"))
	}
	if n := r.Suggestions(); n > 0 {
		parts = append(parts, v.counted(n, "%d design suggestion", "%d design suggestions"))
	}
	return strings.Join(parts, v.say(", "))
}

// engine is the server that was reviewed for.
func (v Voice) engine(r *Report) string {
	if r.EngineSource == "assumed" {
		return v.say("%s (assumed)", MarkdownText(r.Engine.Title()))
	}
	return MarkdownText(r.Engine.Title())
}
