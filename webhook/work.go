package webhook

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/schema-review/schema-review/review"
)

// Worker does tasks: the stages of one are methods of run, in the order in which they happen.
type Worker struct {
	Forge    Forge
	Ledger   Ledger
	Reviewer *review.Reviewer
	Advising Advising // how the Reviewer's Model is asked, if there is one
	Places   Places
	// Defaults is the weakest layer of configuration: what the operator says for all repositories.
	Defaults *review.Layer
	Sweep    Handler // for a job that is a whole installation
	Feedback Handler // for a job with Feedback; nil: nobody wants to know
	Observer Observer
	Version  string // of this program: another one may judge differently
	Log      *slog.Logger
	Now      func() time.Time

	answers answers
}

// Observer sees how the stages go, for metrics.
type Observer interface {
	Stage(name string, took time.Duration)
	Found(r *review.Report)
	// Claimed is told what came of asking a model, and Answered of each answer and its cost.
	Claimed(r *review.Report)
	Answered(a review.Answer, cost float64)
	Failed(stage string)
}

// Handle is the worker's Handler.
func (w *Worker) Handle(ctx context.Context, t *Task) error {
	switch {
	case t.Feedback && w.Feedback == nil: // it was wanted before a restart
		return nil
	case t.Feedback:
		return w.atPlace(ctx, t, w.Feedback)
	}
	if t.Number == 0 && t.MergeGroup == nil {
		return w.atPlace(ctx, t, w.Sweep)
	}
	ctx, meter := WithMeter(ctx)
	r := &run{Worker: w, task: t, meter: meter, began: w.Now()}
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.exit()
	err := r.do(ctx)
	r.log(ctx, err)
	return err
}

// run is one task on its way through the stages.
type run struct {
	*Worker
	task  *Task
	meter *Meter
	began time.Time

	stage    string
	placed   bool // it has one of the Places
	target   *Target
	check    int64 // id of the check run, 0 before it began
	config   *review.Config
	reviewer review.Reviewer // with the prompts that hold here
	changes  *Changes
	result   *Result
	asked    *modelMeter // nil: no model was asked
}

// do runs the stages. Whatever ends them early is told in the check run, if one began.
func (r *run) do(ctx context.Context) error {
	err := r.stages(ctx)
	if err == nil || r.check == 0 {
		return err
	}
	if n := r.farewell(err); n != nil {
		// The task may have run out of time; its last word gets a moment of its own.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellTime)
		defer cancel()
		return errors.Join(err, r.finish(ctx, &Result{Notice: n, Config: r.config, Started: r.began}))
	}
	return err
}

// farewellTime is how long the last word in a check run may take.
const farewellTime = 30 * time.Second

func (r *run) stages(ctx context.Context) error {
	if done, err := r.look(ctx); done || err != nil {
		return err
	}
	if err := r.in("begin", func() error { return r.begin(ctx) }); err != nil {
		return err
	}
	if err := r.in("read", func() error { return r.read(ctx) }); err != nil {
		return err
	}
	if r.result.Notice == nil {
		if err := r.in("review", func() error { return r.review(ctx) }); err != nil {
			return err
		}
	}
	return r.conclude(ctx)
}

// in runs a stage: the name is that of the metric and of the log.
func (r *run) in(stage string, f func() error) error {
	r.stage = stage
	began := r.Now()
	err := f()
	r.Observer.Stage(stage, r.Now().Sub(began))
	if err != nil && !errors.Is(err, ErrSuperseded) && !errors.Is(err, ErrLost) {
		r.Observer.Failed(stage)
	}
	return err
}

// look reads the target as it is now. It is done where there is nothing to bring up to date.
func (r *run) look(ctx context.Context) (done bool, err error) {
	err = r.in("look", func() error {
		r.target, err = r.Forge.Target(ctx, r.task.Job)
		if err != nil || !r.target.Open {
			done = true
			return errors.Join(err, r.leave(ctx))
		}
		done, err = r.upToDate(ctx)
		return err
	})
	if err != nil || done || !r.swept() {
		return done, err
	}
	if err := r.configure(ctx); err != nil {
		return false, err
	}
	return !r.config.Sweep, nil
}

// swept reports whether no event asked for the review: it was found to be missing.
func (r *run) swept() bool { return len(r.task.Deliveries) == 0 && !r.task.Force }

// upToDate reports whether this very state was reviewed before.
func (r *run) upToDate(ctx context.Context) (bool, error) {
	if r.task.Force {
		return false, nil
	}
	last, err := r.Ledger.LastReview(ctx, r.task.Job)
	if err != nil || last == nil {
		return false, err
	}
	t := r.target
	if last.Head != t.Head || last.BaseRef != t.BaseRef || last.Draft != t.Draft {
		return false, nil
	}
	return true, r.settle(ctx, last)
}

// read finds out what the target changes, and how its repository wants that to be seen.
func (r *run) read(ctx context.Context) error {
	if err := r.configure(ctx); err != nil {
		return err
	}
	if r.target.Draft && !r.config.ReviewDrafts {
		n := draftNotice(r.printer())
		r.result.Notice = &n
		return nil
	}
	var err error
	if r.changes, err = r.Forge.ChangeSet(ctx, r.target, r.config); err != nil {
		return err
	}
	if r.target.MergeGroup != nil {
		if err := r.reuse(ctx); err != nil || r.result.Notice != nil {
			return err
		}
	}
	if err := r.instruct(ctx); err != nil {
		return err
	}
	return r.task.Check(ctx, r.target.Head)
}

// review judges the change set.
func (r *run) review(ctx context.Context) error {
	report, err := r.reviewer.Review(ctx, r.changes.Set, r.config)
	if err != nil {
		return err
	}
	report.NotReviewed = append(report.NotReviewed, r.changes.Left...)
	r.result.Report = report
	r.Observer.Found(report)
	return nil
}

// publish says it on GitHub, and keeps that it was said.
func (r *run) publish(ctx context.Context) error {
	if err := r.say(ctx); err != nil {
		return err
	}
	if err := r.Ledger.SaveReview(ctx, r.record(r.result.Posted)); err != nil {
		return err
	}
	// Last: a check run that is not forgotten is taken up again.
	return r.forget(ctx, Check{Head: r.target.Head, ID: r.check})
}

// say says it on GitHub, comments first: the check run is completed when all has been said.
func (r *run) say(ctx context.Context) (err error) {
	still := func(ctx context.Context) error { return r.task.Check(ctx, r.target.Head) }
	if err := still(ctx); err != nil {
		return err
	}
	if r.result.Notice == nil && r.target.Number > 0 {
		if r.result.Posted, err = r.Forge.Publish(ctx, r.target, r.result, still); err != nil {
			return err
		}
	}
	return r.Forge.FinishCheck(ctx, r.target, Check{Head: r.target.Head, ID: r.check}, r.result)
}
