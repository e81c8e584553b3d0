package main

import (
	"context"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/store"
)

// modelConfig is what the settings say of the model.
type modelConfig struct {
	bedrock bedrock.Options // without a Model: rules only
	wait    time.Duration   // for the model, before what rules found is said
	daily   int             // tokens of a repository and day; 0 = no limit
	review  int             // tokens of a review
	keep    bool            // keep what was sent
}

// modelSettings are all that is said of the model.
func modelSettings() []serverSetting {
	var all []serverSetting
	for _, s := range bedrock.Settings() {
		all = append(all, serverSetting{name: s.Name, value: s.Value, help: s.Help})
	}
	return append(all,
		serverSetting{name: "ADVICE_WAIT", value: "60s", help: "`TIME` that a review waits for the model before it says what rules found; at most 60s"},
		serverSetting{name: "AI_REVIEW_TOKENS", value: "120000", help: "tokens that one review may use of the model, `N`"},
		serverSetting{name: "AI_DAILY_TOKENS", value: "2000000", help: "tokens that a repository may use of the model in a day (UTC), `N`; 0 = no limit"},
		serverSetting{name: "KEEP_PROMPTS", value: "false", help: "keep the text that was sent to the model in the database: `true` or false"},
	)
}

// longestWait is how long what rules found may wait for the model.
const longestWait = time.Minute

func (r *settingsReader) model() (c modelConfig) {
	options, err := bedrock.FromEnv(r.text)
	r.problems = append(r.problems, unjoined(err)...)
	c.bedrock = options
	if c.wait = r.interval("ADVICE_WAIT", 0, false); c.wait > longestWait {
		r.wrong("ADVICE_WAIT", "%q: want at most 60s, what rules found must not wait longer", r.text("ADVICE_WAIT"))
	}
	c.review = int(r.number("AI_REVIEW_TOKENS", 1, "120000"))
	c.daily = int(r.number("AI_DAILY_TOKENS", 0, "2000000"))
	c.keep = r.choice("KEEP_PROMPTS", "true", "false") == "true"
	return c
}

// unjoined are the errors that were joined into one.
func unjoined(err error) []error {
	if err == nil {
		return nil
	}
	all, ok := err.(interface{ Unwrap() []error }) // what errors.Join makes, not what it wraps
	if !ok {
		return []error{err}
	}
	var list []error
	for _, one := range all.Unwrap() {
		list = append(list, unjoined(one)...)
	}
	return list
}

// newModel makes the client of Bedrock, nil when no model is configured.
func (s *server) newModel(ctx context.Context) (*bedrock.Client, error) {
	if s.config.model.bedrock.Model == "" {
		s.log.Info("no model is configured (BEDROCK_MODEL_ID): reviews are by rules only")
		return nil, nil
	}
	options := s.config.model.bedrock
	options.Log = s.log
	return bedrock.New(ctx, options)
}

// newWorker makes the worker, with a model or without.
func (s *server) newWorker(forge webhook.Forge, kept *store.Store, sweep *webhook.Sweep, model *bedrock.Client) *webhook.Worker {
	c := s.config
	library, _ := prompts.Load(builtInLayer())
	w := &webhook.Worker{
		Forge: forge, Ledger: kept, Reviewer: &review.Reviewer{Rules: rules.All(), Prompts: library}, Defaults: c.defaults(),
		Sweep: sweep.Handle, Observer: s.metrics, Version: version(), Log: s.log, Now: time.Now,
	}
	if model == nil {
		return w
	}
	w.Reviewer.Model = model
	w.Reviewer.Limits = review.Limits{Review: c.model.review, Answer: c.model.bedrock.MaxTokens}
	if c.model.daily > 0 {
		w.Reviewer.Budget = kept.Budget(c.model.daily)
	}
	w.Advising = webhook.Advising{Wait: c.model.wait, Cost: model.Cost, Keep: c.model.keep}
	w.Places = make(webhook.Places, c.workers)
	return w
}

// waiting is how many reviews more than WORKERS may be in work, because they wait for a model.
func (c *serverConfig) waiting() int {
	if c.model.bedrock.Model == "" {
		return 0
	}
	return 4 * c.workers
}

// checkModel asks the models for a few tokens, and says in the log what to do where they don't answer. Reviews go on
// meanwhile, and without design suggestions if need be.
func (s *server) checkModel(ctx context.Context, model *bedrock.Client) {
	for _, c := range model.Check(ctx, prompts.AnswerSchema()) {
		switch {
		case ctx.Err() != nil:
			return
		case c.Err != nil:
			s.log.WarnContext(ctx, "a model doesn't answer: reviews go on without its design suggestions", "model", c.Model, "error", c.Err)
		default:
			s.log.InfoContext(ctx, "a model answers", "model", c.Model, "way", c.Way, "took", c.Took)
		}
	}
}
