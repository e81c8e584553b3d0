package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/examples/shop"
	"github.com/schema-review/schema-review/webhook/standin"
)

// A change set is judged the same on a laptop and in a pull request: the same findings at the same
// lines, and pressing the button of a suggestion gives the file that the fix gives.
func TestAppSaysWhatTheCommandLineSays(t *testing.T) {
	t.Parallel()
	base, head := shopFiles(t)
	want := findingsOfCommandLine(t, base, head)
	got := findingsOfApp(t, base, head)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-command line +app):\n%s", diff)
	}
	fixed := 0
	for _, f := range want {
		if f.Fixed != "" {
			fixed++
		}
	}
	if len(want) < 8 || fixed < 2 {
		t.Errorf("%d findings, %d with a fix: the example has more to compare", len(want), fixed)
	}
}

// judged is a finding as both of them show it.
type judged struct {
	Fingerprint, Rule, Path string
	Line                    int    // 0 where the App has no line to say it at
	Fixed                   string // the file after the fix
}

// shopFiles are the example before and after its last three migrations, with an edit of an older one.
func shopFiles(t *testing.T) (base, head files) {
	t.Helper()
	base, head = files{}, files{}
	err := fs.WalkDir(shop.Files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(shop.Files, path)
		if !regexp.MustCompile(`/V1[456]__`).MatchString(path) {
			base[path] = new(string(data))
		}
		head[path] = new(string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return base, head
}

// commandLine reviews a branch on disk: what `review --format json` writes, but for the time that it took.
func commandLine(t *testing.T, base, head files) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git program")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", dir, "-c", "user.name=dev", "-c", "user.email=dev@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	commit := func(f files) {
		t.Helper()
		for path, text := range f {
			writeTo(t, filepath.Join(dir, filepath.FromSlash(path)), text)
		}
		git("add", "--all")
		git("commit", "--quiet", "-m", "Change")
	}
	git("init", "--quiet", "--initial-branch", "main")
	commit(base)
	git("checkout", "--quiet", "-b", "change")
	commit(head)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "review", "--format", "json", "--base", "main")
	cmd.Args[0], cmd.Dir = "schema-review", dir
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() > 1 || len(out) == 0 { // 1: there are errors
		t.Fatal(err)
	}
	return tookTime.ReplaceAllString(string(out), `"took_ms": 0`)
}

var tookTime = regexp.MustCompile(`"took_ms": [0-9]+`)

// writeTo writes a file, or removes it.
func writeTo(t *testing.T, file string, text *string) {
	t.Helper()
	if text == nil {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(*text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func findingsOfCommandLine(t *testing.T, base, head files) []judged {
	t.Helper()
	var report struct {
		Findings []struct {
			Rule, Fingerprint string
			At                jsonRange
			Fix               *jsonFix
		}
	}
	if err := json.Unmarshal([]byte(commandLine(t, base, head)), &report); err != nil {
		t.Fatal(err)
	}
	var all []judged
	for _, f := range report.Findings {
		j := judged{Fingerprint: f.Fingerprint, Rule: f.Rule, Path: f.At.Path}
		if f.At.Start != nil {
			j.Line = f.At.Start.Line
		}
		if f.Fix != nil {
			text := *head[f.At.Path]
			j.Fixed = text[:f.Fix.At.Start.Offset] + f.Fix.New + text[f.Fix.At.End.Offset:]
		}
		all = append(all, j)
	}
	return sorted(all)
}

func findingsOfApp(t *testing.T, base, head files) []judged {
	t.Helper()
	a := newApp(t, appOptions{base: base, before: func(a *app) { a.repo.Commit("main", "No users", files{users: nil}) }})
	changed := files{}
	for path, text := range head {
		if base[path] == nil || *base[path] != *text {
			changed[path] = text
		}
	}
	pull := a.open(changed)
	a.settle()
	var all []judged
	for _, th := range pull.Threads() {
		all = append(all, judgedIn(t, th, *head[th.Path]))
	}
	return sorted(all)
}

var (
	markedFingerprint = regexp.MustCompile(`<!-- schema-review:v1 fp=([0-9a-f]+) `)
	linkedRule        = regexp.MustCompile(`docs/rules/([a-z0-9-]+)\.md`)
	suggested         = regexp.MustCompile("(?s)(`{3,})suggestion\n(.*?)`{3,}")
)

// judgedIn reads a comment as GitHub does: its suggestion replaces the lines that it stands at.
func judgedIn(t *testing.T, th standin.Thread, file string) judged {
	t.Helper()
	body := th.Comments[0].Body
	fp, rule := markedFingerprint.FindStringSubmatch(body), linkedRule.FindStringSubmatch(body)
	if fp == nil || rule == nil {
		t.Fatalf("the comment names no problem: %s", body)
	}
	j := judged{Fingerprint: fp[1], Rule: rule[1], Path: th.Path, Line: cmp.Or(th.StartLine, th.Line)}
	if s := suggested.FindStringSubmatch(body); s != nil {
		lines := strings.SplitAfter(file, "\n")
		j.Fixed = strings.Join(lines[:j.Line-1], "") + s[2] + strings.Join(lines[th.Line:], "")
	}
	return j
}

func sorted(all []judged) []judged {
	slices.SortFunc(all, func(a, b judged) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return all
}
