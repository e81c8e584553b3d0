package review

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// sidesInMemory are contents that note what was asked for.
type sidesInMemory struct {
	base, head map[string]string
	asked      [][]string
	err        error
}

func (s *sidesInMemory) Read(base, head []string) (atBase, atHead []Content, err error) {
	s.asked = append(s.asked, slices.Sorted(slices.Values(append(slices.Clone(base), head...))))
	return s.read(s.base, base), s.read(s.head, head), s.err
}

func (s *sidesInMemory) read(from map[string]string, paths []string) []Content {
	contents := make([]Content, len(paths))
	for i, p := range paths {
		text, ok := from[p]
		switch {
		case !ok:
			contents[i].Err = fs.ErrNotExist
		case text == "too large":
			contents[i].Err = ErrTooLarge
		default:
			contents[i].Data = []byte(text)
		}
	}
	return contents
}

func (s *sidesInMemory) tree() (paths []string) {
	for p := range s.base {
		paths = append(paths, p)
	}
	return paths
}

const createUsers = "CREATE TABLE users (id BIGINT PRIMARY KEY);\n"

func twoHistories() *sidesInMemory {
	return &sidesInMemory{
		base: map[string]string{
			"a/migration/V1__u.sql": createUsers, "a/migration/V2__u.sql": "ALTER TABLE users ADD a INT;\n", "a/migration/V3__u.sql": "ALTER TABLE users ADD b INT;\n",
			"b/migration/V1__u.sql": createUsers, "b/migration/V2__u.sql": createUsers, "main.go": "package main",
		},
		head: map[string]string{"a/migration/V4__u.sql": "ALTER TABLE users DROP b;\n"},
	}
}

// Only the histories that are touched are read, in few batches.
func TestCollectReadsNoMore(t *testing.T) {
	t.Parallel()
	files := twoHistories()
	set, left, err := Collect(files.tree(), []Touched{{Path: "a/migration/V4__u.sql"}, {Path: "main.go"}}, files, DefaultConfig(nil))
	if err != nil || len(left) > 0 {
		t.Fatal(left, err)
	}
	var got []string
	for _, f := range set.History {
		got = append(got, f.Path)
	}
	if diff := cmp.Diff([]string{"a/migration/V1__u.sql", "a/migration/V2__u.sql", "a/migration/V3__u.sql"}, got); diff != "" {
		t.Error(diff)
	}
	if len(set.Changed) != 1 || set.Changed[0].Path != "a/migration/V4__u.sql" {
		t.Errorf("got %+v", set.Changed)
	}
	if len(files.asked) > 3 {
		t.Errorf("asked %d times: %q", len(files.asked), files.asked)
	}
	for _, p := range slices.Concat(files.asked...) {
		if !strings.HasPrefix(p, "a/") {
			t.Errorf("%s was read", p)
		}
	}
}

func TestCollectNamesWhatItCanNotRead(t *testing.T) {
	t.Parallel()
	files := twoHistories()
	files.base["a/migration/V2__u.sql"], files.head["a/migration/V5__u.sql"] = "too large", "too large"
	touched := []Touched{{Path: "a/migration/V4__u.sql"}, {Path: "a/migration/V5__u.sql"}, {Path: "a/migration/V6__gone.sql"}}
	set, left, err := Collect(files.tree(), touched, files, DefaultConfig(nil))
	if err != nil {
		t.Fatal(err)
	}
	english := message.NewPrinter(language.English)
	var got []string
	for _, l := range left {
		got = append(got, l.Path+": "+l.Reason.In(english))
	}
	if diff := cmp.Diff([]string{"a/migration/V2__u.sql: larger than 64 MB", "a/migration/V5__u.sql: larger than 64 MB"}, got); diff != "" {
		t.Error(diff)
	}
	if len(set.Changed) != 1 || len(set.History) != 2 {
		t.Errorf("got %d changed files and %d before, want 1 and 2", len(set.Changed), len(set.History))
	}
	if _, err := (&Reviewer{}).Review(t.Context(), set, nil); err != nil {
		t.Error(err)
	}
}

func TestCollectFails(t *testing.T) {
	t.Parallel()
	files := twoHistories()
	files.err = errors.New("the network is down")
	if _, _, err := Collect(files.tree(), []Touched{{Path: "a/migration/V4__u.sql"}}, files, DefaultConfig(nil)); !errors.Is(err, files.err) {
		t.Errorf("got %v", err)
	}
}

func TestMayBeMigration(t *testing.T) {
	t.Parallel()
	plain, told := DefaultConfig(nil), DefaultConfig(nil)
	told.Migrations = []MigrationFiles{{Path: "ddl/*.txt"}}
	tests := []struct {
		config *Config
		path   string
		want   bool
	}{
		{plain, "db/V1__a.sql", true},
		{plain, "DB/V1__A.SQL", true},
		{plain, "main.go", false},
		{plain, "testdata/V1__a.sql", false},
		{plain, "node_modules/x/1.sql", false},
		{told, "ddl/a.txt", true},
		{told, "db/V1__a.sql", false},
	}
	for _, test := range tests {
		if got := test.config.MayBeMigration(test.path); got != test.want {
			t.Errorf("%s: got %t, want %t", test.path, got, test.want)
		}
	}
}
