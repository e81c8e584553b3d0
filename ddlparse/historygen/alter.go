package historygen

import (
	"fmt"
	"slices"
)

// alterTable writes an ALTER TABLE, mostly of one clause.
func (h *history) alterTable() {
	t := pick(h, h.tables)
	switch n := h.random.IntN(100); {
	case n < 45:
		h.addColumn(t)
	case n < 58:
		h.addIndex(t)
	case n < 70:
		h.widenColumn(t)
	case n < 76:
		h.setDefault(t)
	case n < 83:
		h.dropColumn(t)
	case n < 88:
		h.dropIndex(t)
	case n < 93:
		h.renameColumn(t)
	case n < 97:
		h.addForeignKey(t)
	default:
		h.printf("ALTER TABLE %s COMMENT = '%s'", t.name, pick(h, japanese))
	}
}

// addColumn adds one to three columns, some of them with an index.
func (h *history) addColumn(t *table) {
	h.printf("ALTER TABLE %s", t.name)
	for i := range 1 + h.random.IntN(3) {
		if i > 0 {
			h.printf(",")
		}
		c := h.newColumn(t, pick(h, shares))
		h.printf("\n  ADD COLUMN %s %s", c.name, c.definition())
		h.comment(c)
		if h.chance(20) {
			h.printf(" AFTER id")
		}
	}
	if h.chance(20) {
		if x := h.newIndex(t); x != nil {
			h.printf(",\n  ADD INDEX %s (%s)", x.name, x.columns)
		}
	}
}

func (h *history) addIndex(t *table) {
	if x := h.newIndex(t); x != nil {
		h.printf("ALTER TABLE %s ADD INDEX %s (%s)", t.name, x.name, x.columns)
		return
	}
	h.addColumn(t)
}

// widenColumn makes a VARCHAR longer, and keeps all it had.
func (h *history) widenColumn(t *table) {
	c := h.find(t, func(c *column) bool { return c.kind == "word" && c.length < 240 })
	if c == nil {
		h.addColumn(t)
		return
	}
	c.length += 10
	h.printf("ALTER TABLE %s MODIFY COLUMN %s %s", t.name, c.name, c.definition())
}

func (h *history) setDefault(t *table) {
	c := h.find(t, func(c *column) bool { return c.kind == "count" })
	if c == nil {
		h.addColumn(t)
		return
	}
	h.printf("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT 0", t.name, c.name)
}

func (h *history) dropColumn(t *table) {
	c := h.find(t, func(c *column) bool { return !c.used && c.kind != "created" })
	if c == nil {
		h.addColumn(t)
		return
	}
	t.columns = slices.DeleteFunc(t.columns, func(o *column) bool { return o == c })
	h.printf("ALTER TABLE %s DROP COLUMN %s", t.name, c.name)
}

func (h *history) dropIndex(t *table) {
	if len(t.indexes) == 0 {
		h.addColumn(t)
		return
	}
	x := pick(h, t.indexes)
	t.indexes = slices.DeleteFunc(t.indexes, func(o *index) bool { return o == x })
	h.printf("ALTER TABLE %s DROP INDEX %s", t.name, x.name)
}

func (h *history) renameColumn(t *table) {
	c := h.find(t, func(c *column) bool { return !c.used && c.kind != "created" })
	if c == nil {
		h.addColumn(t)
		return
	}
	old := c.name
	c.name = fmt.Sprintf("renamed_%d_%s", h.next(), c.kind)
	h.printf("ALTER TABLE %s RENAME COLUMN %s TO %s", t.name, old, c.name)
}

// addForeignKey adds a column that refers to another table, its index and the constraint.
func (h *history) addForeignKey(t *table) {
	p := pick(h, h.tables)
	if p == t {
		h.addColumn(t)
		return
	}
	c := h.newColumn(t, "ref")
	c.used, c.null, p.referenced = true, true, true
	n := h.next()
	h.printf("ALTER TABLE %s\n  ADD COLUMN %s BIGINT UNSIGNED NULL,\n  ADD KEY idx_%d_%s (%s)", t.name, c.name, n, c.name, c.name)
	h.printf(",\n  ADD CONSTRAINT fk_%d_%s FOREIGN KEY (%s) REFERENCES %s (id)", n, t.name, c.name, p.name)
}

// find returns a column with that property, from a place that chance decides.
func (h *history) find(t *table, ok func(*column) bool) *column {
	if len(t.columns) == 0 {
		return nil
	}
	start := h.random.IntN(len(t.columns))
	for i := range t.columns {
		if c := t.columns[(start+i)%len(t.columns)]; ok(c) {
			return c
		}
	}
	return nil
}
