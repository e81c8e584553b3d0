package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var charWord = regexp.MustCompile(`(?i)^CHAR(?:ACTER)?\b`)

// charTooLong leaves room for UUIDs (36) and hashes in hexadecimal (64), which are as long as their type.
var charTooLong = &review.Rule{
	ID:       "char-too-long",
	Title:    "CHAR or BINARY is long",
	Category: review.Types,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 64, Doc: "The longest CHAR in characters, or BINARY in bytes."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		typeStyle{
			about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
				return (c.Type.Name == "char" || c.Type.Name == "binary") && c.Type.Length > limit
			},
			say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
				return review.Msg("%s has a fixed length over %d: %s pads each value to it, and drops spaces at the end of a CHAR when it is read.", columns, limit, p.Engine.Title()),
					review.Msg("Use VARCHAR or VARBINARY unless all values are that long.")
			},
			fix: func(t *ddlparse.Table, c *ddlparse.Column) *review.Edit {
				if text := c.TypeSpan.Text(); c.Type.Name == "char" && oldColumn(p, t, c) == nil && !inForeignKey(t, c.Name) && charWord.MatchString(text) {
					return retype("Make the length variable", c, charWord.ReplaceAllString(text, "VARCHAR"))
				}
				return nil
			},
		}.check(p)
	},
}

// mariadbJSONPortability: MariaDB's JSON is another name for LONGTEXT. https://mariadb.com/kb/en/json-data-type/
var mariadbJSONPortability = &review.Rule{
	ID:       "mariadb-json-portability",
	Title:    "JSON column on MariaDB is text",
	Category: review.Types,
	Severity: review.Off,
	Engines:  review.On(ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		typeStyle{
			about: func(_ *ddlparse.Table, c *ddlparse.Column) bool { return strings.EqualFold(c.TypeSpan.Text(), "JSON") },
			say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
				return review.Msg("%s is JSON, which %s makes LONGTEXT with a check: texts are kept and compared as written, and defaults, casts and replication from MySQL work differently.", columns, p.Engine.Title()),
					review.Msg("Write LONGTEXT with a JSON_VALID check where MariaDB is meant, and keep what is searched for in columns of its own.")
			},
		}.check(p)
	},
}

// sameNameColumnTypeDrift compares columns of one name, where an index says that they are looked up by. It speaks once
// of each name.
var sameNameColumnTypeDrift = &review.Rule{
	ID:       "same-name-column-type-drift",
	Title:    "Columns of one name have different types",
	Category: review.Types,
	Severity: review.Off,
	Params: []review.Param{
		{Name: "ignore", Default: []string{"id", "created_at", "updated_at", "deleted_at"}, Doc: "Names that mean something else in each table."},
		{Name: "require_indexed", Default: true, Doc: "Speak only where one of the columns leads an index."},
	},
	Check: func(p *review.Pass) {
		ignore, indexed := review.Value[[]string](p, "ignore"), review.Value[bool](p, "require_indexed")
		var others map[string][]place
		said := map[string]bool{}
		for t, c := range p.Columns() {
			name := strings.ToLower(c.Name)
			if said[name] || named(ignore, name) || t.Temporary || !typeIsNew(p, t, c) {
				continue
			}
			if others == nil {
				others = columnsByName(p)
			}
			drifted := func(o place) bool {
				return o.table != t && drifts(c.Type, o.column.Type) && (!indexed || leadsIndex(t, c.Name) || leadsIndex(o.table, o.column.Name))
			}
			if i := slices.IndexFunc(others[name], drifted); i >= 0 && !saidOfReference(p, t, c) {
				said[name] = true
				reportDrift(p, t, c, others[name][i])
			}
		}
	},
}

// place is a column with its table.
type place struct {
	table  *ddlparse.Table
	column *ddlparse.Column
}

func columnsByName(p *review.Pass) map[string][]place {
	all := map[string][]place{}
	for t := range p.Final().Tables() {
		if t.IsOpaque() || t.Temporary {
			continue
		}
		for _, c := range t.Columns {
			all[strings.ToLower(c.Name)] = append(all[strings.ToLower(c.Name)], place{t, c})
		}
	}
	return all
}

// drifts reports whether a comparison of the two converts one side.
func drifts(a, b ddlparse.Type) bool {
	if a.IsInteger() && b.IsInteger() {
		return differInStorage(a, b)
	}
	return comparedAs(a) != comparedAs(b)
}

// comparedAs is what values of the type are in a comparison.
func comparedAs(t ddlparse.Type) string {
	switch {
	case t.IsNumeric():
		return t.Name
	case t.IsText():
		return "text"
	case t.IsBinary():
		return "bytes"
	}
	return t.Name
}

func leadsIndex(t *ddlparse.Table, column string) bool {
	return slices.ContainsFunc(t.Indexes, func(x *ddlparse.Index) bool {
		return len(x.Parts) > 0 && strings.EqualFold(x.Parts[0].Column, column)
	})
}

// saidOfReference reports whether implicit-reference-type-mismatch, or a rule about foreign keys, compares the column
// with the key it names.
func saidOfReference(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	_, key := namedKey(p, t, c)
	return inForeignKey(t, c.Name) || key != nil && differInStorage(c.Type, key.Type)
}

func reportDrift(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column, other place) {
	path := objectOf(other.table.Name, other.column.Name)
	p.Report(review.Finding{
		Object:  objectOf(t.Name, c.Name),
		Span:    c.TypeSpan,
		Problem: review.Msg("`%s` is %s, but `%s` is %s: %s converts one side when the two are joined, and may then use no index.", objectOf(t.Name, c.Name), typeWords(c), path, typeWords(other.column), p.Engine.Title()),
		Advice:  review.Msg("Give both the same type, or different names if they mean different things."),
		Related: []review.Related{{Span: other.column.Span, Note: review.Msg("`%s` is defined here", path)}},
	})
}
