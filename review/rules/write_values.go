package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// wrongWrite is what one rule says of the values of one statement: tried on MySQL 9.7 and MariaDB 10.11
// with their default sql_mode.
type wrongWrite struct {
	rule   string
	write  *ddlparse.Write
	column *ddlparse.Column
	value  string // as written
	number int    // the server's error
	given  int    // values in the row
	wanted int
	places []ddlparse.Span
}

// maxPlaces bounds how often a seed with the same mistake in every row is pointed at.
const maxPlaces = 10

// valueRule is a rule about values that the server refuses.
func valueRule(r review.Rule, say func(p *review.Pass, w *wrongWrite, f *review.Finding)) *review.Rule {
	r.Category, r.Severity = review.Statements, review.Error
	r.Check = func(p *review.Pass) {
		for _, w := range *review.Memo(p, gatherWrongWrites) {
			if w.rule != p.Rule.ID {
				continue
			}
			f := review.Finding{Object: w.write.Table.String(), Span: w.places[0], Places: w.places[1:]}
			if w.column != nil {
				f.Object = objectOf(w.write.Table, w.column.Name)
				f.Related = definedHere(w.write, w.column)
			}
			say(p, w, &f)
			p.Report(f)
		}
	}
	return &r
}

// definedHere points at the definition that the value goes against.
func definedHere(w *ddlparse.Write, c *ddlparse.Column) []review.Related {
	if c.Span.IsZero() || c.Span.Source == w.Span.Source {
		return nil
	}
	return []review.Related{{Span: c.Span, Note: review.Msg("`%s` is defined here", objectOf(w.Table, c.Name))}}
}

// valueLook collects the mistakes of one statement.
type valueLook struct {
	engine ddlparse.Engine
	write  *ddlparse.Write
	found  []*wrongWrite
}

func gatherWrongWrites(p *review.Pass) *[]*wrongWrite {
	var all []*wrongWrite
	own := ownModes(p)
	for s, w := range review.Each[*ddlparse.Write](p) {
		if !w.Before.Known() || s.Statement.Conditional || own[s.Number] || w.Joined && w.Verb != "INSERT" && w.Verb != "REPLACE" {
			continue
		}
		l := valueLook{engine: p.Engine, write: w}
		switch w.Verb {
		case "INSERT", "REPLACE":
			l.insert(beforeTrigger(s, w, "INSERT"))
		case "UPDATE":
			l.update(beforeTrigger(s, w, "UPDATE"))
		}
		all = append(all, l.found...)
	}
	return &all
}

// ownModes are the steps that run behind a SET sql_mode of their migration: what they may write isn't known.
func ownModes(p *review.Pass) map[int]bool {
	own := map[int]bool{}
	var last *ddlparse.Migration
	for _, s := range p.Steps() {
		if slices.ContainsFunc(s.Changes, setsMode) {
			last = s.Migration
		}
		if last != nil && s.Migration == last {
			own[s.Number] = true
		}
	}
	return own
}

func setsMode(c ddlparse.Change) bool {
	v, ok := c.(*ddlparse.SetVariable)
	return ok && v.Name == "sql_mode"
}

// beforeTrigger reports whether a trigger may change the values before the server looks at them.
func beforeTrigger(s *ddlparse.Step, w *ddlparse.Write, event string) bool {
	for t := range s.Before.TriggersOf(w.Table) {
		if t.Timing == "BEFORE" && t.Event == event {
			return true
		}
	}
	return false
}

// targets are the columns that an INSERT fills, in the order of its values; nil for one that isn't there.
func targets(w *ddlparse.Write) []*ddlparse.Column {
	var list []*ddlparse.Column
	if w.ColumnList {
		for _, name := range w.Columns {
			list = append(list, w.Before.Column(name))
		}
		return list
	}
	for _, c := range w.Before.Columns {
		if !c.Invisible {
			list = append(list, c)
		}
	}
	return list
}

func (l *valueLook) insert(triggered bool) {
	columns := targets(l.write)
	for row := range l.write.ValueRows() {
		if len(row) != len(columns) && !(len(row) == 0 && (!l.write.ColumnList || len(columns) == 0)) {
			l.count(row, len(columns))
			continue
		}
		for i, v := range row {
			if columns[i] != nil && !triggered {
				l.value(columns[i], v)
			}
		}
	}
	if !triggered && !l.write.Ignore && (l.write.Rows > 0 || l.write.Select && l.write.ColumnList) {
		l.missing(columns)
	}
}

func (l *valueLook) update(triggered bool) {
	for i, v := range l.write.Assigned() {
		if c := l.write.Before.Column(l.write.Set[i].Column); c != nil && !triggered {
			l.value(c, v)
		}
	}
}

// count: a row that a migration tool fills in may have any number of values.
func (l *valueLook) count(row []ddlparse.Value, wanted int) {
	span := writeHead(l.write)
	if len(row) > 0 {
		span = row[0].Span
		span.End = row[len(row)-1].Span.End
	}
	if text := span.Text(); strings.Contains(text, "${") || strings.Contains(text, "{{") || strings.Contains(text, "<%") {
		return
	}
	l.add(wrongWrite{rule: "insert-value-count-mismatch", number: 1136, given: len(row), wanted: wanted}, firstLine(span))
}

// value looks at one value. IGNORE makes warnings of all but the values of generated columns, which are rare.
func (l *valueLook) value(c *ddlparse.Column, v ddlparse.Value) {
	switch {
	case l.write.Ignore || v.Default:
	case c.Generated != nil:
		if !(l.engine.IsMariaDB() && v.IsNull()) {
			l.add(wrongWrite{rule: "insert-into-generated-column", column: c, number: generatedErrno(l.engine)}, v.Span)
		}
	case v.IsNull():
		if c.NotNull && !nullIsValue(l.engine, c) {
			l.add(wrongWrite{rule: "insert-null-into-not-null", column: c, number: 1048}, v.Span)
		}
	default:
		if number := c.RefusedValue(l.engine, v.Literal); number != 0 {
			l.add(wrongWrite{rule: "value-out-of-range", column: c, number: number, value: v.Span.Text()}, v.Span)
		}
	}
}

func generatedErrno(e ddlparse.Engine) int {
	if e.IsMariaDB() {
		return 1906
	}
	return 3105
}

// nullIsValue reports whether NULL means a value of the server's making.
func nullIsValue(e ddlparse.Engine, c *ddlparse.Column) bool {
	return c.AutoIncrement || c.Type.Name == "timestamp" && !e.MySQL(8, 0, 2) || !c.Attribute("GENERATED").IsZero()
}

// missing: an ENUM without a default has its first member.
func (l *valueLook) missing(filled []*ddlparse.Column) {
	for _, c := range l.write.Before.Columns {
		old := c.Type.Name == "timestamp" && !l.engine.MySQL(8, 0, 2) && !l.engine.MariaDB(10, 10, 0)
		if c.NotNull && c.Default == nil && c.Generated == nil && c.Type.Name != "enum" && !nullIsValue(l.engine, c) && !old && !slices.Contains(filled, c) {
			l.add(wrongWrite{rule: "insert-missing-required-column", column: c, number: 1364}, writeHead(l.write))
			return
		}
	}
}

// add joins what is said of the same column.
func (l *valueLook) add(w wrongWrite, at ddlparse.Span) {
	for _, f := range l.found {
		if f.rule == w.rule && f.column == w.column {
			if len(f.places) < maxPlaces {
				f.places = append(f.places, at)
			}
			return
		}
	}
	w.write, w.places = l.write, []ddlparse.Span{at}
	l.found = append(l.found, &w)
}

var insertValueCountMismatch = valueRule(review.Rule{
	ID: "insert-value-count-mismatch", Title: "INSERT gives more or fewer values than columns",
}, func(p *review.Pass, w *wrongWrite, f *review.Finding) {
	f.Problem = review.Msg("This row gives %d values to %d columns of `%s`: %s refuses the %s with error %s.", w.given, w.wanted, w.write.Table.String(), p.Engine.Title(), w.write.Verb, review.Errno(w.number))
	f.Advice = review.Msg("Give each column one value.")
	if !w.write.ColumnList {
		f.Advice = review.Msg("Name the columns behind `%s`, and give each one value.", w.write.Table.String())
	}
})

var insertMissingRequiredColumn = valueRule(review.Rule{
	ID: "insert-missing-required-column", Title: "INSERT leaves out a column that needs a value",
}, func(p *review.Pass, w *wrongWrite, f *review.Finding) {
	f.Problem = review.Msg("This %s gives `%s` no value, which is NOT NULL and has no default: %s refuses it with error %s.", w.write.Verb, f.Object, p.Engine.Title(), review.Errno(w.number))
	f.Advice = review.Msg("Give `%s` a value, or its column a DEFAULT.", w.column.Name)
})

var insertIntoGeneratedColumn = valueRule(review.Rule{
	ID: "insert-into-generated-column", Title: "Generated column is given a value",
}, func(p *review.Pass, w *wrongWrite, f *review.Finding) {
	f.Problem = review.Msg("`%s` is computed from other columns: %s refuses a value for it with error %s.", f.Object, p.Engine.Title(), review.Errno(w.number))
	f.Advice = review.Msg("Leave the column out, or write DEFAULT.")
	f.Fix = defaultInstead(f.Span)
	for _, at := range f.Places {
		if fix := defaultInstead(at); fix != nil && f.Fix != nil {
			f.PlaceFixes = append(f.PlaceFixes, *fix)
		}
	}
})

func defaultInstead(at ddlparse.Span) *review.Edit {
	if at.Source.Host != nil {
		return nil
	}
	return &review.Edit{Title: "Write DEFAULT", Span: at, New: "DEFAULT"}
}

var insertNullIntoNotNull = valueRule(review.Rule{
	ID: "insert-null-into-not-null", Title: "NULL is written into a NOT NULL column",
}, func(p *review.Pass, w *wrongWrite, f *review.Finding) {
	f.Problem = review.Msg("`%s` is NOT NULL: %s refuses NULL with error %s.", f.Object, p.Engine.Title(), review.Errno(w.number))
	f.Advice = review.Msg("Write a value, or let the column be NULL first.")
	if w.column.Default != nil {
		f.Advice = review.Msg("Write DEFAULT if its default is meant: NULL is not replaced by it.")
	}
})

var valueOutOfRange = valueRule(review.Rule{
	ID: "value-out-of-range", Title: "Value doesn't fit its column",
}, func(p *review.Pass, w *wrongWrite, f *review.Finding) {
	f.Problem = review.Msg("`%s` doesn't fit `%s`, which is %s: %s refuses it with error %s.", beginning(w.value), f.Object, typeName(w.column), p.Engine.Title(), review.Errno(w.number))
	f.Advice = review.Msg("Correct the value, or widen the column first; without strict mode it would be cut or changed without an error.")
})

// beginning keeps the beginning of a long text.
func beginning(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
