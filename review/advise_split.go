package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
)

// questions splits the change set into questions: statements about tables that have to do with each other
// stay together, as far as a question has room.
func (a *advising) questions() []*question {
	var all []*question
	number := 0
	for _, p := range a.report.Plans {
		var subjects []*subject
		for _, s := range p.Steps {
			if kinds := kindsOf(s); len(kinds) > 0 && s.Statement.NotUnderstood == "" {
				number++
				subjects = append(subjects, &subject{id: "S" + strconv.Itoa(number), step: s, kinds: kinds})
			}
		}
		all = append(all, a.split(p, a.spokenTo(p, subjects))...)
	}
	return all
}

// spokenTo are the statements that a guideline speaks to, with the texts that are sent.
func (a *advising) spokenTo(p *Plan, subjects []*subject) []*subject {
	r := a.redactor(p)
	known := map[string]bool{} // kinds that a guideline speaks to
	for _, g := range a.guidelines(prompts.Kinds(), p) {
		for _, kind := range g.Kinds {
			known[kind] = true
		}
	}
	return slices.DeleteFunc(subjects, func(s *subject) bool {
		if !slices.ContainsFunc(s.kinds, func(k string) bool { return known[k] }) {
			return true
		}
		s.sql = shortened(r.statement(s.step.Statement), s.kinds)
		if EstimateTokens(s.sql) > a.limits.Question/2 {
			a.leaveOut([]*subject{s}, Msg("The model was not asked about it: the statement is too long."))
			return true
		}
		return false
	})
}

// longestRows is how much of a statement that only writes rows is worth reading.
const longestRows = 2000

func shortened(sql string, kinds []string) string {
	if len(kinds) == 1 && kinds[0] == "write" && len(sql) > longestRows {
		return clipped(sql, longestRows)
	}
	return sql
}

// split groups related statements and fills questions with the groups, in order.
func (a *advising) split(p *Plan, subjects []*subject) []*question {
	if len(subjects) == 0 {
		return nil
	}
	guidelines := a.guidelines(kindsIn(subjects), p)
	whole := a.write(p, subjects, guidelines)
	if len(subjects) == 1 || whole.tokens() <= a.limits.Question {
		return []*question{whole}
	}
	fixed := EstimateTokens(whole.prompt.System) + EstimateTokens(whole.prompt.Stable)
	var questions []*question
	for _, part := range packed(related(subjects), a.limits.Question-fixed) {
		q := a.write(p, part, a.guidelines(kindsIn(part), p))
		questions = append(questions, q)
	}
	return questions
}

// guidelines are those that speak to these kinds of change, with the severities that configuration gives them.
func (a *advising) guidelines(kinds []string, p *Plan) []prompts.Guideline {
	all := a.reviewer.Prompts.For(kinds, p.Engine.String())
	for i, g := range all {
		if s, set := a.config.Guidelines[g.ID]; set {
			all[i].Severity = s.String()
		}
	}
	return slices.DeleteFunc(all, func(g prompts.Guideline) bool { return g.Severity == Off.String() })
}

func kindsIn(subjects []*subject) []string {
	var kinds []string
	for _, s := range subjects {
		kinds = append(kinds, s.kinds...)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// packed fills parts with groups up to a size. A group that is too large for one is cut between statements.
func packed(groups [][]*subject, size int) [][]*subject {
	var parts [][]*subject
	room := 0
	for _, group := range groups {
		if sizeOf(group) > room {
			parts, room = append(parts, nil), size
		}
		for _, s := range group {
			last := &parts[len(parts)-1]
			if sizeOf([]*subject{s}) > room && len(*last) > 0 {
				parts, room = append(parts, nil), size
				last = &parts[len(parts)-1]
			}
			*last = append(*last, s)
			room -= sizeOf([]*subject{s})
		}
	}
	return parts
}

// sizeOf is about what statements take in a question: their text, and their tables before, after and around.
func sizeOf(subjects []*subject) int {
	size := 0
	for _, s := range subjects {
		size += 4 * EstimateTokens(s.sql)
	}
	return size
}

// related groups the statements whose tables have to do with each other, in the order of the first of each.
func related(subjects []*subject) [][]*subject {
	group := map[string]int{} // table -> group
	var groups [][]*subject
	for _, s := range subjects {
		into := -1
		tables := tablesNamed(s.step)
		for _, name := range tables {
			if g, known := group[name]; known && into < 0 {
				into = g
			} else if known && g != into {
				into = unite(groups, group, into, g)
			}
		}
		if into < 0 {
			into, groups = len(groups), append(groups, nil)
		}
		for _, name := range tables {
			group[name] = into
		}
		groups[into] = append(groups[into], s)
	}
	return slices.DeleteFunc(groups, func(g []*subject) bool { return len(g) == 0 })
}

// unite makes one group of two, the earlier one.
func unite(groups [][]*subject, group map[string]int, a, b int) int {
	into, from := min(a, b), max(a, b)
	groups[into] = append(groups[into], groups[from]...)
	groups[from] = nil
	for name, g := range group {
		if g == from {
			group[name] = into
		}
	}
	return into
}

// tablesNamed are the tables that a step is about, and those that its foreign keys lead to.
func tablesNamed(s *ddlparse.Step) []string {
	var names []string
	add := func(n ddlparse.Name) { names = append(names, strings.ToLower(n.String())) }
	for _, c := range s.Changes {
		if t := c.At().Table; !t.IsZero() {
			add(t)
		}
		switch c := c.(type) {
		case *ddlparse.AddForeignKey:
			add(c.Key.Parent)
		case *ddlparse.CreateTable:
			if c.New != nil {
				for _, f := range c.New.ForeignKeys {
					add(f.Parent)
				}
			}
		}
	}
	return names
}
