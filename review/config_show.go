package review

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Show writes the effective configuration as YAML, which can be read again, with a comment behind
// each value that tells where it came from.
func (c *Config) Show(w io.Writer, rules []*Rule) error {
	p := &configPrinter{w: w, origins: c.Origins}
	p.engine(c)
	p.value("", "language", "language", c.Language)
	p.value("", "lower_case_table_names", "lower_case_table_names", c.LowerCaseTableNames)
	p.migrations(c)
	p.value("", "fail_on", "fail_on", failOnName(c.FailOn))
	p.presets(c)
	p.custom(c)
	p.rules(c, rules)
	p.guidelines(c)
	p.ignore(c)
	p.sizes(c)
	p.line("ai:", "")
	p.value("  ", "enabled", "ai.enabled", c.AI.Enabled)
	if c.AI.Guidelines != "" {
		p.value("  ", "guidelines", "ai.guidelines", c.AI.Guidelines)
	}
	p.value("  ", "max_comments", "ai.max_comments", c.AI.MaxComments)
	p.forge(c)
	return p.err
}

// configPrinter writes lines until one fails.
type configPrinter struct {
	w       io.Writer
	origins map[string]string
	err     error
}

func (p *configPrinter) line(text, comment string) {
	if comment != "" {
		text += "  # " + comment
	}
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, text)
	}
}

// origin tells where the value at a key path came from.
func (p *configPrinter) origin(path string) string {
	if o := p.origins[path]; o != "" {
		return o
	}
	return BuiltInLayer
}

func (p *configPrinter) value(indent, key, path string, value any) {
	p.line(indent+key+": "+yamlScalar(value), p.origin(path))
}

func (p *configPrinter) engine(c *Config) {
	if c.Engine.Kind == "" {
		p.line("# engine: not set, so it is found per repository", "")
		return
	}
	p.value("", "engine", "engine", c.Engine.String())
}

func (p *configPrinter) migrations(c *Config) {
	if len(c.Migrations) == 0 {
		p.line("migrations: []", p.origin("migrations")+"; they are found by themselves")
		return
	}
	p.line("migrations:", p.origin("migrations"))
	for _, m := range c.Migrations {
		tool := ""
		if m.Tool != "" {
			tool = ", tool: " + yamlScalar(string(m.Tool))
		}
		p.line("  - {path: "+yamlScalar(m.Path)+tool+"}", "")
	}
}

func (p *configPrinter) presets(c *Config) {
	switch len(c.Presets) {
	case 0:
	case 1:
		p.value("", "preset", "preset", c.Presets[0])
	default:
		p.value("", "preset", "preset", c.Presets)
	}
}

func failOnName(s Severity) string {
	if s == Off {
		return "never"
	}
	return s.String()
}

func (p *configPrinter) rules(c *Config, rules []*Rule) {
	if len(rules)+len(c.Guidelines) == 0 {
		p.line("rules: {}", "")
		return
	}
	p.line("rules:", "")
	for _, r := range rules {
		p.rule(c, r)
	}
}

func (p *configPrinter) rule(c *Config, r *Rule) {
	origin := p.origin("rules." + r.ID + ".severity")
	if by := p.origins["required."+r.ID]; by != "" {
		origin += "; required by " + by
	}
	severity := c.Severity(r).String()
	if len(r.Params) == 0 {
		p.line("  "+r.ID+": "+severity, origin)
		return
	}
	p.line("  "+r.ID+":", "")
	p.line("    severity: "+severity, origin)
	params := c.Params(r)
	for _, name := range slices.Sorted(maps.Keys(params)) {
		p.value("    ", name, "rules."+r.ID+"."+name, params[name])
	}
}

func (p *configPrinter) ignore(c *Config) {
	if len(c.Ignore) == 0 {
		p.line("ignore: []", BuiltInLayer)
		return
	}
	p.line("ignore:", "")
	for _, i := range c.Ignore {
		until := ""
		if !i.Until.IsZero() {
			until = ", until: " + i.Until.Format(time.DateOnly)
		}
		p.line(fmt.Sprintf("  - {rule: %s, object: %s, reason: %s%s}", i.Rule, yamlScalar(i.Object), yamlScalar(i.Reason), until), i.Origin)
	}
}

// sizes shows where table sizes come from, and what counts as large and small.
func (p *configPrinter) sizes(c *Config) {
	switch {
	case c.Stats.Path != "":
		p.value("", "stats", "stats", c.Stats.Path)
	case c.Stats.Inline != nil:
		p.line(fmt.Sprintf("# stats: sizes of %d tables", len(c.Stats.Inline.Tables)), p.origin("stats"))
	default:
		p.line("# stats: not set, so table sizes are unknown", "")
	}
	p.threshold("large_table", c.LargeTable)
	p.threshold("small_table", c.SmallTable)
}

func (p *configPrinter) threshold(key string, t Threshold) {
	p.line(key+":", "")
	p.value("  ", "rows", key+".rows", t.Rows)
	p.value("  ", "bytes", key+".bytes", t.Bytes)
	p.value("  ", "percent", key+".percent", t.Percent)
}

// plainScalar is what may stand in YAML without quotes, in braces too.
var plainScalar = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// yamlScalar writes a value so that it is read back as the same.
func yamlScalar(value any) string {
	switch v := value.(type) {
	case string:
		if plainScalar.MatchString(v) && !slices.Contains(yamlWords, strings.ToLower(v)) {
			return v
		}
		return jsonText(v)
	case []string:
		items := make([]string, len(v))
		for i, s := range v {
			items[i] = yamlScalar(s)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case int:
		return strconv.Itoa(v)
	}
	return fmt.Sprint(value)
}

// yamlWords mean something else than a text to one YAML reader or another.
var yamlWords = []string{"true", "false", "yes", "no", "on", "off", "y", "n", "null"}

// jsonText quotes a text as JSON does, which YAML reads too.
func jsonText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return strconv.Quote(s)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// custom writes the rules that the layers define, as YAML whose texts are JSON's.
func (p *configPrinter) custom(c *Config) {
	if len(c.Custom) == 0 {
		return
	}
	p.line("custom_rules:", "")
	for _, rule := range c.Custom {
		r := rule.Custom
		p.line("  - id: "+r.ID, p.origin("custom_rules."+r.ID))
		p.quoted("on", r.On)
		p.quoted("when", r.When)
		p.quoted("message", r.Message)
		p.quoted("advice", r.Advice)
		p.quoted("severity", r.Severity.String())
		p.quoted("engines", r.Engines)
		p.quoted("params", paramsOf(r))
		p.quoted("base", r.Base)
		p.quoted("bad", r.Bad)
		p.quoted("good", r.Good)
	}
}

// quoted writes a key of a custom rule, unless it says nothing.
func (p *configPrinter) quoted(key string, value any) {
	if v := reflect.ValueOf(value); v.Len() == 0 {
		return
	}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err == nil { // texts, lists and maps of them always encode
		p.line("    "+key+": "+strings.TrimSpace(text.String()), "")
	}
}

func paramsOf(r *CustomRule) map[string]any {
	params := map[string]any{}
	for _, p := range r.Params {
		params[p.Name] = p.Default
	}
	return params
}
