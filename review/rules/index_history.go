package rules

import (
	"sort"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// staleInvisibleIndex speaks when a change set works on a table with an index that was hidden long ago. How long is
// counted in migrations, so descriptions of a schema tell nothing.
var staleInvisibleIndex = &review.Rule{
	ID:       "stale-invisible-index",
	Title:    "Index has been hidden for long",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return hidingWord(e) != "" },
	Params:   []review.Param{{Name: "max_migrations", Default: 20, Doc: "How many migrations an index may stay hidden."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_migrations")
		for t := range p.Tables() {
			for _, x := range t.Indexes {
				if !x.Invisible || x.Defined == 0 || p.New(x.Defined) {
					continue
				}
				if n := migrationsSince(p, x.Defined); n > limit {
					p.Report(review.Finding{
						Object:  objectOf(t.Name, x.Name),
						Span:    touchedAt(p, t),
						Problem: review.Msg("`%s` has been %s for %d migrations: %s keeps it up to date with each write, and no query can use it.", objectOf(t.Name, x.Name), hidingWord(p.Engine), n, p.Engine.Title()),
						Advice:  review.Msg("Drop `%s`, or make it visible again if it is needed.", x.Name),
						Related: []review.Related{{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}},
					})
				}
			}
		}
	},
}

// migrationsSince counts the migrations of the history behind the one with the step, those of the change set included.
func migrationsSince(p *review.Pass, number int) int {
	ends := *review.Memo(p, migrationEnds)
	if len(ends) == 0 || ends[len(ends)-1] != p.Plan.FirstStep-1 {
		return 0 // the steps are no migrations
	}
	i := sort.SearchInts(ends, number)
	return len(ends) - 1 - i + len(p.Plan.Migrations)
}

// stepEnds are the numbers of the last steps of the migrations of the history.
type stepEnds []int

func migrationEnds(p *review.Pass) *stepEnds {
	var ends stepEnds
	n := 0
	for _, m := range p.Plan.History {
		n += len(m.Statements)
		ends = append(ends, n)
	}
	return &ends
}

// touchedAt is the first place where the change set works on the table.
func touchedAt(p *review.Pass, t *ddlparse.Table) ddlparse.Span {
	for _, s := range p.Steps() {
		for _, c := range s.Changes {
			if at := c.At(); at.After != nil && p.Final().Same(at.After.Name, t.Name) {
				return at.Span
			}
		}
	}
	return t.NameSpan
}

// renameIndexUsedByHint: a hint with an unknown name is an error on both servers, asked of MySQL 9.7 and MariaDB 10.11.
var renameIndexUsedByHint = &review.Rule{
	ID:       "rename-index-used-by-hint",
	Title:    "Index is renamed that a hint may name",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "hinted_indexes", Default: []string{}, Doc: "The indexes that queries name in hints; none = any may be."}},
	Check: func(p *review.Pass) {
		hinted := review.Value[[]string](p, "hinted_indexes")
		for s, c := range review.Each[*ddlparse.ModifyIndex](p) {
			if c.To == "" || strings.EqualFold(c.Name, c.To) || c.Old == nil || p.New(c.Old.Origin) || p.Created(c.Before) || declarative(s) {
				continue
			}
			if len(hinted) > 0 && !named(hinted, c.Name) || c.After != nil && p.Final().Table(c.After.Name).Index(c.Name) != nil {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` becomes `%s`: queries that name the old one in USE, FORCE or IGNORE INDEX fail on %s at once (error %s).", objectOf(c.Table, c.Name), c.To, p.Engine.Title(), review.Errno(1176)),
				Advice:  review.Msg("Look for `%s` in the code; if a hint names it, add the index under its new name first and drop the old one later.", c.Name),
			})
		}
	},
}

// unindexedReferenceColumn goes by names, as the comparison of types does; foreign keys have an index always.
var unindexedReferenceColumn = &review.Rule{
	ID:       "unindexed-reference-column",
	Title:    "Column that names another table's key has no index",
	Category: review.IndexDesign,
	Severity: review.Off,
	Params:   []review.Param{{Name: "ignore", Default: []string{"client_id"}, Doc: "Columns that refer to nothing in this database, or are never searched by."}},
	Check: func(p *review.Pass) {
		ignore := review.Value[[]string](p, "ignore")
		added := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return p.New(c.Origin) && !t.Temporary && strings.HasSuffix(strings.ToLower(c.Name), "_id") && !named(ignore, c.Name) && !leadsIndex(t, c.Name)
		}
		for x := range referencePairs(p, added) {
			parent := objectOf(x.parent.Name, x.key.Name)
			p.Report(review.Finding{
				Object:  objectOf(x.table.Name, x.column.Name),
				Span:    x.column.Span,
				Problem: review.Msg("`%s` names `%s` and no index starts with it: %s reads the whole of `%s` to find the rows of one.", objectOf(x.table.Name, x.column.Name), parent, p.Engine.Title(), x.table.Name.String()),
				Advice:  review.Msg("Add an index that starts with `%s`.", x.column.Name),
				Related: []review.Related{{Span: x.key.Span, Note: review.Msg("`%s` is defined here", parent)}},
			})
		}
	},
}
