package ddlparse

import (
	"slices"
	"strconv"
	"strings"
)

// DDL renders the table as the server's SHOW CREATE TABLE does: columns with what differs from the
// table's character set, keys and constraints in the server's order, options, partitions.
func (t *Table) DDL(e Engine) string {
	var items []string
	for _, c := range t.Columns {
		items = append(items, t.columnDDL(c, e))
	}
	for _, x := range sortedIndexes(t, e) {
		items = append(items, t.indexDDL(x, e))
	}
	for _, f := range sortedForeignKeys(t.ForeignKeys, e) {
		items = append(items, t.foreignKeyDDL(f, e))
	}
	for _, c := range tableChecks(t.Checks, e) {
		items = append(items, checkDDL(c, e))
	}
	words := "CREATE TABLE "
	if t.Temporary {
		words = "CREATE TEMPORARY TABLE "
	}
	return words + backquote(t.Name.Name) + " (\n  " + strings.Join(items, ",\n  ") + "\n)" +
		t.Options.ddl() + t.Partitions.ddl(e)
}

// optionOrder is the order in which both servers print the options behind the character set.
var optionOrder = []string{
	"MIN_ROWS", "MAX_ROWS", "AVG_ROW_LENGTH", "PACK_KEYS", "STATS_PERSISTENT", "STATS_AUTO_RECALC",
	"STATS_SAMPLE_PAGES", "CHECKSUM", "DELAY_KEY_WRITE", "ROW_FORMAT", "KEY_BLOCK_SIZE", "COMPRESSION", "ENCRYPTION",
}

func (o TableOptions) ddl() string {
	var b strings.Builder
	option := func(name, value string) {
		if value != "" {
			b.WriteString(" " + name + "=" + value)
		}
	}
	engine := o.Engine
	if engine == "" {
		engine = "InnoDB"
	}
	option("ENGINE", engine)
	if o.AutoIncrement > 1 {
		option("AUTO_INCREMENT", strconv.FormatUint(o.AutoIncrement, 10))
	}
	option("DEFAULT CHARSET", o.Charset)
	option("COLLATE", o.Collation)
	for _, name := range optionOrder {
		option(name, o.other(name))
	}
	for _, name := range o.unordered() {
		option(name, o.other(name))
	}
	if o.Comment != "" {
		option("COMMENT", quote(o.Comment))
	}
	return b.String()
}

// other gives the value of an option that has no field of its own; DEFAULT is no value.
func (o TableOptions) other(name string) string {
	value := o.Other[name]
	if name == "ROW_FORMAT" && o.RowFormat != "" {
		value = o.RowFormat
	}
	if strings.EqualFold(value, "DEFAULT") || name == "KEY_BLOCK_SIZE" && value == "0" {
		return ""
	}
	return value
}

func (o TableOptions) unordered() []string {
	var names []string
	for name := range o.Other {
		if !slices.Contains(optionOrder, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// backquote writes an identifier as the servers do.
func backquote(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

func backquoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = backquote(n)
	}
	return strings.Join(quoted, ",")
}

var stringEscapes = strings.NewReplacer("'", "''", `\`, `\\`, "\x00", `\0`, "\n", `\n`, "\r", `\r`, "\x1a", `\Z`)

// quote writes a string literal as the servers do.
func quote(text string) string { return "'" + stringEscapes.Replace(text) + "'" }
