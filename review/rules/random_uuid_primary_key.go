package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// randomUUIDPrimaryKey speaks of new keys whose values come in no order. What a BINARY(16) without a
// default holds nobody can see, so it may be in order.
var randomUUIDPrimaryKey = &review.Rule{
	ID:       "random-uuid-primary-key",
	Title:    "Primary key is a UUID in random order",
	Category: review.PrimaryKeys,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params: []review.Param{{
		Name: "allow_binary16_ordered", Default: true,
		Doc: "BINARY(16) is fine if its default puts the time first (UUID_TO_BIN(UUID(), 1)) or if it has none.",
	}},
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			key := t.PrimaryKey()
			if key == nil || !strings.EqualFold(key.Parts[0].Column, c.Name) || !holdsUUID(c) || inForeignKey(t, c.Name) {
				continue
			}
			if c.Type.Name == "binary" && review.Value[bool](p, "allow_binary16_ordered") && ordered(c) {
				continue
			}
			if typeIsNew(p, t, c) || p.New(key.Origin) {
				reportUUID(p, t, c)
			}
		}
	},
}

// holdsUUID: the type has the size of one, and the default or the name says it is.
func holdsUUID(c *ddlparse.Column) bool {
	switch n := c.Type.Length; c.Type.Name {
	case "char", "varchar":
		if n < 32 || n > 36 {
			return false
		}
	case "binary":
		if n != 16 {
			return false
		}
	default:
		return false
	}
	name := strings.ToLower(c.Name)
	return strings.Contains(name, "uuid") || strings.Contains(name, "guid") || makesUUID(c)
}

func makesUUID(c *ddlparse.Column) bool {
	return c.Default != nil && c.Default.Kind == ddlparse.DefaultExpression && strings.Contains(strings.ToLower(c.Default.Text), "uuid(")
}

// ordered reports whether the values may come in order: UUID_TO_BIN's second argument moves the time
// to the front.
func ordered(c *ddlparse.Column) bool {
	if !makesUUID(c) {
		return true
	}
	text := strings.ToLower(strings.Join(strings.Fields(c.Default.Text), ""))
	return strings.Contains(text, "uuid_to_bin(uuid(),1)") || strings.Contains(text, "uuid_to_bin(uuid(),true)") || strings.Contains(text, "uuid_v7(")
}

func reportUUID(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) {
	f := review.Finding{Object: objectOf(t.Name, c.Name), Span: c.TypeSpan}
	f.Problem = review.Msg("InnoDB keeps the rows of `%s` in the order of `%s`: random UUIDs land on pages all over the table, and on %s every other index carries a copy of all %d characters.", t.Name.String(), c.Name, p.Engine.Title(), c.Type.Length)
	if c.Type.Name == "binary" {
		f.Problem = review.Msg("InnoDB keeps the rows of `%s` in the order of `%s`: random UUIDs land on pages all over the table, so %s splits pages and has to keep all of them in memory.", t.Name.String(), c.Name, p.Engine.Title())
	}
	switch {
	case p.Engine.MySQL(8, 0, 0):
		f.Advice = review.Msg("Use a BIGINT key with the UUID in a unique column, or BINARY(16) with values in order of time: UUID_TO_BIN(UUID(), 1) or version 7.")
	default:
		f.Advice = review.Msg("Use a BIGINT key with the UUID in a unique column, or BINARY(16) with values in order of time, such as version 7.")
	}
	p.Report(f)
}
