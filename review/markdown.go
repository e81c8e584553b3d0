package review

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/schema-review/schema-review/ddlparse"
	"golang.org/x/text/message"
)

// markdownRows is how many findings the table of a review body has: GitHub refuses bodies of more
// than 65,536 characters.
const markdownRows = 50

// Markdown writes a report as the body of a review: verdict, table of findings, what was not
// reviewed and why. Nothing in a file, such as a name or a comment, can become markup.
func Markdown(r *Report, p *message.Printer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** in %s of %s · %s\n", tally(r), plural(r.Coverage.Statements, "statement"),
		plural(r.Coverage.Migrations, "migration"), engineNote(r))
	findingTable(&b, r.Findings, p)
	listNotReviewed(&b, r, p)
	if n := len(r.Suppressed); n > 0 {
		fmt.Fprintf(&b, "\n%s suppressed.\n", plural(n, "finding"))
	}
	return b.String()
}

func engineNote(r *Report) string {
	if r.EngineSource == "assumed" {
		return r.Engine.Title() + " (assumed)"
	}
	return r.Engine.Title()
}

func tally(r *Report) string {
	var parts []string
	for s := Error; s > Off; s-- {
		if n := r.Count(s); n > 0 {
			parts = append(parts, plural(n, s.String()))
		}
	}
	if len(parts) == 0 {
		return "No problems"
	}
	return strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func findingTable(b *strings.Builder, findings []Finding, p *message.Printer) {
	if len(findings) == 0 {
		return
	}
	b.WriteString("\n| | where | problem | rule |\n|---|---|---|---|\n")
	for i, f := range findings {
		if i == markdownRows {
			fmt.Fprintf(b, "\n%d more findings are not listed here.\n", len(findings)-i)
			return
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", icon(f.Severity), where(f.Span.Path(), f.Span), sentences(f, p), CodeSpan(f.Rule))
	}
}

// icon marks a severity in a table.
func icon(s Severity) string {
	switch s {
	case Error:
		return "🛑"
	case Warning:
		return "⚠️"
	}
	return "💡"
}

func where(path string, s ddlparse.Span) string {
	if s.IsZero() {
		return CodeSpan(path)
	}
	return fmt.Sprintf("%s L%d", CodeSpan(path), s.From().Line)
}

// sentences are a finding's problem and the way out.
func sentences(f Finding, p *message.Printer) string {
	text := MarkdownText(f.Problem.In(p))
	if !f.Advice.IsZero() {
		text += "<br>" + MarkdownText(f.Advice.In(p))
	}
	return text
}

func listNotReviewed(b *strings.Builder, r *Report, p *message.Printer) {
	if len(r.NotReviewed)+len(r.RuleErrors) == 0 {
		return
	}
	b.WriteString("\nNot reviewed:\n")
	for i, n := range r.NotReviewed {
		if i == markdownRows {
			fmt.Fprintf(b, "- and %d more\n", len(r.NotReviewed)-i)
			break
		}
		fmt.Fprintf(b, "- %s", where(n.Path, n.Span))
		if n.What != "" {
			b.WriteString(" " + CodeSpan(n.What))
		}
		fmt.Fprintf(b, " (%s)\n", MarkdownText(n.Reason.In(p)))
	}
	for _, e := range r.RuleErrors {
		fmt.Fprintf(b, "- rule %s broke; please report it\n", CodeSpan(e.Rule))
	}
}

// MarkdownText writes a sentence, in which identifiers stand in backquotes, as Markdown of one line.
// All else is shown as it is: no markup, HTML, link, mention or issue reference comes out of it.
func MarkdownText(s string) string {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 { // a backquote without its twin
		return escape(s)
	}
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i%2 == 0:
			b.WriteString(escape(part))
		case part != "":
			b.WriteString(CodeSpan(part))
		}
	}
	return b.String()
}

// CodeSpan writes text as a code span that also holds in a table cell.
func CodeSpan(s string) string {
	s = strings.Join(strings.Fields(printable(s)), " ")
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + strings.ReplaceAll(s, "|", `\|`) + fence
}

// escape makes text of one line that Markdown shows as it is.
func escape(s string) string {
	s = printable(s)
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '@' || r == '#' || r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteRune(r)
			b.WriteString("&#8203;") // no mention, no reference, no link
		case strings.ContainsRune("\\`*_[]<>|~&$", r), i == 0 && strings.ContainsRune("+-=0123456789", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), "www.", "www&#46;")
}

// printable replaces line breaks, and drops the controls and the marks that turn the direction of text.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
