package review

import (
	"context"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// fix is the corrected SQL of a claim, once it is proven.
type fix struct {
	sql       string // "" = none
	statement *ddlparse.Statement
	edit      *Edit  // where it covers the object's own lines
	corrected string // elsewhere
}

// fixReads: the corrected SQL is one statement that the server would read. Where values were left out of what the
// model saw, or nothing is replayed, there is no fix to speak of, and that is not the claim's fault.
func (v *verifier) fixReads(c *candidate) bool {
	sql := strings.TrimRight(strings.TrimSpace(c.SQL), "; \n\t")
	if sql == "" || strings.Contains(sql, strings.TrimSuffix(left, "]")) || c.question.plan.declarative() {
		return true
	}
	src := &ddlparse.Source{Path: "fix.sql", Text: sql}
	ms := ddlparse.Parse(src, ddlparse.Located{Path: src.Path, Tool: ddlparse.PlainSQL, Role: ddlparse.Versioned}, ddlparse.ParseOptions{Engine: c.question.plan.Engine, Check: true})
	if len(ms) != 1 || len(ms[0].Statements) != 1 || len(ms[0].Skipped) > 0 {
		return false
	}
	st := ms[0].Statements[0]
	if st.NotUnderstood != "" || slices.ContainsFunc(st.Problems, func(p *ddlparse.Problem) bool { return p.Kind == ddlparse.SyntaxError }) {
		return false
	}
	c.fix = fix{sql: sql, statement: st}
	return true
}

func (p *Plan) declarative() bool {
	return slices.ContainsFunc(p.Migrations, func(m *ddlparse.Migration) bool { return m.Role == ddlparse.Declarative })
}

// fixKeeps: it defines the object's table in the way the statement does and nothing else, loses no column that the
// statement made, and has no words of its own in strings and comments.
func (v *verifier) fixKeeps(c *candidate) bool {
	if c.fix.sql == "" {
		return true
	}
	st := c.subject.step.Statement
	if c.fix.statement.Verb != st.Verb || !definesTable(st.Verb) || c.fix.statement.Normalized() == st.Normalized() {
		return false
	}
	for _, change := range c.fix.statement.Changes {
		if !sameTable(c, change.At().Table) || changeKind(change) == "rename-table" {
			return false
		}
	}
	return keepsColumns(c) && ownWords(c)
}

func sameTable(c *candidate, name ddlparse.Name) bool {
	return slices.ContainsFunc(c.subject.step.Changes, func(own ddlparse.Change) bool {
		at := own.At()
		return strings.EqualFold(at.Table.Name, name.Name) && (name.Database == "" || name.Database == at.Table.Database) &&
			concerns(c.question.plan, at, c.object.table)
	})
}

// keepsColumns reports whether every column that the statement makes is made by the correction too, and no
// other is dropped.
func keepsColumns(c *candidate) bool {
	made, dropped := columnsOf(c.fix.statement.Changes)
	own, ownDropped := columnsOf(c.subject.step.Changes)
	for name := range own {
		if !made[name] {
			return false
		}
	}
	for name := range dropped {
		if !ownDropped[name] {
			return false
		}
	}
	return true
}

func columnsOf(changes []ddlparse.Change) (made, dropped map[string]bool) {
	made, dropped = map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		switch c := c.(type) {
		case *ddlparse.CreateTable:
			if c.New != nil {
				for _, column := range c.New.Columns {
					made[strings.ToLower(column.Name)] = true
				}
			}
		case *ddlparse.AddColumn:
			made[strings.ToLower(c.Column.Name)] = true
		case *ddlparse.ModifyColumn:
			made[strings.ToLower(c.New.Name)] = true
		case *ddlparse.DropColumn:
			dropped[strings.ToLower(c.Name)] = true
		}
	}
	return made, dropped
}

// ownWords reports whether the strings and comments of a correction are the statement's, or plain values.
func ownWords(c *candidate) bool {
	known := map[string]bool{}
	for _, t := range tokensOf(c.subject.step.Statement.Span, c.question.plan.Engine) {
		known[dense(t.Text())] = true
	}
	for _, t := range tokensOf(c.fix.statement.Span, c.question.plan.Engine) {
		switch t.Kind {
		case ddlparse.CommentToken:
			if !known[dense(t.Text())] {
				return false
			}
		case ddlparse.StringToken:
			if !known[dense(t.Text())] && !plainValue(t.Value()) {
				return false
			}
		}
	}
	return plainLines(c.fix.sql + "\n")
}

func tokensOf(s ddlparse.Span, e ddlparse.Engine) []ddlparse.Token {
	return ddlparse.Tokens(s, e, namesNoBackslash(s.Source.Text))
}

// fixHelps: replayed in the place of the statement, it removes more findings than it brings. The claim itself
// is one that it removes; what rules call an error it must not bring at all.
func (v *verifier) fixHelps(c *candidate) bool {
	if c.fix.sql == "" {
		return true
	}
	p := c.question.plan
	other, ok := v.replay(p, c)
	if !ok {
		c.fix = fix{}
		return true
	}
	before, after := tallyOf(v.baseline(p)), tallyOf(v.lint(other))
	removed, added := 1, 0
	for key, n := range after {
		added += max(0, n-before[key])
		if n > before[key] && key.severity == Error {
			return false
		}
	}
	for key, n := range before {
		removed += max(0, n-after[key])
	}
	c.settle()
	return removed > added
}

// said is what counts as the same finding in two texts.
type said struct {
	rule, object string
	severity     Severity
}

func tallyOf(found []Finding) map[said]int {
	count := map[said]int{}
	for _, f := range found {
		count[said{f.Rule, strings.ToLower(f.Object), f.Severity}]++
	}
	return count
}

// with is the plan with another text in the place of a statement. False where a file can't be read on its own.
func (p *Plan) with(ctx context.Context, st *ddlparse.Statement, sql string) (*Plan, bool) {
	other := &Plan{Set: p.Set, Tool: p.Tool, Engine: p.Engine, Start: p.Start, FirstStep: p.FirstStep, History: p.History}
	schema, next := p.Start, p.FirstStep
	keep := func(s *ddlparse.Step) { other.Steps = append(other.Steps, s) }
	read := map[*ddlparse.Source]bool{}
	for _, m := range p.Migrations {
		if read[m.Source] || ctx.Err() != nil {
			continue
		}
		read[m.Source] = true
		src := &ddlparse.Source{Path: m.Source.Path, Text: m.Source.Text, Original: m.Source.Original}
		if m.Source == st.Span.Source {
			text := m.Source.Text
			src = &ddlparse.Source{Path: m.Path, Text: text[:st.Span.Start] + sql + text[st.Span.End:]}
		}
		ms := ddlparse.Parse(src, ddlparse.Located{Path: m.Path, Tool: m.Tool, Role: m.Role, Version: m.Version, Title: m.Title, Set: p.Set}, ddlparse.ParseOptions{Engine: p.Engine, Check: true})
		schema, next = ddlparse.Replay(schema, next, ms, keep)
		other.Migrations = append(other.Migrations, ms...)
	}
	other.Final = schema
	other.finish()
	return other, len(other.Migrations) == len(p.Migrations) && read[st.Span.Source] && ctx.Err() == nil
}

// settle decides how the correction is shown: as an edit where all that it changes are lines of the object, else
// as the corrected statement.
func (c *candidate) settle() {
	st := c.subject.step.Statement
	whole := Edit{Title: "Use the suggested definition", Span: st.Span, New: c.fix.sql}
	extent := c.object.span
	if c.object.member == "" && c.fix.statement.Verb == "CREATE TABLE" {
		extent = st.Span
	}
	l, ok := linesOf(&whole)
	if last := l.first + strings.Count(l.before, "\n") - 1; ok && l.first >= extent.From().Line && last <= extent.To().Line {
		c.fix.edit = &whole
		c.object.span = extent
		return
	}
	c.fix.corrected = c.fix.sql
}
