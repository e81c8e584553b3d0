package rules

import (
	"iter"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyOnDeleteCascade follows the cascades that a new one becomes part of: up to the tables whose
// deletes reach it, and down to those that it reaches.
var foreignKeyOnDeleteCascade = &review.Rule{
	ID:       "foreign-key-on-delete-cascade",
	Title:    "Deleting a row deletes rows of other tables",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "max_depth", Default: 1, Doc: "How many tables a delete may pass on its way down; up to that, the finding is a notice."}},
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			if f.OnDelete == "CASCADE" && p.New(f.Origin) && !restatesCascade(p, t, f) && !foreignKeyIgnored(p.Engine, t, f) {
				reportCascade(p, t, f)
			}
		}
	},
}

// restatesCascade reports whether the table had this cascade before, under whatever name.
func restatesCascade(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) bool {
	old := startTable(p, t)
	if old == nil {
		return false
	}
	for _, g := range old.ForeignKeys {
		if g.OnDelete == "CASCADE" && p.Final().Same(g.Parent, f.Parent) && strings.EqualFold(strings.Join(g.Columns, ","), strings.Join(f.Columns, ",")) {
			return true
		}
	}
	return false
}

func reportCascade(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) {
	path := cascadePath(p, t, f)
	depth := len(path) - 1
	finding := review.Finding{Object: objectOf(t.Name, f.Name), Span: f.Span}
	if depth <= review.Value[int](p, "max_depth") {
		finding.Severity = review.Notice
	}
	finding.Problem = review.Msg("Deleting one row of `%s` deletes rows of `%s` too; %s runs no triggers for them and doesn't count them.", path[0], path[len(path)-1], p.Engine.Title())
	finding.Advice = review.Msg("Leave ON DELETE CASCADE out and delete the rows of `%s` in batches first, unless there are never more than a few.", t.Name.String())
	if depth > 1 {
		finding.Problem = review.Msg("Deleting one row of `%s` deletes rows down to `%s`, %d tables deep (%s); %s runs no triggers for them and doesn't count them.",
			path[0], path[depth], depth, "`"+strings.Join(path, "` → `")+"`", p.Engine.Title())
		finding.Advice = review.Msg("Break the chain here: leave ON DELETE CASCADE out and delete the rows of `%s` in batches first.", t.Name.String())
	}
	p.Report(finding)
}

// maxCascadeTables bounds the walk in each direction, so that no schema makes it long.
const maxCascadeTables = 32

// cascadePath names the tables from the top of the longest chain of cascades through the foreign key to
// its bottom.
func cascadePath(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) []string {
	up := longestChain(p, f.Parent, func(n ddlparse.Name) iter.Seq[ddlparse.Name] { return cascadeParents(p, n) })
	down := longestChain(p, t.Name, func(n ddlparse.Name) iter.Seq[ddlparse.Name] { return cascadeChildren(p, n) })
	var path []string
	for i := len(up) - 1; i >= 0; i-- {
		path = append(path, up[i])
	}
	return append(path, down...)
}

// longestChain goes from table to table, breadth first and each once, and gives the way to the farthest.
func longestChain(p *review.Pass, from ddlparse.Name, next func(ddlparse.Name) iter.Seq[ddlparse.Name]) []string {
	type stop struct {
		name ddlparse.Name
		came int
	}
	stops := []stop{{from, -1}}
	for i := 0; i < len(stops) && len(stops) < maxCascadeTables; i++ {
		for n := range next(stops[i].name) {
			seen := false
			for _, s := range stops {
				seen = seen || p.Final().Same(s.name, n)
			}
			if !seen && len(stops) < maxCascadeTables {
				stops = append(stops, stop{n, i})
			}
		}
	}
	var chain []string
	for i := len(stops) - 1; i >= 0; i = stops[i].came {
		chain = append([]string{stops[i].name.String()}, chain...)
	}
	return chain
}

// cascadeParents are the tables whose deletes reach the table at once.
func cascadeParents(p *review.Pass, n ddlparse.Name) iter.Seq[ddlparse.Name] {
	return func(yield func(ddlparse.Name) bool) {
		t := p.Final().Table(n)
		if t == nil {
			return
		}
		for _, f := range t.ForeignKeys {
			if f.OnDelete == "CASCADE" && !yield(f.Parent) {
				return
			}
		}
	}
}

// cascadeChildren are the tables that a delete reaches from the table at once; not through foreign keys
// that are new too, since the chain is said at those.
func cascadeChildren(p *review.Pass, n ddlparse.Name) iter.Seq[ddlparse.Name] {
	return func(yield func(ddlparse.Name) bool) {
		left := maxCascadeTables
		for t, f := range p.Final().Children(n) {
			if left--; left < 0 {
				return
			}
			if f.OnDelete == "CASCADE" && !p.New(f.Origin) && !yield(t.Name) {
				return
			}
		}
	}
}
