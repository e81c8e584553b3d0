package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// repository is the git repository that a folder lies in. Everything is asked of the git program, so
// that worktrees, sparse checkouts and every object format are as git sees them.
type repository struct {
	root    string   // top folder of the working tree
	filters []string // -c settings that switch the repository's filter programs off
}

var errNotGit = errors.New("not a git repository")

// openRepository finds the repository of a folder; errNotGit when it lies in none.
func openRepository(ctx context.Context, dir string) (*repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, withoutGit(dir)
	}
	out, err := (&repository{root: dir}).git(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	r := &repository{root: filepath.FromSlash(strings.TrimRight(string(out), "\r\n"))}
	r.filters, err = r.noFilters(ctx)
	return r, err
}

// withoutGit says what it means here that there is no git program.
func withoutGit(dir string) error {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return fail("%s is a git repository, but there is no git program to ask what changed: install git, or review everything with --all", dir)
		}
		if dir == filepath.Dir(dir) {
			return errNotGit
		}
	}
}

// noFilters gives settings under which git runs none of the filter programs that are configured:
// reviewing a repository must not run what it, or somebody, has put there.
func (r *repository) noFilters(ctx context.Context) ([]string, error) {
	out, err := r.git(ctx, "config", "-z", "--name-only", "--get-regexp", `^filter\..*\.(clean|smudge|process|required)$`)
	if err != nil {
		return nil, nil //nolint:nilerr // git config exits with 1 when there is none
	}
	var settings []string
	for _, name := range fields(out) {
		value := ""
		if strings.HasSuffix(name, ".required") {
			value = "false"
		}
		settings = append(settings, "-c", name+"="+value)
	}
	return settings, nil
}

// command prepares a git call that reads only: no hooks, no monitors, no locks, no questions.
func (r *repository) command(ctx context.Context, args ...string) *exec.Cmd {
	fixed := []string{"-C", r.root, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull}
	cmd := exec.CommandContext(ctx, "git", append(append(fixed, r.filters...), args...)...)
	cmd.Env = append(gitEnviron(os.Environ()), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return cmd
}

// gitEnviron drops what would lead git elsewhere, as inside a hook; configuration stays.
func gitEnviron(all []string) []string {
	var kept []string
	for _, v := range all {
		name, _, _ := strings.Cut(v, "=")
		leads := strings.HasPrefix(name, "GIT_") && !strings.HasPrefix(name, "GIT_CONFIG_") &&
			name != "GIT_CEILING_DIRECTORIES" && name != "GIT_EXEC_PATH"
		if !leads {
			kept = append(kept, v)
		}
	}
	return kept
}

// git runs one command and gives what it printed.
func (r *repository) git(ctx context.Context, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return nil, gitError(ctx, err, complaint.String())
	}
	return out.Bytes(), nil
}

// gitError makes git's complaint a sentence of ours.
func gitError(ctx context.Context, err error, complaint string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	first, _, _ := strings.Cut(strings.TrimSpace(complaint), "\n")
	first = strings.TrimPrefix(first, "fatal: ")
	switch {
	case strings.Contains(first, "not a git repository"):
		return errNotGit
	case strings.Contains(first, "dubious ownership"):
		return fail("git: %s: allow it with `git config --global --add safe.directory FOLDER`", first)
	case strings.Contains(first, "must be run in a work tree"):
		return fail("this is a bare git repository, which has no files to review: run it in a working tree")
	case first == "":
		return &gitFailure{err, err.Error()}
	}
	return &gitFailure{err, first}
}

// gitFailure is a failure of git that nobody here knows more about.
type gitFailure struct {
	err  error
	text string
}

func (e *gitFailure) Error() string { return "git: " + e.text }
func (e *gitFailure) Unwrap() error { return e.err }

// fields splits output of a -z option.
func fields(out []byte) []string {
	text := strings.TrimSuffix(string(out), "\x00")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x00")
}
