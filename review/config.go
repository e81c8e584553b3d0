package review

import (
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// Config is the effective configuration of a repository: built-in defaults <- organisation <- repository.
type Config struct {
	Engine              ddlparse.Engine // zero = not set
	Language            string          // "en", "ja"
	LowerCaseTableNames int
	Migrations          []MigrationFiles
	FailOn              Severity // Off = never
	Rules               map[string]RuleConfig
	Ignore              []Ignore
	AI                  AIConfig
	// Origins tells where each value came from, by key path: "engine", "rules.drop-column.severity".
	Origins map[string]string
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
}

// AIConfig steers the model's part of a review.
type AIConfig struct {
	Enabled     bool
	Guidelines  string
	MaxComments int
}
