package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

// A reader reads beside a running serve.
func TestReader(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		byModel := posted("b")
		byModel.ByModel = true
		first, old, other := said(1, noon, posted("a"), byModel), said(1, noon.Add(-time.Hour), posted("z")), said(2, noon.Add(time.Minute), posted("a"))
		first.Advice = &webhook.Advice{Prompts: "p1", Models: []string{"m"}, Input: 1, Output: 2, CacheRead: 3, CacheWrite: 4, Calls: 5, Cost: 0.25, Priced: true, Claims: 6, Dropped: map[string]int{"no-object": 2}, Complete: true}
		other.Repo, other.Advice = "Bills", nil
		save(t, s, old, first, other)

		r, err := OpenReader(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		comments, err := r.Comments(t.Context(), noon, "acme/SHOP")
		plain := webhook.Posted{First: "a", Rule: "some-rule", Object: "orders.id", Severity: 2, State: "open", At: noon}
		model := plain
		model.First, model.ByModel = "b", true
		want := []webhook.Comment{{Posted: plain, Repo: "acme/shop"}, {Posted: model, Repo: "acme/shop", Prompts: "p1", Model: "m"}}
		if diff := cmp.Diff(want, comments); diff != "" || err != nil {
			t.Errorf("comments: %v, -want +got:\n%s", err, diff)
		}
		reviews, err := r.Reviews(t.Context(), noon, "")
		wantReviews := []webhook.Review{
			{Job: first.Job, Calls: first.Calls, Advice: first.Advice, Started: first.Started},
			{Job: other.Job, Calls: other.Calls, Started: other.Started},
		}
		if diff := cmp.Diff(wantReviews, reviews); diff != "" || err != nil {
			t.Errorf("reviews: %v, -want +got:\n%s", err, diff)
		}
		if all, err := r.Comments(t.Context(), noon.Add(-2*time.Hour), ""); len(all) != 4 || err != nil {
			t.Errorf("%d comments in all, %v; want 4", len(all), err)
		}
		rows, err := r.read(t.Context(), "DELETE FROM feedback")
		if err := each(rows, err, func(func(...any) error) error { return nil }); err == nil {
			t.Error("a reader deletes")
		}
	})
}

// After the server has ended, its SQLite file can be read all the same, and stays as it is.
func TestReaderAlone(t *testing.T) {
	t.Parallel()
	url := sqliteURL(t)
	s := open(t, url, quick())
	save(t, s, said(1, noon, posted("a")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReader(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	all, err := r.Comments(t.Context(), time.Time{}, "")
	if len(all) != 1 || err != nil {
		t.Errorf("%d comments, %v; want 1", len(all), err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestReaderErrorsAreForPeople(t *testing.T) {
	t.Parallel()
	notes, empty := filepath.Join(t.TempDir(), "notes.txt"), filepath.Join(t.TempDir(), "empty.db")
	for path, text := range map[string]string{notes: strings.Repeat("these are notes\n", 100), empty: ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	older := sqliteURL(t)
	s := open(t, older, quick())
	change(t, s, "UPDATE schema_version SET version = version + 100")
	for name, test := range map[string]struct{ url, want string }{
		"nothing":          {"", "must begin with sqlite: or postgres://"},
		"another database": {"mysql://root:hunter2@127.0.0.1/x", "must begin with sqlite: or postgres://"},
		"no file":          {"sqlite:" + filepath.Join(t.TempDir(), "none.db"), "there is no database at"},
		"no database":      {"sqlite:" + notes, "no database of schema-review"},
		"empty":            {"sqlite:" + empty, "no database of schema-review"},
		"another version":  {older, "use the version that serve has"},
		"not a URL":        {"postgres://u:hunter2%@127.0.0.1/x", "can't be read"},
		"nobody there":     {"postgres://u:hunter2@127.0.0.1:1/x", "127.0.0.1:1"},
	} {
		r, err := OpenReader(t.Context(), test.url)
		if err == nil {
			t.Errorf("%s: no error", name)
			_ = r.Close()
			continue
		}
		if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %q, want something with %q and without the password", name, err, test.want)
		}
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(notes), "none.db")); err == nil {
		t.Error("a reader makes a file")
	}
}
