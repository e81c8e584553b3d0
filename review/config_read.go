package review

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/ddlparse"
)

// layerReader lays one layer over a configuration and collects what is wrong with it.
type layerReader struct {
	layer    Layer
	source   *ddlparse.Source
	config   *Config // what the layer is laid over, written in place
	ruleIDs  []string
	maxSize  int    // of the file in bytes; 0 = that of configuration
	from     string // what people are told of where a value came from, if not the layer and line
	compile  CustomCompiler
	problems []ConfigProblem
}

// readLayer returns a copy of the configuration with the layer laid over it.
func readLayer(layer Layer, over *Config, compile CustomCompiler) (*Config, []ConfigProblem) {
	r := newLayerReader(layer, over.clone(), compile)
	if root := r.parse(); root != nil {
		r.document(root)
	}
	return r.config, r.problems
}

// newLayerReader makes a reader that writes into the configuration.
func newLayerReader(layer Layer, config *Config, compile CustomCompiler) *layerReader {
	r := &layerReader{
		layer:  layer,
		source: &ddlparse.Source{Path: layer.Path, Text: string(layer.Data)},
		config: config, compile: compile,
	}
	for _, rule := range config.known {
		r.ruleIDs = append(r.ruleIDs, rule.ID)
	}
	return r
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
	if r.from != "" {
		return r.from
	}
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
