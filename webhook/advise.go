package webhook

import (
	"context"
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
