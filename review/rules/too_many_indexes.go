package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tooManyIndexes speaks when the change set takes a table over the limit, or further over it.
var tooManyIndexes = &review.Rule{
	ID:       "too-many-indexes",
	Title:    "Table has many indexes",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 8, Doc: "How many indexes a table may have beside its primary key."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		for t := range p.Tables() {
			n := secondaryIndexes(t)
			last := lastNewIndex(p, t)
			if n <= limit || last == nil || n <= secondaryIndexes(startTable(p, t)) {
				continue
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    last.Span,
				Problem: review.Msg("`%s` has %d indexes beside its primary key; %s writes to each of them for every row that is inserted.", t.Name.String(), n, p.Engine.Title()),
				Advice:  review.Msg("Drop those that no query uses, or join some into composite ones, until there are at most %d.", limit),
			})
		}
	},
}

func secondaryIndexes(t *ddlparse.Table) int {
	n := 0
	if t == nil {
		return n
	}
	for _, x := range t.Indexes {
		if x.Kind != ddlparse.Primary {
			n++
		}
	}
	return n
}

// lastNewIndex is the index that the change set added last.
func lastNewIndex(p *review.Pass, t *ddlparse.Table) *ddlparse.Index {
	var last *ddlparse.Index
	for _, x := range t.Indexes {
		if x.Kind == ddlparse.Primary || x.Implicit || !p.New(x.Origin) {
			continue
		}
		if last == nil || x.Origin > last.Origin || x.Origin == last.Origin && x.Span.Start > last.Span.Start {
			last = x
		}
	}
	return last
}

// tooManyIndexColumns speaks of new indexes that are wide. The primary key counts too: its columns are
// copied into every other index.
var tooManyIndexColumns = &review.Rule{
	ID:       "too-many-index-columns",
	Title:    "Index has many columns",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 5, Doc: "How many columns an index may have."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		for t, x := range p.Indexes() {
			if len(x.Parts) <= limit || x.Kind == ddlparse.Fulltext || !p.New(x.Origin) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("`%s` has %d columns: each makes every entry longer, and queries seldom narrow rows down by more than the first few.", objectOf(t.Name, x.Name), len(x.Parts)),
				Advice:  review.Msg("Keep the columns that queries filter or sort by, at most %d.", limit),
			})
		}
	},
}
