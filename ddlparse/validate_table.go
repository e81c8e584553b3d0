package ddlparse

import (
	"strconv"
	"strings"
)

// whole looks at what only the table as a whole shows.
func (v *validator) whole() {
	t := v.table
	v.identifier("table", t.Name.Name, place(t.NameSpan, t.Span))
	v.tableCharset()
	if !t.Known() {
		return
	}
	if len(t.Columns) == 0 {
		v.add(Problem{Kind: DropAllColumns, Number: 1113, Reason: "none", Span: t.Span})
	}
	v.autoIncrements()
	v.keyCount()
	v.storageEngine()
	v.rowSize()
	v.partitioning()
}

// tableCharset looks at the table options as written.
func (v *validator) tableCharset() {
	o := v.table.Options
	charset, collation := o.Spans["CHARSET"], o.Spans["COLLATE"]
	set, known := v.engine.charset(o.Charset)
	if !charset.IsZero() && o.Charset != "" && !known {
		v.add(Problem{Kind: UnknownCharset, Number: 1115, Reason: "charset", Value: o.Charset, Span: charset})
		return
	}
	if collation.IsZero() || o.Collation == "" {
		return
	}
	found, ok := v.engine.collation(o.Collation)
	switch {
	case !ok:
		v.add(Problem{Kind: UnknownCharset, Number: 1273, Reason: "collation", Value: o.Collation, Span: collation})
	case !charset.IsZero() && known && found.Charset != "" && found.Charset != set.Name:
		v.add(Problem{Kind: UnknownCharset, Number: 1253, Reason: "mismatch", Value: o.Collation, Other: set.Name, Span: collation})
	}
}

// autoIncrements: one AUTO_INCREMENT column, which leads a key. MyISAM and Aria let it stand behind.
func (v *validator) autoIncrements() {
	var auto *Column
	for _, c := range v.table.Columns {
		if !c.AutoIncrement || c.Generated != nil {
			continue
		}
		if auto != nil {
			v.add(Problem{
				Kind: AutoIncrementNotKey, Number: 1075, Name: c.Name, Reason: "several", Other: auto.Name,
				Span: place(c.Attribute("AUTO_INCREMENT"), c.Span), Cause: auto.Span,
			})
			return
		}
		auto = c
	}
	if auto != nil && !v.leadsKey(auto) {
		v.add(Problem{
			Kind: AutoIncrementNotKey, Number: 1075, Name: auto.Name, Reason: "no-key",
			Span: place(auto.Attribute("AUTO_INCREMENT"), auto.Span),
		})
	}
}

// maxKeys is how many keys a table may have, the primary key included (MySQL 9.7 and MariaDB 10.11 were
// asked). What TiDB takes is set by its index-limit.
const maxKeys = 64

func (v *validator) keyCount() {
	if n := len(v.table.Indexes); n > maxKeys && !v.engine.IsTiDB() {
		v.add(Problem{
			Kind: HardIndexLimits, Number: 1069, Reason: "keys", Value: strconv.Itoa(n), Other: strconv.Itoa(maxKeys),
			Span: v.table.Indexes[n-1].Span,
		})
	}
}

func (v *validator) leadsKey(c *Column) bool {
	for _, x := range v.table.Indexes {
		for i, p := range x.Parts {
			if same(p.Column, c.Name) && (i == 0 || !isInnoDB(v.table) || v.engine.IsTiDB()) {
				return true
			}
		}
	}
	return false
}

// rowSize counts all columns but the contents of BLOB and TEXT, and not the bits for NULL (MySQL 8.4
// manual, "Limits on Table Column Count and Row Size"). TiDB has no such limit.
func (v *validator) rowSize() {
	if v.engine.IsTiDB() {
		return
	}
	total := 0
	for _, c := range v.table.Columns {
		total += v.columnBytes(c)
	}
	if total > maxRowBytes {
		v.add(Problem{Kind: RowTooLarge, Number: 1118, Value: strconv.Itoa(total), Span: v.table.Span})
	}
}

// columnBytes is what a column takes of the row, 0 when that isn't known.
func (v *validator) columnBytes(c *Column) int {
	width := v.bytesPerCharacter(c)
	if c.Generated != nil && !c.Generated.Stored || width == 0 {
		return 0
	}
	if number, _ := v.typeError(c); number != 0 {
		return 0 // it is refused by itself
	}
	return c.Type.StorageBytes(width)
}

// storageEngineName is the table's storage engine in upper case, HEAP as MEMORY.
func (v *validator) storageEngineName() string {
	name := strings.ToUpper(v.table.Options.Engine)
	if name == "HEAP" {
		return "MEMORY"
	}
	return name
}
