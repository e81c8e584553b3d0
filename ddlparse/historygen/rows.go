package historygen

import "fmt"

// insert writes one to twelve rows of three columns at most.
func (h *history) insert() {
	t := pick(h, h.tables)
	if t.child {
		h.update()
		return
	}
	columns := t.writable(3)
	h.printf("INSERT INTO %s (id", t.name)
	for _, c := range columns {
		h.printf(", %s", c.name)
	}
	h.printf(") VALUES")
	for i := range 1 + h.random.IntN(12) {
		if i > 0 {
			h.printf(",")
		}
		h.printf("\n  (%d", h.next())
		for _, c := range columns {
			h.printf(", %s", h.value(c))
		}
		h.printf(")")
	}
}

// writable are the first columns that a row may give any value for.
func (t *table) writable(most int) []*column {
	var columns []*column
	for _, c := range t.columns {
		if c.kind != "ref" && len(columns) < most {
			columns = append(columns, c)
		}
	}
	return columns
}

func (h *history) value(c *column) string {
	n := h.random.IntN(1000)
	switch c.kind {
	case "amount", "count":
		return fmt.Sprint(n)
	case "at", "created":
		return fmt.Sprintf("'2026-03-%02d 09:%02d:00'", 1+n%28, n%60)
	case "data":
		return fmt.Sprintf(`'{"n": %d}'`, n)
	case "day":
		return fmt.Sprintf("'2026-03-%02d'", 1+n%28)
	case "flag":
		return "TRUE"
	case "status":
		return "'active'"
	}
	return fmt.Sprintf("'w%d'", n)
}

func (h *history) update() {
	t := pick(h, h.tables)
	columns := t.writable(1)
	if len(columns) == 0 {
		h.deleteRows()
		return
	}
	h.printf("UPDATE %s SET %s = %s WHERE id BETWEEN %d AND %d",
		t.name, columns[0].name, h.value(columns[0]), h.next(), h.next())
}

func (h *history) deleteRows() {
	h.printf("DELETE FROM %s WHERE id = %d", pick(h, h.tables).name, h.next())
}

func (h *history) createView() {
	t := pick(h, h.tables)
	h.views++
	h.printf("CREATE OR REPLACE VIEW view_%d AS\nSELECT t.id AS id, COUNT(*) AS rows_seen\nFROM %s AS t\nWHERE t.id > %d\nGROUP BY t.id",
		1+h.views%200, t.name, h.next())
}
