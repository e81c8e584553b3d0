package prompts

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// Library is what a review knows to tell the model: the guidelines and the text around them.
type Library struct {
	guidelines map[string]Guideline
	names      map[string]bool // of all guidelines, those that are off or wrong too
	templates  map[string]string
	version    string
}

// Load reads layers, the first one first: built-in, organisation, repository at the base commit. A file
// that is wrong is a Problem and left out; what an earlier layer says under its name applies.
func Load(layers ...Layer) (*Library, []Problem) {
	l := &Library{guidelines: map[string]Guideline{}, templates: map[string]string{}, names: map[string]bool{}}
	var problems []Problem
	for _, layer := range layers {
		layer.each("guidelines", &problems, l.overlayGuideline)
		layer.each("templates", &problems, l.overlayTemplate)
	}
	maps.DeleteFunc(l.guidelines, func(_ string, g Guideline) bool { return g.Severity == severityOff })
	l.version = l.hash()
	return l, problems
}

func (l *Library) overlayGuideline(f *file, text string) {
	if name := strings.TrimSuffix(path.Base(f.path), ".md"); kebab(name) {
		l.names[name] = true
	}
	if g, ok := f.guideline(text); ok {
		l.guidelines[g.ID] = g
	}
}

// Version is the hash of everything that the model can be shown: two libraries with one version tell it
// the same.
func (l *Library) Version() string { return l.version }

// Guideline returns the guideline with that id.
func (l *Library) Guideline(id string) (Guideline, bool) {
	g, ok := l.guidelines[id]
	return g, ok
}

// Guidelines returns all guidelines in the order of their ids.
func (l *Library) Guidelines() []Guideline {
	return slices.SortedFunc(maps.Values(l.guidelines), func(a, b Guideline) int { return strings.Compare(a.ID, b.ID) })
}

// Names returns the ids of all guidelines, sorted: also of those that a layer has switched off, or that can't be
// read, because people may still speak of them. No library has none.
func (l *Library) Names() []string {
	if l == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(l.names))
}

// For returns the guidelines that speak to one of these kinds of change on an engine, "mysql 8.4" or
// "mysql", in the order of their ids.
func (l *Library) For(kinds []string, engine string) []Guideline {
	server, _, _ := strings.Cut(engine, " ")
	return slices.DeleteFunc(l.Guidelines(), func(g Guideline) bool { return !g.speaksTo(kinds, server) })
}
