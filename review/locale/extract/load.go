package extract

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Sentence is a text that printers are given.
type Sentence struct {
	Key   string
	Files []string // where it is written, from the root of the module, sorted
	Area  string   // the file of translations that it belongs to
}

// Sentences reads packages of the module in the folder, and returns their sentences, in the order of their first file and
// of their places there. Unclear are the places that give a printer something that is no constant.
func Sentences(root string, patterns ...string) (sentences []Sentence, unclear []string, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, nil, err
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedEmbedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir:  root,
	}, patterns...)
	if err != nil {
		return nil, nil, fmt.Errorf("load the module: %w", err)
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			err = errors.Join(err, e)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	f, in := newFlow(root), areasOf(root, loaded)
	for _, p := range loaded {
		f.index(p)
		err = errors.Join(err, f.templates(p, in))
	}
	if err != nil {
		return nil, nil, err
	}
	f.follow()
	return f.sentences(in), slices.Compact(slices.Sorted(slices.Values(f.unclear))), nil
}
