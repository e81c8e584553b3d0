package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// databaseCharset is a CREATE or ALTER DATABASE that names a character set or collation.
type databaseCharset struct {
	name, charset, collation string
	span                     ddlparse.Span
}

func databaseCharsets(p *review.Pass) []databaseCharset {
	var list []databaseCharset
	for _, c := range review.Each[*ddlparse.CreateDatabase](p) {
		if namesCharset(c.Span) {
			list = append(list, databaseCharset{c.Database.Name, c.Database.Charset, c.Database.Collation, c.Span})
		}
	}
	for _, c := range review.Each[*ddlparse.AlterDatabase](p) {
		if c.Charset+c.Collation != "" {
			list = append(list, databaseCharset{c.Name, c.Charset, c.Collation, c.Span})
		}
	}
	return list
}

// namesCharset reports whether a CREATE DATABASE says more than a name.
func namesCharset(s ddlparse.Span) bool {
	text := strings.ToUpper(s.Text())
	return strings.Contains(text, "CHARSET") || strings.Contains(text, "CHARACTER") || strings.Contains(text, "COLLATE")
}

// writtenOptions are the places of the table options that the change set's ALTER TABLEs write.
func writtenOptions(p *review.Pass) map[ddlparse.Span]bool {
	written := map[ddlparse.Span]bool{}
	for _, c := range review.Each[*ddlparse.SetOptions](p) {
		for _, s := range c.Options.Spans {
			written[s] = true
		}
	}
	return written
}

// charsetIsNew reports whether the change set gave the column its character set or collation; false where
// it only restates them.
func charsetIsNew(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	old := oldColumn(p, t, c)
	return old == nil || !strings.EqualFold(old.Collation, c.Collation) || !strings.EqualFold(old.Charset, c.Charset)
}

// optionPlace is where the change set writes the table's character set: the one option or the other, or
// none.
func optionPlace(p *review.Pass, t *ddlparse.Table, written map[ddlparse.Span]bool, names []string) ddlparse.Span {
	for _, name := range names {
		if s := t.Options.Spans[name]; !s.IsZero() && (p.Created(t) || written[s]) {
			return s
		}
	}
	return ddlparse.Span{}
}

// columnClause is where the column's character set is written, or zero.
func columnClause(c *ddlparse.Column, keywords ...string) ddlparse.Span {
	for _, k := range keywords {
		if s := c.Attribute(k); !s.IsZero() {
			return s
		}
	}
	return ddlparse.Span{}
}

// collationIsWritten reports whether the migrations say how the column compares: in its definition, in
// its table's options or in its database's. Else it hangs on how the server is set up.
func collationIsWritten(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	if c.ExplicitCharset != "" || c.ExplicitCollation != "" {
		return true
	}
	for _, name := range []string{"CHARSET", "COLLATE", "CHARACTER SET"} {
		if !t.Options.Spans[name].IsZero() {
			return true
		}
	}
	d := p.Final().Database(t.Name.Database)
	return !t.External && d != nil && d.Charset != "" && namesCharset(d.Span)
}
