package ddlparse

import "strings"

// resolveColumns makes the columns of a new table effective.
func (a *applier) resolveColumns(t *Table) {
	seen := map[string]*Column{}
	columns := t.Columns[:0:0]
	for _, written := range t.Columns {
		c := a.resolveColumn(t, written)
		c.Origin = c.Defined
		if first := seen[fold(c.Name)]; first != nil {
			a.problem(&Problem{Kind: ColumnExists, Number: 1060, Object: t.Name.String() + "." + c.Name, Table: t.Name, Name: c.Name, Span: c.NameSpan, Cause: first.NameSpan})
			continue
		}
		seen[fold(c.Name)] = c
		columns = append(columns, c)
	}
	t.Columns = columns
	a.implicitTimestamps(t)
}

// resolveColumn gives a written column its effective values in table t.
func (a *applier) resolveColumn(t *Table, written *Column) *Column {
	c := *written
	c.Defined = a.step.Number
	if c.Type.Name == "json" && a.engine.IsMariaDB() {
		c.Type.Name = "longtext" // an alias with a check: MariaDB manual, "JSON Data Type"
		c.ExplicitCharset, c.ExplicitCollation = "utf8mb4", "utf8mb4_bin"
	}
	a.resolveCharset(t, &c)
	if c.Type.Length >= 0 && c.Type.IsInteger() && !a.showsWidth(c.Type) {
		c.Type.Length = -1
	}
	return &c
}

// showsWidth reports whether the server keeps the display width: not from MySQL 8.0.19 on, but for
// TINYINT(1) and ZEROFILL.
func (a *applier) showsWidth(t Type) bool {
	return !a.engine.MySQL(8, 0, 19) || t.Zerofill || t.Name == "tinyint" && t.Length == 1 && !t.Unsigned
}

// resolveCharset sets the effective character set and collation of a column.
func (a *applier) resolveCharset(t *Table, c *Column) {
	if c.Type.IsText() && c.ExplicitCharset == "binary" {
		c.Type.Name = binaryType(c.Type.Name)
	}
	c.Charset, c.Collation = "", ""
	if !c.Type.IsText() {
		return
	}
	charset, collation := c.ExplicitCharset, c.ExplicitCollation
	bin := collation == binCollation
	if bin {
		collation = ""
	}
	if charset == "" && collation == "" {
		c.Charset, c.Collation = t.Options.Charset, t.Options.Collation
	} else {
		if charset == "" && a.engine.CollationCharset(collation) == "" {
			charset = t.Options.Charset // one of MariaDB's short names
		}
		c.Charset, c.Collation = a.charsetAndCollation(charset, collation)
	}
	if bin {
		c.Collation = c.Charset + "_bin"
	}
}

// binaryType is what a text type becomes with CHARACTER SET binary.
func binaryType(name string) string {
	switch name {
	case "char":
		return "binary"
	case "varchar":
		return "varbinary"
	case "enum", "set":
		return name
	}
	return strings.Replace(name, "text", "blob", 1)
}

// charsetAndCollation completes one by the other.
func (a *applier) charsetAndCollation(charset, collation string) (string, string) {
	if info, ok := a.engine.charset(charset); ok {
		charset = info.Name
	}
	if info, ok := a.engine.collation(collation); ok && info.Charset == "" && charset == "" {
		charset = a.now.Settings().Charset // MariaDB's short names say no character set
	}
	if info, ok := a.engine.collationFor(collation, charset); ok {
		collation = info.Name
	}
	switch {
	case collation == "":
		collation = a.engine.DefaultCollation(charset)
	case charset == "":
		charset = a.engine.CollationCharset(collation)
	}
	return charset, collation
}

// implicitTimestamps gives TIMESTAMP columns what they have without explicit_defaults_for_timestamp:
// the first one is set at insert and update, the others default to zero, all are NOT NULL. The variable is on
// by default from MySQL 8.0.2 and MariaDB 10.10 on.
func (a *applier) implicitTimestamps(t *Table) {
	if a.engine.MySQL(8, 0, 2) || a.engine.MariaDB(10, 10, 0) || a.engine.IsTiDB() {
		return
	}
	first := true
	for _, c := range t.Columns {
		if c.Type.Name != "timestamp" {
			continue
		}
		if c.Null != ExplicitNull {
			c.NotNull = true
			if c.Default == nil && c.OnUpdate == "" && c.Generated == nil && c.Defined == a.step.Number {
				c.Default = &Default{Kind: DefaultString, Text: "0000-00-00 00:00:00", Span: c.Span, Implicit: true}
				if first {
					c.Default = &Default{Kind: DefaultNow, Text: "CURRENT_TIMESTAMP", Span: c.Span, Implicit: true}
					c.OnUpdate = "CURRENT_TIMESTAMP"
				}
			}
		}
		first = false
	}
}

// keyNotNull makes the primary key's columns NOT NULL, as every server does. Only a NULL in the same
// statement is refused.
func (a *applier) keyNotNull(t *Table) {
	pk := t.PrimaryKey()
	if pk == nil {
		return
	}
	for _, p := range pk.Parts {
		for i, c := range t.Columns {
			if same(c.Name, p.Column) && !c.NotNull && (c.Null != ExplicitNull || c.Defined != a.step.Number) {
				n := *c
				n.NotNull, n.Null = true, Unspecified
				t.Columns[i] = &n
			}
		}
	}
}
