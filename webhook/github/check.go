package github

import (
	"context"
	"sync"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// checkName is what the check run is called, in branch protection rules too.
const checkName = "schema-review"

// StartCheck creates the check run, or finds the one in progress that a crash left behind.
func (c *Client) StartCheck(ctx context.Context, j webhook.Job, head string, find bool) (int64, error) {
	gh := c.rest(j.Installation)
	if find {
		if id, err := c.findCheck(ctx, j, head); id != 0 || err != nil {
			return id, c.classify(err)
		}
	}
	run, _, err := gh.Checks.CreateCheckRun(ctx, j.Owner, j.Repo, github.CreateCheckRunOptions{
		Name: checkName, HeadSHA: head, ExternalID: new(webhook.ExternalID(j)),
		Status: new("in_progress"), StartedAt: &github.Timestamp{Time: c.options.Now()},
	})
	if err != nil {
		return 0, c.classify(err)
	}
	c.begun.add(run.GetID())
	return run.GetID(), nil
}

// findCheck finds our check run of the job that isn't completed.
func (c *Client) findCheck(ctx context.Context, j webhook.Job, head string) (int64, error) {
	runs, _, err := c.rest(j.Installation).Checks.ListCheckRunsForRef(ctx, j.Owner, j.Repo, head, &github.ListCheckRunsOptions{
		CheckName: new(checkName), AppID: new(c.options.AppID), Filter: new("all"), ListOptions: github.ListOptions{PerPage: 100},
	})
	if err != nil {
		return 0, err
	}
	for _, run := range runs.CheckRuns {
		if run.GetApp().GetID() == c.options.AppID && run.GetExternalID() == webhook.ExternalID(j) && run.GetStatus() != "completed" {
			return run.GetID(), nil
		}
	}
	return 0, nil
}

// FinishCheck completes the check run with the verdict, or with the notice. Annotations are added to those
// that are there, so after a crash it looks first how far it came. A notice that there is no verdict never takes
// the place of one.
func (c *Client) FinishCheck(ctx context.Context, t *webhook.Target, check webhook.Check, r *webhook.Result) error {
	o, notes := verdictOf(r)
	done, err := c.notesDone(ctx, t.Job, check.ID, r, o, len(notes))
	if err != nil || done == completed {
		return c.classify(err)
	}
	notes = notes[min(done, len(notes)):]
	for len(notes) > notesPerCall {
		if err := c.updateCheck(ctx, t.Job, check.ID, o.adding(notes[:notesPerCall])); err != nil {
			return err
		}
		notes = notes[notesPerCall:]
	}
	return c.updateCheck(ctx, t.Job, check.ID, o.completing(notes, c.options.Now()))
}

func (c *Client) updateCheck(ctx context.Context, j webhook.Job, id int64, o github.UpdateCheckRunOptions) error {
	_, _, err := c.rest(j.Installation).Checks.UpdateCheckRun(ctx, j.Owner, j.Repo, id, o)
	return c.classify(err)
}

// completed says that nothing is left to be done.
const completed = -1

// notesDone is how many annotations the check run has, or completed when it is, and may stay as it is. One that this
// process has just made has none: that saves a call. What is cancelled was made longer ago, and another replica may
// have gone on with it.
func (c *Client) notesDone(ctx context.Context, j webhook.Job, id int64, r *webhook.Result, o verdict, want int) (int, error) {
	if c.begun.take(id) && o.conclusion != "cancelled" {
		return 0, nil
	}
	run, _, err := c.rest(j.Installation).Checks.GetCheckRun(ctx, j.Owner, j.Repo, id)
	if err != nil {
		return 0, err
	}
	notice := r.Notice != nil
	if run.GetStatus() == "completed" && (notice && run.GetConclusion() != "cancelled" || !tellsOfModel(r) && o.isSaidBy(run, want)) {
		return completed, nil
	}
	return run.GetOutput().GetAnnotationsCount(), nil
}

// tellsOfModel reports whether the summary says what came of asking a model, which the title doesn't tell.
func tellsOfModel(r *webhook.Result) bool {
	return r.Report != nil && r.Report.Advice != nil || !r.Design.IsZero()
}

// isSaidBy reports whether the check run says it already, with as many annotations.
func (o verdict) isSaidBy(run *github.CheckRun, notes int) bool {
	out := run.GetOutput()
	return run.GetConclusion() == o.conclusion && out.GetTitle() == o.title && out.GetAnnotationsCount() >= notes
}

// begunChecks are the check runs that this process has made and not completed: nothing was added to them.
type begunChecks struct {
	mu  sync.Mutex
	ids map[int64]bool
}

// begunMost bounds them. One that was forgotten only costs a call.
const begunMost = 10_000

func (b *begunChecks) add(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ids == nil || len(b.ids) >= begunMost {
		b.ids = map[int64]bool{}
	}
	b.ids[id] = true
}

// take reports whether the check run is one of them, which it then is no longer.
func (b *begunChecks) take(id int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.ids[id]
	delete(b.ids, id)
	return known
}
