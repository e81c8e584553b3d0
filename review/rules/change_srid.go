package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// changeSRID speaks of spatial columns that get another SRID attribute, or lose it. MySQL 8.4 manual,
// "Spatial Data Types"; tried on MySQL 9.7.
var changeSRID = &review.Rule{
	ID:       "change-srid",
	Title:    "SRID of a spatial column changes",
	Category: review.DataDependent,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 3) },
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Restates() && c.Old != nil && c.New != nil && c.New.Type.IsSpatial() && c.Old.Type.IsSpatial() && c.Old.SRID != c.New.SRID && !bornHere(p, c.Old) && holdsRows(p, s, c.Before) {
				reportSRID(p, c)
			}
		}
	},
}

func reportSRID(p *review.Pass, c *ddlparse.ModifyColumn) {
	object, engine := objectOf(c.Table, c.New.Name), p.Engine.Title()
	f := review.Finding{Object: object, Span: c.Span}
	x := spatialIndexOf(c)
	switch {
	case x != nil:
		f.Severity = review.Error
		f.Problem = review.Msg("`%s` has the spatial index `%s`: %s refuses to change the SRID (error %s).", object, x.Name, engine, review.Errno(3644))
		f.Advice = review.Msg("Drop `%s` in a statement before this one, and add it in one behind.", x.Name)
		f.Related = []review.Related{{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}}
	case c.New.SRID == "":
		f.Problem = review.Msg("`%s` loses SRID %s: %s takes values of any reference system then, and uses no spatial index on the column.", object, c.Old.SRID, engine)
		f.Advice = review.Msg("Keep SRID %s in the definition.", c.Old.SRID)
	default:
		f.Problem = review.Msg("`%s` gets SRID %s: %s stops with error %s at the first value of another reference system.", object, c.New.SRID, engine, review.Errno(3643))
		f.Advice = review.Msg("Bring what `%s` finds to SRID %s in an earlier migration, with ST_Transform, or ST_SRID where only the label is wrong.", "SELECT * FROM "+sqlTable(c.Table)+" WHERE ST_SRID("+sqlName(c.Name)+") <> "+c.New.SRID, c.New.SRID)
	}
	p.Report(f)
}

// spatialIndexOf is a spatial index on the column, or nil. It is in the way even if the statement drops it.
func spatialIndexOf(c *ddlparse.ModifyColumn) *ddlparse.Index {
	for _, x := range c.Before.Indexes {
		if x.Kind == ddlparse.Spatial && len(x.Parts) == 1 && strings.EqualFold(x.Parts[0].Column, c.Name) {
			return x
		}
	}
	return nil
}

// partitionExistingTableOutOfRange speaks of rows that no partition takes.
var partitionExistingTableOutOfRange = &review.Rule{
	ID:       "partition-existing-table-out-of-range",
	Title:    "Table with rows gets partitions that don't cover every value",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AlterPartitions](p) {
			if c.Action != "PARTITION BY" || c.New == nil || len(c.New.Parts) == 0 || !holdsRows(p, s, c.Before) || coversAll(c.New) {
				continue
			}
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("No partition takes values from the end of `%s` on: %s copies `%s`, stops with error %s at the first row that has one, and refuses new ones later.", c.New.Parts[len(c.New.Parts)-1].Name, p.Engine.Title(), c.Table.String(), review.Errno(1526)),
				Advice:  review.Msg("End the list with PARTITION pmax VALUES LESS THAN (MAXVALUE); or make sure that no row lies beyond, and add partitions before they are needed."),
			}
			if strings.HasPrefix(c.New.Method, "LIST") {
				f.Problem = review.Msg("Only values that the lists name have a partition: %s copies `%s`, stops with error %s at the first row that has another one, and refuses new ones later.", p.Engine.Title(), c.Table.String(), review.Errno(1526))
				f.Advice = review.Msg("Make sure that the lists name every value there is and NULL, if the column takes it.")
			}
			p.Report(f)
		}
	},
}

// coversAll reports whether some partition takes what the others don't. Methods without ranges and lists have no gaps.
func coversAll(t *ddlparse.Partitioning) bool {
	if !strings.HasPrefix(t.Method, "RANGE") && !strings.HasPrefix(t.Method, "LIST") {
		return true
	}
	for _, part := range t.Parts {
		text := strings.ToUpper(part.Values + " " + part.Span.Text())
		if mentions(text, "MAXVALUE") || mentions(text, "DEFAULT") {
			return true
		}
	}
	return false
}
