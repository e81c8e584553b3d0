package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// world is a forge and a ledger that write down what they are asked to do.
type world struct {
	target  Target
	layers  []review.Layer
	edited  *review.Layer
	prompts []prompts.Layer
	changes Changes
	fail    map[string]error // by call: "read", "publish"
	last    *Review
	verdict *Review
	advised *Review
	open    []Check
	newest  string // head that an event told of while the task was in work
	model   review.Model
	wait    time.Duration // for the model
	pushed  atomic.Bool   // a newer commit came while the model was asked

	said   []string
	result *Result
	saved  *Review
}

func (w *world) say(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

func (w *world) Target(_ context.Context, j Job) (*Target, error) {
	t := w.target
	t.Job = j
	return &t, w.fail["look"]
}

func (w *world) Layers(context.Context, *Target) ([]review.Layer, *review.Layer, error) {
	return w.layers, w.edited, nil
}

func (w *world) Prompts(context.Context, *Target, *review.Config) ([]prompts.Layer, error) {
	return w.prompts, nil
}

func (w *world) ChangeSet(context.Context, *Target, *review.Config) (*Changes, error) {
	return &w.changes, w.fail["read"]
}

func (w *world) Publish(ctx context.Context, _ *Target, _ *Result, check func(context.Context) error) ([]Posted, error) {
	w.say("publish")
	return []Posted{{Fingerprint: "f", State: "open"}}, errors.Join(w.fail["publish"], check(ctx))
}

func (w *world) StartCheck(_ context.Context, _ Job, head string, find bool) (int64, error) {
	w.say("start check of %s, find: %v", head, find)
	return 7, nil
}

func (w *world) FinishCheck(_ context.Context, _ *Target, c Check, r *Result) error {
	conclusion, title := r.Verdict()
	if r.Notice != nil {
		conclusion += ", " + title
	}
	w.say("finish check %d of %s: %s", c.ID, c.Head, conclusion)
	w.result = r
	return nil
}

func (w *world) LastReview(context.Context, Job) (*Review, error) { return w.last, nil }
func (w *world) Verdict(context.Context, Job, string) (*Review, error) {
	return w.verdict, nil
}

func (w *world) Advised(context.Context, Job, string, string) (*Review, error) {
	return w.advised, nil
}
func (w *world) OpenChecks(context.Context, Job) ([]Check, error) { return w.open, nil }

func (w *world) SaveReview(_ context.Context, r *Review) error {
	w.say("save review")
	w.saved = r
	return nil
}

func (w *world) SaveCheck(_ context.Context, _ Job, c Check) error {
	w.say("save check %d of %s, done: %v", c.ID, c.Head, c.Done)
	return nil
}

func (w *world) Stage(string, time.Duration)     {}
func (w *world) Found(*review.Report)            {}
func (w *world) Claimed(*review.Report)          {}
func (w *world) Answered(review.Answer, float64) {}
func (w *world) Failed(stage string)             { w.say("failed: %s", stage) }

// handle does one task in the world.
func (w *world) handle(t Task) error { return w.handleIn(context.Background(), t) }

func (w *world) handleIn(ctx context.Context, t Task) error { return w.work(ctx, w.worker(), t) }

func (w *world) worker() *Worker {
	worker := &Worker{
		Forge: w, Ledger: w, Reviewer: &review.Reviewer{Model: w.model}, Observer: w, Version: "test",
		Advising: Advising{Wait: w.wait}, Places: make(Places, 1),
		Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
	if w.model != nil {
		worker.Reviewer.Prompts, _ = prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	}
	return worker
}

func (w *world) work(ctx context.Context, worker *Worker, t Task) error {
	if t.MergeGroup == nil {
		t.Number = 12
	}
	t.Owner, t.Repo = "acme", "shop"
	t.Check = func(_ context.Context, head string) error {
		if w.pushed.Load() || w.newest != "" && w.newest != head {
			return ErrSuperseded
		}
		return nil
	}
	return worker.Handle(ctx, &t)
}

// reviewed is what a review of the commit "new" says and does when nothing gets in the way.
var reviewed = []string{
	"save check 0 of new, done: false",
	"start check of new, find: false",
	"save check 7 of new, done: false",
	"publish",
	"finish check 7 of new: success",
	"save review",
	"save check 7 of new, done: true",
}

func TestWorker(t *testing.T) {
	t.Parallel()
	delivered := Task{Deliveries: []string{"guid"}, Attempt: 1}
	tests := map[string]struct {
		world func(w *world)
		task  func(t *Task)
		want  []string
		fails string
	}{
		"a review": {want: reviewed},
		"the head was reviewed before": {
			world: func(w *world) { w.last = &Review{Head: "new", BaseRef: "main"} },
		},
		"a crash came just after the review was recorded": {
			world: func(w *world) {
				w.last, w.open = &Review{Head: "new", BaseRef: "main"}, []Check{{Head: "new", ID: 7}}
			},
			want: []string{"save check 7 of new, done: true"},
		},
		"the head was reviewed before, and somebody asks again": {
			world: func(w *world) { w.last = &Review{Head: "new", BaseRef: "main"} },
			task:  func(t *Task) { t.Force = true },
			want:  reviewed,
		},
		"the head was reviewed as a draft": {
			world: func(w *world) { w.last = &Review{Head: "new", BaseRef: "main", Draft: true} },
			want:  reviewed,
		},
		"the head was reviewed for another base": {
			world: func(w *world) { w.last = &Review{Head: "new", BaseRef: "release"} },
			want:  reviewed,
		},
		"a newer commit comes while it is reviewed": {
			world: func(w *world) { w.newest = "newer" },
			fails: "a newer commit was pushed",
		},
		// The delivery that told of it may be an older one that was late: then its check run is gone on with.
		"a newer commit comes after the check run began": {
			world: func(w *world) { w.newest, w.open = "newer", []Check{{Head: "new", ID: 3}} },
			fails: "a newer commit was pushed",
		},
		"a newer commit comes again and again": {
			world: func(w *world) { w.newest, w.open = "newer", []Check{{Head: "new", ID: 3}} },
			task:  func(t *Task) { t.Attempt, t.Last = 12, true },
			want:  []string{"finish check 3 of new: neutral, Could not review", "save check 3 of new, done: true"},
			fails: "a newer commit was pushed",
		},
		"pushed with force back to what was reviewed": {
			world: func(w *world) {
				w.last, w.open = &Review{Head: "new", BaseRef: "main"}, []Check{{Head: "other", ID: 3}}
			},
			want: []string{"finish check 3 of other: cancelled, A newer commit was pushed", "save check 3 of other, done: true"},
		},
		"a crash left the check run": {
			world: func(w *world) { w.open = []Check{{Head: "new", ID: 3}} },
			want: []string{
				"publish", "finish check 3 of new: success", "save review", "save check 3 of new, done: true",
			},
		},
		"a crash came before the check run's id was seen": {
			world: func(w *world) { w.open = []Check{{Head: "new"}} },
			want:  append([]string{reviewed[0], "start check of new, find: true"}, reviewed[2:]...),
		},
		"an older head's check run is still in progress": {
			world: func(w *world) { w.open = []Check{{Head: "old", ID: 2}} },
			want: append([]string{
				"finish check 2 of old: cancelled, A newer commit was pushed", "save check 2 of old, done: true",
			}, reviewed...),
		},
		"an older head's check run was about to be made": {
			world: func(w *world) { w.open = []Check{{Head: "old"}} },
			want: append([]string{
				"start check of old, find: true", "save check 7 of old, done: false",
				"finish check 7 of old: cancelled, A newer commit was pushed", "save check 7 of old, done: true",
			}, reviewed...),
		},
		"closed": {
			world: func(w *world) { w.target.Open = false },
		},
		"closed while it was in progress": {
			world: func(w *world) { w.target.Open, w.open = false, []Check{{Head: "new", ID: 2}} },
			want:  []string{"finish check 2 of new: cancelled, Closed before the review ended", "save check 2 of new, done: true"},
		},
		"a draft": {
			world: func(w *world) { w.target.Draft = true },
			want: []string{
				reviewed[0], reviewed[1], reviewed[2],
				"finish check 7 of new: neutral, Draft: not reviewed yet", "save review", "save check 7 of new, done: true",
			},
		},
		"a draft, where drafts are reviewed": {
			world: func(w *world) {
				w.target.Draft = true
				w.layers = []review.Layer{{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte("review_drafts: true\n")}}
			},
			want: reviewed,
		},
		"a failure that passes": {
			world: func(w *world) { w.fail = map[string]error{"read": &RetryError{Err: errors.New("502")}} },
			want:  []string{reviewed[0], reviewed[1], reviewed[2], "failed: read"},
			fails: "502",
		},
		"a failure that doesn't pass": {
			world: func(w *world) { w.fail = map[string]error{"read": errors.New("502")} },
			task:  func(t *Task) { t.Attempt, t.Last = 12, true },
			want: []string{
				reviewed[0], reviewed[1], reviewed[2], "failed: read",
				"finish check 7 of new: neutral, Could not review", "save check 7 of new, done: true",
			},
			fails: "502",
		},
		"a refusal": {
			world: func(w *world) {
				w.fail = map[string]error{"publish": &RefusedError{Sentence: "No permission.", Err: errors.New("403")}}
			},
			want: []string{
				reviewed[0], reviewed[1], reviewed[2], "publish", "failed: publish",
				"finish check 7 of new: neutral, Could not review", "save check 7 of new, done: true",
			},
			fails: "No permission.: 403",
		},
		"the App was uninstalled": {
			world: func(w *world) {
				w.fail = map[string]error{"read": &GoneError{What: "the App was uninstalled", Err: errors.New("404")}}
			},
			want:  []string{reviewed[0], reviewed[1], reviewed[2], "failed: read"},
			fails: "the App was uninstalled: 404",
		},
		"found by the sweep": {
			task: func(t *Task) { t.Deliveries = nil },
			want: reviewed,
		},
		"found by the sweep, where that isn't wanted": {
			world: func(w *world) {
				w.layers = []review.Layer{{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte("sweep: false\n")}}
			},
			task: func(t *Task) { t.Deliveries = nil },
		},
		"a merge group": {
			task: func(t *Task) { t.MergeGroup = &MergeGroup{Head: "new"} },
			want: append(append([]string{}, reviewed[:3]...), reviewed[4:]...),
		},
		"a merge group whose migrations were reviewed in their pull request": {
			world: func(w *world) { w.verdict = &Review{Job: Job{Number: 5}, Conclusion: "failure", Title: "1 error"} },
			task:  func(t *Task) { t.MergeGroup = &MergeGroup{Head: "new"} },
			want: []string{
				reviewed[0], reviewed[1], reviewed[2],
				"finish check 7 of new: failure, 1 error", "save review", "save check 7 of new, done: true",
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &world{
				target:  Target{Open: true, Head: "new", BaseRef: "main"},
				changes: Changes{Set: &review.ChangeSet{}, Content: "c"},
			}
			if tt.world != nil {
				tt.world(w)
			}
			task := delivered
			if tt.task != nil {
				tt.task(&task)
			}
			err := w.handle(task)
			if got := fmt.Sprint(err); err != nil && got != tt.fails || err == nil && tt.fails != "" {
				t.Errorf("error %q, want %q", got, tt.fails)
			}
			if diff := cmp.Diff(tt.want, w.said); diff != "" {
				t.Errorf("what was done (-want +got):\n%s", diff)
			}
		})
	}
}

// A change set that edits the configuration is judged by the one it starts from, and told what would change.
func TestWorkerPreview(t *testing.T) {
	t.Parallel()
	w := &world{
		target:  Target{Open: true, Head: "new"},
		changes: Changes{Set: &review.ChangeSet{}},
		layers:  []review.Layer{{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte("fail_on: error\n")}},
		edited:  &review.Layer{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte("fail_on: never\n")},
	}
	if err := w.handle(Task{Deliveries: []string{"guid"}}); err != nil {
		t.Fatal(err)
	}
	if w.result.Config.FailOn != review.Error {
		t.Errorf("judged by fail_on %v, want error", w.result.Config.FailOn)
	}
	want := []review.Difference{{Key: "fail_on", Before: "error", After: "never"}}
	if diff := cmp.Diff(want, w.result.Preview.Differences); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
}
