package rules

import (
	"iter"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// pair is a column that names a column of another table without a foreign key: orders.user_id and
// users.id, orders.country_code and countries.code.
type pair struct {
	table  *ddlparse.Table
	column *ddlparse.Column
	parent *ddlparse.Table
	key    *ddlparse.Column
}

// referencePairs yields the pairs whose first column the change set defined. The name must be that of the
// other table, in the singular or plural, with that of the other column, which must be its key.
func referencePairs(p *review.Pass, changed func(*ddlparse.Table, *ddlparse.Column) bool) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for t, c := range p.Columns() {
			if inForeignKey(t, c.Name) || c.Generated != nil || !changed(t, c) {
				continue
			}
			if parent, key := namedKey(p, t, c); key != nil && !yield(pair{t, c, parent, key}) {
				return
			}
		}
	}
}

// namedKey finds the key that the column's name speaks of: the part behind an underscore is the column,
// what stands before it the table.
func namedKey(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) (*ddlparse.Table, *ddlparse.Column) {
	for i := len(c.Name) - 2; i > 0; i-- {
		if c.Name[i] != '_' {
			continue
		}
		for _, name := range namesOfThings(c.Name[:i]) {
			parent := p.Final().Table(ddlparse.Name{Database: t.Name.Database, Name: name})
			if parent == nil || parent.IsOpaque() || p.Final().Same(parent.Name, t.Name) {
				continue
			}
			if key := parent.Column(c.Name[i+1:]); key != nil && isKey(parent, key) {
				return parent, key
			}
		}
	}
	return nil, nil
}

// namesOfThings are the names that a table of such things may have.
func namesOfThings(thing string) []string {
	names := []string{thing, thing + "s", thing + "es"}
	if stem, ok := strings.CutSuffix(thing, "y"); ok {
		names = append(names, stem+"ies")
	}
	return names
}

// isKey reports whether the column alone is a primary or unique key of the table.
func isKey(t *ddlparse.Table, c *ddlparse.Column) bool {
	for _, x := range t.Indexes {
		if x.Unique() && len(x.Parts) == 1 && strings.EqualFold(x.Parts[0].Column, c.Name) {
			return true
		}
	}
	return false
}

// implicitReferenceTypeMismatch compares the types of such pairs where both are integers or both are
// strings: a string beside a number is the key of some other system.
var implicitReferenceTypeMismatch = &review.Rule{
	ID:       "implicit-reference-type-mismatch",
	Title:    "Column has another type than the key it names",
	Category: review.Types,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "ignore", Default: []string{"client_id"}, Doc: "Columns that refer to nothing in this database, whatever their names say."}},
	Check: func(p *review.Pass) {
		ignore := review.Value[[]string](p, "ignore")
		newType := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return !named(ignore, c.Name) && strings.HasSuffix(strings.ToLower(c.Name), "_id") && typeIsNew(p, t, c)
		}
		for x := range referencePairs(p, newType) {
			if differInStorage(x.column.Type, x.key.Type) {
				reportImplicitReference(p, x)
			}
		}
	},
}

// differInStorage reports whether a foreign key between the two would be refused, and a join converts.
func differInStorage(a, b ddlparse.Type) bool {
	if a.IsInteger() && b.IsInteger() {
		return a.Name != b.Name || (a.Unsigned || a.Zerofill) != (b.Unsigned || b.Zerofill)
	}
	text := func(t ddlparse.Type) bool { return t.Name == "char" || t.Name == "varchar" }
	bytes := func(t ddlparse.Type) bool { return t.Name == "binary" || t.Name == "varbinary" }
	return text(a) && bytes(b) || bytes(a) && text(b)
}

func reportImplicitReference(p *review.Pass, x pair) {
	child, parent := objectOf(x.table.Name, x.column.Name), objectOf(x.parent.Name, x.key.Name)
	f := review.Finding{
		Object:  child,
		Span:    x.column.TypeSpan,
		Problem: review.Msg("`%s` is %s, but `%s` is %s: values of the one may not fit into the other, and %s refuses a foreign key between them (error %s).", child, typeWords(x.column), parent, typeWords(x.key), p.Engine.Title(), foreignKeyNumber(p.Engine, 3780)),
		Advice:  review.Msg("Make `%s` %s, or list it under `ignore` if it refers to something else.", child, typeWords(x.key)),
		Related: []review.Related{{Span: x.key.Span, Note: review.Msg("`%s` is defined here", parent)}},
	}
	if x.column.Type.IsInteger() && !x.column.AutoIncrement {
		f.Fix = &review.Edit{Title: "Make the types equal", Span: x.column.TypeSpan, New: typeWords(x.key)}
	}
	p.Report(f)
}

// joinKeyCollationMismatch compares the collations of such pairs.
var joinKeyCollationMismatch = &review.Rule{
	ID:       "join-key-collation-mismatch",
	Title:    "Column compares differently from the key it names",
	Category: review.Charsets,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		newText := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return (c.Type.Name == "char" || c.Type.Name == "varchar") && c.Collation != "" && charsetIsNew(p, t, c)
		}
		for x := range referencePairs(p, newText) {
			key := x.key
			if (key.Type.Name == "char" || key.Type.Name == "varchar") && key.Collation != "" && !strings.EqualFold(key.Collation, x.column.Collation) &&
				collationIsWritten(p, x.table, x.column) && collationIsWritten(p, x.parent, key) {
				reportJoinKey(p, x)
			}
		}
	},
}

func reportJoinKey(p *review.Pass, x pair) {
	child, parent := objectOf(x.table.Name, x.column.Name), objectOf(x.parent.Name, x.key.Name)
	f := review.Finding{
		Object:  child,
		Span:    x.column.TypeSpan,
		Advice:  review.Msg("Give `%s` CHARACTER SET %s COLLATE %s.", child, x.key.Charset, x.key.Collation),
		Related: []review.Related{{Span: x.key.Span, Note: review.Msg("`%s` is defined here", parent)}},
	}
	bin := strings.HasSuffix(x.key.Collation, "_bin") || strings.HasSuffix(x.column.Collation, "_bin")
	f.Problem = review.Msg("`%s` has collation %s, `%s` has %s: %s refuses to compare the two in a join (error %s).", child, x.column.Collation, parent, x.key.Collation, p.Engine.Title(), review.Errno(1267))
	if bin || !strings.EqualFold(x.key.Charset, x.column.Charset) {
		f.Problem = review.Msg("`%s` has collation %s, `%s` has %s: %s converts one side of a join for each row, so the index there is of no use.", child, x.column.Collation, parent, x.key.Collation, p.Engine.Title())
	}
	p.Report(f)
}
