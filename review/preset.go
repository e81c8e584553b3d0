package review

import (
	"embed"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

//go:embed presets/*.yml
var presetFiles embed.FS

// Preset is a set of rule settings with a name, which a layer takes over before its own.
type Preset struct {
	Name  string
	Title Message // one sentence: for whom it is
	Rules map[string]RuleConfig
	Named []string // the rules that its file names, also those that the catalogue at hand lacks
}

// presetList names the presets in the order in which people are told of them.
func presetList() []Preset {
	return []Preset{
		{Name: "recommended", Title: Msg("What most teams want: each rule as its page says, whatever the organisation set.")},
		{Name: "strict", Title: Msg("For teams that settle every doubt before they merge: warnings fail, notices warn.")},
		{Name: "bytebase", Title: Msg("For teams that come from Bytebase: its rules for production, at its levels.")},
		{Name: "skeema", Title: Msg("For teams that come from Skeema: its linters and its list of unsafe changes.")},
		{Name: "atlas", Title: Msg("For teams that come from Atlas: destructive changes fail, its other checks warn.")},
		{Name: "sqle", Title: Msg("For teams that come from SQLE: its rules for MySQL, at its levels.")},
		{Name: "strong-migrations", Title: Msg("For teams that come from strong_migrations: whatever it stops fails.")},
	}
}

// presetNames are those names: what a layer may write.
var presetNames = []string{"recommended", "strict", "bytebase", "skeema", "atlas", "sqle", "strong-migrations"}

// Presets returns what each preset says of the rules given. The problems say what is wrong with the files: nothing,
// or they would not be here.
func Presets(rules []*Rule) ([]Preset, []ConfigProblem) {
	all := presetList()
	var problems []ConfigProblem
	for i, preset := range all {
		r := newPresetReader(preset.Name, DefaultConfig(rules))
		if root := r.parse(); root != nil {
			all[i].Named = r.preset(root)
		}
		all[i].Rules = r.config.Rules
		problems = append(problems, r.problems...)
	}
	return all, problems
}

// presetPath is the file of a preset; its problems name it.
func presetPath(name string) string { return "presets/" + name + ".yml" }

func newPresetReader(name string, config *Config) *layerReader {
	data, _ := presetFiles.ReadFile(presetPath(name)) // a test reads each of presetNames
	return newLayerReader(Layer{Name: BuiltInLayer, Path: presetPath(name), Data: data}, config, nil)
}

// presets reads the name of a preset, or a list of names, and lays them under what the layer itself says.
func (r *layerReader) presets(n ast.Node) {
	names, nodes := r.presetNodes(n)
	for i, name := range names {
		if !slices.Contains(presetNames, name) {
			r.wrong(nodes[i], Msg("There is no preset `%s`.", name), didYouMean(name, presetNames))
			continue
		}
		r.layPreset(name, nodes[i])
	}
	r.config.Presets = names
	r.set("preset", n)
}

func (r *layerReader) presetNodes(n ast.Node) (names []string, nodes []ast.Node) {
	nodes = []ast.Node{n}
	if _, isText := textOf(n); !isText {
		items, ok := r.items("preset", n)
		if !ok {
			return nil, nil
		}
		nodes = items
	}
	for _, node := range nodes {
		name, ok := r.text("preset", node)
		if !ok {
			return nil, nil
		}
		names = append(names, name)
	}
	return names, nodes
}

// layPreset lays one preset over the configuration. What the organisation requires stays, without a word: nobody
// asked for a change of that one rule.
func (r *layerReader) layPreset(name string, at ast.Node) {
	p := newPresetReader(name, r.config)
	p.layer.Name = r.layer.Name
	p.from = "preset " + name + " (" + r.origin(at) + ")"
	root := p.parse()
	if root == nil {
		return
	}
	p.preset(root)
	for _, problem := range p.problems {
		if problem.Fatal {
			r.problems = append(r.problems, problem)
		}
	}
}

// preset reads a preset's file, and returns the rules that it names.
func (r *layerReader) preset(root ast.Node) []string {
	values := r.keys(r.entries("preset", root), []string{"defaults", "raise", "rules"})
	if v := values["defaults"]; v != nil {
		if defaults, _ := r.boolean("defaults", v); defaults {
			r.forget()
		}
	}
	if v := values["raise"]; v != nil {
		if raise, _ := r.boolean("raise", v); raise {
			r.raise()
		}
	}
	if v := values["rules"]; v != nil {
		return r.presetRules(v)
	}
	return nil
}

// presetRules reads settings of rules, and passes by those that the catalogue at hand lacks.
func (r *layerReader) presetRules(n ast.Node) (named []string) {
	for _, e := range r.entries("rules", n) {
		id := nameOf(e.Key)
		named = append(named, id)
		if rule := r.config.rule(id); rule != nil {
			r.ruleSettings(rule, e.Value)
		}
	}
	return named
}

// forget gives the rules of the catalogue their built-in settings back.
func (r *layerReader) forget() {
	for _, rule := range r.config.known {
		if rule.Custom != nil || r.bound(rule) {
			continue
		}
		delete(r.config.Rules, rule.ID)
		r.config.Origins["rules."+rule.ID+".severity"] = r.from
		for _, p := range rule.Params {
			r.config.Origins["rules."+rule.ID+"."+p.Name] = r.from
		}
	}
}

// raise makes warnings errors and notices warnings. It turns nothing on that is off by itself, and lowers nothing.
func (r *layerReader) raise() {
	for _, rule := range r.config.known {
		raised := min(rule.Severity+1, Error)
		if rule.Custom != nil || rule.Severity == Off || r.config.Severity(rule) >= raised {
			continue
		}
		setting := r.config.Rules[rule.ID]
		setting.Severity = &raised
		r.config.Rules[rule.ID] = setting
		r.config.Origins["rules."+rule.ID+".severity"] = r.from
	}
}

// Changes counts the rules whose severity or parameters are not their own under the preset.
func (p Preset) Changes(rules []*Rule) int {
	count := 0
	for _, rule := range rules {
		setting, ok := p.Rules[rule.ID]
		if ok && (len(setting.Params) > 0 || setting.Severity != nil && *setting.Severity != rule.Severity) {
			count++
		}
	}
	return count
}

// presetSchema is the schema of `preset`, for editors.
func (*schemaMaker) preset() schema {
	one := schema{"enum": presetNames}
	return schema{"anyOf": []schema{one, list("", one)}, "description": "Settings of rules with a name, or several; later ones win, and what stands below `rules` wins over all."}
}
