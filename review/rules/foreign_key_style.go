package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyChildNotIndexed speaks of indexes that the server makes by itself.
var foreignKeyChildNotIndexed = &review.Rule{
	ID:       "foreign-key-child-not-indexed",
	Title:    "Server adds an index for a foreign key",
	Category: review.ForeignKeys,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			x := implicitIndex(t, f.Columns)
			if x == nil || !p.New(f.Origin) || foreignKeyIgnored(p.Engine, t, f) {
				continue
			}
			p.Report(review.Finding{
				Object: objectOf(t.Name, f.Name), Span: f.Span,
				Problem: review.Msg("No index of `%s` begins with %s, so %s adds `%s` for the foreign key: it stands in no migration, and stays when the foreign key goes.", t.Name.String(), quoted(f.Columns), p.Engine.Title(), x.Name),
				Advice:  review.Msg("Write the index with a name of its own, beside the foreign key."),
			})
		}
	},
}

// implicitIndex is the index with these columns that the server made.
func implicitIndex(t *ddlparse.Table, columns []string) *ddlparse.Index {
	for _, x := range t.Indexes {
		if x.Implicit && slices.EqualFunc(x.Columns(), columns, strings.EqualFold) {
			return x
		}
	}
	return nil
}

var foreignKeyOnUpdateCascade = &review.Rule{
	ID:       "foreign-key-on-update-cascade",
	Title:    "Changing a key changes rows of other tables",
	Category: review.ForeignKeys,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			if f.OnUpdate != "CASCADE" || !p.New(f.Origin) || foreignKeyIgnored(p.Engine, t, f) || neverChanges(p, f) || cascadedBefore(p, t, f) {
				continue
			}
			finding := review.Finding{
				Object: objectOf(t.Name, f.Name), Span: f.Span, Fix: withoutOnUpdate(f),
				Problem: review.Msg("When a key of `%s` changes, %s changes all rows of `%s` that refer to it in the same transaction, without triggers, and keeps them locked until its end.", f.Parent.String(), p.Engine.Title(), t.Name.String()),
				Advice:  review.Msg("Leave ON UPDATE CASCADE out, and refer to a key that never changes."),
			}
			if p.Final().Same(f.Parent, t.Name) && !p.Engine.IsTiDB() {
				finding.Problem = review.Msg("`%s` refers to itself, where %s doesn't carry out ON UPDATE CASCADE: it refuses to change a key that is referred to (error %s).", t.Name.String(), p.Engine.Title(), review.Errno(1451))
			}
			p.Report(finding)
		}
	},
}

// neverChanges reports whether the parent's key is a counter: nobody changes it, and the words do nothing.
func neverChanges(p *review.Pass, f *ddlparse.ForeignKey) bool {
	parent := p.Final().Table(f.Parent)
	if parent == nil || parent.IsOpaque() || len(f.ParentColumns) != 1 {
		return parent == nil
	}
	c := parent.Column(f.ParentColumns[0])
	return c == nil || c.AutoIncrement
}

// cascadedBefore reports whether the table had this before, under whatever name.
func cascadedBefore(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) bool {
	old := startTable(p, t)
	return old != nil && slices.ContainsFunc(old.ForeignKeys, func(g *ddlparse.ForeignKey) bool {
		return g.OnUpdate == "CASCADE" && p.Final().Same(g.Parent, f.Parent) && slices.EqualFunc(g.Columns, f.Columns, strings.EqualFold)
	})
}

var onUpdateCascade = regexp.MustCompile(`(?i)\s+ON\s+UPDATE\s+CASCADE`)

func withoutOnUpdate(f *ddlparse.ForeignKey) *review.Edit {
	if f.ParentSpan.IsZero() {
		return nil
	}
	return &review.Edit{Title: "Leave ON UPDATE CASCADE out", Span: f.ParentSpan, New: onUpdateCascade.ReplaceAllString(f.ParentSpan.Text(), "")}
}

var unnamedForeignKey = &review.Rule{
	ID:       "unnamed-foreign-key",
	Title:    "Foreign key has no name",
	Category: review.ForeignKeys,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			if f.Named || !p.New(f.Origin) || foreignKeyIgnored(p.Engine, t, f) {
				continue
			}
			p.Report(review.Finding{
				Object: objectOf(t.Name, f.Name), Span: f.Span, Fix: withName(p, t, f),
				Problem: review.Msg("The foreign key of `%s` to `%s` has no name: %s calls it `%s`, and another number where the tables came about in another order.", t.Name.String(), f.Parent.String(), p.Engine.Title(), f.Name),
				Advice:  review.Msg("Write CONSTRAINT and a name, so that later migrations can drop it everywhere."),
			})
		}
	},
}

// withName puts a name before FOREIGN KEY, where it is free.
func withName(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) *review.Edit {
	at, name := f.Span, strings.ToLower("fk_"+t.Name.Name+"_"+strings.Join(f.Columns, "_"))
	i := strings.Index(strings.ToUpper(at.Text()), "FOREIGN")
	if i < 0 || f.Inline || len(name) > 64 || constraintExists(p.Final(), name) {
		return nil
	}
	at.Start += int32(i)
	at.End = at.Start
	return &review.Edit{Title: "Name the foreign key", Span: at, New: "CONSTRAINT " + sqlName(name) + " "}
}

// tidbForeignKeyMaturity: TiDB reads foreign keys and forgets them before 6.6, and has them for experiments before 8.5.
// https://docs.pingcap.com/tidb/stable/foreign-key
var tidbForeignKeyMaturity = &review.Rule{
	ID:       "tidb-foreign-key-maturity",
	Title:    "Foreign key on a TiDB that isn't ready for it",
	Category: review.ForeignKeys,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return e.IsTiDB() && !e.TiDB(8, 5, 0) },
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			if !p.New(f.Origin) || f.Inline {
				continue
			}
			finding := review.Finding{
				Object: objectOf(t.Name, f.Name), Span: f.Span,
				Problem: review.Msg("%s has foreign keys for experiments only: writes to `%s` lock rows of `%s`, and TiDB 8.5 is the first version that supports them.", p.Engine.Title(), t.Name.String(), f.Parent.String()),
				Advice:  review.Msg("Check the reference in the application until the cluster runs TiDB 8.5."),
			}
			if !p.Engine.TiDB(6, 6, 0) {
				finding.Problem = review.Msg("%s reads the foreign key of `%s` and forgets it: rows without a parent come in.", p.Engine.Title(), t.Name.String())
			}
			p.Report(finding)
		}
	},
}
