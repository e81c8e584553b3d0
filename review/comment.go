package review

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/message"
)

// Voice writes a review for people on a forge, in Markdown and in one language. Nothing that comes out of a
// file, such as a name, a comment or a piece of SQL, becomes markup.
type Voice struct {
	Printer *message.Printer
	Rules   []*Rule // for their titles
}

// RulePage is the published page of a rule.
func RulePage(id string) string {
	return "https://github.com/schema-review/schema-review/blob/main/docs/rules/" + id + ".md"
}

// Comment is the comment at the lines of a finding. It has a suggestion block when Suggest gives one; then it
// must stand at exactly those lines.
func (v Voice) Comment(f Finding) string {
	s, ok := Suggest(f)
	return v.comment(f, s, ok)
}

// PlainComment is the comment without a suggestion block, for where its lines can't be commented on.
func (v Voice) PlainComment(f Finding) string {
	return v.comment(f, Suggestion{}, false)
}

func (v Voice) comment(f Finding, s Suggestion, suggests bool) string {
	parts := []string{v.headline(f), v.text(f.Problem), v.text(f.Advice)}
	if suggests {
		parts = append(parts, fenced("suggestion", s.Lines))
	}
	parts = append(parts, v.footer(f))
	return paragraphs(parts)
}

// headline is a finding's severity and title.
func (v Voice) headline(f Finding) string {
	return icon(f.Severity) + " **" + v.title(f.Rule) + "**"
}

// title is a rule's title, or its id where the rule isn't known.
func (v Voice) title(rule string) string {
	i := slices.IndexFunc(v.Rules, func(r *Rule) bool { return r.ID == rule })
	if i < 0 {
		return MarkdownText(rule)
	}
	return v.text(asMessage(v.Rules[i].Title))
}

// footer leads to the rule's page, and says how to live with the finding.
func (v Voice) footer(f Finding) string {
	return v.say("[%s](%s) · ignore: %s", CodeSpan(f.Rule), RulePage(f.Rule), CodeSpan("-- schema-review: ignore "+f.Rule+" <reason>"))
}

// text is a sentence as Markdown, "" for none.
func (v Voice) text(m Message) string {
	if m.IsZero() {
		return ""
	}
	return MarkdownText(m.In(v.Printer))
}

// say is a sentence of ours. What it is given must be Markdown already.
func (v Voice) say(format string, args ...any) string { return Msg(format, args...).In(v.Printer) }

// fenced is a code block. Its fence is longer than any run of backquotes inside.
func fenced(language, lines string) string {
	fence := "```"
	for strings.Contains(lines, fence) {
		fence += "`"
	}
	return fmt.Sprintf("%s%s\n%s%s", fence, language, lines, fence)
}

// paragraphs puts the parts that say something below each other.
func paragraphs(parts []string) string {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, "\n\n") + "\n"
}
