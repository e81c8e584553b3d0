package prompts

import (
	"path"
	"slices"
	"strings"
)

// Guideline is a judgement about a design that experienced people would make. It advises and never gates.
type Guideline struct {
	ID       string   // "soft-delete-with-unique-key"
	Title    string   // one line
	Kinds    []string // the kinds of change that it speaks to
	Severity string   // "notice" or "warning"
	Engines  []string // kinds of server it is for; nil = all
	Text     string   // Markdown: the judgement, when it does not apply, a bad and a good example
}

// Kinds lists the kinds of change that a guideline may speak to.
func Kinds() []string {
	return []string{
		"create-table", "rename-table", "drop-table", "truncate-table", "set-options", "alter-partitions",
		"add-column", "modify-column", "rename-column", "drop-column",
		"add-index", "modify-index", "drop-index",
		"add-foreign-key", "drop-foreign-key", "add-check", "modify-check", "drop-check",
		"create-view", "drop-view", "create-trigger", "drop-trigger", "create-routine", "drop-routine",
		"write",
	}
}

// Engines lists the kinds of server that a guideline may be for.
func Engines() []string { return []string{"mysql", "aurora-mysql", "mariadb", "tidb"} }

// severityOff in an overlay switches a guideline of an earlier layer off.
const severityOff = "off"

func frontKeys() []string { return []string{"id", "title", "kinds", "severity", "engines"} }

// guideline reads the file as a guideline.
func (f *file) guideline(text string) (Guideline, bool) {
	fm, ok := f.readFront(text, frontKeys())
	if !ok {
		return Guideline{}, false
	}
	g := Guideline{ID: fm.values["id"], Title: fm.values["title"], Severity: "notice", Text: fm.body}
	ok = f.checkID(fm)
	if _, given := fm.values["severity"]; given {
		g.Severity, given = f.value(fm, "severity", []string{"notice", "warning", severityOff})
		ok = ok && given
	}
	if g.Severity == severityOff {
		return g, ok
	}
	return g, f.fill(&g, fm) && ok
}

// checkID holds the id against the name of the file: an overlay replaces what has its name.
func (f *file) checkID(fm front) bool {
	id, name := fm.values["id"], strings.TrimSuffix(path.Base(f.path), ".md")
	switch {
	case id == "":
		return f.problem(fm.end, problemMissing, "id")
	case id != name:
		return f.problem(fm.lines["id"], problemID, id, name)
	case !kebab(id):
		return f.problem(fm.lines["id"], problemIDForm, id)
	}
	return true
}

// fill reads what only a guideline that is on must have.
func (f *file) fill(g *Guideline, fm front) bool {
	ok, read := true, false
	for _, key := range []string{"title", "kinds"} {
		if fm.values[key] == "" {
			ok = f.problem(fm.end, problemMissing, key)
		}
	}
	if fm.values["kinds"] != "" {
		g.Kinds, read = f.list(fm, "kinds", Kinds())
		ok = ok && read
	}
	if _, given := fm.values["engines"]; given {
		g.Engines, read = f.list(fm, "engines", Engines())
		ok = ok && read
	}
	if g.Text == "" {
		ok = f.problem(fm.end, problemNoText)
	}
	return ok
}

func kebab(id string) bool {
	for word := range strings.SplitSeq(id, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}

// speaksTo reports whether the guideline has something to say of one of these kinds of change on that
// kind of server.
func (g Guideline) speaksTo(kinds []string, server string) bool {
	if g.Engines != nil && !slices.Contains(g.Engines, server) {
		return false
	}
	return slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(g.Kinds, k) })
}
