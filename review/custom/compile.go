package custom

import (
	"errors"
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"github.com/schema-review/schema-review/review"
)

// Compile makes a rule of what a team wrote. It is a review.CustomCompiler: the expression is checked with its
// types and its cost, the messages are tried, and the rule's own examples are run.
func Compile(spec review.CustomRule) (*review.Rule, []review.CustomProblem) {
	c := &compiler{spec: spec, params: map[string]any{}}
	for _, p := range spec.Params {
		c.params[p.Name] = p.Default
	}
	subjects, family := c.subjects()
	if len(c.problems) == 0 {
		c.expression(family)
	}
	c.texts()
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	rule := c.rule(subjects)
	c.examples(rule)
	return rule, c.problems
}

// compiler makes one rule.
type compiler struct {
	spec            review.CustomRule
	params          map[string]any
	program         cel.Program
	message, advice text
	problems        []review.CustomProblem
}

func (c *compiler) wrong(key string, problem, advice review.Message) {
	c.problems = append(c.problems, review.CustomProblem{Key: key, Problem: problem, Advice: advice})
}

// subjects finds the words of `on`. All must show the same kind of thing, since the expression has one set of variables.
func (c *compiler) subjects() (found []subject, f family) {
	for _, word := range c.spec.On {
		s, ok := subjectNamed(word)
		switch {
		case !ok:
			c.wrong("on", review.Msg("A rule can't look at `%s`.", word), review.DidYouMean(word, subjectWords()))
		case f != "" && f != s.family:
			c.wrong("on", review.Msg("A rule can't look at `%s` and `%s`: they have different variables.", c.spec.On[0], word), review.Msg("Make two rules of it."))
		default:
			f = s.family
			found = append(found, s)
		}
	}
	return found, f
}

func (c *compiler) expression(f family) {
	env, err := environment(f, c.spec.Params)
	if err != nil {
		c.wrong("params", review.Msg("The parameters can't be used in an expression: %s.", err.Error()), review.Msg("Names of parameters are letters, digits and `_`."))
		return
	}
	ast, issues := env.Compile(c.spec.When)
	if issues.Err() != nil {
		c.problems = append(c.problems, c.explain(f, issues.Errors()[0])) // what follows often comes of it
		return
	}
	if ast.OutputType() != types.BoolType {
		c.wrong("when", review.Msg("`when` gives %s, but it must be true or false.", cel.FormatCELType(ast.OutputType())), review.Msg("Compare it with something."))
		return
	}
	if estimate, err := env.EstimateCost(ast, sizes{}); err != nil || estimate.Max > mostCost {
		c.wrong("when", review.Msg("`when` is too expensive: loops in loops in loops take too long for a large table."), review.Msg("Nest at most two of `exists`, `all`, `map` and `filter`."))
		return
	}
	if c.program, err = env.Program(ast, cel.CostLimit(mostCost), cel.EvalOptions(cel.OptOptimize)); err != nil {
		c.wrong("when", review.Msg("`when` can't be run: %s.", err.Error()), review.Message{})
	}
}

func (c *compiler) texts() {
	var problems []review.CustomProblem
	c.message, problems = textsOf("message", c.spec.Message, c.params)
	c.problems = append(c.problems, problems...)
	c.advice, problems = textsOf("advice", c.spec.Advice, c.params)
	c.problems = append(c.problems, problems...)
}

func (c *compiler) rule(subjects []subject) *review.Rule {
	r := &review.Rule{
		ID: c.spec.ID, Title: c.title(), Category: review.Custom, Severity: c.spec.Severity, Params: c.spec.Params,
		Check: func(p *review.Pass) { c.check(p, subjects) },
	}
	if len(c.spec.Engines) > 0 {
		r.Engines = review.On(c.spec.Engines...)
	}
	return r
}

// title is the id in words: what a rule says has the names of one finding in it.
func (c *compiler) title() string {
	_, name, _ := strings.Cut(c.spec.ID, "/")
	return strings.ReplaceAll(name, "-", " ")
}

// check looks at all that the rule looks at. An expression that fails stops it: half a rule is no rule.
func (c *compiler) check(p *review.Pass, subjects []subject) {
	for _, s := range subjects {
		for seen := range s.walk(p, s.word) {
			speaks, err := c.speaks(p, seen)
			if err != nil {
				p.Fail(fmt.Errorf("%s: %w", seen.object, err))
				return
			}
			if speaks {
				p.Report(c.finding(p, seen))
			}
		}
	}
}

// speaks reports whether the expression is true.
func (c *compiler) speaks(p *review.Pass, s sight) (bool, error) {
	s.vars["server"] = serverOf(p.Engine)
	for name, value := range p.Params() {
		s.vars["params."+name] = value
	}
	out, _, err := c.program.Eval(s.vars)
	if err != nil {
		return false, plainly(err)
	}
	return out.Value() == true, nil
}

// plainly says what went wrong in an expression for those who wrote it.
func plainly(err error) error {
	if strings.Contains(err.Error(), "cost limit exceeded") {
		return errors.New("the expression takes too long for this table, and was stopped")
	}
	return err
}

func (c *compiler) finding(p *review.Pass, s sight) review.Finding {
	s.words.Object, s.words.Engine, s.words.Params = s.object, p.Engine.Title(), p.Params()
	return review.Finding{
		Object: s.object, Span: s.span,
		Problem: c.message.in(p.Language, s.words), Advice: c.advice.in(p.Language, s.words),
	}
}
