package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

func TestNameStatus(t *testing.T) {
	t.Parallel()
	got, err := nameStatus([]string{"M", "a b", "R097", "old", "new", "D", "gone", "U", "a b"})
	want := []edit{{path: "a b"}, {path: "new", old: "old"}, {path: "gone", deleted: true}, {path: "a b"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(edit{})); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := nameStatus([]string{"R100", "old"}); err == nil {
		t.Error("a rename without its second path is no error")
	}
}

func TestGitEnviron(t *testing.T) {
	t.Parallel()
	got := gitEnviron([]string{"PATH=/bin", "GIT_DIR=x", "GIT_CONFIG_COUNT=1", "GIT_EXTERNAL_DIFF=x", "HOME=/"})
	if want := []string{"PATH=/bin", "GIT_CONFIG_COUNT=1", "HOME=/"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLast(t *testing.T) {
	t.Parallel()
	file := func(set, path, version string, role ddlparse.Role) ddlparse.Located {
		return ddlparse.Located{Set: set, Path: path, Version: version, Role: role}
	}
	found := []ddlparse.Located{
		file("a", "a/10.up.sql", "10", ddlparse.Versioned),
		file("a", "a/10.down.sql", "10", ddlparse.Undo),
		file("a", "a/9.up.sql", "9", ddlparse.Versioned),
		file("a", "a/R__v.sql", "", ddlparse.Repeatable),
		file("b", "b/1.sql", "1", ddlparse.Versioned),
	}
	recent := last(found, 1)
	var got []string
	for _, l := range found {
		if recent(l.Path) {
			got = append(got, l.Path)
		}
	}
	if want := []string{"a/10.up.sql", "a/10.down.sql", "b/1.sql"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWithoutGitProgram: in a repository it matters that git can't be asked, elsewhere it doesn't.
func TestWithoutGitProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := withoutGit(dir); !errors.Is(err, errNotGit) {
		t.Errorf("outside of a repository: got %v, want %v", err, errNotGit)
	}
	below := filepath.Join(dir, "a", "b")
	for _, name := range []string{below, filepath.Join(dir, ".git")} {
		if err := os.MkdirAll(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := withoutGit(below); err == nil || !strings.Contains(err.Error(), "install git") {
		t.Errorf("inside of a repository: got %v", err)
	}
}
