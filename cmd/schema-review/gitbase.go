package main

import (
	"context"
	"errors"
	"os/exec"
	"strings"
)

// base finds the commit to compare with: the merge base of HEAD and the ref, or the default branch
// when ref is "". It gives "" for a branch without any commit: everything is new there.
func (r *repository) base(ctx context.Context, ref, pullRequestBase string) (commit, name string, err error) {
	if _, err := r.resolve(ctx, "HEAD"); err != nil {
		return "", "", onlyFailure(err)
	}
	name, err = r.baseRef(ctx, ref, pullRequestBase)
	if err != nil {
		return "", "", err
	}
	out, err := r.git(ctx, "merge-base", name, "HEAD")
	if exitCode(err) == 1 {
		return "", "", r.noMergeBase(ctx, name)
	}
	return strings.TrimSpace(string(out)), name, err
}

// baseRef is the ref that the user named, or the default branch: that of the remote, else main or master.
func (r *repository) baseRef(ctx context.Context, ref, pullRequestBase string) (string, error) {
	if ref != "" {
		if _, err := r.resolve(ctx, ref); err != nil {
			return "", r.noSuchRef(ctx, ref, err)
		}
		return ref, nil
	}
	candidates := []string{"origin/HEAD", "origin/main", "main", "origin/master", "master"}
	if pullRequestBase != "" {
		candidates = append([]string{"origin/" + pullRequestBase}, candidates...)
	}
	for _, c := range candidates {
		if _, err := r.resolve(ctx, c); err == nil {
			return c, nil
		}
	}
	if r.shallow(ctx) {
		return "", errShallow
	}
	return "", fail("there is neither origin/HEAD nor a branch main or master to compare with: name the branch with --base, or review everything with --all")
}

var errShallow = fail("this is a shallow clone without the commits to compare with: run `git fetch --unshallow` (GitHub Actions: fetch-depth: 0), name a commit with --base, or review everything with --all")

func (r *repository) resolve(ctx context.Context, ref string) (string, error) {
	out, err := r.git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	return strings.TrimSpace(string(out)), err
}

func (r *repository) noSuchRef(ctx context.Context, ref string, err error) error {
	if exitCode(err) < 0 {
		return err
	}
	if r.shallow(ctx) {
		return fail("--base %s: there is no such commit in this shallow clone: run `git fetch --unshallow` first", ref)
	}
	return fail("--base %s: there is no such commit here: fetch it first, or name another", ref)
}

func (r *repository) noMergeBase(ctx context.Context, name string) error {
	if r.shallow(ctx) {
		return errShallow
	}
	return fail("HEAD and %s have no commit in common: name the commit to compare with by --base, or review everything with --all", name)
}

func (r *repository) shallow(ctx context.Context) bool {
	out, err := r.git(ctx, "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// exitCode is the exit code of a git call that failed, -1 when it was not git that failed.
func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return -1
}

// onlyFailure drops the error that says just "no such ref".
func onlyFailure(err error) error {
	if exitCode(err) >= 0 {
		return nil
	}
	return err
}
