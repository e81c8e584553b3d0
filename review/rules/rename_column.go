package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// renameColumn speaks of column names that running code uses and the change set takes away.
var renameColumn = &review.Rule{
	ID:       "rename-column",
	Title:    "Column is renamed",
	Category: review.Compatibility,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "exempt_with_generated_alias", Default: true, Doc: "A generated column under the old name, made by the same change set, makes it right."},
	},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			to := renamedTo(c)
			if to == "" || c.Before == nil || p.Created(c.Before) || bornHere(p, c.Old) || h.renaming(s.Number, c.Name, c.Table) != nil || stillNamed(p, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` becomes `%s`: from that moment %s answers running code that uses the old name with error %s, and no release can switch in the same instant.", objectOf(c.Table, c.Name), to, p.Engine.Title(), review.Errno(1054)),
				Advice:  review.Msg("Add `%s` beside it, let code write both, fill the rows, switch reads, and drop `%s` in a later migration.", to, c.Name),
			})
		}
	},
}

// renamedTo is the new name, "" when only its case changes. Of RENAME COLUMN in a table that the history
// never created the new column isn't known, but its text is.
func renamedTo(c *ddlparse.ModifyColumn) string {
	switch {
	case c.New != nil && c.Renamed():
		return c.New.Name
	case c.New == nil && c.Keyword == "RENAME COLUMN":
		words := strings.Fields(c.Span.Text())
		if name := strings.Trim(words[len(words)-1], "`\""); !strings.EqualFold(name, c.Name) {
			return name
		}
	}
	return ""
}

// stillNamed reports whether the table ends up with a column of the old name: an alias, a swap, or the
// rename taken back.
func stillNamed(p *review.Pass, c *ddlparse.ModifyColumn) bool {
	old := finalColumn(p, &c.Clause, c.Name)
	if old == nil {
		return false
	}
	return old.Generated == nil || review.Value[bool](p, "exempt_with_generated_alias")
}
