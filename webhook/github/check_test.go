package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

const (
	createCheck = "POST /repos/{owner}/{repo}/check-runs"
	updateCheck = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}"
)

func (w *world) target() *webhook.Target {
	w.t.Helper()
	target, err := w.client.Target(w.t.Context(), w.job)
	if err != nil {
		w.t.Fatal(err)
	}
	return target
}

func (w *world) start(find bool) webhook.Check {
	w.t.Helper()
	head := w.target().Head
	id, err := w.client.StartCheck(w.t.Context(), w.job, head, find)
	if err != nil {
		w.t.Fatal(err)
	}
	return webhook.Check{Head: head, ID: id}
}

func (w *world) finish(c webhook.Check, r *webhook.Result) {
	w.t.Helper()
	if err := w.client.FinishCheck(w.t.Context(), w.target(), c, r); err != nil {
		w.t.Fatal(err)
	}
}

// runs are the check runs of the pull request's head.
func (w *world) runs() []standin.CheckRun { return w.repo.CheckRuns(w.pull.State().Head) }

// result is a review of a migration that was not published.
func (w *world) result(file *string) *webhook.Result {
	report := judge(w.t, review.Changed{Path: shopPath, Head: []byte(*file)})
	return &webhook.Result{Report: report, Config: w.config}
}

func TestCheckRun(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config     string
		file       *string
		conclusion string
		levels     map[string]int
	}{
		"errors":            {"", tables(2), "failure", map[string]int{"failure": 2}},
		"errors that don't": {"fail_on: never\n", tables(2), "success", map[string]int{"failure": 2}},
		"nothing":           {"", sql("CREATE TABLE t (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY);"), "success", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: c.file})
			w.config = configOf(t, c.config)
			check := w.start(false)
			if run := w.runs()[0]; run.Name != "schema-review" || run.Status != "in_progress" || run.ExternalID != webhook.ExternalID(w.job) || run.Started.IsZero() {
				t.Errorf("at the start: %+v", run)
			}
			report := judgeAll(t, &review.ChangeSet{Changed: []review.Changed{{Path: shopPath, Head: []byte(*c.file)}}}, w.config)
			w.finish(check, &webhook.Result{Report: report, Config: w.config})
			run := w.runs()[0]
			if run.Status != "completed" || run.Conclusion != c.conclusion || run.Completed.IsZero() || run.Title == "" || run.Summary == "" {
				t.Errorf("at the end: %+v, want %s", run, c.conclusion)
			}
			var levels map[string]int
			for _, a := range run.Annotations {
				if levels == nil {
					levels = map[string]int{}
				}
				levels[a.Level]++
			}
			if diff := cmp.Diff(c.levels, levels); diff != "" {
				t.Errorf("annotations (-want +got)\n%s", diff)
			}
			w.wantWrites(createCheck, updateCheck)
		})
	}
}

func TestCheckRunWithNotice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(1)})
	w.finish(w.start(false), &webhook.Result{Notice: &webhook.Notice{Conclusion: "neutral", Title: "Draft", Summary: "Not yet."}})
	if run := w.runs()[0]; run.Conclusion != "neutral" || run.Title != "Draft" || run.Summary != "Not yet." {
		t.Errorf("got %+v", run)
	}
}

func TestCheckRunIsFoundAfterACrash(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(1)})
	first := w.start(false)
	if got := w.start(true); got != first {
		t.Errorf("got %v, want %v", got, first)
	}
	w.finish(first, w.result(tables(1)))
	if got := w.start(true); got == first {
		t.Error("took one that is completed")
	}
}

// Many annotations take several requests; what a crash interrupted is gone on with.
func TestCheckRunAnnotatesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(99)})
	check := w.start(false)
	r := w.result(tables(99))
	if len(r.Report.Findings) < 99 {
		t.Fatalf("got %d findings, want 99", len(r.Report.Findings))
	}
	w.failOnce(2, standin.Fault{Status: http.StatusBadGateway, Body: "<html>"})
	if err := w.client.FinishCheck(t.Context(), w.target(), check, r); err == nil {
		t.Fatal("the second request didn't fail")
	}
	w.finish(check, r)
	run := w.runs()[0]
	if len(run.Annotations) != 99 || run.Status != "completed" {
		t.Errorf("got %d annotations, %s; want 99, completed", len(run.Annotations), run.Status)
	}
	w.writes()
	w.finish(check, r)
	w.wantWrites()
}

// The answer to the last request was lost: the check run is as it should be.
func TestCheckRunAfterALostAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(9)})
	check := w.start(false)
	w.failOnce(1, standin.Fault{Reset: standin.ResetAfter})
	_ = w.client.FinishCheck(t.Context(), w.target(), check, w.result(tables(9)))
	w.finish(check, w.result(tables(9)))
	if got := len(w.runs()[0].Annotations); got != 9 {
		t.Errorf("got %d annotations, want 9", got)
	}
}

// A crash came between completing the check run and recording that: another replica has completed it, or this one.
func TestCheckRunIsNotTakenBack(t *testing.T) {
	t.Parallel()
	cancelled := &webhook.Result{Notice: &webhook.Notice{Conclusion: "cancelled", Title: "A newer commit was pushed", Summary: "It goes on there."}}
	for name, byAnother := range map[string]bool{"by another replica": true, "by this one": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: tables(1)})
			check := w.start(false)
			first := w.client
			if byAnother {
				w.client = w.newClient(w.url)
			}
			w.finish(check, w.result(tables(1)))
			w.client = first
			w.finish(check, cancelled)
			if run := w.runs()[0]; run.Conclusion != "failure" {
				t.Errorf("got %s (%s), want the verdict", run.Conclusion, run.Title)
			}
		})
	}
}

// A pull request was closed, and opened again before that was recorded: its check run is gone on with.
func TestCheckRunIsTakenUpAfterItWasCancelled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(1)})
	check := w.start(false)
	w.finish(check, &webhook.Result{Notice: &webhook.Notice{Conclusion: "cancelled", Title: "Closed", Summary: "Reopen it."}})
	w.finish(check, &webhook.Result{Notice: &webhook.Notice{Conclusion: "neutral", Title: "Draft", Summary: "Not yet."}})
	if run := w.runs()[0]; run.Title != "Draft" {
		t.Errorf("got %s (%s), want that it is a draft", run.Conclusion, run.Title)
	}
}

func TestCheckRunLeavesOutWhatCommentsSay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(32)})
	check := w.start(false)
	w.finish(check, w.mustReview())
	if got := len(w.runs()[0].Annotations); got != 2 {
		t.Errorf("got %d annotations, want those of the 2 findings that got no comment", got)
	}
}

func TestCheckRunAnnotationsAreBounded(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 400 {
		lines = append(lines, fmt.Sprintf("CREATE TABLE t%03d (note TEXT);", i))
	}
	w := newWorld(t, map[string]*string{shopPath: sql(lines...)})
	w.finish(w.start(false), w.result(sql(lines...)))
	run := w.runs()[0]
	if len(run.Annotations) != notesMost || len([]rune(run.Summary)) > 65_535 || !strings.Contains(run.Summary, "t399") && !strings.Contains(run.Summary, "more") {
		t.Errorf("got %d annotations and a summary of %d characters", len(run.Annotations), len(run.Summary))
	}
}

// The budget of a review with everything in the caches but the pull request itself.
func TestCallsOfAReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{"db/migrations/V2__shops.sql": sql("CREATE TABLE shops (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY);")})
	w.mustReview()
	w.pull = w.repo.OpenPull(standin.PullOptions{Head: "warm"})
	w.job.Number = w.pull.Number
	w.pull.Push(map[string]*string{shopPath: sql(
		"CREATE TABLE orders (", "  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,", "  user_id INT NOT NULL,", "  price FLOAT NOT NULL,",
		"  CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id)", ");", "CREATE TABLE logs (note TEXT);")})
	w.hub.ResetCalls()
	ctx, meter := webhook.WithMeter(t.Context())
	target, err := w.client.Target(ctx, w.job)
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.client.StartCheck(ctx, w.job, target.Head, false)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := w.client.ChangeSet(ctx, target, w.config)
	if err != nil {
		t.Fatal(err)
	}
	r := &webhook.Result{Report: judgeAll(t, changes.Set, w.config), Config: w.config, Started: time.Now()}
	if r.Posted, err = w.client.Publish(ctx, target, r, w.check); err != nil {
		t.Fatal(err)
	}
	if err := w.client.FinishCheck(ctx, target, webhook.Check{Head: target.Head, ID: id}, r); err != nil {
		t.Fatal(err)
	}
	if len(r.Report.Findings) != 3 || meter.Calls.Load() > 8 || meter.Writes.Load() > 3 {
		t.Errorf("%d findings took %d calls, of which %d wrote; want 3, 8, 3:", len(r.Report.Findings), meter.Calls.Load(), meter.Writes.Load())
		for _, c := range w.hub.Calls() {
			t.Log(c.Method, c.Path, c.Status)
		}
	}
}
