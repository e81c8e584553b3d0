package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"

	"github.com/schema-review/schema-review/review"
)

// asks reports whether a model may be asked about this target.
func (r *run) asks() bool {
	return r.Reviewer.Model != nil && r.config.AI.Enabled && r.target.MergeGroup == nil
}

// ask starts to ask the model; nil where there is nothing to ask, or where it has answered before.
func (r *run) ask(ctx context.Context) (*advice, error) {
	if r.result.Notice != nil || !r.asks() || r.recall() {
		return nil, nil
	}
	if r.target.Fork && !r.task.Force {
		r.result.Design = review.Msg("No model was asked, since the commits come from a fork. Somebody with write access can have it asked, with the button Re-run.")
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
