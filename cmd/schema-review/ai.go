package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

// aiFlags say which model is asked, if any: it costs money and sends text, so that nobody gets it by accident.
type aiFlags struct {
	ai      bool
	model   string
	dropped bool // show the claims that could not be proven
}

func (f *aiFlags) offer(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.ai, "ai", false, "ask the model of BEDROCK_MODEL_ID for design suggestions, too; see prompt show")
	flags.StringVar(&f.model, "model", "", "ask the model or inference profile with this `ID` or ARN; implies --ai")
	flags.BoolVar(&f.dropped, "show-dropped", false, "show what the model claimed and nobody could prove, too")
}

// wanted reports whether a model is to be asked.
func (f *aiFlags) wanted() bool { return f.ai || f.model != "" }

// longestAdvice is how long the model's part of a review may take; more when an answer may.
const longestAdvice = 5 * time.Minute

// askedModel is the model of a review, with an account of what it cost.
type askedModel struct {
	client *bedrock.Client
	id     string
	within time.Duration
	answer int // tokens that one may have

	mu       sync.Mutex
	cost     float64
	answered bool // something was charged for
	unpriced bool
	err      error // the first
}

// newModel reads the settings of the model and makes no call.
func newModel(ctx context.Context, getenv func(string) string, id string) (*askedModel, error) {
	options, err := bedrock.FromEnv(func(name string) string {
		if name == "BEDROCK_MODEL_ID" && id != "" {
			return id
		}
		return getenv(name)
	})
	if err != nil {
		return nil, err
	}
	if options.Model == "" {
		return nil, fail("there is no model to ask: set BEDROCK_MODEL_ID, or name one with --model")
	}
	client, err := bedrock.New(ctx, options)
	return &askedModel{client: client, id: options.Model, within: max(longestAdvice, options.Deadline), answer: options.MaxTokens}, err
}

// Complete implements review.Model.
func (m *askedModel) Complete(ctx context.Context, q review.Query) (review.Answer, error) {
	answer, err := m.client.Complete(ctx, q)
	cost, priced := m.client.Cost(answer)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cost += cost
	charged := answer.Usage.Calls > 0
	m.answered, m.unpriced = m.answered || charged, m.unpriced || charged && !priced
	if m.err == nil {
		m.err = err
	}
	return answer, err
}

// newModel is the model to ask, nil for none.
func (o *reviewOptions) newModel(ctx context.Context, c console, g *gatherer, p *message.Printer) (*askedModel, error) {
	switch {
	case !o.wanted():
		return nil, nil
	case !g.config.AI.Enabled:
		fmt.Fprintln(c.err, "schema-review:", p.Sprintf("no model is asked: %s says ai.enabled: false", g.config.Origins["ai.enabled"]))
		return nil, nil
	}
	if err := joined(g.guidance.problems, p); err != nil {
		fmt.Fprintln(c.err, err) // the model goes by what an earlier layer says
	}
	return newModel(ctx, c.getenv, o.model)
}

// reviewer reviews with all rules, and asks the model if there is one.
func (g *gatherer) reviewer() *review.Reviewer {
	r := &review.Reviewer{Rules: rules.All(), Prompts: g.guidance.library}
	if g.asked != nil {
		r.Model, r.Limits.Answer = g.asked, g.asked.answer
	}
	return r
}

// advise adds what the model suggests. That there is no answer is told, and changes neither findings nor exit code.
func (g *gatherer) advise(ctx context.Context, c console, report *review.Report, p *progress) (*review.Report, error) {
	p.say(g.printer().Sprintf("asking %s", g.asked.id))
	within, cancel := context.WithTimeout(ctx, g.asked.within)
	defer cancel()
	report = g.reviewer().Advise(within, report, g.config, review.About{})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err := g.asked.err; err != nil {
		p.stop()
		fmt.Fprintln(c.err, "schema-review: the model:", err)
	}
	return report, nil
}
