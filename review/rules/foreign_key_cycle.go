package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyCycle speaks of a new foreign key from whose parent other foreign keys lead back to its table. With
// a column on the way that takes NULL, rows can still be written one after the other: that is only a notice.
var foreignKeyCycle = &review.Rule{
	ID:       "foreign-key-cycle",
	Title:    "Foreign keys form a cycle",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		var said []string
		for t, f := range p.ForeignKeys() {
			if !p.New(f.Origin) || p.Final().Same(t.Name, f.Parent) || foreignKeyIgnored(p.Engine, t, f) {
				continue
			}
			way := wayBack(p, t, f)
			if way == nil || slices.Contains(said, cycleKey(way)) {
				continue
			}
			said = append(said, cycleKey(way))
			reportCycle(p, t, f, way)
		}
	},
}

// link is a foreign key with the table that has it.
type link struct {
	table *ddlparse.Table
	key   *ddlparse.ForeignKey
	came  int // index of the link before it
}

// wayBack is the shortest chain of foreign keys that begins with this one and comes back to its table, nil when
// there is none. The walk is bounded, so that no schema makes it long.
func wayBack(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) []link {
	links := []link{{t, f, -1}}
	for i := 0; i < len(links) && i < maxCascadeTables; i++ {
		parent := p.Final().Table(links[i].key.Parent)
		if parent == nil || parent.IsOpaque() {
			continue
		}
		for _, g := range parent.ForeignKeys {
			if foreignKeyIgnored(p.Engine, parent, g) || p.Final().Same(parent.Name, g.Parent) {
				continue
			}
			links = append(links, link{parent, g, i})
			if p.Final().Same(g.Parent, t.Name) {
				return chainTo(links)
			}
		}
	}
	return nil
}

func chainTo(links []link) []link {
	var chain []link
	for i := len(links) - 1; i >= 0; i = links[i].came {
		chain = append(chain, links[i])
	}
	slices.Reverse(chain)
	return chain
}

// cycleKey names the cycle by its tables, wherever it starts.
func cycleKey(way []link) string {
	var names []string
	for _, l := range way {
		names = append(names, strings.ToLower(l.table.Name.String()))
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

func reportCycle(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey, way []link) {
	var names []string
	open := false
	finding := review.Finding{Object: objectOf(t.Name, f.Name), Span: f.Span}
	for i, l := range way {
		names = append(names, l.table.Name.String())
		open = open || takesNull(l)
		if i > 0 {
			finding.Related = append(finding.Related, review.Related{Span: l.key.Span, Note: review.Msg("`%s` is defined here", l.key.Name)})
		}
	}
	path := "`" + strings.Join(append(names, names[0]), "` → `") + "`"
	finding.Problem = review.Msg("Foreign keys lead from `%s` back to it (%s), and none of their columns takes NULL: %s refuses the first row of each table (error %s), and refuses to drop either one alone.", t.Name.String(), path, p.Engine.Title(), review.Errno(1452))
	finding.Advice = review.Msg("Let a column of one of these foreign keys take NULL, or leave one of them out.")
	if open {
		finding.Severity = review.Notice
		finding.Problem = review.Msg("Foreign keys lead from `%s` back to it (%s): there is no order in which %s can create, load or drop these tables with its checks on.", t.Name.String(), path, p.Engine.Title())
		finding.Advice = review.Msg("Leave one of them out, or keep that reference in a table of its own.")
	}
	p.Report(finding)
}

func takesNull(l link) bool {
	return slices.ContainsFunc(l.key.Columns, func(name string) bool {
		c := l.table.Column(name)
		return c == nil || c.Nullable()
	})
}
