package rules

import (
	"iter"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// startTable is the table as it was before the change set, also if the change set renamed it since.
func startTable(p *review.Pass, t *ddlparse.Table) *ddlparse.Table {
	if t == nil || p.Created(t) {
		return nil
	}
	if s := p.Start().Table(t.Name); s != nil {
		return s
	}
	if t.Origin == 0 {
		return nil
	}
	for s := range p.Start().Tables() {
		if s.Origin == t.Origin {
			return s
		}
	}
	return nil
}

// startColumn is the column as it was before the change set, also if the change set renamed it since.
func (h *past) startColumn(s *ddlparse.Step, t *ddlparse.Table, name string) *ddlparse.Column {
	start := startTable(h.p, t)
	if start == nil {
		return nil
	}
	for number := s.Number; ; {
		r := h.renaming(number, name, t.Name, start.Name)
		if r == nil {
			return start.Column(name)
		}
		name, number = r.change.Name, r.number
	}
}

// renaming is the last change before the step that gave a column of the tables the name, or nil.
func (h *past) renaming(number int, name string, tables ...ddlparse.Name) *renaming {
	for _, r := range slices.Backward(h.columns[strings.ToLower(name)]) {
		if r.number < number && slices.ContainsFunc(tables, func(n ddlparse.Name) bool { return h.p.Start().Same(n, r.change.Table) }) {
			return &r
		}
	}
	return nil
}

// holdsRows reports whether a table that the step changes may hold rows: it was there before the
// change set, which has not emptied it.
func (h *past) holdsRows(s *ddlparse.Step, t *ddlparse.Table) bool {
	return t != nil && !t.Temporary && !h.p.Created(t) && !h.before(h.emptied, s, t.Name)
}

// holdsRows asks the past of the pass.
func holdsRows(p *review.Pass, s *ddlparse.Step, t *ddlparse.Table) bool {
	return pastOf(p).holdsRows(s, t)
}

// writesBefore asks the past of the pass.
func writesBefore(p *review.Pass, s *ddlparse.Step, table ddlparse.Name) iter.Seq[*ddlparse.Write] {
	return pastOf(p).writesBefore(s, table)
}

// writesBefore yields what the change set wrote to the table in the steps before this one.
func (h *past) writesBefore(s *ddlparse.Step, table ddlparse.Name) iter.Seq[*ddlparse.Write] {
	return func(yield func(*ddlparse.Write) bool) {
		for _, w := range h.writes[strings.ToLower(table.Name)] {
			if w.number < s.Number && writesTo(h.p, w.write, table) && !yield(w.write) {
				return
			}
		}
	}
}

// writesTo reports whether the table is among those that the statement names.
func writesTo(p *review.Pass, w *ddlparse.Write, table ddlparse.Name) bool {
	return slices.ContainsFunc(w.Tables, func(n ddlparse.Name) bool { return p.Start().Same(n, table) })
}

// assigns reports whether an UPDATE gives the column a value other than NULL.
func assigns(w *ddlparse.Write, column string) bool {
	return w.Verb == "UPDATE" && slices.ContainsFunc(w.Set, func(a ddlparse.Assignment) bool {
		return strings.EqualFold(a.Column, column) && !strings.EqualFold(a.Value, "NULL")
	})
}

// prepared reports whether an earlier statement of the change set worked on the values of the column:
// it set them, or deleted rows by them. What is left is for the author to know.
func (h *past) prepared(s *ddlparse.Step, table ddlparse.Name, column string) bool {
	for w := range h.writesBefore(s, table) {
		if assigns(w, column) || w.Verb == "DELETE" && mentions(w.Where.Text(), column) {
			return true
		}
	}
	return false
}

// mentions reports whether the SQL text has the word, in any case.
func mentions(text, name string) bool {
	text, name = strings.ToLower(text), strings.ToLower(name)
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		if !partOfWord(text, i-1) && !partOfWord(text, i+len(name)) {
			return true
		}
		from = i + 1
	}
}

func partOfWord(text string, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	c := text[i]
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 0x80
}

// finalColumn is the column that a clause made, as the change set leaves it; nil once it is gone.
func finalColumn(p *review.Pass, at *ddlparse.Clause, name string) *ddlparse.Column {
	if at.After == nil {
		return nil
	}
	return p.Final().Table(at.After.Name).Column(name)
}

// sqlName writes a name as SQL does where it must be quoted; ordinary names stay readable.
func sqlName(name string) string {
	if strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789_") == "" {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// sqlTable writes a table's name for a query.
func sqlTable(n ddlparse.Name) string {
	if n.Database == "" {
		return sqlName(n.Name)
	}
	return sqlName(n.Database) + "." + sqlName(n.Name)
}

// declarative reports whether the step comes of comparing two descriptions of a schema: nobody wrote its ALTER.
func declarative(s *ddlparse.Step) bool {
	return s.Migration != nil && s.Migration.Role == ddlparse.Declarative
}

// takesNeighbours reports whether another statement may be put beside the step's: a semicolon delimits it.
func takesNeighbours(s *ddlparse.Step) bool {
	span := s.Statement.Span
	if span.IsZero() || span.Source.Host != nil || declarative(s) {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(span.Source.Text[span.End:], " \t\r\n"), ";")
}
