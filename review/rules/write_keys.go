package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dmlBreaksUniqueKey speaks of values that stand twice in one INSERT, and of an UPDATE that gives all rows the
// same key. Compared are numbers, and plain ASCII strings without regard to trailing spaces.
var dmlBreaksUniqueKey = &review.Rule{
	ID:       "dml-breaks-unique-key",
	Title:    "Statement writes the same unique key twice",
	Category: review.Statements,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if !w.Before.Known() || w.Ignore || w.Upsert || s.Statement.Conditional || beforeTrigger(s, w, w.Verb) {
				continue
			}
			switch w.Verb {
			case "INSERT":
				reportRepeatedKey(p, w)
			case "UPDATE":
				reportConstantKey(p, s, w)
			}
		}
	},
}

// wholeUniqueKeys are the keys of whole columns that refuse duplicates.
func wholeUniqueKeys(t *ddlparse.Table) []*ddlparse.Index {
	var keys []*ddlparse.Index
	for _, x := range t.Indexes {
		whole := x.Unique() && !slices.ContainsFunc(x.Parts, func(p ddlparse.Part) bool { return p.Column == "" || p.Prefix > 0 })
		if whole {
			keys = append(keys, x)
		}
	}
	return keys
}

func reportRepeatedKey(p *review.Pass, w *ddlparse.Write) {
	columns := targets(w)
	if w.Rows < 2 {
		return
	}
	for _, x := range wholeUniqueKeys(w.Before) {
		places := placesOfKey(columns, x)
		if places == nil {
			continue
		}
		seen := map[string]ddlparse.Span{}
		for row := range w.ValueRows() {
			key, at, ok := keyOf(p.Engine, w.Before, columns, row, places)
			if !ok {
				continue
			}
			first, twice := seen[key]
			if !twice {
				seen[key] = at
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(w.Table, x.Name),
				Span:    at,
				Problem: review.Msg("This row has the same %s as one before it, and `%s` is unique: %s refuses the INSERT with error %s.", quoted(x.Columns()), x.Name, p.Engine.Title(), review.Errno(1062)),
				Advice:  review.Msg("Give the rows different values, or leave one of them out."),
				Related: []review.Related{{Span: first, Note: review.Msg("The first row with these values")}},
			})
			return
		}
	}
}

// placesOfKey are the places of the key's columns among those of the INSERT, nil when one isn't there.
func placesOfKey(columns []*ddlparse.Column, x *ddlparse.Index) []int {
	var places []int
	for _, name := range x.Columns() {
		i := slices.IndexFunc(columns, func(c *ddlparse.Column) bool { return c != nil && strings.EqualFold(c.Name, name) })
		if i < 0 {
			return nil
		}
		places = append(places, i)
	}
	return places
}

// keyOf is the key that a row writes, as text; not ok when it isn't known or has a NULL.
func keyOf(e ddlparse.Engine, t *ddlparse.Table, columns []*ddlparse.Column, row []ddlparse.Value, places []int) (key string, at ddlparse.Span, ok bool) {
	var b strings.Builder
	for _, i := range places {
		if i >= len(row) || row[i].Literal == nil {
			return "", at, false
		}
		text, known := comparable(e, columns[i], row[i].Literal)
		if !known {
			return "", at, false
		}
		b.WriteString(text)
		b.WriteByte(0)
	}
	return b.String(), row[places[0]].Span, true
}

// comparable is a form of the literal that is equal for equal values, as far as that is certain.
func comparable(e ddlparse.Engine, c *ddlparse.Column, d *ddlparse.Default) (string, bool) {
	text := d.Text
	switch {
	case strings.ContainsAny(text, "${<#"):
		return "", false
	case d.Kind == ddlparse.DefaultNumber && c.Type.IsInteger() && !(c.AutoIncrement && text == "0"):
		return strings.TrimLeft(text, "0"), strings.Trim(text, "-0123456789") == "" && text != ""
	case d.Kind != ddlparse.DefaultString || !c.Type.IsText() && !c.Type.IsBinary():
		return "", false
	case c.Type.IsText() && c.Collation != "" && e.IsCaseInsensitive(c.Collation):
		return strings.ToLower(text), true
	}
	return text, true
}

// reportConstantKey speaks where no condition names a column of a unique key, so that many rows may match.
func reportConstantKey(p *review.Pass, s *ddlparse.Step, w *ddlparse.Write) {
	if w.Joined || w.Limit || !holdsRows(p, s, w.Before) || singleRow(w) {
		return
	}
	for _, x := range wholeUniqueKeys(w.Before) {
		if !setsConstants(w, x) {
			continue
		}
		p.Report(review.Finding{
			Object:  objectOf(w.Table, x.Name),
			Span:    firstLine(w.Span),
			Problem: review.Msg("This UPDATE writes the same %s into every row that it reaches, and `%s` is unique: %s stops with error %s at the second row.", quoted(x.Columns()), x.Name, p.Engine.Title(), review.Errno(1062)),
			Advice:  review.Msg("Pick one row by its key, or compute a value for each row."),
		})
		return
	}
}

// singleRow reports whether the condition may narrow the rows to one: it has more than flags to go by.
func singleRow(w *ddlparse.Write) bool {
	return !alwaysTrue(w.Where.Text())
}

func setsConstants(w *ddlparse.Write, x *ddlparse.Index) bool {
	values := w.Assigned()
	for _, name := range x.Columns() {
		i := slices.IndexFunc(w.Set, func(a ddlparse.Assignment) bool { return strings.EqualFold(a.Column, name) })
		if i < 0 || values[i].Literal == nil || values[i].IsNull() {
			return false
		}
	}
	return len(x.Columns()) > 0
}

// updatePrimaryKey speaks of tables that were there before.
var updatePrimaryKey = &review.Rule{
	ID:       "update-primary-key",
	Title:    "UPDATE changes the primary key",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			key := w.Before.PrimaryKey()
			if w.Verb != "UPDATE" || w.Joined || key == nil || !holdsRows(p, s, w.Before) {
				continue
			}
			for i, name := range w.Columns {
				if !named(key.Columns(), name) || bornHere(p, w.Before.Column(name)) || p.New(key.Defined) {
					continue
				}
				p.Report(review.Finding{
					Object:  objectOf(w.Table, name),
					Span:    w.ColumnSpans[i],
					Problem: review.Msg("`%s` is in the primary key: %s moves each changed row with all its index entries, and whatever holds the old value elsewhere points nowhere.", objectOf(w.Table, name), p.Engine.Title()),
					Advice:  review.Msg("Insert a row with the new key, point everything at it, and delete the old row; or leave the key as it is."),
				})
				break
			}
		}
	},
}

// upsertOnDuplicateKey speaks where it isn't plain which key a row meets.
var upsertOnDuplicateKey = &review.Rule{
	ID:       "upsert-on-duplicate-key",
	Title:    "ON DUPLICATE KEY UPDATE on a table with several unique keys",
	Category: review.Statements,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "min_unique_keys", Default: 2, Doc: "From how many unique keys on, that an INSERT gives values for, the rule speaks."}},
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if !w.Upsert || !w.Before.Known() || ownRows(p, w) {
				continue
			}
			var met []string
			for _, x := range wholeUniqueKeys(w.Before) {
				if placesOfKey(targets(w), x) != nil {
					met = append(met, x.Name)
				}
			}
			if len(met) >= review.Value[int](p, "min_unique_keys") {
				p.Report(review.Finding{
					Object:  w.Table.String(),
					Span:    writeHead(w),
					Problem: review.Msg("A row of this INSERT can meet another one by %s: which of them ON DUPLICATE KEY UPDATE changes is not said, and with statement-based replication a replica may change another.", quoted(met)),
					Advice:  review.Msg("Give values for one unique key only, or write an UPDATE and an INSERT with WHERE NOT EXISTS."),
				})
			}
		}
	},
}

// insertExplicitAutoIncrement is about tables that were there before: only there other rows get numbers too.
var insertExplicitAutoIncrement = &review.Rule{
	ID:       "insert-explicit-auto-increment",
	Title:    "INSERT chooses the AUTO_INCREMENT number itself",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, g := range writesByTable(p, choosesNumber) {
			w := g.list[0]
			c := w.Before.Columns[slices.IndexFunc(w.Before.Columns, isNumbered)]
			f := g.finding()
			f.Object = objectOf(g.table, c.Name)
			f.Problem = review.Msg("This INSERT chooses `%s` itself: a row that was added elsewhere meanwhile may have that number (error %s), and the counter goes on behind it for good.", f.Object, review.Errno(1062))
			f.Advice = review.Msg("Leave the column out, and look such rows up by a name or code.")
			p.Report(f)
		}
	},
}

func isNumbered(c *ddlparse.Column) bool { return c != nil && c.AutoIncrement }

// choosesNumber reports whether an INSERT that fails on duplicates gives a number to the AUTO_INCREMENT column.
func choosesNumber(w *ddlparse.Write) bool {
	if w.Verb != "INSERT" || w.Upsert || w.Ignore || w.Before == nil || !w.ColumnList && !w.Before.Known() {
		return false
	}
	i := slices.IndexFunc(targets(w), isNumbered)
	if i < 0 {
		return false
	}
	for row := range w.ValueRows() {
		return i < len(row) && row[i].Literal != nil && !row[i].IsNull() && row[i].Literal.Text != "0"
	}
	return false
}
