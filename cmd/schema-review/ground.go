package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ground is where a review takes place: the folder that paths are relative to, and its repository.
type ground struct {
	disk
	repo  *repository // nil when there is no git
	cwd   string
	args  []string // what the user named
	names []string // the same relative to root; nil when nothing was named
}

// newGround finds the repository, or without git the folder, that all the named paths lie in.
func newGround(ctx context.Context, args []string) (*ground, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if cwd, err = filepath.EvalSymlinks(cwd); err != nil {
		return nil, err
	}
	files, err := absolute(cwd, args)
	if err != nil {
		return nil, err
	}
	g := &ground{cwd: cwd, disk: disk{cwd}, args: args}
	g.repo, err = openRepository(ctx, startFolder(cwd, files))
	switch {
	case err == nil:
		g.root = g.repo.root
	case errors.Is(err, errNotGit):
		g.root = common(cwd, files)
	default:
		return nil, err
	}
	return g, g.name(files)
}

// absolute resolves what the user named, links included. The last part may be missing: a file that was deleted.
func absolute(cwd string, args []string) ([]string, error) {
	var out []string
	for _, a := range args {
		full := a
		if !filepath.IsAbs(a) {
			full = filepath.Join(cwd, a)
		}
		if real, err := filepath.EvalSymlinks(full); err == nil {
			out = append(out, real)
			continue
		}
		dir, err := filepath.EvalSymlinks(filepath.Dir(full))
		if err != nil {
			return nil, noSuchFile(a)
		}
		out = append(out, filepath.Join(dir, filepath.Base(full)))
	}
	return out, nil
}

func noSuchFile(name string) error {
	return fail("%s: there is no such file or folder", name)
}

// startFolder is where the search for a repository starts: at the first path, or here.
func startFolder(cwd string, files []string) string {
	if len(files) == 0 {
		return cwd
	}
	if info, err := os.Stat(files[0]); err == nil && info.IsDir() {
		return files[0]
	}
	return filepath.Dir(files[0])
}

// common is the folder that paths are relative to without git: the working folder where that holds
// all files, else the deepest one that does.
func common(cwd string, files []string) string {
	if !slices.ContainsFunc(files, func(f string) bool { return !within(cwd, f) }) {
		return cwd
	}
	dir := startFolder(cwd, files)
	for _, f := range files {
		for !within(dir, f) {
			dir = filepath.Dir(dir)
		}
	}
	return dir
}

func within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// name makes what the user named relative to the root.
func (g *ground) name(files []string) error {
	for i, f := range files {
		if !within(g.root, f) {
			return fail("%s lies outside of %s: review each repository by itself", g.args[i], g.root)
		}
		info, err := os.Stat(f)
		switch {
		case err != nil && g.repo == nil:
			return noSuchFile(g.args[i])
		case err == nil && !info.IsDir() && !info.Mode().IsRegular():
			return fail("%s: neither a file nor a folder", g.args[i])
		}
		rel, err := filepath.Rel(g.root, f)
		if err != nil {
			return err
		}
		g.names = append(g.names, filepath.ToSlash(rel))
	}
	return nil
}

// onlyFiles reports whether the user named files, and no folder: then each of them is meant.
func (g *ground) onlyFiles() bool {
	for _, n := range g.names {
		if info, err := os.Stat(g.file(n)); err != nil || info.IsDir() {
			return false
		}
	}
	return len(g.names) > 0
}

// here writes a path of the review as seen from the working folder.
func (g *ground) here(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	rel, err := filepath.Rel(g.cwd, g.file(path))
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
