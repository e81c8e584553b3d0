package review

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxConfigSize bounds how much YAML is read: far more than anybody writes.
const maxConfigSize = 64 << 10

// maxNesting bounds how deeply one line, or brackets, may nest: the YAML parser's time grows with
// its square. Indentation needs no bound, the size of the file is one.
const maxNesting = 200

// parse returns the document, nil when the layer is empty or isn't YAML.
func (r *layerReader) parse() ast.Node {
	if limit := cmp.Or(r.maxSize, maxConfigSize); len(r.layer.Data) > limit {
		r.fail(1, 1, Msg("The file is larger than %d KiB.", limit>>10), Msg("Move long texts out of it."))
		return nil
	}
	if line := tooDeep(r.source.Text); line > 0 {
		r.fail(line, 1, Msg("The file is nested too deeply here."), Msg("No setting needs more than four levels."))
		return nil
	}
	file, err := parseYAML(r.layer.Data)
	switch {
	case errors.Is(err, errUnreadable):
		r.fail(1, 1, Msg("The file can't be read as YAML."), Message{})
		return nil
	case err != nil:
		r.failYAML(err)
		return nil
	}
	return r.onlyDocument(file)
}

// errUnreadable says that the YAML parser broke, or didn't come to an end.
var errUnreadable = errors.New("the YAML parser gave no answer")

// maxConfigTime is what reading a file may take: milliseconds are usual.
const maxConfigTime = 10 * time.Second

// parseYAML is foreign code on foreign bytes: it may panic, and it can't be told to stop.
func parseYAML(data []byte) (*ast.File, error) {
	type result struct {
		file *ast.File
		err  error
	}
	done := make(chan result, 1)
	go func() {
		r := result{err: errUnreadable}
		defer func() {
			_ = recover()
			done <- r
		}()
		r.file, r.err = parser.ParseBytes(data, 0)
	}()
	select {
	case r := <-done:
		return r.file, r.err
	case <-time.After(maxConfigTime):
		return nil, errUnreadable
	}
}

func (r *layerReader) onlyDocument(file *ast.File) ast.Node {
	var root ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if root != nil {
			r.wrong(doc.Body, Msg("A second YAML document begins here."), Msg("Keep one document, without `---` between its parts."))
			return nil
		}
		root = doc.Body
	}
	return root
}

// failYAML reports what the YAML parser refuses.
func (r *layerReader) failYAML(err error) {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		r.fail(1, 1, Msg("This is not YAML: %s.", strings.TrimSpace(err.Error())), Message{})
		return
	}
	p := at.GetToken().Position
	r.fail(p.Line, p.Column, Msg("This is not YAML: %s.", at.GetMessage()), Message{})
}

// tooDeep returns the line on which the text nests too deeply, 0 when none does. It counts brackets
// and list marks, those in texts too: real files stay far from the bound.
func tooDeep(text string) (line int) {
	open, items := 0, 0
	line = 1
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\n' || c == '\r':
			items = 0
			if c == '\n' {
				line++
			}
		case c == '[' || c == '{':
			open++
		case c == ']' || c == '}':
			open = max(open-1, 0)
		case (c == ' ' || c == '\t') && i > 0 && (text[i-1] == '-' || text[i-1] == '?'):
			items++
		}
		if open > maxNesting || items > maxNesting {
			return line
		}
	}
	return 0
}

// maxForeignSize bounds how much YAML of others is read.
const maxForeignSize = 256 << 10

// ParseYAML reads a file of somebody else's that is YAML, under the bounds of configuration files. It returns nothing
// for an empty file.
func ParseYAML(path string, data []byte) (ast.Node, []ConfigProblem) {
	r := newLayerReader(Layer{Name: RepositoryLayer, Path: path, Data: data}, DefaultConfig(nil), nil)
	r.maxSize = maxForeignSize
	return r.parse(), r.problems
}
