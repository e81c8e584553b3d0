package webhook

import (
	"context"
	"errors"
)

// begin makes the check run of the head: in progress, before anything that takes time. The intent is
// kept first, so that after a crash the one that may have been made is looked for, and not made again.
func (r *run) begin(ctx context.Context) error {
	open, err := r.Ledger.OpenChecks(ctx, r.task.Job)
	if err != nil {
		return err
	}
	find := false
	for _, c := range open {
		if c.Head != r.target.Head {
			if err := r.cancel(ctx, c); err != nil {
				return err
			}
			continue
		}
		if c.ID != 0 {
			r.check = c.ID
			return nil
		}
		find = true
	}
	return r.start(ctx, r.target.Head, find)
}

func (r *run) start(ctx context.Context, head string, find bool) error {
	if err := r.task.Check(ctx, head); err != nil {
		return err
	}
	if err := r.Ledger.SaveCheck(ctx, r.task.Job, Check{Head: head}); err != nil {
		return err
	}
	id, err := r.Forge.StartCheck(ctx, r.task.Job, head, find)
	if err != nil {
		return err
	}
	r.check = id
	return r.Ledger.SaveCheck(ctx, r.task.Job, Check{Head: head, ID: id})
}

// cancel completes the check run of a head that is no longer of interest.
func (r *run) cancel(ctx context.Context, c Check) (err error) {
	n := supersededNotice(r.printer())
	if !r.target.Open {
		n = closedNotice(r.printer())
	}
	if c.ID == 0 {
		if c.ID, err = r.Forge.StartCheck(ctx, r.task.Job, c.Head, true); err != nil {
			return err
		}
		// Once it is completed, it would not be found again.
		if err := r.Ledger.SaveCheck(ctx, r.task.Job, c); err != nil {
			return err
		}
	}
	if err := r.Forge.FinishCheck(ctx, r.target, c, &Result{Notice: &n, Started: r.began}); err != nil {
		return err
	}
	return r.forget(ctx, c)
}

func (r *run) forget(ctx context.Context, c Check) error {
	c.Done = true
	return r.Ledger.SaveCheck(ctx, r.task.Job, c)
}

// settle ends what a crash left, when the head turns out to be reviewed: its own check run was completed before that
// was recorded, those of other heads (it was pushed again, with force) were not.
func (r *run) settle(ctx context.Context, last *Review) error {
	open, err := r.Ledger.OpenChecks(ctx, r.task.Job)
	for _, c := range open {
		if c.Head == last.Head {
			err = errors.Join(err, r.forget(ctx, c))
		} else {
			err = errors.Join(err, r.cancel(ctx, c))
		}
	}
	return err
}

// leave completes what was begun on a pull request that is closed by now.
func (r *run) leave(ctx context.Context) error {
	if r.target == nil {
		return nil
	}
	open, err := r.Ledger.OpenChecks(ctx, r.task.Job)
	for _, c := range open {
		err = errors.Join(err, r.cancel(ctx, c))
	}
	return err
}

// finish completes the check run of the head.
func (r *run) finish(ctx context.Context, result *Result) error {
	c := Check{Head: r.target.Head, ID: r.check}
	if err := r.Forge.FinishCheck(ctx, r.target, c, result); err != nil {
		return err
	}
	return r.forget(ctx, c)
}
