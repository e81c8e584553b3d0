package webhook

import "context"

// Places bound how many tasks are worked on at a time. Who waits for a model lets others work meanwhile: what rules
// found of the next pull request must not wait for the design suggestions of this one. Nil has no bound.
type Places chan struct{}

// take waits for a place.
func (p Places) take(ctx context.Context) error {
	if p == nil {
		return nil
	}
	select {
	case p <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (p Places) give() {
	if p != nil {
		<-p
	}
}

// atPlace does a task that waits for no model.
func (w *Worker) atPlace(ctx context.Context, t *Task, do Handler) error {
	if err := w.Places.take(ctx); err != nil {
		return err
	}
	defer w.Places.give()
	return do(ctx, t)
}

// enter takes a place for the run.
func (r *run) enter(ctx context.Context) error {
	err := r.Places.take(ctx)
	r.placed = err == nil
	return err
}

// exit gives it back, if the run has it.
func (r *run) exit() {
	if r.placed {
		r.placed = false
		r.Places.give()
	}
}
