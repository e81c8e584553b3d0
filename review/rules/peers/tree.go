package peers

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/review"
)

// node is a value of a JSON or YAML file, with its line.
type node struct {
	line   int
	value  any      // a text, an int, a bool, or nil; not of lists and mappings
	list   []*node  // of a list, or the values of a mapping
	keys   []string // of a mapping
	isList bool
	isMap  bool
}

// get returns the value of a key by any of its spellings, nil when there is none.
func (n *node) get(names ...string) *node {
	for i, key := range n.keys {
		for _, name := range names {
			if spelled(key) == spelled(name) {
				return n.list[i]
			}
		}
	}
	return nil
}

// spelled makes one of maxLength, MaxLength and max_length.
func spelled(key string) string { return strings.ToLower(strings.ReplaceAll(key, "_", "")) }

// text is the value, "" when it isn't a text.
func (n *node) text() string {
	if n == nil {
		return ""
	}
	s, _ := n.value.(string)
	return s
}

// tree reads the file as JSON or YAML. It reports what is wrong, and then returns nil.
func (r *reader) tree() *node {
	if t := strings.TrimLeft(r.text, " \t\r\n\ufeff"); strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[") {
		return r.jsonTree()
	}
	root, problems := review.ParseYAML(r.path, []byte(r.text))
	r.problems = append(r.problems, problems...)
	if root == nil {
		if len(problems) == 0 {
			r.wrong(1, review.Msg("The file is empty."), review.Message{})
		}
		return nil
	}
	return yamlNode(root)
}

func yamlNode(n ast.Node) *node {
	out := &node{line: 1}
	if t := n.GetToken(); t != nil && t.Position != nil {
		out.line = t.Position.Line
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		out.isMap = true
		for _, e := range n.Values {
			out.add(e)
		}
	case *ast.MappingValueNode:
		out.isMap = true
		out.add(n)
	case *ast.SequenceNode:
		out.isList = true
		for _, item := range n.Values {
			out.list = append(out.list, yamlNode(item))
		}
	case *ast.StringNode:
		out.value = n.Value
	case *ast.LiteralNode:
		if n.Value != nil {
			out.value = n.Value.Value
		}
	case *ast.IntegerNode:
		out.value = whole(n.Value)
	case *ast.BoolNode:
		out.value = n.Value
	}
	return out
}

func (n *node) add(e *ast.MappingValueNode) {
	key := ""
	if t := e.Key.GetToken(); t != nil {
		key = t.Value
	}
	value := yamlNode(e.Value)
	if len(n.keys) == 0 {
		n.line = e.Key.GetToken().Position.Line
	}
	n.keys, n.list = append(n.keys, key), append(n.list, value)
}

// whole is a number that fits, nil otherwise.
func whole(v any) any {
	switch v := v.(type) {
	case int64:
		return int(v)
	case uint64:
		if v <= math.MaxInt {
			return int(v)
		}
	}
	return nil
}

func (r *reader) jsonTree() *node {
	d := &jsonReader{Decoder: json.NewDecoder(strings.NewReader(strings.TrimPrefix(r.text, "\ufeff"))), text: r.text, line: 1}
	d.UseNumber()
	root, err := d.node()
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return root
		}
		if err == nil {
			err = errors.New("something follows the end of the value")
		}
	}
	offset := int(d.InputOffset())
	if at, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = int(at.Offset)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends too early")
	}
	r.wrong(r.lineOf(offset), review.Msg("This is not JSON: %s.", plain(err.Error())), review.Message{})
	return nil
}

// jsonReader reads JSON and counts lines as it goes.
type jsonReader struct {
	*json.Decoder
	text     string
	at, line int
}

func (d *jsonReader) lineHere() int {
	end := min(int(d.InputOffset()), len(d.text))
	d.line += strings.Count(d.text[d.at:end], "\n")
	d.at = end
	return d.line
}

// node reads one value, and what it holds.
func (d *jsonReader) node() (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	out := &node{line: d.lineHere()}
	switch t := token.(type) {
	case string:
		out.value = t
	case bool:
		out.value = t
	case json.Number:
		if n, err := t.Int64(); err == nil {
			out.value = int(n)
		}
	case json.Delim:
		out.isMap, out.isList = t == '{', t == '['
		return out, d.inside(out)
	}
	return out, nil
}

func (d *jsonReader) inside(out *node) error {
	for d.More() {
		if out.isMap {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			out.keys = append(out.keys, name)
		}
		value, err := d.node()
		if err != nil {
			return err
		}
		out.list = append(out.list, value)
	}
	_, err := d.Token()
	return err
}
