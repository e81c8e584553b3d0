package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// statementRows is how many statements the table lists.
const statementRows = 50

// row is a statement of the change set in the table.
type row struct {
	migration *ddlparse.Migration
	statement *ddlparse.Statement
	changes   []ddlparse.Change
	findings  []Finding
	live      live
}

// column is a column of the table of statements.
type column struct {
	head string
	cell func(row) string // Markdown
}

func (v Voice) columns() []column {
	return []column{
		{v.say("statement"), v.where},
		{v.say("what it does"), operation},
		{v.say("on the live server"), v.onServer},
		{v.say("writes"), v.writes},
		{v.say("size"), v.size},
		{v.say("advice"), v.advice},
		{v.say("findings"), v.marks},
	}
}

// statementTable lists the statements of the change set. Where they are too many, those with findings come first.
func (v Voice) statementTable(r *Report) string {
	all := rowsOf(r)
	if len(all) == 0 {
		return ""
	}
	rows := chosen(all)
	columns := v.columns()
	if !slices.ContainsFunc(rows, func(r row) bool { return r.live.stats != nil }) {
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.head == v.say("size") })
	}
	var b strings.Builder
	for _, c := range columns {
		b.WriteString("| " + c.head + " ")
	}
	b.WriteString("|\n" + strings.Repeat("|---", len(columns)) + "|\n")
	size, written := statementsSize, 0
	for _, row := range rows {
		line := line(columns, row)
		if size -= units(line); size < 0 {
			break
		}
		b.WriteString(line)
		written++
	}
	if left := len(all) - written; left > 0 {
		b.WriteString("\n" + v.counted(left, "%d more statement is not listed.", "%d more statements are not listed."))
	}
	return paragraphs(strings.TrimSuffix(b.String(), "\n"), v.sizesUnknown(rows), v.stepsOf(rows))
}

func line(columns []column, r row) string {
	var b strings.Builder
	for _, c := range columns {
		b.WriteString("| " + cell(c.cell(r)) + " ")
	}
	return b.String() + "|\n"
}

// rowsOf are the statements of the change set, in order, with their findings.
func rowsOf(r *Report) []row {
	found := map[*ddlparse.Statement][]Finding{}
	for _, f := range r.Findings {
		found[f.Statement] = append(found[f.Statement], f)
	}
	var rows []row
	for _, p := range r.Plans {
		steps := map[*ddlparse.Statement]*ddlparse.Step{}
		for _, step := range p.Steps {
			steps[step.Statement] = step
		}
		for _, m := range p.Migrations {
			for _, s := range m.Statements {
				row := row{migration: m, statement: s, findings: within(s, found)}
				if step := steps[s]; step != nil {
					row.changes, row.live = step.Changes, p.live(step)
				}
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// within are the findings in a statement, and in those that hide in it.
func within(s *ddlparse.Statement, found map[*ddlparse.Statement][]Finding) []Finding {
	list := slices.Clone(found[s])
	for _, hidden := range s.Hidden {
		list = append(list, within(hidden, found)...)
	}
	return list
}

// chosen are the rows that the table lists, in order.
func chosen(all []row) []row {
	if len(all) <= statementRows {
		return all
	}
	spare := statementRows
	for _, r := range all {
		if len(r.findings) > 0 {
			spare--
		}
	}
	var rows []row
	for _, r := range all {
		if len(r.findings) == 0 {
			if spare--; spare < 0 {
				continue
			}
		}
		if rows = append(rows, r); len(rows) == statementRows {
			break
		}
	}
	return rows
}

// where is the migration as people call it, and the line.
func (v Voice) where(r row) string {
	return CodeSpan(clipped(r.migration.Title, 60)) + " L" + lineOf(r.statement.Span)
}

// marks are the rules that say something of a statement, the worst first.
func (v Voice) marks(r row) string {
	if len(r.findings) == 0 {
		return "–"
	}
	var ids []string
	count := map[string]int{}
	severity := map[string]Severity{}
	for _, f := range r.findings {
		if count[f.Rule]++; count[f.Rule] == 1 {
			ids = append(ids, f.Rule)
		}
		severity[f.Rule] = max(severity[f.Rule], f.Severity)
	}
	slices.SortStableFunc(ids, func(a, b string) int { return int(severity[b]) - int(severity[a]) })
	var marks []string
	for i, id := range ids {
		if i == 3 {
			marks = append(marks, v.say("%d more", len(ids)-i))
			break
		}
		mark := icon(severity[id]) + " " + CodeSpan(id)
		if n := count[id]; n > 1 {
			mark += fmt.Sprintf(" ×%d", n)
		}
		marks = append(marks, mark)
	}
	return strings.Join(marks, "<br>")
}
