package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// templatePlaceholder speaks of placeholders that nothing fills in. Flyway, Liquibase and goose with ENVSUB fill in
// ${name}, Atlas {{ }}; where other files of the directory have placeholders too, something does so there as well.
var templatePlaceholder = &review.Rule{
	ID:       "unrendered-template-placeholder",
	Title:    "Placeholder is not filled in",
	Category: review.Hygiene,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allowed_placeholders", Default: []string{}, Doc: "Placeholders that are filled in before the migration runs, as they are written: ${schema}."},
	},
	Check: func(p *review.Pass) {
		for m := range newTexts(p) {
			list := placeholders(p, m, statementsIn(p, m))
			if len(list) > 0 && !otherFilesHave(p, m, list[0]) {
				reportPlaceholder(p, m, list)
			}
		}
	},
}

// opensPlaceholder are the marks that placeholders start with.
var opensPlaceholder = []string{"${", "{{", "<%=", "{$"}

// placeholders are those in the statements of a file, outside of strings and comments.
func placeholders(p *review.Pass, m *ddlparse.Migration, statements []*ddlparse.Statement) []ddlparse.Span {
	if !mayHavePlaceholder(m.Source.Text) {
		return nil
	}
	var list []ddlparse.Span
	for _, s := range statements {
		if !mayHavePlaceholder(s.Text()) {
			continue
		}
		var before ddlparse.Token
		for _, t := range ddlparse.Tokens(s.Span, p.Engine, false) {
			if at := placeholderIn(t, before); !at.IsZero() && !fillsIn(m, at.Text()) && !slices.Contains(review.Value[[]string](p, "allowed_placeholders"), at.Text()) {
				list = append(list, at)
			}
			before = t
		}
	}
	return list
}

var namedValue = regexp.MustCompile(`[\s(,=<>]:[A-Za-z_]`)

func mayHavePlaceholder(text string) bool {
	return slices.ContainsFunc(opensPlaceholder, func(mark string) bool { return strings.Contains(text, mark) }) || strings.Contains(text, ":") && namedValue.MatchString(text)
}

// placeholderIn finds the placeholder that a token has in it, or is the name of.
func placeholderIn(t, before ddlparse.Token) ddlparse.Span {
	if t.Kind != ddlparse.WordToken && t.Kind != ddlparse.QuotedToken {
		return ddlparse.Span{}
	}
	text := t.Text()
	if t.Kind == ddlparse.WordToken && before.Text() == ":" && before.Span.End == t.Span.Start && startsWord(before.Span) {
		return ddlparse.Span{Source: t.Span.Source, Start: before.Span.Start, End: t.Span.End}
	}
	for _, mark := range opensPlaceholder {
		i := strings.Index(text, mark)
		if i < 0 {
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if mark == "<%=" {
			end = strings.IndexByte(text[i:], '>')
		}
		for end >= 0 && i+end+1 < len(text) && text[i+end+1] == '}' {
			end++
		}
		if end >= 0 {
			return ddlparse.Span{Source: t.Span.Source, Start: t.Span.Start + int32(i), End: t.Span.Start + int32(i+end) + 1}
		}
	}
	return ddlparse.Span{}
}

// startsWord reports whether the colon follows white space, a comma, a parenthesis or an operator: a label's follows
// its name.
func startsWord(colon ddlparse.Span) bool {
	return colon.Start > 0 && strings.IndexByte(" \t\n(,=<>", colon.Source.Text[colon.Start-1]) >= 0
}

// fillsIn reports whether the tool itself fills in such a placeholder.
func fillsIn(m *ddlparse.Migration, text string) bool {
	switch {
	case strings.HasPrefix(text, "${"):
		return m.Tool == ddlparse.Flyway || m.Tool == ddlparse.Liquibase || m.Tool == ddlparse.Goose && strings.Contains(strings.ToUpper(m.Source.Text), "+GOOSE ENVSUB ON")
	case strings.HasPrefix(text, "{{"):
		return m.Tool == ddlparse.Atlas
	case strings.HasPrefix(text, ":"):
		_, loop, _ := strings.Cut(text, ":")
		return slices.Contains([]string{"LOOP", "WHILE", "REPEAT", "BEGIN"}, strings.ToUpper(loop))
	}
	return false
}

// otherFilesHave reports whether other files of the set, the old ones and the new, have a placeholder of that kind, or
// there are too few old ones to tell what is filled in.
func otherFilesHave(p *review.Pass, m *ddlparse.Migration, at ddlparse.Span) bool {
	const enough = 3
	mark := at.Text()[:min(2, len(at.Text()))]
	if mark[0] == ':' {
		return false // no server takes it, and no tool is known to fill it in
	}
	if m.Tool == ddlparse.PlainSQL && len(p.Plan.History) < enough {
		return true
	}
	has := func(list []*ddlparse.Migration) bool {
		return slices.ContainsFunc(list, func(o *ddlparse.Migration) bool {
			if o.Source == m.Source || !strings.Contains(o.Source.Text, mark) {
				return false
			}
			return slices.ContainsFunc(placeholders(p, o, append(o.Statements[:len(o.Statements):len(o.Statements)], o.Down...)), func(x ddlparse.Span) bool { return strings.HasPrefix(x.Text(), mark) })
		})
	}
	return has(p.Plan.History) || has(p.Plan.Migrations)
}

func reportPlaceholder(p *review.Pass, m *ddlparse.Migration, list []ddlparse.Span) {
	p.Report(review.Finding{
		Span:    list[0],
		Places:  list[1:],
		Problem: review.Msg("Nothing fills in the placeholder `%s`, as far as %s is concerned: %s gets it as it is written and refuses it (error %s).", list[0].Text(), toolName(m.Tool), p.Engine.Title(), review.Errno(1064)),
		Advice:  review.Msg("Write the value itself; if something fills `%s` in, name it in the rule's allowed_placeholders.", list[0].Text()),
	})
}
