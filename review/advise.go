package review

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/schema-review/schema-review/prompts"
)

// About is what a forge says of a change set. All of it was written by people whom nobody has checked.
type About struct {
	Repo               string            // whose budget it is: "acme/shop"
	Title, Description string            // of the pull request
	Tags               map[string]string // for the bill
}

// Advise asks the model for design feedback on what was reviewed, and returns a report that says more: what
// could be proven of the model's claims. The report that it is given is complete as it is and stays so; no rule's
// finding, and no verdict, ever depends on a model. Without a model, or where there is nothing to ask, the same
// report comes back. It never fails: what is missing is said in Advice. The context bounds the wait.
func (r *Reviewer) Advise(ctx context.Context, report *Report, c *Config, about About) *Report {
	if c == nil {
		c = DefaultConfig(r.Rules)
	}
	if r.Model == nil || r.Prompts == nil || !c.AI.Enabled {
		return report
	}
	began := time.Now()
	a := &advising{reviewer: r, config: c, report: report, about: about, limits: r.Limits.withDefaults()}
	a.advice = Advice{Prompts: r.Prompts.Version()}
	questions := a.affordable(a.questions())
	a.advice.Asked = len(questions) > 0
	replies := a.askAll(ctx, questions)
	next := a.join(ctx, questions, replies)
	next.Advice.Took = time.Since(began)
	return next
}

// advising is one run of Advise.
type advising struct {
	reviewer *Reviewer
	config   *Config
	report   *Report
	about    About
	limits   Limits
	advice   Advice

	redactors map[*Plan]*redactor
}

// affordable are the questions that the limit of a review has room for.
func (a *advising) affordable(all []*question) []*question {
	room := a.limits.Review
	for i, q := range all {
		if room -= q.cost(a.limits); room < 0 {
			for _, q := range all[i:] {
				a.leaveOut(q.subjects, Msg("The model was not asked about it: the change set is larger than the limit for one review."))
			}
			return all[:i]
		}
	}
	return all
}

func (a *advising) leaveOut(list []*subject, reason Message) {
	for _, s := range list {
		st := s.step.Statement
		a.advice.LeftOut = append(a.advice.LeftOut, NotReviewed{Path: st.Span.Path(), Span: st.Span, What: what(st), Reason: reason, Statement: st})
	}
}

// reply is what came of one question.
type reply struct {
	answer Answer
	claims []prompts.Claim
	err    error
}

// askAll asks the questions, a few at a time. The replies have the questions' order.
func (a *advising) askAll(ctx context.Context, questions []*question) []reply {
	replies := make([]reply, len(questions))
	places := make(chan struct{}, a.limits.Parallel)
	var wg sync.WaitGroup
	for i, q := range questions {
		wg.Go(func() {
			select {
			case places <- struct{}{}:
				defer func() { <-places }()
				replies[i] = a.ask(ctx, q)
			case <-ctx.Done():
				replies[i].err = ctx.Err()
			}
		})
	}
	wg.Wait()
	return replies
}

// ask asks one question, within the repository's budget.
func (a *advising) ask(ctx context.Context, q *question) reply {
	if err := ctx.Err(); err != nil {
		return reply{err: err}
	}
	cost, budget := q.cost(a.limits), a.reviewer.Budget
	if budget != nil {
		granted, err := budget.Reserve(ctx, a.about.Repo, cost)
		if err != nil {
			return reply{err: err}
		}
		if !granted {
			return reply{err: &ModelError{ModelOverBudget, errOverBudget}}
		}
	}
	answer, err := a.reviewer.Model.Complete(ctx, q.query(a))
	if budget != nil {
		budget.Settle(context.WithoutCancel(ctx), a.about.Repo, cost, answer.Usage.Input+answer.Usage.Output)
	}
	return decoded(answer, err)
}

// decoded reads the claims of an answer.
func decoded(answer Answer, err error) reply {
	if err != nil {
		return reply{answer: answer, err: err}
	}
	said, err := prompts.DecodeAnswer(answer.JSON)
	if err != nil {
		return reply{answer: answer, err: &ModelError{ModelMalformed, err}}
	}
	return reply{answer: answer, claims: said.Claims}
}

// join verifies what was claimed, and adds what holds to a copy of the report.
func (a *advising) join(ctx context.Context, questions []*question, replies []reply) *Report {
	next := *a.report
	v := newVerifier(ctx, a)
	for i, reply := range replies {
		a.count(questions[i], reply)
		v.verify(questions[i], reply.claims)
	}
	found, dropped := v.best(a.config.AI.MaxComments)
	a.say(len(questions))
	next.Dropped = dropped
	next.Findings = append(slices.Clone(next.Findings), found...)
	slices.SortStableFunc(next.Findings, compareFindings)
	next.Suppressed = append(slices.Clone(next.Suppressed), v.suppressed...)
	next.Advice = &a.advice
	return &next
}

// count adds one reply to the account.
func (a *advising) count(q *question, r reply) {
	a.advice.Hashes = append(a.advice.Hashes, q.prompt.Hash)
	a.advice.Claims += len(r.claims)
	a.advice.Usage.add(r.answer.Usage)
	if m := r.answer.Model; m != "" && !slices.Contains(a.advice.Models, m) {
		a.advice.Models = append(a.advice.Models, m)
	}
	if r.err != nil {
		a.advice.Failures = append(a.advice.Failures, failureOf(r.err))
	}
}

// say makes the sentence about what is missing.
func (a *advising) say(asked int) {
	failed := a.advice.Failures
	switch {
	case len(failed) > 0 && len(failed) < asked:
		a.advice.Missing = Msg("Some design suggestions are missing: the model answered %d of %d questions; a re-run gets the others later.", asked-len(failed), asked)
	case len(failed) > 0:
		a.advice.Missing = missing(failed[0])
	case len(a.advice.LeftOut) > 0:
		a.advice.Missing = Msg("Some design suggestions are missing: in one review, the model is asked about fewer statements. Left out: %d.", len(a.advice.LeftOut))
	}
}

func (u *Usage) add(o Usage) {
	u.Input += o.Input
	u.Output += o.Output
	u.CacheRead += o.CacheRead
	u.CacheWrite += o.CacheWrite
	u.Calls += o.Calls
}
