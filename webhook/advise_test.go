package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

// answering is a model that does something, and then claims nothing. Its answers are for the machinery.
type answering func(ctx context.Context) error

func (a answering) Complete(ctx context.Context, _ review.Query) (review.Answer, error) {
	err := a(ctx)
	return review.Answer{JSON: json.RawMessage(`{"claims":[]}`), Model: "scripted", Usage: review.Usage{Input: 100, Output: 10, Calls: 1}}, err
}

func TestWorkerAdvises(t *testing.T) {
	t.Parallel()
	after := []string{"finish check 7 of new: success", "save review", "save check 7 of new, done: true"}
	twice := append(append(append([]string{}, reviewed[:3]...), "publish", "finish check 7 of new: success", "publish"), after...)
	for name, tt := range map[string]struct {
		model    func(w *world, stop func()) answering
		world    func(w *world)
		task     func(t *Task)
		want     []string
		fails    string
		complete bool   // the model said all that there is to say
		says     string // instead of it
		design   string
	}{
		"in time": {want: reviewed, complete: true},
		"late": {
			model: func(w *world, _ func()) answering {
				w.wait = time.Millisecond
				return func(context.Context) error { time.Sleep(50 * time.Millisecond); return nil }
			},
			want: twice, complete: true,
		},
		"a push while it thinks": {
			model: func(w *world, _ func()) answering {
				return func(ctx context.Context) error { w.pushed.Store(true); <-ctx.Done(); return ctx.Err() }
			},
			want: reviewed[:3], fails: "a newer commit was pushed",
		},
		"the program ends while it thinks": {
			model: func(_ *world, stop func()) answering {
				return func(ctx context.Context) error { stop(); <-ctx.Done(); return ctx.Err() }
			},
			want: append(append([]string{}, reviewed[:3]...), "failed: advise"), fails: "context canceled",
		},
		"it fails": {
			model: func(*world, func()) answering {
				return func(context.Context) error {
					return &review.ModelError{Kind: review.ModelThrottled, Err: errors.New("429")}
				}
			},
			want: reviewed, says: "too many requests",
		},
		"it panics": {
			model: func(*world, func()) answering { return func(context.Context) error { panic("oh") } },
			want:  reviewed, says: "could not be reached",
		},
		"it said so before": {
			world: func(w *world) { w.advised = &Review{Head: "0123456789"} },
			want:  reviewed, design: "The model was not asked again: the migrations are those of 0123456.",
		},
		"it said so before, and somebody asks again": {
			world: func(w *world) { w.advised = &Review{Head: "0123456789"} },
			task:  func(t *Task) { t.Force = true },
			want:  reviewed, complete: true,
		},
		"a merge group": {
			task: func(t *Task) { t.MergeGroup = &MergeGroup{Head: "new"} },
			want: append(append([]string{}, reviewed[:3]...), after...),
		},
		"nobody wants it": {
			world: func(w *world) {
				w.layers = []review.Layer{{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte("ai: {enabled: false}\n")}}
			},
			want: reviewed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			w := advisedWorld()
			w.model = answering(func(context.Context) error { return nil })
			if tt.model != nil {
				w.model = tt.model(w, stop)
			}
			if tt.world != nil {
				tt.world(w)
			}
			task := Task{Deliveries: []string{"guid"}, Attempt: 1}
			if tt.task != nil {
				tt.task(&task)
			}
			err := w.handleIn(ctx, task)
			if got := fmt.Sprint(err); err != nil && got != tt.fails || err == nil && tt.fails != "" {
				t.Errorf("error %q, want %q", got, tt.fails)
			}
			if diff := cmp.Diff(tt.want, w.said); diff != "" {
				t.Errorf("what was done (-want +got):\n%s", diff)
			}
			if w.saved == nil {
				return
			}
			kept := w.saved.Advice
			if asked := tt.complete || tt.says != ""; asked != (kept != nil) {
				t.Fatalf("kept %+v", kept)
			}
			if kept != nil && (kept.Complete != tt.complete || !strings.Contains(kept.Missing, tt.says)) {
				t.Errorf("kept %+v", kept)
			}
			if got := w.result.Design; tt.design != "" && got.In(w.result.Printer()) != tt.design || tt.design == "" && !got.IsZero() {
				t.Errorf("got %+v, want %q", got, tt.design)
			}
		})
	}
}

// advisedWorld has a change set that there is something to ask about.
func advisedWorld() *world {
	set := &review.ChangeSet{Changed: []review.Changed{{
		Path: "db/migration/V1__x.sql", Head: []byte("CREATE TABLE members (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, note TEXT);\n"),
	}}}
	return &world{target: Target{Open: true, Head: "new", BaseRef: "main"}, changes: Changes{Set: set, Content: "c"}, wait: time.Minute}
}

// What the model said is not paid for twice because GitHub was away when it was to be posted.
func TestWorkerRemembersAnAnswer(t *testing.T) {
	t.Parallel()
	asked := 0
	w := advisedWorld()
	w.model = answering(func(context.Context) error { asked++; return nil })
	worker := w.worker()
	w.fail = map[string]error{"publish": &RetryError{Err: errors.New("502")}}
	for attempt := 1; attempt <= 3; attempt++ {
		if attempt == 3 {
			w.fail = nil
		}
		err := w.work(t.Context(), worker, Task{Deliveries: []string{"guid"}, Attempt: attempt})
		if (err != nil) != (attempt < 3) {
			t.Fatalf("attempt %d: %v", attempt, err)
		}
	}
	if asked != 1 || w.saved.Advice == nil || w.saved.Advice.Input != 100 {
		t.Errorf("asked %d times, kept %+v", asked, w.saved.Advice)
	}
	if err := w.work(t.Context(), worker, Task{Deliveries: []string{"guid"}, Force: true}); err != nil || asked != 2 {
		t.Errorf("a person asks again: %v, asked %d times", err, asked)
	}
}
