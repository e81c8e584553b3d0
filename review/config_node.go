package review

import (
	"math"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

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
		return strings.TrimSpace(t.Value)
	}
	return ""
}
