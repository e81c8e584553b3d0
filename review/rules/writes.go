package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// sourceStart is the place at which a file's own matters are said: the first line of its first
// statement, the very beginning where it has none.
func sourceStart(m *ddlparse.Migration) ddlparse.Span {
	for _, list := range [][]*ddlparse.Statement{m.Statements, m.Down} {
		if len(list) > 0 {
			return firstLine(list[0].Span)
		}
	}
	return ddlparse.Span{Source: m.Source}
}

// firstLine cuts a span off at the end of its first line.
func firstLine(s ddlparse.Span) ddlparse.Span {
	if line, _, more := strings.Cut(s.Text(), "\n"); more {
		s.End = s.Start + int32(len(strings.TrimRight(line, "\r")))
	}
	return s
}

// tableWrites are the statements of one kind on one table of one migration, which a rule speaks of once.
type tableWrites struct {
	table ddlparse.Name
	list  []*ddlparse.Write
}

// writesByTable groups the statements that the rule is about by migration and table. What is written
// to tables of this change set is left out: they hold what it puts there.
func writesByTable(p *review.Pass, about func(*ddlparse.Write) bool) []*tableWrites {
	type key struct {
		migration *ddlparse.Migration
		table     string
	}
	var groups []*tableWrites
	byKey := map[key]*tableWrites{}
	for s, w := range review.Each[*ddlparse.Write](p) {
		if ownRows(p, w) || !about(w) {
			continue
		}
		k := key{s.Migration, w.Table.String()}
		if byKey[k] == nil {
			byKey[k] = &tableWrites{table: w.Table}
			groups = append(groups, byKey[k])
		}
		byKey[k].list = append(byKey[k].list, w)
	}
	return groups
}

// ownRows reports whether the written table was made by the change set or is temporary.
func ownRows(p *review.Pass, w *ddlparse.Write) bool {
	return w.Before != nil && (p.Created(w.Before) || w.Before.Temporary)
}

// finding has the places of all statements.
func (g *tableWrites) finding() review.Finding {
	f := review.Finding{Object: g.table.String(), Span: writeHead(g.list[0])}
	for _, w := range g.list[1:] {
		f.Places = append(f.Places, writeHead(w))
	}
	return f
}

// writeHead is the statement up to its table's name.
func writeHead(w *ddlparse.Write) ddlparse.Span {
	head := w.Span
	if table := w.TableSpan(); !table.IsZero() {
		head.End = table.End
	}
	return firstLine(head)
}
