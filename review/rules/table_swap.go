package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// swap is a table that gives its name to another one.
type swap struct {
	away, in         *ddlparse.RenameTable // the name's old owner leaves, its new one comes
	awayStep, inStep *ddlparse.Step
}

// gatherSwaps finds the swaps of tables that were there before, among the renames of a migration.
func gatherSwaps(p *review.Pass) *[]swap {
	var all []swap
	type gone struct {
		change *ddlparse.RenameTable
		step   *ddlparse.Step
	}
	left := map[string]gone{}
	for s, c := range review.Each[*ddlparse.RenameTable](p) {
		if g, ok := left[strings.ToLower(c.To.String())]; ok && g.step.Migration == s.Migration && g.change != c {
			all = append(all, swap{away: g.change, in: c, awayStep: g.step, inStep: s})
		}
		if c.Before != nil && !c.Before.Temporary && !p.Created(c.Before) {
			left[strings.ToLower(c.Table.String())] = gone{c, s}
		}
	}
	return &all
}

var nonAtomicTableSwap = &review.Rule{
	ID: "non-atomic-table-swap", Title: "Tables are swapped in two statements", Category: review.Locking, Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, w := range *review.Memo(p, gatherSwaps) {
			if w.awayStep == w.inStep {
				continue
			}
			p.Report(review.Finding{
				Object:  w.away.Table.String(),
				Span:    firstLine(w.awayStep.Statement.Span),
				Problem: review.Msg("Between this statement and the one that renames `%s`, there is no table `%s`: %s answers every query of it with error %s.", w.in.Table.String(), w.away.Table.String(), p.Engine.Title(), review.Errno(1146)),
				Advice:  review.Msg("Swap both in one statement, which is atomic: `RENAME TABLE %s TO %s, %s TO %s`.", sqlTable(w.away.Table), sqlTable(w.away.To), sqlTable(w.in.Table), sqlTable(w.in.To)),
				Related: []review.Related{{Span: firstLine(w.inStep.Statement.Span), Note: review.Msg("Here the name comes back")}},
				Fix:     joinedRenames(w),
			})
		}
	},
}

// joinedRenames is one statement in place of two that stand side by side and do nothing else.
func joinedRenames(w swap) *review.Edit {
	first, second := w.awayStep.Statement.Span, w.inStep.Statement.Span
	if first.Source != second.Source || len(w.awayStep.Changes) != 1 || len(w.inStep.Changes) != 1 || !takesNeighbours(w.awayStep) || first.End >= second.Start {
		return nil
	}
	if strings.Trim(first.Source.Text[first.End:second.Start], "; \t\r\n") != "" {
		return nil
	}
	first.End = second.End
	return &review.Edit{
		Title: "Swap the tables in one statement", Span: first,
		New: "RENAME TABLE " + sqlTable(w.away.Table) + " TO " + sqlTable(w.away.To) + ", " + sqlTable(w.in.Table) + " TO " + sqlTable(w.in.To),
	}
}

var renameTableSwapForeignKeys = &review.Rule{
	ID: "rename-table-swap-foreign-keys", Title: "Foreign keys follow the table that is swapped out", Category: review.Locking, Severity: review.Warning, Engines: withLocks,
	Check: func(p *review.Pass) {
		for _, w := range *review.Memo(p, gatherSwaps) {
			for child, key := range w.awayStep.Before.Children(w.away.Table) {
				if child.Origin == w.away.Before.Origin || repointed(p, child, key, w) {
					continue
				}
				p.Report(review.Finding{
					Object:  w.away.Table.String(),
					Span:    w.away.Span,
					Problem: review.Msg("The foreign key `%s` of `%s` follows the old table: from then on it refers to `%s`, and not to the new `%s`.", key.Name, child.Name.String(), w.away.To.String(), w.away.Table.String()),
					Advice:  review.Msg("Drop the foreign key and add it again once the tables are swapped."),
				})
				break
			}
		}
	},
}

// repointed reports whether the key is gone in the end, or was made again.
func repointed(p *review.Pass, child *ddlparse.Table, key *ddlparse.ForeignKey, w swap) bool {
	t := p.Final().Table(child.Name)
	f := t.ForeignKey(key.Name)
	return t == nil || f == nil || p.New(f.Defined) || p.Start().Same(f.Parent, w.away.Table)
}
