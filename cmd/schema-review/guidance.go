package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/tools/txtar"
)

// promptsFolder is where a repository keeps guidelines and templates of its own. Beside the organisation's
// configuration, the folder has the last part of the name.
const promptsFolder = ".github/schema-review"

// guidance is what a model is told here: the built-in prompts and what overlays them.
type guidance struct {
	library  *prompts.Library
	problems []review.ConfigProblem
}

// builtInLayer are the prompts that come with the program.
func builtInLayer() prompts.Layer { return prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()} }

// overlay is a layer of prompts, and where its files really lie.
type overlay struct {
	prompts.Layer
	paths map[string]string
}

// guidance reads the layers: built-in, the organisation's, the repository's, and a working copy that is tried. The
// repository's are those of the commit that a branch starts from, so that the branch can't change by what it is
// judged; without a commit, those on the disk.
func (f *configFlags) guidance(ctx context.Context, g *ground, draft *review.Config, commit string) (*guidance, error) {
	layers := []overlay{{Layer: builtInLayer()}}
	if f.orgConfig != "" {
		folder := filepath.Join(filepath.Dir(f.orgConfig), path.Base(promptsFolder))
		layers = append(layers, folderOverlay(folder))
	}
	own, err := g.ownOverlay(ctx, commit, draft.AI.Guidelines)
	if err != nil {
		return nil, err
	}
	layers = append(layers, own)
	if f.prompts != "" {
		if !exists(filepath.Join(f.prompts, "guidelines")) && !exists(filepath.Join(f.prompts, "templates")) {
			return nil, fail("--prompts %s: there is neither a folder guidelines nor a folder templates in it", f.prompts)
		}
		layers = append(layers, folderOverlay(f.prompts))
	}
	return loadGuidance(layers), nil
}

func folderOverlay(folder string) overlay {
	return overlay{Layer: prompts.Layer{Name: filepath.ToSlash(folder), FS: os.DirFS(folder)}}
}

func loadGuidance(overlays []overlay) *guidance {
	var layers []prompts.Layer
	paths := map[string]string{}
	for _, o := range overlays {
		layers = append(layers, o.Layer)
		maps.Copy(paths, o.paths)
	}
	library, found := prompts.Load(layers...)
	g := &guidance{library: library}
	for _, p := range found {
		g.problems = append(g.problems, configProblem(p, paths))
	}
	return g
}

// configProblem makes a mistake in a prompt one like those of configuration.
func configProblem(p prompts.Problem, paths map[string]string) review.ConfigProblem {
	place := path.Join(p.Layer, p.File)
	if real, ours := paths[p.File]; ours && p.Layer == review.RepositoryLayer {
		place = real
	}
	return review.ConfigProblem{Layer: p.Layer, Path: place, Line: p.Line, Column: 1, Problem: review.Msg(p.Format, p.Args...)}
}

// ownOverlay are the repository's files: those of its folder, and those that ai.guidelines names.
func (g *ground) ownOverlay(ctx context.Context, commit, glob string) (overlay, error) {
	folder := path.Join(g.home(), promptsFolder)
	folders := []string{folder}
	if glob != "" {
		base, _ := doublestar.SplitPattern(glob)
		folders = append(folders, base)
	}
	wanted := func(p string) bool {
		named, _ := doublestar.Match(glob, p)
		return path.Ext(p) == ".md" && (named || below(p, []string{folder}))
	}
	read := g.filesNow
	if commit != "" {
		read = func(ctx context.Context, folders []string, wanted func(string) bool) (map[string][]byte, error) {
			return g.repo.filesAt(ctx, commit, folders, wanted)
		}
	}
	files, err := read(ctx, folders, wanted)
	if err != nil {
		return overlay{}, err
	}
	return ownFiles(files, folder)
}

// ownFiles gives the files their names in a layer. What lies in the repository's folder has the last word.
func ownFiles(files map[string][]byte, folder string) (overlay, error) {
	o := overlay{paths: map[string]string{}}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		name, inside := strings.CutPrefix(p, folder+"/")
		if !inside {
			name = "guidelines/" + path.Base(p)
		}
		if _, taken := o.paths[name]; !taken || inside {
			o.paths[name] = p
		}
	}
	archive := &txtar.Archive{}
	for _, name := range slices.Sorted(maps.Keys(o.paths)) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: files[o.paths[name]]})
	}
	tree, err := txtar.FS(archive)
	o.Layer = prompts.Layer{Name: review.RepositoryLayer, FS: tree}
	return o, err
}

// filesNow reads files on the disk.
func (g *ground) filesNow(ctx context.Context, folders []string, wanted func(string) bool) (map[string][]byte, error) {
	folders = slices.DeleteFunc(folders, func(f string) bool { return !exists(g.file(f)) })
	paths, err := g.walk(ctx, folders)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, p := range paths {
		if !wanted(p) {
			continue
		}
		data, err := g.read(p)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, plainError(err)
		}
		files[p] = data
	}
	return files, nil
}
