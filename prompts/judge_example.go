package prompts

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed judge/*.txtar
var builtInExamples embed.FS

// JudgeExample is a finding whose wording people have judged. A judge counts as far as it agrees with them.
type JudgeExample struct {
	Name    string // file and section: "hot-counter/vague"
	Wording Wording
	Label   Judgement
}

// JudgeExamples reads the examples that come with the program, in the order of their names.
func JudgeExamples() ([]JudgeExample, error) {
	folder, err := fs.Sub(builtInExamples, "judge")
	if err != nil {
		return nil, err
	}
	return ReadJudgeExamples(folder)
}

// ReadJudgeExamples reads all *.txtar of a folder.
func ReadJudgeExamples(from fs.FS) ([]JudgeExample, error) {
	names, err := fs.Glob(from, "*.txtar")
	if err != nil {
		return nil, err
	}
	return parseEach(from, names, ParseJudgeExamples)
}

// ParseJudgeExamples reads one file: a statement, and several findings on it, each with its label. README.md
// shows the format.
func ParseJudgeExamples(name string, data []byte) ([]JudgeExample, error) {
	archive := txtar.Parse(data)
	var common Wording
	if err := eachPair(string(archive.Comment), common.head()); err != nil {
		return nil, fmt.Errorf("%s.txtar: %w", name, err)
	}
	var examples []JudgeExample
	for _, f := range archive.Files {
		if f.Name == "statement.sql" {
			common.SQL = strings.TrimSpace(string(f.Data))
			continue
		}
		e := JudgeExample{Name: name + "/" + f.Name, Wording: common}
		if err := e.read(string(f.Data)); err != nil {
			return nil, fmt.Errorf("%s.txtar: %s: %w", name, f.Name, err)
		}
		examples = append(examples, e)
	}
	if len(examples) == 0 || examples[0].Wording.SQL == "" {
		return nil, fmt.Errorf("%s.txtar: want statement.sql first, and findings on it", name)
	}
	return examples, nil
}

// head are the lines above the files of examples.
func (w *Wording) head() map[string]*string {
	return map[string]*string{"engine": &w.Engine, "language": &w.Language, "guideline": &w.Guideline, "object": &w.Object}
}

// read reads a finding and its label.
func (e *JudgeExample) read(text string) error {
	label := ""
	err := eachPair(text, map[string]*string{
		"label": &label, "title": &e.Wording.Title, "consequence": &e.Wording.Consequence, "advice": &e.Wording.Advice,
	})
	if err != nil || label == "good" {
		return err
	}
	fails, bad := strings.CutPrefix(label, "bad:")
	e.Label.Fails = strings.Fields(fails)
	if !bad || len(e.Label.Fails) == 0 {
		return errors.New(`want "label: good", or "label: bad:" and what it fails`)
	}
	for _, c := range e.Label.Fails {
		if !slices.Contains(Criteria(), c) {
			return fmt.Errorf("there is no criterion %q: the criteria are %s", c, strings.Join(Criteria(), ", "))
		}
	}
	slices.SortFunc(e.Label.Fails, func(a, b string) int { return slices.Index(Criteria(), a) - slices.Index(Criteria(), b) })
	return nil
}

// eachPair reads lines of "key: value". All keys must be there, each once.
func eachPair(text string, targets map[string]*string) error {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, value, _ := strings.Cut(line, ":")
		target, known := targets[key]
		if !known || seen[key] {
			return fmt.Errorf("%q: want each of %s once", line, strings.Join(sortedNames(targets), ", "))
		}
		seen[key], *target = true, strings.TrimSpace(value)
	}
	for _, key := range sortedNames(targets) {
		if *targets[key] == "" {
			return fmt.Errorf("%q is missing", key)
		}
	}
	return nil
}
