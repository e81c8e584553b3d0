package rules

import (
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// Names of keys and constraints are style: these rules are off by default.

// uniqueIndexNameFormat is index-name-format for unique keys.
var uniqueIndexNameFormat = &review.Rule{
	ID:       "unique-index-name-format",
	Title:    "Unique key's name doesn't show its columns",
	Category: review.Naming,
	Severity: review.Off,
	Params: []review.Param{
		{Name: "template", Default: "uk_{table}_{columns}", Doc: "How a unique key is named; {table} and {columns} stand for the names, joined by underscores."},
		{Name: "accepted", Default: []string{}, Doc: "Further templates that are fine."},
	},
	Check: func(p *review.Pass) {
		template, templates := nameTemplates(p)
		for t := range p.Tables() {
			before := startTable(p, t)
			for _, x := range t.Indexes {
				if x.Kind != ddlparse.Unique || !x.Named || !p.New(x.Origin) || before.Index(x.Name) != nil || showsColumns(t, x, template, templates) {
					continue
				}
				p.Report(review.Finding{
					Object:  objectOf(t.Name, x.Name),
					Span:    indexNameSpan(x),
					Problem: review.Msg("The name `%s` of a unique key of `%s` doesn't follow `%s`: errors about duplicates show only the name.", x.Name, t.Name.String(), template),
					Advice:  review.Msg("Name it `%s`.", expand(template, t, x)),
					Fix:     nameByTemplate(t, x, template),
				})
			}
		}
	},
}

// nameTemplates are the template as configured, and all that are fine in the form that gives takes.
func nameTemplates(p *review.Pass) (template string, fine []string) {
	template = review.Value[string](p, "template")
	fine = []string{lettersOf(template)}
	for _, accepted := range review.Value[[]string](p, "accepted") {
		fine = append(fine, lettersOf(accepted))
	}
	return template, fine
}

// foreignKeyNameFormat knows {parent} too, the table that is referred to.
var foreignKeyNameFormat = &review.Rule{
	ID:       "foreign-key-name-format",
	Title:    "Foreign key's name doesn't follow the template",
	Category: review.Naming,
	Severity: review.Off,
	Params: []review.Param{
		{Name: "template", Default: "fk_{table}_{columns}", Doc: "How a foreign key is named; {table}, {columns} and {parent} stand for the names, joined by underscores."},
		{Name: "accepted", Default: []string{"fk_{table}_{parent}"}, Doc: "Further templates that are fine."},
	},
	Check: func(p *review.Pass) {
		template, templates := nameTemplates(p)
		for t, f := range p.ForeignKeys() {
			key := asIndex(f)
			if !f.Named || !p.New(f.Origin) || startTable(p, t).ForeignKey(f.Name) != nil || showsColumns(t, key, withParent(template, f), withParents(templates, f)) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, f.Name),
				Span:    firstLine(f.Span),
				Problem: review.Msg("The foreign key name `%s` of `%s` doesn't follow `%s`.", f.Name, t.Name.String(), template),
				Advice:  review.Msg("Name it `%s`.", expand(withParent(template, f), t, key)),
			})
		}
	},
}

// asIndex has the name and columns of a foreign key.
func asIndex(f *ddlparse.ForeignKey) *ddlparse.Index {
	x := &ddlparse.Index{Name: f.Name}
	for _, c := range f.Columns {
		x.Parts = append(x.Parts, ddlparse.Part{Column: c})
	}
	return x
}

func withParent(template string, f *ddlparse.ForeignKey) string {
	return strings.ReplaceAll(template, "{parent}", f.Parent.Name)
}

func withParents(templates []string, f *ddlparse.ForeignKey) []string {
	list := make([]string, len(templates))
	for i, t := range templates {
		list[i] = strings.ReplaceAll(t, "{parent}", lettersOf(f.Parent.Name))
	}
	return list
}

// checkConstraintNameFormat goes by a pattern: what a check is about has no columns to show.
var checkConstraintNameFormat = &review.Rule{
	ID:       "check-constraint-name-format",
	Title:    "CHECK constraint's name doesn't match the naming pattern",
	Category: review.Naming,
	Severity: review.Off,
	Params:   []review.Param{{Name: "pattern", Default: "^(chk|ck|check)_[a-z0-9_]+$", Doc: "A regular expression (RE2) that names must match."}},
	Check: func(p *review.Pass) {
		pattern := configuredPattern(p)
		for t, c := range p.Checks() {
			if pattern == nil || !c.Named || !p.New(c.Origin) || startTable(p, t).Check(c.Name) != nil || pattern.MatchString(c.Name) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    firstLine(c.Span),
				Problem: review.Msg("The check name `%s` of `%s` doesn't match the naming pattern `%s`: errors show only the name.", c.Name, t.Name.String(), pattern.String()),
				Advice:  review.Msg("Choose a name that matches and says what is checked."),
			})
		}
	},
}

// unnamedConstraint is about checks: of foreign keys unnamed-foreign-key speaks.
var unnamedConstraint = &review.Rule{
	ID:       "unnamed-constraint",
	Title:    "CHECK constraint has no name",
	Category: review.Naming,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for t, c := range p.Checks() {
			if c.Named || !p.New(c.Origin) || p.Engine.IsMariaDB() && c.Column != "" {
				continue // MariaDB names a column's check by the column
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    firstLine(c.Span),
				Problem: review.Msg("This check of `%s` has no name: %s numbers such checks in the order in which they are made, which differs from database to database.", t.Name.String(), p.Engine.Title()),
				Advice:  review.Msg("Write CONSTRAINT and a name before CHECK."),
			})
		}
	},
}

// identifierInvalidCharacters speaks once for a table.
var identifierInvalidCharacters = &review.Rule{
	ID:       "identifier-invalid-characters",
	Title:    "Name has characters that need quotes",
	Category: review.Naming,
	Severity: review.Off,
	Params:   []review.Param{{Name: "pattern", Default: "^[A-Za-z_][A-Za-z0-9_]*$", Doc: "A regular expression (RE2) that names of tables, columns, keys and constraints must match."}},
	Check: func(p *review.Pass) {
		pattern := configuredPattern(p)
		if pattern == nil {
			return
		}
		for t := range p.Tables() {
			names, places := oddNames(p, t, pattern)
			if len(names) == 0 {
				continue
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    places[0],
				Places:  places[1:],
				Problem: review.Msg("%s has characters that every statement must quote, and that connections with another character set garble.", quoted(names)),
				Advice:  review.Msg("Use letters, digits and underscores, and no digit first."),
			})
		}
	},
}

// oddNames lists the new names of the table that the pattern doesn't allow, with their places.
func oddNames(p *review.Pass, t *ddlparse.Table, pattern *regexp.Regexp) (names []string, places []ddlparse.Span) {
	look := func(name string, at ddlparse.Span) {
		if !pattern.MatchString(name) {
			names, places = append(names, name), append(places, firstLine(at))
		}
	}
	if tableNameIsNew(p, t) {
		look(t.Name.Name, t.NameSpan)
	}
	for _, c := range newlyNamed(p, t) {
		look(c.Name, columnNameSpan(c))
	}
	for _, x := range t.Indexes {
		if x.Named && p.New(x.Origin) {
			look(x.Name, indexNameSpan(x))
		}
	}
	for _, f := range t.ForeignKeys {
		if f.Named && p.New(f.Origin) {
			look(f.Name, f.Span)
		}
	}
	for _, c := range t.Checks {
		if c.Named && p.New(c.Origin) {
			look(c.Name, c.Span)
		}
	}
	return names, places
}
