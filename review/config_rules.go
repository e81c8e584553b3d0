package review

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// rules reads settings of rules: `id: severity`, or `id: {severity: …, parameter: …}`; of guidelines, `id: severity`.
func (r *layerReader) rules(n ast.Node) {
	for _, e := range r.entries("rules", n) {
		if id := nameOf(e.Key); r.config.isGuideline(id) {
			r.guidelineSetting(id, e.Value)
		} else if rule := r.ruleNamed(e.Key, id); rule != nil {
			r.ruleSettings(rule, e.Value)
		}
	}
}

// ruleNamed finds a rule, and reports a name that none has.
func (r *layerReader) ruleNamed(at ast.Node, id string) *Rule {
	rule := r.config.rule(id)
	if rule == nil {
		r.unknown(at, id)
	}
	return rule
}

func (r *layerReader) ruleSettings(rule *Rule, n ast.Node) {
	entries, mapping := entriesOf(n)
	if _, null := n.(*ast.NullNode); null || !mapping {
		r.severity(rule, n)
		return
	}
	values := r.keys(entries, settingsOf(rule))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "severity" {
			r.severity(rule, values[name])
			continue
		}
		r.parameter(rule, name, values[name])
	}
}

// settingsOf are the keys that a rule's mapping may have.
func settingsOf(rule *Rule) []string {
	names := []string{"severity"}
	for _, p := range rule.Params {
		names = append(names, p.Name)
	}
	return names
}

func (r *layerReader) severity(rule *Rule, n ast.Node) {
	name, ok := r.choice(rule.ID, n, severityNames)
	if !ok {
		return
	}
	severity, _ := ParseSeverity(name)
	least := r.config.Severity(rule)
	if r.bound(rule) && severity < least {
		r.overruled(n, Msg("The organisation requires `%s` at `%s`, so it can't be `%s` here.", rule.ID, least.String(), name),
			Msg("Delete this setting, or ask those who keep %s.", r.config.Origins["required."+rule.ID]))
		return
	}
	setting := r.config.Rules[rule.ID]
	setting.Severity = &severity
	r.config.Rules[rule.ID] = setting
	r.set("rules."+rule.ID+".severity", n)
}

// bound reports whether the organisation has the last word about the rule.
func (r *layerReader) bound(rule *Rule) bool {
	return r.layer.Name != OrganisationLayer && r.config.Rules[rule.ID].Required
}

func (r *layerReader) parameter(rule *Rule, name string, n ast.Node) {
	i := slices.IndexFunc(rule.Params, func(p Param) bool { return p.Name == name })
	value, ok := r.value(rule.Params[i], n)
	if !ok {
		return
	}
	if r.bound(rule) {
		r.overruled(n, Msg("The organisation requires `%s`, so its `%s` can't be set here.", rule.ID, name),
			Msg("Delete this setting, or ask those who keep %s.", r.config.Origins["required."+rule.ID]))
		return
	}
	setting := r.config.Rules[rule.ID]
	setting.Params = maps.Clone(setting.Params)
	if setting.Params == nil {
		setting.Params = map[string]any{}
	}
	setting.Params[name] = value
	r.config.Rules[rule.ID] = setting
	r.set("rules."+rule.ID+"."+name, n)
}

// value reads a parameter's value; its type is that of the default.
func (r *layerReader) value(p Param, n ast.Node) (any, bool) {
	switch p.Default.(type) {
	case int:
		return r.number(p.Name, n)
	case bool:
		return r.boolean(p.Name, n)
	case []string:
		return r.texts(p.Name, n)
	}
	if p.isPattern() {
		return r.pattern(p.Name, n)
	}
	return r.text(p.Name, n)
}

// isPattern reports whether the parameter is a regular expression; its name says so.
func (p Param) isPattern() bool {
	return p.Name == "pattern" || strings.HasSuffix(p.Name, "_pattern")
}

func (r *layerReader) texts(key string, n ast.Node) ([]string, bool) {
	items, ok := r.items(key, n)
	texts := make([]string, 0, len(items))
	for _, item := range items {
		s, isText := r.text(key, item)
		ok = ok && isText
		texts = append(texts, s)
	}
	return texts, ok
}

func (r *layerReader) pattern(key string, n ast.Node) (string, bool) {
	s, ok := r.text(key, n)
	if !ok {
		return "", false
	}
	if _, err := regexp.Compile(s); err != nil {
		reason := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		r.wrong(n, Msg("`%s` is not a regular expression: %s.", key, reason), Msg("The syntax is RE2: no look-around, no back-references."))
		return "", false
	}
	return s, true
}

// required reads the rules that repositories can't lower or ignore: a list of names, or a mapping as
// in `rules`.
func (r *layerReader) required(n ast.Node) {
	if entries, ok := entriesOf(n); ok {
		for _, e := range entries {
			if rule := r.requirable(e.Key, nameOf(e.Key)); rule != nil {
				r.ruleSettings(rule, e.Value)
				r.require(rule, e.Key)
			}
		}
		return
	}
	items, _ := r.items("required", n)
	for _, item := range items {
		id, ok := r.text("required", item)
		if !ok {
			continue
		}
		if rule := r.requirable(item, id); rule != nil {
			r.require(rule, item)
		}
	}
}

// requirable finds a rule that may be required: a guideline may not.
func (r *layerReader) requirable(at ast.Node, id string) *Rule {
	if r.config.isGuideline(id) {
		r.wrong(at, Msg("`%s` is a guideline, and only rules can be required.", id), Msg("Delete it."))
		return nil
	}
	return r.ruleNamed(at, id)
}

func (r *layerReader) require(rule *Rule, at ast.Node) {
	if r.config.Severity(rule) == Off {
		r.wrong(at, Msg("`%s` is off, so it can't be required.", rule.ID), Msg("Write `%s: warning` to turn it on.", rule.ID))
		return
	}
	setting := r.config.Rules[rule.ID]
	setting.Required = true
	r.config.Rules[rule.ID] = setting
	r.set("required."+rule.ID, at)
}
