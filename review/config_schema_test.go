package review

import (
	"bytes"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(ConfigSchema(catalogue())))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema and the reader agree: what one refuses, so does the other.
func TestConfigSchema(t *testing.T) {
	t.Parallel()
	s := compiledSchema(t)
	for name, c := range map[string]struct {
		yaml  string
		valid bool
	}{
		"the whole of it":      {"engine: mysql 8.4\nlanguage: ja\nlower_case_table_names: 1\nmigrations: [{path: 'db/*.sql', tool: flyway}]\nfail_on: never\nrules: {drop-column: warning, table-name-format: {severity: error, pattern: '^a', max_length: 3, plural: true, exempt: [a], style: b}}\nignore: [{rule: drop-table, object: legacy_*, reason: kept, until: '2027-03-31'}]\nai: {enabled: true, guidelines: 'docs/*.md', max_comments: 10}\nreview_drafts: true\nrequest_changes: false\nmax_comments: 0\nsweep: false", true},
		"keys without values":  {"rules:\nignore:\nmigrations:\nai:\n", true},
		"a full version":       {"engine: aurora-mysql 3", true},
		"unknown key":          {"enginee: mysql 8.4", false},
		"custom rules":         {"custom_rules: []", true},
		"engine kind":          {"engine: postgres 16", false},
		"engine version":       {"engine: mysql", false},
		"language":             {"language: fr", false},
		"table names":          {"lower_case_table_names: 3", false},
		"fail_on":              {"fail_on: notice", false},
		"tool":                 {"migrations: [{path: a, tool: fly}]", false},
		"no path":              {"migrations: [{tool: flyway}]", false},
		"unknown rule":         {"rules: {drop-colum: off}", false},
		"unknown severity":     {"rules: {drop-column: warn}", false},
		"unknown parameter":    {"rules: {drop-column: {depth: 1}}", false},
		"parameter's type":     {"rules: {table-name-format: {max_length: '3'}}", false},
		"no regexp":            {"rules: {table-name-format: {pattern: '('}}", false},
		"no reason":            {"ignore: [{rule: drop-table, object: a}]", false},
		"no object":            {"ignore: [{rule: drop-table, reason: a}]", false},
		"no date":              {"ignore: [{rule: drop-table, object: a, reason: b, until: soon}]", false},
		"too few comments":     {"ai: {max_comments: -1}", false},
		"comments of a review": {"max_comments: -1", false},
		"no number":            {"max_comments: many", false},
		"drafts":               {"review_drafts: sometimes", false},
		"changes":              {"request_changes: 1", false},
		"sweep":                {"sweep: 'false'", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var value any
			if err := yaml.Unmarshal([]byte(c.yaml), &value); err != nil {
				t.Fatal(err)
			}
			err := s.Validate(plain(value))
			if (err == nil) != c.valid {
				t.Errorf("the schema says %v", err)
			}
			if _, problems := LoadConfig([]Layer{repository(c.yaml)}, catalogue(), nil); (len(problems) == 0) != c.valid {
				t.Errorf("the reader says %v", problems)
			}
		})
	}
}

func TestConfigSchemaKnowsRequired(t *testing.T) {
	t.Parallel()
	s := compiledSchema(t)
	for text, valid := range map[string]bool{
		"required: [drop-column]": true, "required: {drop-column: error}": true, "required: {drop-column: {severity: error}}": true,
		"required:": true, "required: [drop-colum]": false, "required: {drop-colum: error}": false, "required: drop-column": false,
	} {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(plain(value)); (err == nil) != valid {
			t.Errorf("%s: the schema says %v", text, err)
		}
		if _, problems := LoadConfig([]Layer{organisation(text)}, catalogue(), nil); (len(problems) == 0) != valid {
			t.Errorf("%s: the reader says %v", text, problems)
		}
	}
}

// plain turns YAML's numbers into those of JSON.
func plain(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case uint64:
		return int(v)
	case int64:
		return int(v)
	}
	return value
}
