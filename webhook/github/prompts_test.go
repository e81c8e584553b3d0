package github

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/webhook/standin"
)

// guideline is a file that Load takes, or as severity says.
func guideline(id, severity string) string {
	return "---\nid: " + id + "\ntitle: A test\nkinds: [create-table]\nseverity: " + severity + "\n---\nJudge " + id + ".\n"
}

// prompts reads as the worker does, of a pull request that adds a migration.
func (r *reading) prompts(yaml string, files map[string]*string) []prompts.Layer {
	r.t.Helper()
	if files == nil {
		files = added("db/migration/V900__x.sql", drop)
	}
	target, err := r.client.Target(r.t.Context(), r.job(r.pull(files)))
	if err != nil {
		r.t.Fatal(err)
	}
	config := configOf(r.t, yaml)
	if _, _, err := r.client.Layers(r.t.Context(), target); err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.client.ChangeSet(r.t.Context(), target, config); err != nil {
		r.t.Fatal(err)
	}
	r.calls()
	layers, err := r.client.Prompts(r.t.Context(), target, config)
	if err != nil {
		r.t.Fatal(err)
	}
	return layers
}

// listed are layers as "name place: text".
func listed(t *testing.T, layers []prompts.Layer) (all []string) {
	t.Helper()
	for _, l := range layers {
		err := fs.WalkDir(l.FS, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(l.FS, path)
			all = append(all, l.Name+" "+path+" "+l.Places[path]+": "+string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestPrompts(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	r.commit(map[string]string{
		".github/schema-review/guidelines/a.md":       "own a",
		".github/schema-review/guidelines/more/b.md":  "too deep",
		".github/schema-review/guidelines/notes.txt":  "no Markdown",
		".github/schema-review/templates/system.md":   "own system",
		".github/schema-review/README.md":             "elsewhere",
		"docs/db/a.md":                                "named a",
		"docs/db/c.md":                                "named c",
		"docs/db/deep/d.md":                           "named d",
		"docs/other.md":                               "no guideline",
		"other/.github/schema-review/guidelines/z.md": "another folder",
	})
	own := []string{
		"repository guidelines/a.md .github/schema-review/guidelines/a.md: own a",
		"repository templates/system.md .github/schema-review/templates/system.md: own system",
	}
	if diff := cmp.Diff(own, listed(t, r.prompts("", nil))); diff != "" {
		t.Error(diff)
	}
	named := []string{own[0], "repository guidelines/c.md docs/db/c.md: named c", "repository guidelines/d.md docs/db/deep/d.md: named d", own[1]}
	if diff := cmp.Diff(named, listed(t, r.prompts("ai: {guidelines: 'docs/db/**/*.md'}\n", nil))); diff != "" {
		t.Error(diff)
	}
	org := r.gh.NewRepository("acme", ".github")
	org.Commit("main", "Begin", texts(map[string]string{
		"schema-review/guidelines/a.md": "org a", "schema-review/templates/mysql.md": "org mysql", "guidelines/b.md": "elsewhere", "schema-review.yml": "language: ja\n",
	}))
	r.client = r.newClient(r.url) // which doesn't remember that there was nothing
	all := append([]string{
		"organisation guidelines/a.md acme/.github/schema-review/guidelines/a.md: org a",
		"organisation templates/mysql.md acme/.github/schema-review/templates/mysql.md: org mysql",
	}, own...)
	if diff := cmp.Diff(all, listed(t, r.prompts("", nil))); diff != "" {
		t.Error(diff)
	}
}

// A pull request that edits prompts is reviewed by those of the merge base.
func TestPromptsAreThoseOfTheBase(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	r.commit(map[string]string{".github/schema-review/guidelines/a.md": "own a"})
	got := listed(t, r.prompts("", map[string]*string{
		".github/schema-review/guidelines/a.md": new("be kind"), ".github/schema-review/guidelines/b.md": new("be kinder"), "db/migration/V2__x.sql": new(drop),
	}))
	if diff := cmp.Diff([]string{"repository guidelines/a.md .github/schema-review/guidelines/a.md: own a"}, got); diff != "" {
		t.Error(diff)
	}
}

// What is there is read once; where nothing is, looking for it costs nothing.
func TestPromptsCostNothing(t *testing.T) {
	t.Parallel()
	now := time.Now()
	r := newReading(t, flyway(1), func(o *Options) { o.Now = func() time.Time { return now } })
	costs := func(name string, want int, files map[string]*string) {
		t.Helper()
		r.prompts("", files)
		if calls := r.calls(); len(calls) != want {
			t.Errorf("%s: %d calls, want %d: %s", name, len(calls), want, strings.Join(calls, ", "))
		}
	}
	costs("nothing there", 0, nil)
	costs("no migration", 0, added("README.md", "x"))
	r.commit(map[string]string{".github/schema-review/guidelines/a.md": "own a", ".github/schema-review/guidelines/b.md": "own b"})
	costs("the repository's, for the first time", 1, nil)
	costs("the repository's, again", 0, nil)
	org := r.gh.NewRepository("acme", ".github")
	org.Commit("main", "Begin", texts(map[string]string{"schema-review/guidelines/a.md": "org a"}))
	now = now.Add(orgTTL + time.Second)
	costs("the organisation's, for the first time", 2, nil)
	now = now.Add(orgTTL + time.Second)
	costs("the organisation's, again", 0, nil)
	org.Commit("main", "More", texts(map[string]string{"README.md": "x"}))
	now = now.Add(orgTTL + time.Second)
	costs("the organisation changed something else", 0, nil)
	costs("no migration, with all that", 0, added("README.md", "x"))
}

// Where the App may not see the organisation's repository, there is no layer.
func TestPromptsOfAPrivateOrganisation(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	r.gh.NewRepository("acme", ".github").Commit("main", "Begin", texts(map[string]string{"schema-review/guidelines/a.md": "org a"}))
	r.gh.Fault(func(req *http.Request) *standin.Fault {
		if !strings.Contains(req.URL.Path, "/.github/") {
			return nil
		}
		return &standin.Fault{Status: http.StatusForbidden, Body: `{"message":"Resource not accessible by integration"}`}
	})
	if got := listed(t, r.prompts("", nil)); len(got) > 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

// A file that is wrong is told of where it lies, and what comes with the program stays.
func TestPromptsThatAreWrong(t *testing.T) {
	t.Parallel()
	const known = "soft-delete-with-unique-key"
	r := newReading(t, flyway(1))
	files := map[string]string{
		".github/schema-review/guidelines/" + known + ".md": "---\nid: " + known + "\nseverity: fatal\n---\n",
		".github/schema-review/guidelines/large.md":         guideline("large", "notice") + strings.Repeat("x", prompts.MaxFileSize),
		".github/schema-review/guidelines/fine.md":          guideline("fine", "warning"),
		".github/schema-review/guidelines/status-flags.md":  guideline("status-flags", "off"),
		"docs/db/broken.md":                                 "# No front matter",
	}
	r.commit(files)
	layers := append([]prompts.Layer{{Name: "built-in", FS: prompts.BuiltIn()}}, r.prompts("ai: {guidelines: 'docs/db/*.md'}\n", nil)...)
	library, problems := prompts.Load(layers...)
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	want := []string{
		"docs/db/broken.md:1: The file doesn't begin with a front matter between two lines of `---`.",
		".github/schema-review/guidelines/large.md: The file is larger than 16 KiB.",
	}
	if len(got) < 3 || got[0] != want[0] || got[1] != want[1] || !strings.HasPrefix(got[2], ".github/schema-review/guidelines/"+known+".md:3: ") {
		t.Errorf("got %q", got)
	}
	if g, ok := library.Guideline(known); !ok || g.Title == "" {
		t.Error("the guideline that comes with the program is gone")
	}
	if _, ok := library.Guideline("fine"); !ok {
		t.Error("the file that is right is not there")
	}
}

// Of very many files only as many are read as a layer may have.
func TestPromptsAreBounded(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	files := map[string]string{}
	for i := range prompts.MaxFiles + 100 {
		id := fmt.Sprintf("g%03d", i)
		files[".github/schema-review/guidelines/"+id+".md"] = guideline(id, "notice")
	}
	r.commit(files)
	layers := r.prompts("", nil)
	library, problems := prompts.Load(append([]prompts.Layer{{Name: "built-in", FS: prompts.BuiltIn()}}, layers...)...)
	if len(problems) != 1 || problems[0].Place() != fmt.Sprintf(".github/schema-review/guidelines/g%03d.md", prompts.MaxFiles) {
		t.Errorf("got %v, want one of too many files", problems)
	}
	if n := len(library.Guidelines()); n < prompts.MaxFiles {
		t.Errorf("got %d guidelines, want more than %d", n, prompts.MaxFiles)
	}
}

// Names of files are anybody's.
func TestPromptFilesWithOddNames(t *testing.T) {
	t.Parallel()
	odd := &tree{}
	for _, name := range []string{"guidelines/../guidelines/a.md", "guidelines//a.md", "guidelines/a\xff.md", "guidelines/.md", "guidelines/指針.md", "guidelines/a b\\c.md", "x/..md"} {
		odd.files = append(odd.files, treeFile{path: name})
	}
	f := &promptFiles{name: "repository"}
	f.take(odd, "")
	f.takeNamed(odd, "**/*.md")
	for _, at := range f.bounded() {
		if !fs.ValidPath(at) {
			t.Errorf("%q is taken", at)
		}
	}
	if len(f.files) < 3 {
		t.Errorf("got %q", f.bounded())
	}
}

// Which guidelines there are is found out for a draft of the configuration also where no file can be a migration.
func TestPromptsOfADraft(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	r.commit(map[string]string{".github/schema-review/guidelines/a.md": "own a"})
	target, err := r.client.Target(t.Context(), r.job(r.pull(added("README.md", "x"))))
	if err != nil {
		t.Fatal(err)
	}
	for draft, want := range map[bool]int{false: 0, true: 1} {
		config := configOf(t, "")
		config.Draft = draft
		layers, err := r.client.Prompts(t.Context(), target, config)
		if err != nil || len(layers) != want {
			t.Errorf("draft %v: %d layers, %v; want %d", draft, len(layers), err, want)
		}
	}
}
