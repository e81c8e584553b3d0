package review

import (
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/prompts"
)

// DraftConfig lays the layers over each other as far as they can be read, and says nothing of mistakes: enough
// to find the guidelines by whose names LoadConfig then checks them.
func DraftConfig(layers []Layer, rules []*Rule) *Config {
	config := DefaultConfig(rules)
	for _, layer := range layers {
		config, _ = readLayer(layer, config, nil)
	}
	config.Draft = true
	return config
}

// isGuideline reports whether an id is a guideline's.
func (c *Config) isGuideline(id string) bool { return slices.Contains(c.guidelines, id) }

// unknown reports a name that neither a rule nor a guideline has.
func (r *layerReader) unknown(at ast.Node, id string) {
	if len(r.config.guidelines) == 0 {
		r.wrong(at, Msg("There is no rule `%s`.", id), didYouMean(id, r.ruleIDs))
		return
	}
	r.wrong(at, Msg("There is no rule or guideline `%s`.", id), didYouMean(id, slices.Concat(r.ruleIDs, r.config.guidelines)))
}

// guidelineSeverities are those that a guideline can have.
var guidelineSeverities = severityNames[Off:Error]

// guidelineSetting reads `id: severity`. A guideline never fails a review, so there is no error among them.
func (r *layerReader) guidelineSetting(id string, n ast.Node) {
	if s, isText := textOf(n); isText && s == Error.String() {
		r.wrong(n, Msg("`%s` is a guideline: it advises and never fails a review, so it can't be `error`.", id),
			Msg("Write `off`, `notice` or `warning`."))
		return
	}
	if name, ok := r.choice(id, n, guidelineSeverities); ok {
		if r.config.Guidelines == nil {
			r.config.Guidelines = map[string]Severity{}
		}
		r.config.Guidelines[id], _ = ParseSeverity(name)
		r.set("rules."+id+".severity", n)
	}
}

// guidelines writes the settings of guidelines below those of the rules.
func (p *configPrinter) guidelines(c *Config) {
	for _, id := range slices.Sorted(maps.Keys(c.Guidelines)) {
		p.line("  "+id+": "+c.Guidelines[id].String(), p.origin("rules."+id+".severity"))
	}
}

// ignorable is the id of a rule or guideline. A repository may have guidelines of its own, so that an editor can
// offer names here, and can't refuse one.
func (m *schemaMaker) ignorable() schema {
	known := m.ids()
	for _, g := range builtInGuidelines() {
		known = append(known, g.ID)
	}
	return schema{"anyOf": []schema{{"enum": known}, filled("")}, "description": "The id of a rule or guideline."}
}

func builtInGuidelines() []prompts.Guideline {
	library, _ := prompts.Load(prompts.Layer{FS: prompts.BuiltIn()}) // tests hold that there is no problem
	return library.Guidelines()
}
