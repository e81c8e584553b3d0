package rules

import (
	"strings"
	"unicode"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// longestName is the longest name that a server takes: MySQL 8.4 manual, "Identifier Length Limits".
const longestName = 64

// indexNameFormat speaks of plain indexes to which the change set gives a name, once for a table. The
// names that frameworks make count as well chosen: they show the columns too.
var indexNameFormat = &review.Rule{
	ID:       "index-name-format",
	Title:    "Index name doesn't show its columns",
	Category: review.Naming,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "template", Default: defaultIndexTemplate, Doc: "How a plain index is named; {table} and {columns} stand for the names, joined by underscores."},
		{Name: "accepted", Default: []string{
			"idx_{columns}", "ix_{table}_{columns}", "ix_{columns}", "index_{table}_{columns}", "index_{columns}", "index_{table}_on_{columns}",
			"by_{columns}", "key_{columns}", "{columns}", "{table}_{columns}",
			"{table}_{columns}_idx", "{table}_{columns}_index", "{columns}_idx", "{columns}_index", "fk_{table}_{columns}", "fk_{columns}",
		}, Doc: "Further templates that are fine."},
	},
	Check: func(p *review.Pass) {
		template := review.Value[string](p, "template")
		templates := []string{lettersOf(template)}
		for _, accepted := range review.Value[[]string](p, "accepted") {
			templates = append(templates, lettersOf(accepted))
		}
		style := ownStyle(template == defaultIndexTemplate, p, func(t *ddlparse.Table, fits func(bool)) {
			for _, x := range t.Indexes {
				if x.Kind == ddlparse.Plain && x.Named {
					fits(showsColumns(t, x, template, templates))
				}
			}
		})
		for t := range p.Tables() {
			if wrong := wronglyNamed(p, t, template, templates); len(wrong) > 0 && !style() {
				reportIndexNames(p, t, wrong)
			}
		}
	},
}

const defaultIndexTemplate = "idx_{table}_{columns}"

// wronglyNamed lists the plain indexes with a new name that no template gives.
func wronglyNamed(p *review.Pass, t *ddlparse.Table, template string, templates []string) []*ddlparse.Index {
	before := startTable(p, t)
	var wrong []*ddlparse.Index
	for _, x := range t.Indexes {
		if x.Kind != ddlparse.Plain || !x.Named || x.Implicit || !p.New(x.Defined) || before.Index(x.Name) != nil || !p.New(x.Origin) {
			continue
		}
		if showsColumns(t, x, template, templates) || t.Index(expand(template, t, x)) != nil {
			continue // the right name is that of the same index, which stands twice
		}
		wrong = append(wrong, x)
	}
	return wrong
}

// showsColumns compares with the templates, without regard to case and underscores. A name that would
// be too long, and an index on an expression, can be named only by people.
func showsColumns(t *ddlparse.Table, x *ddlparse.Index, template string, templates []string) bool {
	columns := x.Columns()
	if len(columns) != len(x.Parts) || len(expand(template, t, x)) > longestName {
		return true
	}
	name, table := lettersOf(x.Name), lettersOf(t.Name.Name)
	joined, listed := lettersOf(strings.Join(columns, "")), lettersOf(strings.Join(columns, "_and_"))
	for _, template := range templates {
		if gives(name, template, table, joined) || gives(name, template, table, listed) {
			return true
		}
	}
	return false
}

// gives reports whether the template gives the name; all of them are letters only, see lettersOf.
func gives(name, template, table, columns string) bool {
	var ok bool
	for template != "" {
		if rest, is := strings.CutPrefix(template, "{table}"); is {
			name, ok = strings.CutPrefix(name, table)
			template = rest
		} else if rest, is := strings.CutPrefix(template, "{columns}"); is {
			name, ok = strings.CutPrefix(name, columns)
			template = rest
		} else {
			name, ok = strings.CutPrefix(name, template[:1])
			template = template[1:]
		}
		if !ok {
			return false
		}
	}
	return name == ""
}

func expand(template string, t *ddlparse.Table, x *ddlparse.Index) string {
	name := strings.ReplaceAll(template, "{table}", t.Name.Name)
	return strings.ReplaceAll(name, "{columns}", strings.Join(x.Columns(), "_"))
}

// lettersOf drops what separates words, and case.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

func reportIndexNames(p *review.Pass, t *ddlparse.Table, wrong []*ddlparse.Index) {
	x, template := wrong[0], review.Value[string](p, "template")
	f := review.Finding{
		Object:  objectOf(t.Name, x.Name),
		Span:    indexNameSpan(x),
		Fix:     nameByTemplate(t, x, template),
		Problem: review.Msg("The index name `%s` of `%s` doesn't follow `%s`.", x.Name, t.Name.String(), template),
		Advice:  review.Msg("Name it `%s`.", expand(template, t, x)),
	}
	if len(wrong) > 1 {
		f.Object = t.Name.String()
		f.Problem = review.Msg("%d index names of `%s` don't follow `%s`, `%s` is the first.", len(wrong), t.Name.String(), template, x.Name)
		f.Advice = review.Msg("Name it `%s`, and the others likewise.", expand(template, t, x))
	}
	for _, other := range wrong[1:] {
		f.Places = append(f.Places, indexNameSpan(other))
		if fix := nameByTemplate(t, other, template); fix != nil && f.Fix != nil {
			f.PlaceFixes = append(f.PlaceFixes, *fix)
		}
	}
	p.Report(f)
}

func indexNameSpan(x *ddlparse.Index) ddlparse.Span {
	if x.NameSpan.IsZero() {
		return x.Span
	}
	return x.NameSpan
}

// nameByTemplate writes the template's name, unless a later statement names the index too.
func nameByTemplate(t *ddlparse.Table, x *ddlparse.Index, template string) *review.Edit {
	name := expand(template, t, x)
	if x.NameSpan.IsZero() || x.Origin != x.Defined || t.Index(name) != nil || x.NameSpan.Source.Host != nil || sqlName(name) != name {
		return nil
	}
	if strings.HasPrefix(x.NameSpan.Text(), "`") {
		name = "`" + name + "`"
	}
	return &review.Edit{Title: "Name the index by its columns", Span: x.NameSpan, New: name}
}
