package review

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

var errOverBudget = errors.New("the repository's budget for today is used up")

// subject is a statement of the change set that a model is asked about.
type subject struct {
	id    string // "S1"
	step  *ddlparse.Step
	kinds []string
	sql   string // as it is sent
}

// question is what is asked at once: statements that have to do with each other.
type question struct {
	plan     *Plan
	subjects []*subject
	prompt   prompts.Prompt
	input    prompts.Input
}

// Question is what would be sent to a model.
type Question struct {
	Prompt     prompts.Prompt
	Guidelines []string // ids of those in it
	Statements int
	Tokens     int // an estimate
}

// Questions tells what Advise would send about a reviewed change set, and what it would leave out.
func (r *Reviewer) Questions(report *Report, c *Config, about About) ([]Question, []NotReviewed) {
	if c == nil {
		c = DefaultConfig(r.Rules)
	}
	a := &advising{reviewer: r, config: c, report: report, about: about, limits: r.Limits.withDefaults()}
	var out []Question
	for _, q := range a.affordable(a.questions()) {
		shown := Question{Prompt: q.prompt, Statements: len(q.subjects), Tokens: q.tokens()}
		for _, g := range q.input.Guidelines {
			shown.Guidelines = append(shown.Guidelines, g.ID)
		}
		out = append(out, shown)
	}
	return out, a.advice.LeftOut
}

// tokens is about how long the question is.
func (q *question) tokens() int {
	return EstimateTokens(q.prompt.System) + EstimateTokens(q.prompt.Stable) + EstimateTokens(q.prompt.Content)
}

// cost is about what a question and its answer can cost.
func (q *question) cost(l Limits) int { return q.tokens() + l.Answer }

func (q *question) query(a *advising) Query {
	return Query{
		System: q.prompt.System, Stable: q.prompt.Stable, Content: q.prompt.Content,
		Schema: prompts.AnswerSchema(), MaxTokens: a.limits.Answer, Tags: a.about.Tags,
	}
}

// subject finds the statement of that id, nil when it isn't asked about.
func (q *question) subject(id string) *subject {
	i := slices.IndexFunc(q.subjects, func(s *subject) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return q.subjects[i]
}

// write makes the prompt of a question. Nothing of it leaves that was not redacted.
func (a *advising) write(p *Plan, subjects []*subject, guidelines []prompts.Guideline) *question {
	q := &question{plan: p, subjects: subjects}
	r := a.redactor(p)
	text := r.knownValues()
	q.input = prompts.Input{
		Engine: p.Engine.String(), Facts: factsOf(p), Language: a.config.Language, Guidelines: guidelines,
		Title: text.Replace(MaskText(clipped(a.about.Title, longestTitle))), Description: text.Replace(MaskText(clipped(a.about.Description, longestDescription))),
		Nonce: a.reviewer.nonce(), Findings: a.saidOf(subjects, text),
	}
	for _, s := range subjects {
		q.input.Statements = append(q.input.Statements, prompts.Statement{ID: s.id, Path: MaskText(clipped(s.step.Statement.Span.Path(), longestName)), SQL: s.sql})
	}
	before, after := tablesOf(p, subjects)
	q.input.Before, q.input.After = r.tables(before), r.tables(shownAfter(subjects, after))
	q.input.Neighbours = r.tables(neighbours(p.Final, after))
	q.prompt = a.reviewer.Prompts.Prompt(q.input)
	return q
}

// redactor is the one for a plan: a value has the same mark in all that is sent of it.
func (a *advising) redactor(p *Plan) *redactor {
	if a.redactors == nil {
		a.redactors = map[*Plan]*redactor{}
	}
	if a.redactors[p] == nil {
		a.redactors[p] = newRedactor(p.Engine)
	}
	return a.redactors[p]
}

const (
	longestTitle       = 300
	longestDescription = 2000
)

func (r *redactor) tables(list []*ddlparse.Table) []prompts.Table {
	var out []prompts.Table
	for _, t := range list {
		out = append(out, prompts.Table{Name: maskName(t.Name.String()), DDL: r.table(t)})
	}
	return out
}

// factsOf is what is known of the server beyond its kind and version.
func factsOf(p *Plan) []string {
	settings := p.Start.Settings()
	var facts []string
	if settings.Charset != "" {
		facts = append(facts, fmt.Sprintf("The database's default character set is %s.", settings.Charset))
	}
	if settings.LowerCaseTableNames != 0 {
		facts = append(facts, "Names of tables are compared without case.")
	}
	return facts
}

// saidOf is what rules found in these statements, in English and without values.
func (a *advising) saidOf(subjects []*subject, text *strings.Replacer) []prompts.Finding {
	ids := map[*ddlparse.Statement]string{}
	for _, s := range subjects {
		ids[s.step.Statement] = s.id
	}
	printer := message.NewPrinter(language.English)
	var said []prompts.Finding
	for _, f := range a.report.Findings {
		if id, ours := ids[f.Statement]; ours && f.Statement != nil {
			said = append(said, prompts.Finding{Rule: f.Rule, Statement: id, Object: maskName(f.Object), Message: text.Replace(MaskText(clipped(f.Problem.In(printer), longestNote)))})
		}
	}
	return said
}

// tablesOf are the tables that the statements touch, as they were before the change set and as it leaves them.
func tablesOf(p *Plan, subjects []*subject) (before, after []*ddlparse.Table) {
	seen := map[*ddlparse.Table]bool{nil: true}
	add := func(list *[]*ddlparse.Table, t *ddlparse.Table) {
		if !seen[t] && !t.IsOpaque() {
			seen[t] = true
			*list = append(*list, t)
		}
	}
	for _, s := range subjects {
		for _, c := range s.step.Changes {
			at := c.At()
			if at.Before != nil {
				add(&before, p.Start.Table(at.Before.Name))
			}
			if at.After != nil {
				add(&after, p.Final.Table(at.After.Name))
			}
		}
	}
	return before, after
}

// shownAfter leaves out the tables that are just as one of the statements makes them: it can be read there.
func shownAfter(subjects []*subject, tables []*ddlparse.Table) []*ddlparse.Table {
	made := map[string]int{} // table -> statements about it; many where one isn't its CREATE TABLE
	for _, s := range subjects {
		for _, c := range s.step.Changes {
			at := c.At()
			if at.After == nil {
				continue
			}
			made[at.After.Name.String()]++
			if create, ok := c.(*ddlparse.CreateTable); !ok || !create.Like.IsZero() || !create.Select.IsZero() {
				made[at.After.Name.String()]++
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(tables), func(t *ddlparse.Table) bool { return made[t.Name.String()] == 1 })
}

// nonce is a word that nobody can guess.
func (r *Reviewer) nonce() string {
	if r.Nonce != nil {
		return r.Nonce()
	}
	return rand.Text()
}
