package peers

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/schema-review/schema-review/review"
	"github.com/zclconf/go-cty/cty"
)

// The blocks of `lint` that set an analyzer, with the letters of its codes.
var atlasAnalyzers = map[string][]string{
	"destructive": {"DS"}, "data_depend": {"MF", "MY101"}, "incompatible": {"BC"}, "condrop": {"CD"}, "non_linear": {"non_linear"},
	"blocking_changes": {"MY11", "MY12", "MY13", "MY14"}, "concurrent_index": {"PG10"},
}

// The other keys of `lint`: they say what is linted and how it is shown.
var atlasOthers = []string{"log", "format", "latest", "git", "review", "check", "rule", "statement", "force"}

// The blocks of `naming` with their codes.
var atlasNames = map[string]string{"schema": "NM101", "table": "NM102", "column": "NM103", "index": "NM104", "foreign_key": "NM105", "check": "NM106"}

// atlas reads the blocks `lint` of a project file, those of its environments too.
func (r *reader) atlas() {
	r.preset = "atlas"
	if line := r.tooDeep(); line > 0 {
		r.wrong(line, review.Msg("The file is nested too deeply here."), review.Message{})
		return
	}
	file, diagnostics := hclsyntax.ParseConfig([]byte(r.text), r.path, hcl.InitialPos)
	for _, d := range diagnostics {
		if d.Severity == hcl.DiagError {
			line := 1
			if d.Subject != nil {
				line = d.Subject.Start.Line
			}
			r.wrong(line, review.Msg("This is not HCL: %s.", plain(d.Summary)), r.elsewhere())
			return
		}
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return
	}
	for _, b := range body.Blocks {
		switch b.Type {
		case "lint":
			r.atlasLint(b.Body)
		case "env":
			for _, inner := range b.Body.Blocks {
				if inner.Type == "lint" {
					r.atlasLint(inner.Body)
				}
			}
		}
	}
}

// The reader of HCL goes as deep as the file does, and the stack has an end.
const (
	maxHCLNesting = 200
	maxHCL        = 64 << 10
)

// tooDeep returns the line on which the file nests too deeply, or is too long; 0 when it is neither.
func (r *reader) tooDeep() int {
	open := 0
	for i, c := range []byte(r.text) {
		switch c {
		case '(', '[', '{':
			open++
		case ')', ']', '}':
			open = max(open-1, 0)
		}
		if open > maxHCLNesting || i > maxHCL {
			return r.lineOf(i)
		}
	}
	return 0
}

func (r *reader) atlasLint(body *hclsyntax.Body) {
	for _, key := range attributes(body) {
		r.atlasOther(key, body.Attributes[key].SrcRange.Start.Line)
	}
	for _, b := range body.Blocks {
		line := b.TypeRange.Start.Line
		switch codes := atlasAnalyzers[b.Type]; {
		case b.Type == "naming":
			r.atlasNaming(b.Body)
		case codes != nil:
			r.atlasAnalyzer(b.Body, line, codes)
		default:
			r.atlasOther(b.Type, line)
		}
	}
}

// atlasOther notes a known key that says nothing about rules, and refuses others.
func (r *reader) atlasOther(key string, line int) {
	if slices.Contains(atlasOthers, key) {
		r.note(line, review.Msg("`%s` has no equivalent.", key))
		return
	}
	valid := slices.Concat(atlasOthers, slices.Collect(maps.Keys(atlasAnalyzers)), []string{"naming"})
	slices.Sort(valid)
	r.wrong(line, review.Msg("`lint` of Atlas has no `%s`.", plain(key)), near(key, valid))
}

// atlasAnalyzer sets the rules of an analyzer: `error` says whether it fails.
func (r *reader) atlasAnalyzer(body *hclsyntax.Body, line int, codes []string) {
	r.relevant = true
	severity := review.Warning
	for _, key := range attributes(body) {
		at := body.Attributes[key]
		fails, known := boolean(at.Expr)
		switch {
		case key == "error" && !known:
			r.note(at.SrcRange.Start.Line, review.Msg("`%s` depends on more than this file.", key))
			return
		case key == "error" && fails:
			severity = review.Error
		case key != "error":
			r.note(at.SrcRange.Start.Line, review.Msg("`%s` has no equivalent.", plain(key)))
		}
	}
	for _, b := range body.Blocks {
		r.note(b.TypeRange.Start.Line, review.Msg("`%s` has no equivalent.", plain(b.Type)))
	}
	if _, set := body.Attributes["error"]; !set {
		return // as it is by default
	}
	for _, rule := range r.rules {
		if rule.Reason == "" && slices.ContainsFunc(codes, func(code string) bool { return strings.HasPrefix(rule.Name, code) }) {
			r.set(rule.Name, severity, line)
		}
	}
}

// atlasNaming sets the patterns of names: one for all, and those of kinds of objects.
func (r *reader) atlasNaming(body *hclsyntax.Body) {
	severity := review.Warning
	if at, ok := body.Attributes["error"]; ok {
		if fails, _ := boolean(at.Expr); fails {
			severity = review.Error
		}
	}
	kinds := slices.Sorted(maps.Keys(atlasNames))
	if at, ok := body.Attributes["match"]; ok {
		for _, kind := range kinds {
			r.atlasPattern(atlasNames[kind], severity, at)
		}
	}
	for _, b := range body.Blocks {
		code, known := atlasNames[b.Type]
		if !known {
			r.wrong(b.TypeRange.Start.Line, review.Msg("`naming` of Atlas has no `%s`.", plain(b.Type)), near(b.Type, kinds))
			continue
		}
		if at, ok := b.Body.Attributes["match"]; ok {
			r.settings = slices.DeleteFunc(r.settings, func(s setting) bool { return s.rule.Name == code })
			r.atlasPattern(code, severity, at)
		}
	}
}

func (r *reader) atlasPattern(code string, severity review.Severity, at *hclsyntax.Attribute) {
	line := at.SrcRange.Start.Line
	pattern, ok := text(at.Expr)
	if !ok {
		r.note(line, review.Msg("`%s` depends on more than this file.", at.Name))
		return
	}
	r.set(code, severity, line, value{"match", pattern})
}

// attributes are the names of a block's attributes in the order of the file.
func attributes(body *hclsyntax.Body) []string {
	return slices.SortedFunc(maps.Keys(body.Attributes), func(a, b string) int {
		return body.Attributes[a].SrcRange.Start.Byte - body.Attributes[b].SrcRange.Start.Byte
	})
}

// boolean is the value of an expression that needs nothing else.
func boolean(e hclsyntax.Expression) (isTrue, known bool) {
	v, diagnostics := e.Value(nil)
	if diagnostics.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.Bool {
		return false, false
	}
	return v.True(), true
}

// text is the value of an expression that needs nothing else.
func text(e hclsyntax.Expression) (string, bool) {
	v, diagnostics := e.Value(nil)
	if diagnostics.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}
