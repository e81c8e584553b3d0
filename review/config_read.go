package review

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/schema-review/schema-review/ddlparse"
)

// maxConfigSize bounds how much YAML is read: far more than anybody writes, and too little to nest
// so deeply that the YAML parser runs out of stack.
const maxConfigSize = 64 << 10

// layerReader lays one layer over a configuration and collects what is wrong with it.
type layerReader struct {
	layer    Layer
	source   *ddlparse.Source
	config   *Config // what the layer is laid over, written in place
	ruleIDs  []string
	problems []ConfigProblem
}

// readLayer returns a copy of the configuration with the layer laid over it.
func readLayer(layer Layer, over *Config) (*Config, []ConfigProblem) {
	r := &layerReader{
		layer:  layer,
		source: &ddlparse.Source{Path: layer.Path, Text: string(layer.Data)},
		config: over.clone(),
	}
	for _, rule := range over.known {
		r.ruleIDs = append(r.ruleIDs, rule.ID)
	}
	if root := r.parse(); root != nil {
		r.document(root)
	}
	return r.config, r.problems
}

// parse returns the document, nil when the layer is empty or isn't YAML.
func (r *layerReader) parse() (root ast.Node) {
	if len(r.layer.Data) > maxConfigSize {
		r.fail(1, 1, Msg("The file is larger than %d KiB.", maxConfigSize>>10), Msg("Move long texts out of it."))
		return nil
	}
	defer func() {
		if broke := recover(); broke != nil { // foreign code on foreign bytes
			r.fail(1, 1, Msg("The file can't be read as YAML."), Message{})
			root = nil
		}
	}()
	file, err := parser.ParseBytes(r.layer.Data, 0)
	if err != nil {
		r.failYAML(err)
		return nil
	}
	return r.onlyDocument(file)
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

// wrong reports a mistake that costs the whole layer.
func (r *layerReader) wrong(at ast.Node, problem, advice Message) {
	line, column := nodePlace(at)
	r.fail(line, column, problem, advice)
}

// overruled reports a setting that is left out while the rest of the layer holds.
func (r *layerReader) overruled(at ast.Node, problem, advice Message) {
	r.wrong(at, problem, advice)
	r.problems[len(r.problems)-1].Fatal = false
}

func (r *layerReader) fail(line, column int, problem, advice Message) {
	p := ConfigProblem{Layer: r.layer.Name, Path: r.layer.Path, Line: line, Column: column, Problem: problem, Advice: advice, Fatal: true}
	if r.layer.Name == FlagLayer {
		p.Line, p.Column = 0, 0
	}
	r.problems = append(r.problems, p)
}

// origin tells where a node was written.
func (r *layerReader) origin(n ast.Node) string {
	switch r.layer.Name {
	case FlagLayer:
		return r.layer.Path
	case BuiltInLayer:
		return BuiltInLayer
	}
	line, _ := nodePlace(n)
	return fmt.Sprintf("%s:%d", r.layer.Path, line)
}

// set notes where the value of a key path came from.
func (r *layerReader) set(path string, at ast.Node) { r.config.Origins[path] = r.origin(at) }

// nodePlace is a node's line and column; a mapping without braces begins at its first key.
func nodePlace(n ast.Node) (line, column int) {
	if entries, ok := entriesOf(n); ok && len(entries) > 0 && !flow(n) {
		n = entries[0].Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line, t.Position.Column
	}
	return 1, 1
}

func flow(n ast.Node) bool {
	m, ok := n.(*ast.MappingNode)
	return ok && m.IsFlowStyle
}

// entriesOf returns the entries of a mapping. Nothing at all counts as an empty one: people comment
// out everything below a key.
func entriesOf(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	case *ast.NullNode:
		return nil, true
	}
	return nil, false
}

func (r *layerReader) entries(key string, n ast.Node) []*ast.MappingValueNode {
	entries, ok := entriesOf(n)
	if !ok {
		r.wrongType(key, n, "a mapping")
	}
	return entries
}

func (r *layerReader) items(key string, n ast.Node) ([]ast.Node, bool) {
	switch n := n.(type) {
	case *ast.SequenceNode:
		return n.Values, true
	case *ast.NullNode:
		return nil, true
	}
	r.wrongType(key, n, "a list")
	return nil, false
}

func (r *layerReader) text(key string, n ast.Node) (string, bool) {
	if s, ok := textOf(n); ok {
		return s, true
	}
	r.wrongType(key, n, "a text")
	return "", false
}

// filledText is a text that must say something.
func (r *layerReader) filledText(key string, n ast.Node) (string, bool) {
	s, ok := r.text(key, n)
	if ok && strings.TrimSpace(s) == "" {
		r.wrong(n, Msg("`%s` is empty.", key), Msg("Write a text, or delete the key."))
		return "", false
	}
	return s, ok
}

func textOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		if n.Value != nil {
			return n.Value.Value, true
		}
	}
	return "", false
}

func (r *layerReader) number(key string, n ast.Node) (int, bool) {
	if i, ok := n.(*ast.IntegerNode); ok {
		switch v := i.Value.(type) {
		case int64:
			return int(v), true
		case uint64:
			if v > math.MaxInt {
				r.wrong(n, Msg("`%s` is too large.", key), Msg("Write a smaller number."))
				return 0, false
			}
			return int(v), true
		}
	}
	r.wrongType(key, n, "a whole number")
	return 0, false
}

func (r *layerReader) boolean(key string, n ast.Node) (value, ok bool) {
	if b, ok := n.(*ast.BoolNode); ok {
		return b.Value, true
	}
	r.wrongType(key, n, "true or false")
	return false, false
}

func (r *layerReader) wrongType(key string, n ast.Node, want string) {
	r.wrong(n, Msg("`%s` must be %s, but this is %s.", key, want, typeOf(n)), adviceFor(n))
}

func adviceFor(n ast.Node) Message {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return Msg("Write the value itself: anchors, aliases and tags are not read.")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return Msg("Quotes make it a text.")
	}
	return Message{}
}

// typeOf says for people what a node is.
func typeOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.NullNode:
		return "nothing"
	case *ast.AnchorNode:
		return "an anchor"
	case *ast.AliasNode:
		return "an alias"
	case *ast.TagNode:
		return "a tag"
	}
	return "something else"
}

// nameOf is a mapping key as written.
func nameOf(n ast.MapKeyNode) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	if t := n.GetToken(); t != nil {
		return text(t)
	}
	return ""
}

func text(t *token.Token) string { return strings.TrimSpace(t.Value) }
