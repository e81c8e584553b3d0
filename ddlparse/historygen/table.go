package historygen

import "fmt"

// createTable writes a table of three to twelve columns, with keys, and a parent for every second one.
func (h *history) createTable() {
	t := h.newTable()
	h.printf("CREATE TABLE %s (\n  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT", t.name)
	if h.chance(30) {
		h.printf(" COMMENT '%s'", pick(h, japanese))
	}
	for range 2 + h.random.IntN(10) {
		c := h.newColumn(t, pick(h, shares))
		h.printf(",\n  %s %s", c.name, c.definition())
		h.comment(c)
	}
	created := h.newColumn(t, "created")
	h.printf(",\n  %s %s", created.name, created.definition())
	parent := h.parent(t)
	h.printf(",\n  PRIMARY KEY (id)")
	for range h.random.IntN(3) {
		if x := h.newIndex(t); x != nil {
			h.printf(",\n  KEY %s (%s)", x.name, x.columns)
		}
	}
	if parent != "" {
		h.printf(",\n  %s", parent)
	}
	h.printf("\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci")
	if h.chance(30) {
		h.printf(" COMMENT='%s'", pick(h, japanese))
	}
	h.tables = append(h.tables, t)
}

func (h *history) comment(c *column) {
	switch {
	case h.chance(25):
		h.printf(" COMMENT '%s'", pick(h, japanese))
	case h.chance(10):
		h.printf(" COMMENT 'see %s; since V%d'", c.name, h.serial)
	}
}

// parent makes the table a child of an older one: it writes the column and returns the constraint.
func (h *history) parent(t *table) string {
	if len(h.tables) == 0 || h.chance(50) {
		return ""
	}
	p := pick(h, h.tables)
	c := h.newColumn(t, "ref")
	c.used, t.child, p.referenced = true, true, true
	n := h.next()
	h.printf(",\n  %s BIGINT UNSIGNED NOT NULL", c.name)
	return fmt.Sprintf("KEY idx_%d_%s (%s),\n  CONSTRAINT fk_%d_%s FOREIGN KEY (%s) REFERENCES %s (id)",
		n, c.name, c.name, n, t.name, c.name, p.name)
}

func (h *history) createIndex() {
	t := pick(h, h.tables)
	if x := h.newIndex(t); x != nil {
		h.printf("CREATE INDEX %s ON %s (%s)", x.name, t.name, x.columns)
		return
	}
	h.addColumn(t)
}

func (h *history) renameTable() {
	i := h.free()
	if i < 0 {
		h.createTable()
		return
	}
	old := h.tables[i].name
	h.tables[i].name = h.newTable().name
	h.printf("RENAME TABLE %s TO %s", old, h.tables[i].name)
}

// dropOrCreate drops a table now and then; else there would soon be none to drop.
func (h *history) dropOrCreate() {
	i := h.free()
	if i < 0 || h.chance(50) {
		h.createTable()
		return
	}
	h.printf("DROP TABLE %s", h.tables[i].name)
	h.tables[i] = h.tables[len(h.tables)-1]
	h.tables = h.tables[:len(h.tables)-1]
}

// free finds a table that nothing refers to.
func (h *history) free() int {
	for range 10 {
		if i := h.random.IntN(len(h.tables)); !h.tables[i].referenced && len(h.tables) > 5 {
			return i
		}
	}
	return -1
}
