package github

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
	"golang.org/x/tools/txtar"
)

const (
	// The prompts of an organisation and of a repository lie in a folder beside their configuration.
	promptsFolder    = ".github/schema-review"
	orgPromptsFolder = "schema-review"
)

// Prompts reads the layers of prompts: the organisation's, then the repository's at the merge base. Where no changed
// file can be a migration, nobody is going to be asked, and nothing is read, unless it is for the names that
// configuration speaks of.
func (c *Client) Prompts(ctx context.Context, t *webhook.Target, config *review.Config) ([]prompts.Layer, error) {
	l, err := c.listing(ctx, t)
	if err != nil || !mayMigrate(l, config) && !config.Draft {
		return nil, err
	}
	org, err := c.orgPrompts(ctx, t.Job)
	if err != nil {
		return nil, fmt.Errorf("prompts of %s: %w", t.Owner, err)
	}
	own, err := c.ownPrompts(ctx, t, config.AI.Guidelines)
	if err != nil {
		return nil, fmt.Errorf("prompts of %s: %w", t.FullName(), err)
	}
	return append(org, own...), nil
}

// orgPrompts is the layer of the organisation, if there is one.
func (c *Client) orgPrompts(ctx context.Context, j webhook.Job) ([]prompts.Layer, error) {
	org, err := c.org(ctx, j)
	if err != nil || org.prompts == "" {
		return nil, err
	}
	files, err := c.tree(ctx, org.job, org.prompts)
	if isRefused(err) || isGone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := &promptFiles{name: review.OrganisationLayer, prefix: j.Owner + "/" + orgRepository + "/" + orgPromptsFolder + "/"}
	f.take(files, "")
	return c.promptLayer(ctx, org.job, f)
}

// ownPrompts is the layer of the repository at the merge base, if there is one: its folder, and the guidelines that
// the configuration names. What the folder has under a name comes before what lies elsewhere.
func (c *Client) ownPrompts(ctx context.Context, t *webhook.Target, guidelines string) ([]prompts.Layer, error) {
	s, err := c.start(ctx, t)
	if err != nil {
		return nil, err
	}
	files, err := c.tree(ctx, t.Job, s.tree)
	if err != nil {
		return nil, err
	}
	f := &promptFiles{name: review.RepositoryLayer}
	f.takeNamed(files, guidelines)
	f.take(files, promptsFolder+"/")
	return c.promptLayer(ctx, t.Job, f)
}

// promptFiles are files of prompts by their paths in a layer.
type promptFiles struct {
	name   string // of the layer
	prefix string // before the paths, for people
	files  map[string]treeFile
}

// add takes a file, unless it has a name that no file system takes: not even git's own client makes one.
func (f *promptFiles) add(at string, file treeFile) {
	if !fs.ValidPath(at) {
		return
	}
	if f.files == nil {
		f.files = map[string]treeFile{}
	}
	f.files[at] = file
}

// take takes the files of a folder, as it is in a layer: of its sub-folders those that are directly below.
func (f *promptFiles) take(t *tree, folder string) {
	for _, file := range t.files {
		at, below := strings.CutPrefix(file.path, folder)
		if sub := path.Dir(at); below && (sub == "guidelines" || sub == "templates") && path.Ext(at) == ".md" {
			f.add(at, file)
		}
	}
}

// takeNamed takes the files that a glob names as guidelines.
func (f *promptFiles) takeNamed(t *tree, glob string) {
	for _, file := range t.files {
		if named, _ := doublestar.Match(glob, file.path); named && path.Ext(file.path) == ".md" {
			f.add("guidelines/"+path.Base(file.path), file)
		}
	}
}

// bounded are the paths in the layer that are read, in order: of each folder one more than a layer may have, so that
// it can be told of.
func (f *promptFiles) bounded() (paths []string) {
	count := map[string]int{}
	for _, at := range slices.Sorted(maps.Keys(f.files)) {
		if folder := path.Dir(at); count[folder] <= prompts.MaxFiles {
			count[folder]++
			paths = append(paths, at)
		}
	}
	return paths
}

// promptLayer reads the files, none where there are none.
func (c *Client) promptLayer(ctx context.Context, j webhook.Job, f *promptFiles) ([]prompts.Layer, error) {
	paths := f.bounded()
	if len(paths) == 0 {
		return nil, nil
	}
	refs := make([]blobRef, len(paths))
	for i, at := range paths {
		refs[i] = f.files[at].blobRef
	}
	texts, err := c.promptTexts(ctx, j, refs)
	if err != nil {
		return nil, err
	}
	archive, places := &txtar.Archive{}, map[string]string{}
	for i, at := range paths {
		archive.Files = append(archive.Files, txtar.File{Name: at, Data: texts[i]})
		places[at] = f.prefix + f.files[at].path
	}
	files, err := txtar.FS(archive)
	return []prompts.Layer{{Name: f.name, FS: files, Places: places}}, err
}

// promptTexts reads contents. What is too long for a prompt is not fetched: as many bytes stand for it, for Load to
// say so.
func (c *Client) promptTexts(ctx context.Context, j webhook.Job, refs []blobRef) ([][]byte, error) {
	tooLong := make([]byte, prompts.MaxFileSize+1)
	wanted := slices.DeleteFunc(slices.Clone(refs), func(r blobRef) bool { return r.size > prompts.MaxFileSize })
	contents, err := c.blobs(ctx, j, wanted)
	if err != nil {
		return nil, err
	}
	texts := make([][]byte, len(refs))
	for i, r := range refs {
		if r.size > prompts.MaxFileSize {
			texts[i] = tooLong
			continue
		}
		texts[i], contents = contents[0].Data, contents[1:]
	}
	return texts, nil
}
