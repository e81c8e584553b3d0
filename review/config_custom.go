package review

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/schema-review/schema-review/ddlparse"
)

// customKeys are the keys of a custom rule.
var customKeys = []string{"id", "on", "when", "message", "advice", "severity", "engines", "params", "base", "bad", "good"}

// customRules adds the rules that a layer defines. They are checked and their examples run at once: a layer
// with a rule that doesn't work is left out as a whole.
func (r *layerReader) customRules(n ast.Node) {
	items, _ := r.items("custom_rules", n)
	for _, item := range items {
		r.customRule(item)
	}
}

func (r *layerReader) customRule(n ast.Node) {
	before := len(r.problems)
	values := r.keys(r.entries("custom_rules", n), customKeys)
	spec := r.customSpec(n, values)
	if len(r.problems) > before {
		return
	}
	if r.compile == nil {
		r.wrong(n, Msg("Custom rules can't be used here."), Msg("Delete them."))
		return
	}
	rule, problems := r.compile(spec)
	for _, p := range problems {
		r.customWrong(values, n, p)
	}
	if len(problems) > 0 {
		return
	}
	rule.Custom = &spec
	r.config.Custom = append(r.config.Custom, rule)
	r.config.known = append(r.config.known[:len(r.config.known):len(r.config.known)], rule)
	r.ruleIDs = append(r.ruleIDs, rule.ID)
	r.set("custom_rules."+rule.ID, n)
}

// customSpec reads the keys of a custom rule.
func (r *layerReader) customSpec(n ast.Node, values map[string]ast.Node) CustomRule {
	spec := CustomRule{Severity: Warning}
	for _, key := range []string{"id", "on", "when", "message"} {
		if values[key] == nil {
			if _, mapping := entriesOf(n); mapping {
				r.wrong(n, Msg("This entry of `custom_rules` has no `%s`.", key), Msg("A custom rule needs `id`, `on`, `when` and `message`."))
			}
			return spec
		}
	}
	spec.ID = r.customID(values["id"])
	spec.On = r.oneOrMore("on", values["on"])
	spec.When, _ = r.filledText("when", values["when"])
	spec.Message = r.inLanguages("message", values["message"])
	spec.Advice = r.inLanguages("advice", values["advice"])
	spec.Params = r.customParams(values["params"])
	spec.Bad, spec.Good = r.oneOrMore("bad", values["bad"]), r.oneOrMore("good", values["good"])
	if v := values["base"]; v != nil {
		spec.Base, _ = r.text("base", v)
	}
	if v := values["severity"]; v != nil {
		if name, ok := r.choice("severity", v, severityNames); ok {
			spec.Severity, _ = ParseSeverity(name)
		}
	}
	for _, name := range r.oneOrMore("engines", values["engines"]) {
		spec.Engines = append(spec.Engines, r.engineKind(values["engines"], name))
	}
	return spec
}

// customID reads the id of a new rule.
func (r *layerReader) customID(n ast.Node) string {
	id, ok := r.text("id", n)
	switch {
	case !ok:
	case !customID.MatchString(id):
		r.wrong(n, Msg("`%s` can't be the id of a custom rule.", id), Msg("Write a name of yours, a slash and words joined by hyphens, for example `acme/tenant-id`."))
	case r.config.rule(id) != nil:
		r.wrong(n, Msg("There is a rule `%s` already, at %s.", id, r.config.Origins["custom_rules."+id]), Msg("Choose another id, or set that rule's severity below `rules`."))
	}
	return id
}

func (r *layerReader) engineKind(n ast.Node, name string) ddlparse.Kind {
	kinds := []string{string(ddlparse.MySQL), string(ddlparse.Aurora), string(ddlparse.MariaDB), string(ddlparse.TiDB)}
	for _, k := range kinds {
		if k == name {
			return ddlparse.Kind(k)
		}
	}
	r.wrong(n, Msg("`%s` can't be `%s`.", "engines", name), didYouMean(name, kinds))
	return ""
}

// oneOrMore reads a text, or a list of texts.
func (r *layerReader) oneOrMore(key string, n ast.Node) []string {
	switch n.(type) {
	case nil:
		return nil
	case *ast.SequenceNode:
		texts, _ := r.texts(key, n)
		return texts
	}
	if s, ok := r.filledText(key, n); ok {
		return []string{s}
	}
	return nil
}

// inLanguages reads a text, which then is in English, or one for each language.
func (r *layerReader) inLanguages(key string, n ast.Node) map[string]string {
	if n == nil {
		return nil
	}
	texts := map[string]string{}
	if _, isText := textOf(n); isText {
		texts["en"], _ = r.filledText(key, n)
		return texts
	}
	for language, v := range r.keys(r.entries(key, n), languages) {
		texts[language], _ = r.filledText(key, v)
	}
	return texts
}

// customParams reads the parameters of a rule with their defaults.
func (r *layerReader) customParams(n ast.Node) []Param {
	if n == nil {
		return nil
	}
	var params []Param
	for _, e := range r.entries("params", n) {
		p := Param{Name: nameOf(e.Key)}
		switch v := e.Value.(type) {
		case *ast.IntegerNode:
			p.Default, _ = r.number(p.Name, v)
		case *ast.BoolNode:
			p.Default = v.Value
		case *ast.SequenceNode:
			p.Default, _ = r.texts(p.Name, v)
		default:
			p.Default, _ = r.text(p.Name, v)
		}
		params = append(params, p)
	}
	return params
}

// customWrong reports a problem in a rule at its place in the file.
func (r *layerReader) customWrong(values map[string]ast.Node, rule ast.Node, p CustomProblem) {
	at, ok := values[p.Key]
	if !ok {
		at = rule
	}
	line, column := nodePlace(at)
	if p.Line > 0 {
		line, column = r.placeIn(at, p.Line, p.Column)
	}
	r.fail(line, column, p.Problem, p.Advice)
}

// placeIn is where a line and column of a text stand in the file. Escapes and folded lines before it are not
// counted.
func (r *layerReader) placeIn(n ast.Node, line, column int) (fileLine, fileColumn int) {
	at := n.GetToken()
	if literal, ok := n.(*ast.LiteralNode); ok {
		start := literal.Start.Position.Line
		return start + line, r.indentOf(start+1) + column
	}
	if at.Type == token.SingleQuoteType || at.Type == token.DoubleQuoteType {
		column++
	}
	if strings.Contains(at.Value, "\n") {
		return at.Position.Line, at.Position.Column
	}
	return at.Position.Line, at.Position.Column + column - 1
}

// indentOf counts the spaces that a line of the file begins with.
func (r *layerReader) indentOf(line int) int {
	lines := strings.Split(r.source.Text, "\n")
	if line > len(lines) {
		return 0
	}
	text := lines[line-1]
	return len(text) - len(strings.TrimLeft(text, " "))
}
