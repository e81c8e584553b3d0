package ddlparse

import (
	"strconv"
	"strings"
)

func (t *Table) columnDDL(c *Column, e Engine) string {
	words := []string{backquote(c.Name), serverType(c, e).String(), t.charsetDDL(c, e)}
	if g := c.Generated; g != nil {
		words = append(words, generatedDDL(g))
	}
	switch {
	case c.NotNull:
		words = append(words, "NOT NULL")
	case c.Type.Name == "timestamp":
		words = append(words, "NULL")
	}
	if c.SRID != "" && e.IsMySQL() {
		words = append(words, "/*!80003 SRID "+c.SRID+" */")
	}
	if c.Invisible && e.IsMariaDB() {
		words = append(words, "INVISIBLE")
	}
	words = append(words, defaultDDL(c, e))
	if c.OnUpdate != "" {
		words = append(words, "ON UPDATE "+nowDDL(c.OnUpdate, e))
	}
	if c.AutoIncrement {
		words = append(words, "AUTO_INCREMENT")
	}
	if c.Invisible && !e.IsMariaDB() {
		words = append(words, versioned(e, 80023, "INVISIBLE"))
	}
	if c.Comment != "" {
		words = append(words, "COMMENT "+quote(c.Comment))
	}
	return columnClauses(append(words, t.columnCheckDDL(c, e)))
}

func columnClauses(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// charsetDDL names character set and collation where they differ from the table's.
func (t *Table) charsetDDL(c *Column, e Engine) string {
	if c.Type.Name == "json" && e.IsMariaDB() {
		return "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
	}
	if !c.Type.IsText() || c.Collation == "" || c.Collation == t.Options.Collation {
		return ""
	}
	if serverType(c, e).IsBinary() {
		return ""
	}
	if c.Charset == "" {
		return "COLLATE " + c.Collation
	}
	return "CHARACTER SET " + c.Charset + " COLLATE " + c.Collation
}

func generatedDDL(g *Generated) string {
	kind := "VIRTUAL"
	if g.Stored {
		kind = "STORED"
	}
	return "GENERATED ALWAYS AS (" + g.Expr + ") " + kind
}

// columnCheckDDL gives the CHECK that MariaDB keeps with its column; its JSON is a LONGTEXT with one.
func (t *Table) columnCheckDDL(c *Column, e Engine) string {
	if !e.IsMariaDB() {
		return ""
	}
	for _, k := range t.Checks {
		if k.Column != "" && same(k.Column, c.Name) {
			return "CHECK (" + k.Expr + ")"
		}
	}
	if c.Type.Name == "json" {
		return "CHECK (json_valid(" + backquote(c.Name) + "))"
	}
	return ""
}

// versioned wraps what MySQL hides from versions older than the number; MariaDB writes it plainly.
func versioned(e Engine, number int, text string) string {
	if e.IsMySQL() {
		return "/*!" + strconv.Itoa(number) + " " + text + " */"
	}
	return text
}
