package historygen

import (
	"fmt"
	"slices"
	"strings"
)

// table is what the generator knows of a table.
type table struct {
	name       string
	columns    []*column // without id
	indexes    []*index
	child      bool // has a column that every row must give
	referenced bool // has children: it is neither dropped nor renamed
}

// column is one column but for the id, which all tables have.
type column struct {
	name, kind string // the kind is one of kinds' keys
	length     int    // of VARCHAR
	null, used bool   // used: an index, a foreign key or a check is on it
}

type index struct {
	name    string
	columns string
}

// kinds are the definitions of columns; %d is the length.
var kinds = map[string]string{
	"amount":  "DECIMAL(12, 2) NOT NULL DEFAULT 0",
	"at":      "DATETIME(3)",
	"code":    "CHAR(26) CHARACTER SET ascii COLLATE ascii_bin",
	"count":   "INT NOT NULL DEFAULT 0",
	"created": "DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)",
	"data":    "JSON",
	"day":     "DATE",
	"flag":    "BOOLEAN NOT NULL DEFAULT FALSE",
	"ref":     "BIGINT UNSIGNED",
	"status":  "ENUM('new', 'active', 'closed') NOT NULL DEFAULT 'new'",
	"text":    "TEXT",
	"word":    "VARCHAR(%d)",
}

// shares are the kinds of columns, as often as they are met.
var shares = strings.Fields("word word word word word count count amount at at day flag flag code data status text ref")

func (c *column) definition() string {
	def := kinds[c.kind]
	if c.kind == "word" {
		def = fmt.Sprintf(def, c.length)
	}
	switch {
	case strings.Contains(def, "NOT NULL"):
	case c.null:
		def += " NULL"
	case c.kind == "word":
		def += " NOT NULL DEFAULT ''"
	default:
		def += " NULL"
	}
	return def
}

func (c *column) indexable() bool { return c.kind != "text" && c.kind != "data" }

// newColumn adds a column of a kind to the table, under a name that is free there.
func (h *history) newColumn(t *table, kind string) *column {
	base := pick(h, columnWords) + "_" + kind
	name := base
	for n := 2; slices.ContainsFunc(t.columns, func(c *column) bool { return c.name == name }); n++ {
		name = fmt.Sprintf("%s%d", base, n)
	}
	c := &column{name: name, kind: kind, length: 10 * (1 + h.random.IntN(20)), null: h.chance(50)}
	t.columns = append(t.columns, c)
	return c
}

// newIndex chooses one or two columns that have no such index yet; nil when there are none.
func (h *history) newIndex(t *table) *index {
	var columns []*column
	for _, c := range t.columns {
		if c.indexable() && !c.used {
			columns = append(columns, c)
		}
	}
	if len(columns) == 0 || len(t.indexes) > 12 {
		return nil
	}
	first, second := pick(h, columns), pick(h, t.columns)
	first.used = true
	x := &index{name: fmt.Sprintf("idx_%d_%s", h.next(), first.name), columns: first.name}
	if h.chance(40) && second != first && second.indexable() {
		second.used = true
		x.columns += ", " + second.name
	}
	t.indexes = append(t.indexes, x)
	return x
}

func (h *history) newTable() *table {
	base := pick(h, tableWords) + "_" + pick(h, tableNouns)
	name := base
	for n := 2; h.names[name]; n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	h.names[name] = true
	return &table{name: name}
}
