package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// multipleFailurePoints speaks of files whose failure leaves a part behind that can't be run again.
var multipleFailurePoints = &review.Rule{
	ID:       "multiple-failure-points",
	Title:    "Migration can fail half way",
	Category: review.Hygiene,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "max_ddl_statements", Default: 1, Doc: "How many statements that can't be run again one migration may hold."},
		{Name: "count_create_table", Default: false, Doc: "CREATE TABLE and statements about the new table count too."},
	},
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			var once []*ddlparse.Step
			for _, s := range steps {
				if commits(s) && runsOnce(p, s) {
					once = append(once, s)
				}
			}
			if limit := review.Value[int](p, "max_ddl_statements"); len(once) > limit && limit > 0 && steps[0].Migration.Role == ddlparse.Versioned {
				reportFailurePoints(p, once, once[limit])
			}
		}
	},
}

// runsOnce reports whether the statement fails when it is run a second time. What a procedure or a prepared
// string holds is mostly there to look first whether it has been done.
func runsOnce(p *review.Pass, s *ddlparse.Step) bool {
	if len(s.Statement.Hidden) > 0 || s.Statement.Verb == "CALL" {
		return false
	}
	for _, c := range s.Changes {
		at := c.At()
		switch c := c.(type) {
		case *ddlparse.CreateTable, *ddlparse.AddColumn, *ddlparse.DropColumn, *ddlparse.AddIndex, *ddlparse.DropIndex, *ddlparse.AddForeignKey,
			*ddlparse.DropForeignKey, *ddlparse.AddCheck, *ddlparse.DropCheck, *ddlparse.DropTable, *ddlparse.RenameTable:
		case *ddlparse.ModifyColumn:
			if !c.Renamed() {
				continue
			}
		default:
			continue
		}
		born := p.Created(at.Before) || at.Before == nil && p.Created(at.After)
		if !at.Skipped && !ifExists(c) && (!born || review.Value[bool](p, "count_create_table")) {
			return true
		}
	}
	return false
}

// ifExists reports whether IF [NOT] EXISTS makes a second run pass.
func ifExists(c ddlparse.Change) bool {
	switch c := c.(type) {
	case *ddlparse.CreateTable:
		return c.IfNotExists || c.OrReplace
	case *ddlparse.AddColumn:
		return c.IfNotExists
	case *ddlparse.AddIndex:
		return c.IfNotExists || c.OrReplace
	case *ddlparse.AddForeignKey:
		return c.IfNotExists
	case *ddlparse.AddCheck:
		return c.IfNotExists
	case *ddlparse.DropColumn:
		return c.IfExists
	case *ddlparse.DropIndex:
		return c.IfExists
	case *ddlparse.DropForeignKey:
		return c.IfExists
	case *ddlparse.DropCheck:
		return c.IfExists
	case *ddlparse.DropTable:
		return c.IfExists
	case *ddlparse.RenameTable:
		return c.IfExists
	case *ddlparse.ModifyColumn:
		return c.IfExists
	}
	return false
}

func reportFailurePoints(p *review.Pass, once []*ddlparse.Step, over *ddlparse.Step) {
	m := over.Migration
	f := review.Finding{
		Span:    firstLine(over.Statement.Span),
		Problem: review.Msg("`%s` holds %d statements that can't be run twice: %s commits each on its own, so if a later one fails %s can neither go on nor start again.", m.Title, len(once), p.Engine.Title(), toolName(m.Tool)),
		Advice:  review.Msg("Give each a migration of its own, or join those about one table into one ALTER TABLE."),
	}
	if m.Tool == ddlparse.Liquibase {
		f.Advice = review.Msg("Give each a changeset of its own, or join those about one table into one ALTER TABLE.")
	}
	p.Report(f)
}
