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
func startColumn(p *review.Pass, s *ddlparse.Step, t *ddlparse.Table, name string) *ddlparse.Column {
	start := startTable(p, t)
	if start == nil {
		return nil
	}
	for _, earlier := range slices.Backward(p.Steps()) {
		if earlier.Number >= s.Number {
			continue
		}
		for _, c := range earlier.Changes {
			if m, ok := c.(*ddlparse.ModifyColumn); ok && m.Renamed() && strings.EqualFold(m.New.Name, name) && (p.Start().Same(m.Table, t.Name) || p.Start().Same(m.Table, start.Name)) {
				name = m.Name
			}
		}
	}
	return start.Column(name)
}

// holdsRows reports whether a table that the step changes may hold rows: it was there before the
// change set, which has not emptied it.
func holdsRows(p *review.Pass, s *ddlparse.Step, t *ddlparse.Table) bool {
	if t == nil || t.Temporary || p.Created(t) {
		return false
	}
	for _, earlier := range p.Steps() {
		if earlier.Number >= s.Number {
			break
		}
		if empties(p, earlier, t.Name) {
			return false
		}
	}
	return true
}

// empties reports whether the step removes all rows of the table.
func empties(p *review.Pass, s *ddlparse.Step, table ddlparse.Name) bool {
	return slices.ContainsFunc(s.Changes, func(c ddlparse.Change) bool {
		switch c := c.(type) {
		case *ddlparse.TruncateTable:
			return p.Start().Same(c.Table, table)
		case *ddlparse.Write:
			return c.Verb == "DELETE" && c.Where.IsZero() && !c.Limit && !c.Joined && p.Start().Same(c.Table, table)
		}
		return false
	})
}

// writesBefore yields what the change set wrote to the table in the steps before this one.
func writesBefore(p *review.Pass, s *ddlparse.Step, table ddlparse.Name) iter.Seq[*ddlparse.Write] {
	return func(yield func(*ddlparse.Write) bool) {
		for step, w := range review.Each[*ddlparse.Write](p) {
			if step.Number >= s.Number {
				return
			}
			if writesTo(p, w, table) && !yield(w) {
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
func prepared(p *review.Pass, s *ddlparse.Step, table ddlparse.Name, column string) bool {
	for w := range writesBefore(p, s, table) {
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

// renamedHere reports whether the change set itself gave the table its name.
func renamedHere(p *review.Pass, s *ddlparse.Step, table ddlparse.Name) bool {
	for step, r := range review.Each[*ddlparse.RenameTable](p) {
		if step.Number >= s.Number {
			return false
		}
		if p.Start().Same(r.To, table) {
			return true
		}
	}
	return false
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
