package review

import (
	"net/url"
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

// RulePage is the published page of a rule; custom ones have none.
func RulePage(id string) string {
	if customID.MatchString(id) {
		return ""
	}
	return "https://github.com/schema-review/schema-review/blob/main/docs/rules/" + url.PathEscape(id) + ".md"
}

// Comment is the comment at the lines of a finding. It has a suggestion block when Suggest gives one; then it
// must stand at exactly those lines.
func (v Voice) Comment(f Finding) string {
	s, ok := Suggest(f)
	if !ok {
		return v.PlainComment(f)
	}
	return v.comment(f, fenced("suggestion", s.Lines))
}

// PlainComment is the comment without a suggestion block, for where the lines of the suggestion can't be
// commented on.
func (v Voice) PlainComment(f Finding) string { return v.comment(f, correctedSQL(f)) }

func (v Voice) comment(f Finding, correction string) string {
	if correction == "" {
		correction = v.corrected(f)
	}
	return paragraphs(
		v.headline(f),
		v.text(f.Problem),
		v.text(f.Advice),
		correction,
		v.alsoIn(f),
		v.related(f),
		v.footer(f),
	)
}

// headline is a finding's severity and title.
func (v Voice) headline(f Finding) string {
	if f.ByModel {
		return v.say("💡 **%s** (a design suggestion)", MarkdownText(v.titleOf(f)))
	}
	return icon(f.Severity) + " **" + MarkdownText(v.title(f.Rule)) + "**"
}

// titleOf is a finding's title: the rule's, or what a model calls it.
func (v Voice) titleOf(f Finding) string {
	if f.ByModel && f.Title != "" {
		return clipped(f.Title, longestName)
	}
	return v.title(f.Rule)
}

// title is a rule's title, or its id where the rule isn't known.
func (v Voice) title(id string) string {
	if r := v.rule(id); r != nil {
		return r.TitleIn(v.Printer)
	}
	return id
}

func (v Voice) rule(id string) *Rule {
	i := slices.IndexFunc(v.Rules, func(r *Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return v.Rules[i]
}

// footer leads to the rule's page, and says how to live with the finding.
func (v Voice) footer(f Finding) string {
	if f.ByModel {
		return v.source(f) + " · 👍 / 👎"
	}
	verb := ignoreVerb
	if f.Span.IsZero() {
		verb = ignoreFileVerb
	}
	if r := v.rule(f.Rule); r != nil && r.Category == Suppressions {
		return ruleLink(f.Rule)
	}
	return v.say("%s · ignore: %s", ruleLink(f.Rule), CodeSpan("-- "+directive+" "+verb+" "+f.Rule+" <reason>"))
}

// source names what a finding goes by: a rule, which has a page, or a guideline of the team's.
func (v Voice) source(f Finding) string {
	if f.ByModel {
		return v.say("%s · guideline", CodeSpan(f.Rule))
	}
	return ruleLink(f.Rule)
}

// corrected folds SQL away that does better and can't be applied to the lines at hand.
func (v Voice) corrected(f Finding) string {
	if f.Corrected == "" || !plainLines(f.Corrected) || len(f.Corrected) > longestCorrected {
		return ""
	}
	return "<details><summary>" + v.say("The corrected SQL") + "</summary>\n\n" + fenced("sql", strings.TrimRight(f.Corrected, "\n")+"\n") + "\n\n</details>"
}

const longestCorrected = 8000 // bytes

// ruleLink is a rule's id, which leads to its page where it has one.
func ruleLink(id string) string {
	page := RulePage(id)
	if page == "" {
		return CodeSpan(id)
	}
	return "[" + CodeSpan(id) + "](" + page + ")"
}

const (
	correctedLines  = 8   // lines of corrected SQL that are shown where it can't be applied
	correctedLength = 600 // and their bytes
)

// correctedSQL shows a fix that is short, for people to copy.
func correctedSQL(f Finding) string {
	if f.Fix == nil || f.Fix.Span.IsZero() || !f.Fix.fits() {
		return ""
	}
	l, ok := linesOf(f.Fix)
	if !ok || l.after == "" || !plainLines(l.after) || strings.Count(l.after, "\n") > correctedLines || len(l.after) > correctedLength {
		return ""
	}
	return fenced("sql", strings.ReplaceAll(l.after, "\r\n", "\n"))
}

// fenced is a code block. Its fence is longer than any run of backquotes inside.
func fenced(language, lines string) string {
	fence := "```"
	for strings.Contains(lines, fence) {
		fence += "`"
	}
	return fence + language + "\n" + lines + fence
}

// paragraphs puts the parts that say something below each other.
func paragraphs(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, "\n\n") + "\n"
}
