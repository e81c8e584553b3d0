package extract

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// rulesFolder holds rules, whose sentences are too many for one file of translations.
const rulesFolder = "review/rules"

// areas tells the file of translations for the sentences of a source file.
type areas map[string]string

// areasOf finds the areas: a package is one, and so is each category of rules.
func areasOf(root string, loaded []*packages.Package) areas {
	all := areas{}
	for _, p := range loaded {
		for _, file := range p.Syntax {
			path, _ := filepath.Rel(root, p.Fset.Position(file.Package).Filename)
			path = filepath.ToSlash(path)
			all[path] = areaOf(path, p, file)
		}
	}
	return all
}

func areaOf(path string, p *packages.Package, file *ast.File) string {
	folder, name, _ := cutLast(path, "/")
	switch {
	case folder == rulesFolder:
		return "rules-" + categoryOf(p, file)
	case folder == "review" && strings.HasPrefix(name, "config"):
		return "config"
	case folder == "cmd/schema-review":
		return "cli"
	}
	return strings.ReplaceAll(folder, "/", "-")
}

// categoryOf is the category of the first rule in a file of rules, "shared" when it has none.
func categoryOf(p *packages.Package, file *ast.File) string {
	category := "shared"
	ast.Inspect(file, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok || category != "shared" {
			return category == "shared"
		}
		if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Category" {
			if c := p.TypesInfo.Types[kv.Value].Value; c != nil && c.Kind() == constant.String {
				category = constant.StringVal(c)
			}
		}
		return true
	})
	return category
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(sep):], true
}

// sentences are those found, in the order of their first places.
func (f *flow) sentences(in areas) []Sentence {
	type placed struct {
		Sentence
		at token.Position
	}
	var list []placed
	for key, places := range f.found {
		for i := range places {
			places[i].Filename = f.relative(places[i].Filename)
		}
		slices.SortFunc(places, comparePositions)
		s := Sentence{Key: key, Area: in[places[0].Filename]}
		for _, p := range places {
			s.Files = append(s.Files, p.Filename)
		}
		s.Files = slices.Compact(s.Files)
		list = append(list, placed{s, places[0]})
	}
	slices.SortFunc(list, func(a, b placed) int { return comparePositions(a.at, b.at) })
	var out []Sentence
	for _, s := range list {
		out = append(out, s.Sentence)
	}
	return out
}

func comparePositions(a, b token.Position) int {
	return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Offset, b.Offset))
}
