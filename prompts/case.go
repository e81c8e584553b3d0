package prompts

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed cases/*.txtar
var builtInCases embed.FS

// Case is a change set with the claims that a good answer makes. What nobody expects and nobody allows is
// a false positive, wherever it is.
type Case struct {
	Name     string // name of its file, with the section behind a slash where the file has several
	About    string // for people
	Language string // "en", "ja"
	Engine   string // "mysql 8.4"
	Expect   []Label
	Allow    []Label // counts neither way: people disagree
	Forbid   []Label // what a hasty reader would claim; counted apart from other false positives
	Base     []CaseFile
	Changes  []CaseFile
}

// Label is a guideline and the object that it speaks of.
type Label struct{ Guideline, Object string }

// CaseFile is a file of a case.
type CaseFile struct {
	Path string
	Data []byte
}

// Clean reports whether a good answer has no claims.
func (c *Case) Clean() bool { return len(c.Expect) == 0 }

// Cases reads the cases that come with the program, in the order of their names.
func Cases() ([]Case, error) { return ReadCases(builtInCases) }

// ReadCases reads all cases/*.txtar, or *.txtar where there is no such folder.
func ReadCases(from fs.FS) ([]Case, error) {
	names, err := fs.Glob(from, "cases/*.txtar")
	if err == nil && names == nil {
		names, err = fs.Glob(from, "*.txtar")
	}
	if err != nil {
		return nil, err
	}
	return parseEach(from, names, ParseCases)
}

// parseEach reads archives, in their order.
func parseEach[T any](from fs.FS, names []string, parse func(name string, data []byte) ([]T, error)) ([]T, error) {
	var all []T
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		some, err := parse(strings.TrimSuffix(path.Base(name), ".txtar"), data)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// ParseCases reads one file: a case, or several that share what stands before the first "[section]" line.
// README.md shows the format.
func ParseCases(name string, data []byte) ([]Case, error) {
	archive := txtar.Parse(data)
	r := caseReader{cases: []Case{{Name: name, Language: "en", Engine: "mysql 8.4"}}}
	number := 0
	for line := range strings.Lines(string(archive.Comment)) {
		number++
		if err := r.line(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("%s.txtar:%d: %w", name, number, err)
		}
	}
	if len(r.cases) > 1 {
		r.cases = r.cases[1:]
	}
	for i := range r.cases {
		if err := r.finish(&r.cases[i], archive); err != nil {
			return nil, fmt.Errorf("%s.txtar: %w", r.cases[i].Name, err)
		}
	}
	return r.cases, nil
}

// caseReader reads the lines above the files. The first case is what all sections begin with.
type caseReader struct {
	cases    []Case
	sections []string
	clean    []string // names of the cases that say so
}

func (r *caseReader) line(line string) error {
	c := &r.cases[len(r.cases)-1]
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		return r.section(strings.Trim(line, "[]"))
	case line == "clean":
		r.clean = append(r.clean, c.Name)
	case word == "language:":
		c.Language = rest
	case word == "engine:":
		c.Engine = rest
	case word == "expect":
		return label(&c.Expect, rest)
	case word == "allow":
		return label(&c.Allow, rest)
	case word == "forbid":
		return label(&c.Forbid, rest)
	default:
		c.About = strings.TrimSpace(c.About + "\n" + line)
	}
	return nil
}

func (r *caseReader) section(name string) error {
	if !kebab(name) || slices.Contains(r.sections, name) {
		return fmt.Errorf("section %q: want a name of its own in lower case words joined by hyphens", name)
	}
	c := r.cases[0]
	c.Name += "/" + name
	c.Expect, c.Allow, c.Forbid = slices.Clone(c.Expect), slices.Clone(c.Allow), slices.Clone(c.Forbid)
	r.cases, r.sections = append(r.cases, c), append(r.sections, name)
	return nil
}

func label(list *[]Label, text string) error {
	words := strings.Fields(text)
	if len(words) != 2 {
		return fmt.Errorf("%q: want a guideline and an object", text)
	}
	*list = append(*list, Label{words[0], words[1]})
	return nil
}

// finish gives the case its files: those in the folder of its section, and those in no section's.
func (r *caseReader) finish(c *Case, archive *txtar.Archive) error {
	for _, f := range archive.Files {
		name, mine := r.fileOf(c, f.Name)
		if !mine {
			continue
		}
		if base, ok := strings.CutPrefix(name, "base/"); ok {
			c.Base = append(c.Base, CaseFile{base, f.Data})
		} else {
			c.Changes = append(c.Changes, CaseFile{name, f.Data})
		}
	}
	switch {
	case len(c.Changes) == 0:
		return errors.New("there is no file that changes anything")
	case c.Clean() != slices.Contains(r.clean, c.Name):
		return fmt.Errorf("say either %q or what to expect", "clean")
	}
	return nil
}

func (r *caseReader) fileOf(c *Case, name string) (string, bool) {
	first, rest, _ := strings.Cut(name, "/")
	if !slices.Contains(r.sections, first) {
		return name, true
	}
	return rest, strings.HasSuffix(c.Name, "/"+first)
}
