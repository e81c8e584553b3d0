package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

const (
	mostNeighbours = 8 // tables that are shown beside the touched ones
	mostAlike      = 3 // of them, those whose name alone is alike
	mostChildren   = 2 // of them, those that refer to one touched table: half a schema refers to its users
)

// neighbours are the tables that help to judge the touched ones, the nearest first: those that foreign keys
// lead to, those that a column named for them seems to mean, some that foreign keys come from, and some with the same
// prefix.
func neighbours(s ddlparse.Schema, touched []*ddlparse.Table) []*ddlparse.Table {
	n := &neighbourhood{seen: map[*ddlparse.Table]bool{nil: true}}
	for _, t := range touched {
		n.seen[t] = true
	}
	for _, t := range touched {
		for _, f := range t.ForeignKeys {
			n.add(s.Table(f.Parent))
		}
		n.addMeant(s, t)
		n.addChildren(s, t)
	}
	n.addAlike(s, touched)
	return n.tables
}

type neighbourhood struct {
	tables []*ddlparse.Table
	seen   map[*ddlparse.Table]bool
}

func (n *neighbourhood) add(t *ddlparse.Table) {
	if n.seen[t] || t.IsOpaque() || len(n.tables) == mostNeighbours {
		return
	}
	n.seen[t] = true
	n.tables = append(n.tables, t)
}

// addChildren adds a few tables that refer to a touched one.
func (n *neighbourhood) addChildren(s ddlparse.Schema, t *ddlparse.Table) {
	before := len(n.tables)
	for child := range s.Children(t.Name) {
		if len(n.tables) == before+mostChildren {
			return
		}
		n.add(child)
	}
}

// addMeant adds the tables that columns such as user_id seem to refer to.
func (n *neighbourhood) addMeant(s ddlparse.Schema, t *ddlparse.Table) {
	for _, c := range t.Columns {
		base, ok := strings.CutSuffix(strings.ToLower(c.Name), "_id")
		if !ok {
			continue
		}
		for _, name := range []string{base + "s", base, base + "es", strings.TrimSuffix(base, "y") + "ies"} {
			if meant := s.Table(ddlparse.Name{Database: t.Name.Database, Name: name}); meant != nil {
				n.add(meant)
				break
			}
		}
	}
}

// addAlike adds a few tables with the prefix of a touched one.
func (n *neighbourhood) addAlike(s ddlparse.Schema, touched []*ddlparse.Table) {
	prefixes := map[string]bool{}
	for _, t := range touched {
		prefixes[prefixOf(t.Name)] = true
	}
	alike := 0
	for t := range s.Tables() {
		if alike == mostAlike {
			return
		}
		if !n.seen[t] && prefixes[prefixOf(t.Name)] {
			n.add(t)
			alike++
		}
	}
}

// prefixOf is the first word of a table's name in one number: "order" of orders and order_items.
func prefixOf(n ddlparse.Name) string {
	word, _, _ := strings.Cut(strings.ToLower(n.Name), "_")
	return n.Database + "." + strings.TrimSuffix(word, "s")
}
