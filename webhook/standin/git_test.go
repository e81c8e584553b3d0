package standin_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook/standin"
)

// TestGit compares names and diffs with those that git makes of the same files.
func TestGit(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	w := newWorld(t, standin.Options{})
	before := map[string]*string{
		"a.sql": new(numbered(60)), "b/c/d.sql": new("one\ntwo\nthree\n"), "b.txt": new("x"),
		"b-c": new(""), "gone.sql": new("create table t (\n  id int\n);\n"),
	}
	after := map[string]*string{
		"a.sql": new(changed(60, 3, 5, 14, 30, 31, 60)), "b/c/d.sql": new("one\n2\nthree"), "gone.sql": nil,
		"new.sql": new("-- new\ncreate table u (id int);\n"), "b.txt": new("y"),
	}
	w.repo.Commit("main", "before", before)
	p := w.repo.OpenPull(standin.PullOptions{Head: "work", Files: after})

	dir := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{
			"-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.autocrlf=false", "-c", "diff.renames=true",
		}, args...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	git("init", "-q")
	for _, files := range []map[string]*string{before, after} {
		for path, text := range files {
			name := filepath.Join(dir, path)
			if text == nil {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(*text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		git("add", "-A")
		git("commit", "-q", "-m", "x")
	}

	wantTree := strings.TrimSpace(git("rev-parse", "HEAD^{tree}"))
	commit := w.call("GET", "/repos/acme/shop/git/commits/"+p.State().Head, "").want(200)
	if got := commit.at("tree", "sha"); got != wantTree {
		t.Errorf("tree: got %v, want %v", got, wantTree)
	}
	for _, f := range p.Files() {
		out := git("diff", "HEAD~1", "HEAD", "--", f.Path)
		_, want, _ := strings.Cut(out, "\n@@")
		if diff := cmp.Diff(strings.TrimSuffix("@@"+want, "\n"), f.Patch); diff != "" {
			t.Errorf("%s (-git +standin):\n%s", f.Path, diff)
		}
	}
	tree := w.call("GET", "/repos/acme/shop/git/trees/"+wantTree+"?recursive=1", "").want(200)
	var got []string
	for _, e := range tree.at("tree").([]any) {
		got = append(got, fmt.Sprint(e.(obj)["mode"], " ", e.(obj)["type"], " ", e.(obj)["sha"], "\t", e.(obj)["path"]))
	}
	want := strings.Split(strings.TrimSpace(git("ls-tree", "-r", "-t", "HEAD")), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tree (-git +standin):\n%s", diff)
	}
	blob := strings.TrimSpace(git("rev-parse", "HEAD:b/c/d.sql"))
	content := w.call("GET", "/repos/acme/shop/git/blobs/"+blob, "").want(200).at("content").(string)
	if text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(content, "\n", "")); err != nil || string(text) != "one\n2\nthree" {
		t.Errorf("blob: got %q, %v", text, err)
	}
}
