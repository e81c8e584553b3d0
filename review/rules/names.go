package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// Names are judged where the change set gives them: what is restated, or was named long ago, is
// known to code that nobody reviews here.

// tableNameIsNew reports whether the change set gave the table its name.
func tableNameIsNew(p *review.Pass, t *ddlparse.Table) bool {
	return !t.Temporary && p.Start().Table(t.Name) == nil && (p.Created(t) || renamedHereTo(p, t))
}

func renamedHereTo(p *review.Pass, t *ddlparse.Table) bool {
	return slices.ContainsFunc(pastOf(p).named[strings.ToLower(t.Name.Name)], func(x occasion) bool { return p.Final().Same(x.table, t.Name) })
}

// newlyNamed lists the columns of the table to which the change set gave their names.
func newlyNamed(p *review.Pass, t *ddlparse.Table) []*ddlparse.Column {
	before := startTable(p, t)
	var list []*ddlparse.Column
	for _, c := range t.Columns {
		if p.New(c.Defined) && before.Column(c.Name) == nil && (p.New(c.Origin) || renamedColumn(p, t, c)) {
			list = append(list, c)
		}
	}
	return list
}

// renamedColumn reports whether a statement of the change set gave the column its name.
func renamedColumn(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	return slices.ContainsFunc(pastOf(p).columns[strings.ToLower(c.Name)], func(r renaming) bool {
		after := r.change.After
		return after != nil && p.Final().Same(after.Name, t.Name)
	})
}

// columnNameSpan is where the column's name stands, its definition where that isn't known.
func columnNameSpan(c *ddlparse.Column) ddlparse.Span {
	if c.NameSpan.IsZero() {
		return c.Span
	}
	return c.NameSpan
}

// columnNameSpans are the places of the names behind the first.
func columnNameSpans(list []*ddlparse.Column) []ddlparse.Span {
	var places []ddlparse.Span
	for _, c := range list[1:] {
		places = append(places, columnNameSpan(c))
	}
	return places
}

// configuredPattern is the rule's pattern, nil when it isn't a regular expression.
func configuredPattern(p *review.Pass) *regexp.Regexp {
	pattern, err := regexp.Compile(review.Value[string](p, "pattern"))
	if err != nil {
		return nil
	}
	return pattern
}

// ownStyle reports whether most names in the schema are written in another way than the rule's default,
// of enough to tell: then that is this repository's style. It is found out once, and only if asked.
func ownStyle(isDefault bool, p *review.Pass, each func(t *ddlparse.Table, fits func(bool))) func() bool {
	const enough = 10
	return sync.OnceValue(func() bool {
		all, other := 0, 0
		for t := range p.Final().Tables() {
			each(t, func(fits bool) {
				all++
				if !fits {
					other++
				}
			})
		}
		return isDefault && all >= enough && 2*other > all
	})
}

var namePatternParam = review.Param{
	Name: "pattern", Default: "^[a-z][a-z0-9_]*$",
	Doc: "A regular expression (RE2) that names must match.",
}

func hasDefaultPattern(p *review.Pass) bool {
	return review.Value[string](p, "pattern") == namePatternParam.Default
}

// tableNameFormat speaks of names that the change set gives to tables.
var tableNameFormat = &review.Rule{
	ID:       "table-name-format",
	Title:    "Table name doesn't match the naming pattern",
	Category: review.Naming,
	Severity: review.Notice,
	Params:   []review.Param{namePatternParam},
	Check: func(p *review.Pass) {
		pattern := configuredPattern(p)
		style := ownStyle(hasDefaultPattern(p), p, func(t *ddlparse.Table, fits func(bool)) { fits(pattern.MatchString(t.Name.Name)) })
		for t := range p.Tables() {
			if pattern == nil || pattern.MatchString(t.Name.Name) || !tableNameIsNew(p, t) || style() {
				continue
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    t.NameSpan,
				Problem: review.Msg("The table name `%s` doesn't match the naming pattern `%s`.", t.Name.Name, pattern.String()),
				Advice:  review.Msg("Choose a name that matches while nothing uses `%s` yet.", t.Name.Name),
			})
		}
	},
}

// columnNameFormat speaks of names that the change set gives to columns, once for a table.
var columnNameFormat = &review.Rule{
	ID:       "column-name-format",
	Title:    "Column name doesn't match the naming pattern",
	Category: review.Naming,
	Severity: review.Notice,
	Params:   []review.Param{namePatternParam},
	Check: func(p *review.Pass) {
		pattern := configuredPattern(p)
		style := ownStyle(hasDefaultPattern(p), p, func(t *ddlparse.Table, fits func(bool)) {
			for _, c := range t.Columns {
				fits(pattern.MatchString(c.Name))
			}
		})
		for t := range p.Tables() {
			if pattern == nil || t.Temporary {
				continue
			}
			var wrong []*ddlparse.Column
			for _, c := range newlyNamed(p, t) {
				if !pattern.MatchString(c.Name) {
					wrong = append(wrong, c)
				}
			}
			if len(wrong) > 0 && !style() {
				reportColumnNames(p, t, wrong, pattern.String())
			}
		}
	},
}

func reportColumnNames(p *review.Pass, t *ddlparse.Table, wrong []*ddlparse.Column, pattern string) {
	f := review.Finding{
		Object:  objectOfColumns(t, wrong),
		Span:    columnNameSpan(wrong[0]),
		Places:  columnNameSpans(wrong),
		Problem: review.Msg("The column name %s doesn't match the naming pattern `%s`.", columnPaths(t, wrong), pattern),
		Advice:  review.Msg("Choose a name that matches while nothing uses the column yet."),
	}
	if len(wrong) > 1 {
		f.Problem = review.Msg("%d column names of `%s` don't match the naming pattern `%s`: %s.", len(wrong), t.Name.String(), pattern, columnNames(wrong))
		f.Advice = review.Msg("Choose names that match while nothing uses the columns yet.")
	}
	p.Report(f)
}

// columnNames names the columns for people; of many only the first.
func columnNames(list []*ddlparse.Column) string {
	const shown = 5
	var names []string
	for _, c := range list[:min(len(list), shown)] {
		names = append(names, c.Name)
	}
	if len(list) > shown {
		return fmt.Sprintf("%s, …", quoted(names))
	}
	return quoted(names)
}
