package github

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

func TestChangeSet(t *testing.T) {
	t.Parallel()
	base := map[string]string{
		"README.md":                  "Shop\n",
		"db/migration/V1__users.sql": "CREATE TABLE users (id BIGINT PRIMARY KEY);\n",
		"db/migration/V2__items.sql": "CREATE TABLE items (id BIGINT PRIMARY KEY, name VARCHAR(20), price INT, kind INT);\n",
		"other/migration/V1__a.sql":  "CREATE TABLE a (id BIGINT PRIMARY KEY);\n",
		"testdata/x.sql":             "SELECT 1;\n",
	}
	both := []string{"db/migration/V1__users.sql", "db/migration/V2__items.sql"}
	tests := map[string]struct {
		files   map[string]*string
		changed []string
		history []string
		left    []string
	}{
		"added":              {files: added("db/migration/V3__x.sql", drop), changed: []string{"+db/migration/V3__x.sql"}, history: both},
		"edited":             {files: added("db/migration/V2__items.sql", drop), changed: []string{"db/migration/V2__items.sql"}, history: both},
		"deleted":            {files: map[string]*string{"db/migration/V2__items.sql": nil}, changed: []string{"-db/migration/V2__items.sql"}, history: both},
		"no migration":       {files: added("main.go", "package main\n")},
		"in a test's folder": {files: added("testdata/y.sql", drop)},
		"renamed": {
			files:   map[string]*string{"db/migration/V2__items.sql": nil, "db/migration/V3__items.sql": new(base["db/migration/V2__items.sql"])},
			changed: []string{"db/migration/V2__items.sql -> db/migration/V3__items.sql"}, history: both,
		},
		"moved away": {
			files:   map[string]*string{"db/migration/V2__items.sql": nil, "docs/items.txt": new(base["db/migration/V2__items.sql"])},
			changed: []string{"db/migration/V2__items.sql -> docs/items.txt"}, history: both,
		},
		"of another database": {
			files: added("pg/migration/postgresql/V1__x.sql", "CREATE TABLE a (id SERIAL PRIMARY KEY, b JSONB);\n"),
			left:  []string{"pg/migration/postgresql/V1__x.sql: PostgreSQL, not a MySQL-family dialect"},
		},
		"not UTF-8": {
			files: added("db/migration/V3__x.sql", "ALTER TABLE users COMMENT '\x83\x65';\n"), changed: []string{"+db/migration/V3__x.sql"}, history: both,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReading(t, base)
			got := r.read(r.job(r.pull(test.files))).changes
			var left []string
			for _, l := range got.Left {
				left = append(left, l.Path+": "+l.Reason.In(message.NewPrinter(language.English)))
			}
			want := []any{test.changed, test.history, test.left}
			if diff := cmp.Diff(want, []any{touchedBy(got.Set), before(got.Set), left}); diff != "" {
				t.Error(diff)
			}
			for _, c := range got.Set.Changed {
				if text := test.files[c.Path]; text != nil && *text != string(c.Head) {
					t.Errorf("%s: got %q, want %q", c.Path, c.Head, *text)
				}
			}
		})
	}
}

func TestNothingIsReadWithoutMigrations(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(3))
	r.read(r.job(r.pull(added("main.go", "package main\n"))))
	for _, call := range r.calls() {
		if strings.Contains(call, "/git/") || strings.Contains(call, "graphql") {
			t.Errorf("got a call %s", call)
		}
	}
}

func TestFork(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	p := r.repo.OpenPull(standin.PullOptions{Head: "patch", Fork: "stranger", Files: added("db/migration/V3__x.sql", drop)})
	got := r.read(r.job(p)).changes
	if diff := cmp.Diff([]string{"+db/migration/V3__x.sql"}, touchedBy(got.Set)); diff != "" {
		t.Error(diff)
	}
	for _, call := range r.calls() {
		if strings.Contains(call, "stranger") {
			t.Errorf("the fork was asked: %s", call)
		}
	}
}

func TestDeletedHeadBranch(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	p := r.repo.OpenPull(standin.PullOptions{Head: "gone", Files: added("db/migration/V3__x.sql", drop)})
	target, err := r.client.Target(t.Context(), r.job(p))
	if err != nil {
		t.Fatal(err)
	}
	r.repo.DeleteBranch("gone")
	got, err := r.client.ChangeSet(t.Context(), target, configOf(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"+db/migration/V3__x.sql"}, touchedBy(got.Set)); diff != "" {
		t.Error(diff)
	}
}

func TestMergeGroup(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	a, b := r.pull(added("db/migration/V3__x.sql", drop)), r.pull(added("db/migration/V3__y.sql", drop))
	g := r.repo.Queue(a, b)
	job := webhook.Job{Installation: r.on.ID, Owner: "acme", Repo: "shop", MergeGroup: &webhook.MergeGroup{Head: g.Head, Base: g.Base, BaseRef: g.BaseRef}}
	got := r.read(job)
	if diff := cmp.Diff([]string{"+db/migration/V3__x.sql", "+db/migration/V3__y.sql"}, touchedBy(got.changes.Set)); diff != "" {
		t.Error(diff)
	}
	if got.target.BaseRef != "main" {
		t.Errorf("got base %q, want main", got.target.BaseRef)
	}
}

// Equal contents have equal verdicts, whoever asks.
func TestContent(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	p := r.pull(added("db/migration/V3__x.sql", drop))
	one := r.read(r.job(p)).changes.Content
	r.commit(map[string]string{"README.md": "something else\n"})
	g := r.repo.Queue(p)
	job := webhook.Job{Installation: r.on.ID, Owner: "acme", Repo: "shop", MergeGroup: &webhook.MergeGroup{Head: g.Head, Base: g.Base, BaseRef: g.BaseRef}}
	if got := r.read(job).changes.Content; got != one {
		t.Error("the merge group brings the same migrations, and has another content")
	}
	p.Push(added("db/migration/V3__x.sql", drop+"-- more\n"))
	if got := r.read(r.job(p)).changes.Content; got == one {
		t.Error("a push changed the migration, and the content is the same")
	}
}

// What GitHub lists is not all there is.
func TestFilesThatAreNotListed(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	files := added("zz/migration/V1__last.sql", "CREATE TABLE z (id BIGINT PRIMARY KEY);\n")
	for i := range 3100 {
		files[fmt.Sprintf("a/%04d.txt", i)] = new("x")
	}
	got := r.read(r.job(r.pull(files))).changes
	if diff := cmp.Diff([]string{"+zz/migration/V1__last.sql"}, touchedBy(got.Set)); diff != "" {
		t.Error(diff)
	}
	if n := len(r.calls()); n > 10 {
		t.Errorf("got %d calls, want no list of files", n)
	}
}

// A server takes no more than it can hold, of one file and of all together.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	sha := strings.Repeat("a", 40)
	r.once("/git/blobs/", standin.Fault{Status: 200, Body: strings.Repeat("x", 2*maxFile)})
	got, err := r.client.blobs(t.Context(), r.job(r.pull(added("db/migration/V2__x.sql", drop))), []blobRef{{sha, -1}, {strings.Repeat("b", 40), maxFile + 1}})
	if err != nil || !errors.Is(got[0].Err, errTooLarge) || !errors.Is(got[1].Err, errTooLarge) {
		t.Errorf("got %v and %v, %v", got[0].Err, got[1].Err, err)
	}
	half := &sides{base: &tree{}, head: &listing{head: map[string]blobRef{}}, read: func(refs []blobRef) ([]review.Content, error) {
		return []review.Content{{Data: make([]byte, maxFile)}, {Data: make([]byte, maxFile)}, {Data: make([]byte, 1)}}, nil
	}}
	_, contents, err := half.Read(nil, []string{"a", "b", "c"})
	if err != nil || contents[1].Err != nil || !errors.Is(contents[2].Err, errTooMuch) {
		t.Errorf("got %v and %v, %v", contents[1].Err, contents[2].Err, err)
	}
}

// GitHub leaves out the patch of a large file, and of all that come after it in the same answer.
func TestLargeMigration(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, "INSERT INTO t1 (id) VALUES (%d);\n", i)
	}
	files := added("db/migration/V3__rows.sql", b.String())
	files["db/migration/V4__after.sql"] = new(drop)
	got := r.read(r.job(r.pull(files)))
	if diff := cmp.Diff([]string{"+db/migration/V3__rows.sql", "+db/migration/V4__after.sql"}, touchedBy(got.changes.Set)); diff != "" {
		t.Fatal(diff)
	}
	for path, lines := range map[string]int{"db/migration/V3__rows.sql": 20_000, "db/migration/V4__after.sql": 1} {
		d, ok, err := r.client.diffOf(t.Context(), got.target, path)
		if err != nil || !ok {
			t.Fatalf("%s: got %t, %v", path, ok, err)
		}
		if n := strings.Count(d.Patch, "\n+"); n != lines {
			t.Errorf("%s: got a patch of %d lines, want %d", path, n, lines)
		}
	}
}

func TestBaseIsTheMergeBase(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	p := r.pull(added("db/migration/V3__x.sql", drop))
	r.commit(map[string]string{"db/migration/V9__later.sql": "CREATE TABLE z (id BIGINT PRIMARY KEY);\n"})
	got := r.read(r.job(p)).changes
	if diff := cmp.Diff([]string{"db/migration/V1__t1.sql", "db/migration/V2__t2.sql"}, before(got.Set)); diff != "" {
		t.Error(diff)
	}
}

// A push between two calls shows in the list of files only.
func TestPushWhileReading(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2))
	p := r.pull(added("db/migration/V3__x.sql", drop))
	target, err := r.client.Target(t.Context(), r.job(p))
	if err != nil {
		t.Fatal(err)
	}
	p.Push(added("db/migration/V4__y.sql", drop))
	_, err = r.client.ChangeSet(t.Context(), target, configOf(t, ""))
	if !isRetry(err) {
		t.Errorf("got %v, want a RetryError", err)
	}
}

func TestTruncatedTree(t *testing.T) {
	t.Parallel()
	files := flyway(8)
	maps.Copy(files, map[string]string{"a/b/c/1.txt": "1", "a/b/2.txt": "2", "a/3.txt": "3", "e/f.txt": "4"})
	r := newReading(t, files)
	r.gh.TruncateTrees(9)
	got := r.read(r.job(r.pull(added("db/migration/V9__x.sql", drop)))).changes
	if n := len(got.Set.History); n != 8 {
		t.Errorf("got a history of %d files, want 8", n)
	}
}

func TestSymbolicLink(t *testing.T) {
	t.Parallel()
	s := &sides{base: &tree{files: []treeFile{{path: "db/V1__a.sql"}}}, head: &listing{head: map[string]blobRef{}}}
	for content, want := range map[string]bool{"../db/V1__a.sql": true, "../db/V2__a.sql": false, "SELECT 1": false, "": false} {
		if got := s.isLink("x/V1__a.sql", []byte(content)); got != want {
			t.Errorf("%q: got %t, want %t", content, got, want)
		}
	}
}

// A warm review reads with few calls, a cold history with one for 50 files.
func TestCalls(t *testing.T) {
	t.Parallel()
	const n = 1000
	for name, mode := range map[string]standin.GraphQLMode{"GraphQL": standin.GraphQLOn} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReading(t, flyway(n))
			r.gh.SetGraphQL(mode)
			r.commit(map[string]string{configPath: "language: ja\n"})
			first, second := r.pull(added("db/migration/V1001__x.sql", drop)), r.pull(added("db/migration/V1002__x.sql", drop))
			got := r.read(r.job(first)).changes
			if len(got.Set.History) != n {
				t.Fatalf("got a history of %d files, want %d", len(got.Set.History), n)
			}
			// GET pull, files, compare, organisation, and the head's content.
			if calls := r.calls(); len(calls)-5 > 3+n/50 {
				t.Errorf("cold: got %d calls for the history, want at most %d", len(calls)-5, 3+n/50)
			}
			r.client = r.newClient(r.url) // as after a restart
			r.read(r.job(second))
			if calls := r.calls(); len(calls) > 5 {
				t.Errorf("warm, after a restart: got %d calls, want at most 5 (with the organisation's):\n%s", len(calls), strings.Join(calls, "\n"))
			}
			second.Push(added("db/migration/V1002__x.sql", drop+drop))
			r.read(r.job(second))
			if calls := r.calls(); len(calls) > 4 {
				t.Errorf("warm: got %d calls, want at most 4:\n%s", len(calls), strings.Join(calls, "\n"))
			}
		})
	}
}

// Without GraphQL all is read by REST.
func TestWithoutGraphQL(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]standin.GraphQLMode{"none": standin.GraphQLOff, "errors": standin.GraphQLErrors} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReading(t, flyway(30))
			r.gh.SetGraphQL(mode)
			got := r.read(r.job(r.pull(added("db/migration/V31__x.sql", drop)))).changes
			if len(got.Set.History) != 30 || string(got.Set.Changed[0].Head) != drop {
				t.Errorf("got %d files and %q", len(got.Set.History), got.Set.Changed[0].Head)
			}
		})
	}
}

func TestLayers(t *testing.T) {
	t.Parallel()
	r := newReading(t, map[string]string{configPath: "language: ja\n", "db/V1__a.sql": "CREATE TABLE a (id INT PRIMARY KEY);\n"})
	org := r.gh.NewRepository("acme", ".github")
	org.Commit("main", "Rules", texts(map[string]string{"schema-review.yml": "fail_on: warning\n"}))
	want := []review.Layer{
		{Name: review.OrganisationLayer, Path: "acme/.github/schema-review.yml", Data: []byte("fail_on: warning\n")},
		{Name: review.RepositoryLayer, Path: configPath, Data: []byte("language: ja\n")},
	}
	tests := map[string]struct {
		files   map[string]*string
		preview *review.Layer
	}{
		"untouched":             {files: added("db/V2__a.sql", drop)},
		"untouched, other file": {files: added("README.md", "x")},
		"edited":                {files: added(configPath, "language: en\n"), preview: repositoryLayer([]byte("language: en\n"))},
		"deleted":               {files: map[string]*string{configPath: nil}, preview: repositoryLayer(nil)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := r.pull(test.files)
			got := r.read(r.job(p))
			if diff := cmp.Diff(want, got.layers); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.preview, got.preview); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The organisation's configuration is asked for once in some minutes, and again after them.
func TestOrganisationIsKept(t *testing.T) {
	t.Parallel()
	now := time.Now()
	r := newReading(t, flyway(1), func(o *Options) { o.Now = func() time.Time { return now } })
	asked := func() (n int) {
		p := r.pull(added("db/migration/V2__x.sql", drop))
		r.read(r.job(p))
		for _, call := range r.calls() {
			if strings.Contains(call, "/.github/contents/") {
				n++
			}
		}
		return n
	}
	if first, second := asked(), asked(); first != 1 || second != 0 {
		t.Errorf("got %d and %d calls, want 1 and none", first, second)
	}
	now = now.Add(orgTTL + time.Second)
	if n := asked(); n != 1 {
		t.Errorf("got %d calls after %s, want 1", n, orgTTL)
	}
}
