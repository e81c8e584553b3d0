package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/schema-review/schema-review/webhook"
)

// jobArgs are a River job: everything else is in the key's row, where events can still change it.
type jobArgs struct {
	Key string `json:"key" river:"unique"`
}

// Kind is the job's name in River's tables.
func (jobArgs) Kind() string { return "bring_up_to_date" }

// InsertOpts make a key's live jobs unique. The row in wanted sees to that already: this is the
// database's own word for it.
func (jobArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
		rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}}}
}

// riverConfig: deadlines, retries and lost jobs are ours, so River's own are out of the way.
func (s *Store) riverConfig(sqlite bool) *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker{store: s})
	c := &river.Config{
		ID:              s.o.Replica + "-" + rand.Text()[:8],
		Logger:          s.quiet(),
		Queues:          map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: s.o.Workers + s.o.Waiting}},
		Workers:         workers,
		FetchCooldown:   50 * time.Millisecond,
		JobTimeout:      -1,
		SoftStopTimeout: s.o.Drain,
		// A day: whoever hangs longer than his deadline may still be alive.
		RescueStuckJobsAfter: 24 * time.Hour,
	}
	if sqlite { // River's SQLite listener would ask 20 times a second
		c.PollOnly = true
		c.FetchPollInterval = 200 * time.Millisecond
	}
	return c
}

// quiet is the log for River: what goes well is not worth a line.
func (s *Store) quiet() *slog.Logger { return slog.New(warnings{s.o.Log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// Run works until ctx ends, then waits for the tasks in work; after Options.Drain it cancels them, and
// they are taken up again at the next start.
func (s *Store) Run(ctx context.Context, h webhook.Handler) error {
	if !s.running.TryLock() {
		return errors.New("the store runs already")
	}
	defer s.running.Unlock()
	s.handler = h
	if err := s.start(ctx); err != nil {
		if ctx.Err() != nil { // told to end before it began
			return nil
		}
		return err
	}
	stopped := s.db.river().Stopped()
	var house sync.WaitGroup
	house.Go(func() { s.every(s.o.Heartbeat, stopped, s.watch) })
	house.Go(func() { s.every(time.Hour, stopped, s.prune) })
	house.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return s.db.leave(last)
}

func (s *Store) start(ctx context.Context) error {
	if err := s.beat(ctx); err != nil {
		return fmt.Errorf("enter this replica: %w", err)
	}
	if err := s.rescue(ctx, true); err != nil {
		return fmt.Errorf("take up interrupted jobs: %w", err)
	}
	if err := s.db.river().Start(ctx); err != nil {
		return fmt.Errorf("start the queue: %w", err)
	}
	return nil
}

// every does it from time to time, until the queue has stopped: also while tasks are being drained, so
// that no other replica takes them for lost.
func (s *Store) every(period time.Duration, stopped <-chan struct{}, do func(context.Context) error) {
	tick := time.NewTicker(period)
	defer tick.Stop()
	for {
		if err := do(context.Background()); err != nil {
			s.o.Log.Error("the store can't keep house", "error", err)
		}
		select {
		case <-stopped:
			return
		case <-tick.C:
		}
	}
}

func (s *Store) watch(ctx context.Context) error {
	return errors.Join(s.beat(ctx), s.rescue(ctx, false))
}

// beat says that this replica lives.
func (s *Store) beat(ctx context.Context) error {
	if err := s.db.beat(ctx); err != nil {
		return err
	}
	s.alive.Store(time.Now().UnixNano())
	return nil
}

type worker struct {
	river.WorkerDefaults[jobArgs]
	store *Store
}

// Work runs the handler once, and writes down what follows from its outcome.
func (w *worker) Work(ctx context.Context, job *river.Job[jobArgs]) error {
	s := w.store
	r, err := s.begin(ctx, job)
	if err != nil { // River tries again
		s.o.Log.Error("a job can't be begun", "job_id", job.ID, "error", err)
		return err
	}
	if r == nil { // the job is nobody's any more
		return nil
	}
	outcome := s.handle(ctx, r)
	if outcome != nil && ctx.Err() != nil && !final(outcome) {
		return context.Cause(ctx) // the program ends: River makes the job available again
	}
	return s.finish(ctx, r, outcome)
}

// run is one run of a job.
type run struct {
	river *river.Job[jobArgs]
	task  *webhook.Task
	seen  int64 // the row's generation when it began
}

// begin reads what is wanted now.
func (s *Store) begin(ctx context.Context, job *river.Job[jobArgs]) (*run, error) {
	r := &run{river: job, task: &webhook.Task{}}
	var encoded string
	var forced, failures int64
	found, err := one(s.db.read(ctx, `SELECT job, generation, head, force_generation, failures FROM wanted WHERE key = $1 AND job_id = $2`,
		job.Args.Key, job.ID))(&encoded, &r.seen, &r.task.Head, &forced, &failures)
	if err != nil || !found {
		return nil, err
	}
	if err := json.Unmarshal([]byte(encoded), &r.task.Job); err != nil {
		return nil, err
	}
	r.task.Force = forced > 0
	r.task.Attempt = int(failures) + 1
	r.task.Last = r.task.Attempt >= s.o.Attempts
	r.task.Check = func(ctx context.Context, head string) error { return s.check(ctx, r, head) }
	r.task.Deliveries, err = s.behind(ctx, job.Args.Key)
	return r, err
}

// behind are the newest deliveries behind a key.
func (s *Store) behind(ctx context.Context, key string) (guids []string, _ error) {
	r, err := s.db.read(ctx, "SELECT guid FROM waiting WHERE key = $1 ORDER BY generation DESC LIMIT 5", key)
	return guids, each(r, err, func(scan func(...any) error) error {
		var guid string
		err := scan(&guid)
		guids = append(guids, guid)
		return err
	})
}

// handle calls the handler. A panic is an error like others: one pull request must not end them all.
func (s *Store) handle(ctx context.Context, r *run) (err error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Deadline)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			s.o.Log.Error("a task panicked", "job_id", r.river.ID, "repo", r.task.FullName(), "pr", r.task.Number, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return s.handler(ctx, r.task)
}

// check is Task.Check. A replica that was held up says first that it lives, so that nobody takes the job
// while it does what it asked for.
func (s *Store) check(ctx context.Context, r *run, head string) error {
	if time.Since(time.Unix(0, s.alive.Load())) > 2*s.o.Heartbeat {
		if err := s.beat(ctx); err != nil {
			return &webhook.RetryError{Err: fmt.Errorf("say that this replica lives: %w", err)}
		}
	}
	var newest string
	var since int64
	found, err := one(s.db.read(ctx, `SELECT w.head, w.head_generation FROM wanted w JOIN river_job j ON j.id = w.job_id
		WHERE w.key = $1 AND j.id = $2 AND j.attempt = $3 AND j.state = 'running'`,
		r.river.Args.Key, r.river.ID, r.river.Attempt))(&newest, &since)
	switch {
	case err != nil:
		return &webhook.RetryError{Err: fmt.Errorf("ask whether the job is still ours: %w", err)}
	case !found:
		return webhook.ErrLost
	case newest != "" && newest != head && since > r.seen:
		return webhook.ErrSuperseded
	}
	return nil
}
