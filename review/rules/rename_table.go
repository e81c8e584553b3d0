package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// renameTable speaks of names that running code uses and the change set takes away. A table that takes
// over the old name, or a view under it, keeps that code going.
var renameTable = &review.Rule{
	ID:       "rename-table",
	Title:    "Table is renamed",
	Category: review.Compatibility,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "exempt_with_view", Default: true, Doc: "A view under the old name, made by the same change set, makes it right."},
	},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.RenameTable](p) {
			if c.Before == nil || c.Before.Temporary || movesAway(c) || p.Created(c.Before) || p.Start().Same(c.Table, c.To) || h.before(h.named, s, c.Table) {
				continue
			}
			view := p.Final().View(c.Table) != nil && review.Value[bool](p, "exempt_with_view")
			if view || p.Final().Table(c.Table) != nil || p.Start().Table(c.To) != nil {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("`%s` becomes `%s`: from that moment %s answers running code that uses the old name with error %s, and no release can switch in the same instant.", c.Table.String(), c.To.String(), p.Engine.Title(), review.Errno(1146)),
				Advice:  review.Msg("Keep the name; or create a view `%s` in the same migration and drop it once no code uses it.", c.Table.Name),
				Fix:     viewUnderOldName(p, s, c),
			})
		}
	},
}

// viewUnderOldName adds the view behind the statement, unless the table moves on.
func viewUnderOldName(p *review.Pass, s *ddlparse.Step, c *ddlparse.RenameTable) *review.Edit {
	if !takesNeighbours(s) || p.Final().Table(c.To) == nil {
		return nil
	}
	at := s.Statement.Span
	at.Start = at.End
	return &review.Edit{
		Title: "Keep a view under the old name", Span: at,
		New: ";\nCREATE VIEW " + sqlTable(c.Table) + " AS SELECT * FROM " + sqlTable(c.To),
	}
}
