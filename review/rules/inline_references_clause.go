package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// inlineReferencesClause speaks of REFERENCES in a column definition: an error where the server reads
// it and forgets it, a notice where it makes a foreign key that other servers don't.
var inlineReferencesClause = &review.Rule{
	ID:       "inline-references-clause",
	Title:    "REFERENCES in a column definition",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			at := c.Attribute("REFERENCES")
			if at.IsZero() || hasTableForeignKey(t, c) {
				continue
			}
			f := review.Finding{Object: objectOf(t.Name, c.Name), Span: at, Fix: asTableForeignKey(t, c, at)}
			f.Problem = review.Msg("%s reads the REFERENCES clause of `%s` and forgets it: there is no foreign key, and no error either.", p.Engine.Title(), f.Object)
			if inlineReferencesCount(p.Engine) {
				f.Problem = review.Msg("%s makes a foreign key of the REFERENCES clause of `%s`, but MySQL before 9.0 and MariaDB before 10.5 forget it, so one file gives different schemas.", p.Engine.Title(), f.Object)
				f.Severity = review.Notice
			}
			f.Advice = review.Msg("Write FOREIGN KEY (%s) %s as an item of its own.", c.Name, at.Text())
			p.Report(f)
		}
	},
}

// hasTableForeignKey reports whether the column has a foreign key that counts everywhere.
func hasTableForeignKey(t *ddlparse.Table, c *ddlparse.Column) bool {
	for _, f := range t.ForeignKeys {
		if !f.Inline && named(f.Columns, c.Name) {
			return true
		}
	}
	return false
}

// asTableForeignKey moves the clause behind the column definition. It must stand at its end and list the
// parent's columns, which a table-level clause can't do without.
func asTableForeignKey(t *ddlparse.Table, c *ddlparse.Column, at ddlparse.Span) *review.Edit {
	behind := strings.TrimLeft(at.Source.Text[at.End:], " \t\r\n")
	before := strings.TrimRight(at.Source.Text[:at.Start], " \t\r\n")
	created := t.Span.Contains(c.Span)
	ends := behind == "" || strings.HasPrefix(behind, ",") || strings.HasPrefix(behind, ";") || created && strings.HasPrefix(behind, ")")
	if !ends || !strings.Contains(at.Text(), "(") || int(c.Span.Start) >= len(before) {
		return nil
	}
	item := ", FOREIGN KEY ("
	if !created {
		item = ", ADD FOREIGN KEY ("
	}
	span := at
	span.Start = int32(len(before))
	return &review.Edit{Title: "Make it a table constraint", Span: span, New: item + sqlName(c.Name) + ") " + at.Text()}
}
