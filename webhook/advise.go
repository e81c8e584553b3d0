package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/schema-review/schema-review/review"
)

// Advising is how a worker asks its Reviewer's Model.
type Advising struct {
	Wait time.Duration // for an answer, before what rules found is said without it
	Cost func(review.Answer) (cost float64, priced bool)
	Keep bool // keep what was sent
}

const (
	// longestAdvice leaves time to say what came of it: a task may take 15 minutes.
	longestAdvice = 10 * time.Minute
	// stillWanted is how often it is asked, while the model thinks, whether anybody wants to know.
	stillWanted = 2 * time.Second
)

// asks reports whether a model may be asked about this target.
func (r *run) asks() bool {
	return r.Reviewer.Model != nil && r.config.AI.Enabled && r.target.MergeGroup == nil
}

// advice is the model's part on its way.
type advice struct {
	done   chan struct{} // closed when the report is there
	report *review.Report
	cancel context.CancelFunc
}

// conclude says what was found. What the model says is waited for, but not for long: after that, what rules
// found is said, and the rest is added.
func (r *run) conclude(ctx context.Context) error {
	a, err := r.ask(ctx)
	if err != nil {
		return err
	}
	if a != nil {
		defer a.cancel()
		if err := r.join(ctx, a); err != nil {
			return err
		}
	}
	err = r.in("publish", func() error { return r.publish(ctx) })
	if err != nil {
		r.remember(err)
	}
	return err
}

// join waits for the model's part, and takes it.
func (r *run) join(ctx context.Context, a *advice) error {
	answered, err := r.await(ctx, "advise", a, r.Advising.Wait)
	if err != nil {
		return err
	}
	if !answered {
		if err := r.sayMeanwhile(ctx); err != nil {
			return err
		}
		if _, err := r.await(ctx, "await", a, longestAdvice); err != nil {
			return err
		}
		a.cancel()
		<-a.done
	}
	r.advised(a.report)
	return nil
}

// ask starts to ask the model; nil where there is nothing to ask, or where it has answered before.
func (r *run) ask(ctx context.Context) (*advice, error) {
	if r.result.Notice != nil || !r.asks() || r.recall() {
		return nil, nil
	}
	if stands, err := r.stands(ctx); stands || err != nil {
		return nil, err
	}
	r.asked = &modelMeter{model: r.Reviewer.Model, cost: r.Advising.Cost, keep: r.Advising.Keep, observer: r.Observer, log: r.Log}
	reviewer := r.reviewer
	reviewer.Model = r.asked
	ctx, cancel := context.WithTimeout(ctx, longestAdvice)
	a := &advice{done: make(chan struct{}), cancel: cancel}
	go func() {
		defer close(a.done)
		a.report = r.advise(ctx, &reviewer)
	}()
	return a, nil
}

// advise asks. A panic is a suggestion that is missing, not the end of the program.
func (r *run) advise(ctx context.Context, reviewer *review.Reviewer) (report *review.Report) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.LogAttrs(ctx, slog.LevelError, "asking a model panicked", slog.String("repo", r.task.FullName()), slog.Int("pr", r.task.Number),
				slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
			broken := *r.result.Report
			broken.Advice = &review.Advice{
				Asked: true, Failures: []review.ModelFailure{review.ModelUnavailable},
				Missing: review.Msg("Design suggestions are missing: schema-review made a mistake. Please report it."),
			}
			report = &broken
		}
	}()
	return reviewer.Advise(ctx, r.result.Report, r.config, r.about())
}

// about is what the model is told of the pull request, and the bill.
func (r *run) about() review.About {
	return review.About{
		Repo: r.target.budget(), Title: r.target.Title, Description: r.target.Body,
		Tags: map[string]string{"repo": r.task.FullName(), "installation": strconv.FormatInt(r.task.Installation, 10)},
	}
}

// budget is under what name a repository's tokens are counted: it stays when the repository is renamed.
func (t *Target) budget() string {
	if t.RepoID == 0 {
		return t.FullName()
	}
	return strconv.FormatInt(t.RepoID, 10)
}

// stands looks whether the model has said all that there is to say about the same migrations on an older head. A
// person who asks again has it asked again.
func (r *run) stands(ctx context.Context) (bool, error) {
	content := r.content()
	if r.task.Force || content == "" {
		return false, nil
	}
	before, err := r.Ledger.Advised(ctx, r.task.Job, content, r.reviewer.Prompts.Version())
	if err != nil || before == nil {
		return false, err
	}
	r.result.Design = review.Msg("The model was not asked again: the migrations are those of %.7s.", before.Head)
	return true, nil
}

// await waits for the model, without a place among the workers. It looks now and then whether a newer commit has come.
func (r *run) await(ctx context.Context, stage string, a *advice, atMost time.Duration) (answered bool, err error) {
	err = r.in(stage, func() error {
		r.exit()
		if answered, err = r.watch(ctx, a, atMost); err != nil {
			return err
		}
		return r.enter(ctx)
	})
	return answered, err
}

func (r *run) watch(ctx context.Context, a *advice, atMost time.Duration) (answered bool, err error) {
	enough := time.NewTimer(atMost)
	defer enough.Stop()
	look := time.NewTicker(stillWanted)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return false, context.Cause(ctx)
		case <-a.done:
			return true, context.Cause(ctx)
		case <-enough.C:
			return false, nil
		case <-look.C:
			if err := r.task.Check(ctx, r.target.Head); err != nil {
				return false, err
			}
		}
	}
}

// sayMeanwhile says what rules found. The check run stays open in the ledger: after a crash it is gone on with.
func (r *run) sayMeanwhile(ctx context.Context) error {
	r.result.Unadvised = true
	r.result.Design = review.Msg("Design suggestions follow, unless a newer commit comes first.")
	return r.in("publish", func() error { return r.say(ctx) })
}

// advised takes the report that the model has added to.
func (r *run) advised(report *review.Report) {
	r.result.Added = r.result.Unadvised
	r.result.Unadvised, r.result.Design = false, review.Message{}
	r.result.Report = report
	r.Observer.Claimed(report)
}
