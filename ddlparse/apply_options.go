package ddlparse

import (
	"maps"
	"strings"
)

// tableDefaults fills in what a new table's options leave open.
func (a *applier) tableDefaults(t *Table) {
	o := &t.Options
	if o.Engine == "" {
		o.Engine = "InnoDB"
	}
	charset, collation := strings.TrimPrefix(o.Charset, "default"), strings.TrimPrefix(o.Collation, "default")
	if charset == "" && collation == "" {
		o.Charset, o.Collation = a.databaseCharset(t.Name.Database)
		return
	}
	o.Charset, o.Collation = a.charsetAndCollation(charset, collation)
}

// databaseCharset is the default character set and collation of a database.
func (a *applier) databaseCharset(name string) (charset, collation string) {
	if d := a.now.Database(name); d != nil && d.Charset != "" {
		return d.Charset, d.Collation
	}
	s := a.now.Settings()
	return a.charsetAndCollation(s.Charset, s.Collation)
}

// setOptions applies table options to t.
func (a *applier) setOptions(t *Table, c *SetOptions) {
	o := t.Options
	o.Spans = maps.Clone(o.Spans)
	if o.Spans == nil {
		o.Spans = map[string]Span{}
	}
	maps.Copy(o.Spans, c.Options.Spans)
	a.setCharset(t, c, &o)
	for name := range c.Options.Spans {
		switch name {
		case "ENGINE", "TYPE":
			o.Engine = c.Options.Engine
		case "COMMENT":
			o.Comment = c.Options.Comment
		case "ROW_FORMAT":
			o.RowFormat = c.Options.RowFormat
		case "AUTO_INCREMENT":
			o.AutoIncrement = c.Options.AutoIncrement
		}
	}
	if len(c.Options.Other) > 0 {
		o.Other = maps.Clone(o.Other)
		if o.Other == nil {
			o.Other = map[string]string{}
		}
		maps.Copy(o.Other, c.Options.Other)
	}
	t.Options = o
}

func (a *applier) setCharset(t *Table, c *SetOptions, o *TableOptions) {
	charset, collation := c.Options.Charset, c.Options.Collation
	if charset == "" && collation == "" {
		return
	}
	if charset == "default" {
		charset, collation = a.databaseCharset(t.Name.Database)
	}
	o.Charset, o.Collation = a.charsetAndCollation(charset, collation)
	if !c.Convert {
		return
	}
	a.converted = true
	for i, col := range t.Columns {
		if !col.Type.IsText() {
			continue
		}
		n := *col
		if a.engine.CharsetMaxLen(o.Charset) > a.engine.CharsetMaxLen(col.Charset) {
			n.Type.Name = nextText(n.Type.Name)
		}
		n.Charset, n.Collation = o.Charset, o.Collation
		n.ExplicitCharset, n.ExplicitCollation = "", ""
		t.Columns[i] = &n
	}
}

// nextText is the type that CONVERT TO gives a TEXT column so that its characters still fit (MySQL manual,
// "ALTER TABLE", on CONVERT TO CHARACTER SET).
func nextText(name string) string {
	switch name {
	case "tinytext":
		return "text"
	case "text":
		return "mediumtext"
	case "mediumtext":
		return "longtext"
	}
	return name
}
