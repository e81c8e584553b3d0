package review

import (
	"maps"
	"slices"
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// Config is the effective configuration of a repository: built-in defaults <- organisation <- repository <- flags.
type Config struct {
	Engine              ddlparse.Engine // zero = not set
	Language            string          // "en", "ja"
	LowerCaseTableNames int
	Migrations          []MigrationFiles
	FailOn              Severity // Off = never
	Presets             []string // whose settings of rules the last layer that names any begins with
	Rules               map[string]RuleConfig
	Custom              []*Rule             // that the layers define
	Guidelines          map[string]Severity // of guidelines whose own a layer replaces: Off, Notice or Warning
	Ignore              []Ignore
	Stats               StatsConfig // where table sizes are
	LargeTable          Threshold   // from which a table counts as large
	SmallTable          Threshold   // below which a table counts as small
	AI                  AIConfig
	ReviewDrafts        bool // review pull requests that are drafts, too
	RequestChanges      bool // a review that fails asks for changes
	MaxComments         int  // comments of one review; what is left over stands in its body
	Sweep               bool // look for open pull requests that were not reviewed
	// Origins tells where each value came from, by key path ("engine", "rules.drop-column.severity"):
	// "path:line", "--engine", or nothing where the built-in default holds.
	Origins map[string]string

	Draft bool // made by DraftConfig: which guidelines there are is still to be found out

	known      []*Rule  // the catalogue it was checked against
	guidelines []string // and the ids of the guidelines that there are
}

// MigrationFiles names migration files by glob and the tool that runs them ("" = find out).
type MigrationFiles struct {
	Path string
	Tool ddlparse.Tool
}

// RuleConfig is what configuration says of one rule.
type RuleConfig struct {
	Severity *Severity // nil = the rule's default
	Params   map[string]any
	Required bool // set by the organisation: a repository can't lower it
}

// Ignore is a suppression in configuration.
type Ignore struct {
	Rule, Object, Reason string // Object is a glob over object paths
	Until                time.Time
	Origin               string
	Layer                string        // the layer that wrote it
	Span                 ddlparse.Span // the entry in the configuration file
}

// AIConfig steers the model's part of a review.
type AIConfig struct {
	Enabled     bool
	Guidelines  string
	MaxComments int
}

// The layers of configuration, from the weakest.
const (
	BuiltInLayer      = "built-in"
	OrganisationLayer = "organisation"
	RepositoryLayer   = "repository"
	FlagLayer         = "flag"
)

// Layer is one source of configuration: a file, or a flag written as the YAML it stands for.
type Layer struct {
	Name string // BuiltInLayer, OrganisationLayer, RepositoryLayer or FlagLayer
	Path string // ".github/schema-review.yml", "--engine"
	Data []byte
}

// DefaultConfig is what holds where no layer says anything.
func DefaultConfig(rules []*Rule) *Config {
	return &Config{
		Language:    "en",
		FailOn:      Error,
		Rules:       map[string]RuleConfig{},
		AI:          AIConfig{Enabled: true, MaxComments: 10},
		MaxComments: 30,
		LargeTable:  defaultLarge,
		SmallTable:  defaultSmall,
		Sweep:       true,
		Origins:     map[string]string{},
		known:       rules,
	}
}

// LoadConfig lays the layers over the built-in defaults, key by key. A layer with a mistake in it is
// left out as a whole, so that the last valid one applies; the problems say what to mend. Without a compiler
// there are no custom rules. Guidelines are the ids of those that there are: a layer may name them as it names rules.
func LoadConfig(layers []Layer, rules []*Rule, compile CustomCompiler, guidelines ...string) (*Config, []ConfigProblem) {
	config := DefaultConfig(rules)
	config.guidelines = guidelines
	var problems []ConfigProblem
	for _, layer := range layers {
		next, found := readLayer(layer, config, compile)
		problems = append(problems, found...)
		if !slices.ContainsFunc(found, func(p ConfigProblem) bool { return p.Fatal }) {
			config = next
		}
	}
	return config, problems
}

// Severity is how bad a finding of the rule is here; Off = the rule doesn't run.
func (c *Config) Severity(r *Rule) Severity {
	if s := c.Rules[r.ID].Severity; s != nil {
		return *s
	}
	return r.Severity
}

// Params are the rule's settings: its defaults, overlaid with what configuration says.
func (c *Config) Params(r *Rule) map[string]any {
	params := make(map[string]any, len(r.Params))
	for _, p := range r.Params {
		params[p.Name] = p.Default
	}
	maps.Copy(params, c.Rules[r.ID].Params)
	return params
}

// Catalogue are the rules that the configuration was checked against, custom ones too.
func (c *Config) Catalogue() []*Rule { return c.known }

// rule finds a rule of the catalogue, nil when there is none of that name.
func (c *Config) rule(id string) *Rule {
	i := slices.IndexFunc(c.known, func(r *Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return c.known[i]
}

// clone is a copy that can be written to without touching the original.
func (c *Config) clone() *Config {
	next := *c
	next.Rules = maps.Clone(c.Rules)
	next.Origins = maps.Clone(c.Origins)
	next.Ignore = slices.Clone(c.Ignore)
	next.Custom = slices.Clone(c.Custom)
	next.Guidelines = maps.Clone(c.Guidelines)
	return &next
}
