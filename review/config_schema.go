package review

import (
	"encoding/json"

	"github.com/schema-review/schema-review/ddlparse"
)

// schema is a piece of JSON Schema.
type schema map[string]any

// schemaMaker makes the parts of the schema that depend on the catalogue.
type schemaMaker struct{ known []*Rule }

// ConfigSchema is the JSON Schema (draft 2020-12) of configuration files, for editors.
func ConfigSchema(rules []*Rule) []byte {
	m := &schemaMaker{rules}
	properties := schema{}
	for _, key := range configKeys() {
		properties[key.name] = key.schema(m)
	}
	document := object(properties)
	document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	document["title"] = "schema-review configuration"
	document["$defs"] = schema{
		"severity": choiceOf("How bad a finding of this rule is; off = the rule doesn't run.", severityNames),
		"rules":    orNothing(m.ruleMap()),
	}
	text, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return nil // maps, texts and numbers always marshal
	}
	return append(text, '\n')
}

func (*schemaMaker) engine() schema {
	return schema{
		"type": "string", "examples": []string{"mysql 8.4", "mariadb 10.11", "tidb 8.5", "aurora-mysql 3"},
		"pattern":     "^(" + string(ddlparse.MySQL) + "|" + string(ddlparse.MariaDB) + "|" + string(ddlparse.TiDB) + "|" + string(ddlparse.Aurora) + "|aurora) +v?[0-9]+(\\.[0-9]+){0,2}$",
		"description": "The server kind and version that the migrations run on.",
	}
}

func (*schemaMaker) language() schema {
	return choiceOf("The language of findings.", languages)
}

func (*schemaMaker) lowerCaseTableNames() schema {
	return schema{"enum": []int{0, 1, 2}, "default": 0, "description": "The server's lower_case_table_names: 0 = table names are compared with case."}
}

func (*schemaMaker) migrations() schema {
	entry := object(schema{
		"path": filled("A glob over files, relative to the repository."),
		"tool": choiceOf("The tool that runs them; found out by itself when left out.", tools),
	}, "path")
	return list("Where migration files are; found by themselves when left out.", entry)
}

func (*schemaMaker) failOn() schema {
	s := choiceOf("Findings at or above this severity fail the review.", failOns)
	s["default"] = "error"
	return s
}

func (*schemaMaker) rules() schema {
	return schema{"$ref": "#/$defs/rules", "description": "Settings of rules: a severity, or a mapping with severity and parameters. Of guidelines: a severity."}
}

func (m *schemaMaker) required() schema {
	ids := list("", schema{"enum": m.ids()})
	return schema{
		"anyOf":       []schema{{"$ref": "#/$defs/rules"}, ids},
		"description": "Only in the organisation's configuration: rules that repositories can't lower or ignore.",
	}
}

func (m *schemaMaker) ignore() schema {
	entry := object(schema{
		"rule":   m.ignorable(),
		"object": filled("A glob over tables and columns: legacy_*, orders.*"),
		"reason": filled("Why this is accepted."),
		"until":  schema{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date", "description": "The last day on which it holds."},
	}, "rule", "object", "reason")
	return list("Findings that are accepted.", entry)
}

func (*schemaMaker) stats() schema {
	size := object(schema{"rows": natural(""), "bytes": natural("With indexes."), "percent": schema{"type": "number", "minimum": 0, "maximum": 100, "description": "Of the bytes of all tables."}})
	inline := object(schema{
		"measured": schema{"type": "string", "format": "date", "description": "The day of the measurement."},
		"tables":   schema{"type": "object", "additionalProperties": size, "description": "Tables, with or without their database."},
	}, "tables")
	return schema{"anyOf": []schema{filled("A file of the repository, as `schema-review stats` writes it."), inline}, "description": "How large tables are."}
}

func (*schemaMaker) largeTable() schema {
	return threshold("A table is large from any of these on.", defaultLarge)
}

func (*schemaMaker) smallTable() schema {
	return threshold("A table is small below all of these.", defaultSmall)
}

func threshold(description string, t Threshold) schema {
	s := object(schema{"rows": natural("", t.Rows), "bytes": natural("", t.Bytes), "percent": natural("Of the bytes of all tables.", t.Percent)})
	s["description"] = description
	return s
}

func natural(description string, otherwise ...int) schema {
	s := schema{"type": "integer", "minimum": 0}
	if description != "" {
		s["description"] = description
	}
	if len(otherwise) > 0 {
		s["default"] = otherwise[0]
	}
	return s
}

func (*schemaMaker) ai() schema {
	s := object(schema{
		"enabled":      flag("Whether a model gives design feedback, where one is set up.", true),
		"guidelines":   filled("A glob over Markdown files with guidelines of your own."),
		"max_comments": schema{"type": "integer", "minimum": 0, "default": 10, "description": "How many comments the model may make."},
	})
	s["description"] = "Design feedback by a model. It advises and never fails a review."
	return orNothing(s)
}

func (*schemaMaker) customRules() schema {
	texts := orList(filled("A text, or a list of texts."))
	words := schema{"anyOf": []schema{filled("A template, in English."), object(schema{"en": filled(""), "ja": filled("")})}}
	entry := object(schema{
		"id":       schema{"type": "string", "pattern": customID.String(), "description": "A name of yours, a slash and words joined by hyphens."},
		"on":       texts,
		"when":     filled("A CEL expression that is true where the rule speaks."),
		"message":  words,
		"advice":   words,
		"severity": schema{"$ref": "#/$defs/severity"},
		"engines":  texts,
		"params":   schema{"type": "object", "description": "Parameters with their defaults."},
		"base":     filled("SQL that is there before the examples."),
		"bad":      texts,
		"good":     texts,
	}, "id", "on", "when", "message")
	return list("Rules of your own; see docs/custom-rules.md.", entry)
}

func orList(s schema) schema {
	return schema{"anyOf": []schema{s, list("", s)}}
}

// ids lists the rules; an empty catalogue still needs a list.
func (m *schemaMaker) ids() []string {
	ids := make([]string, 0, len(m.known))
	for _, r := range m.known {
		ids = append(ids, r.ID)
	}
	return ids
}

func (m *schemaMaker) ruleMap() schema {
	properties := schema{}
	for _, r := range m.known {
		settings := schema{"severity": schema{"$ref": "#/$defs/severity"}}
		for _, p := range r.Params {
			settings[p.Name] = p.schema()
		}
		properties[r.ID] = schema{
			"description": r.Title + ".",
			"anyOf":       []schema{{"$ref": "#/$defs/severity"}, object(settings)},
		}
	}
	for _, g := range builtInGuidelines() {
		properties[g.ID] = choiceOf("Guideline: "+g.Title+".", guidelineSeverities)
	}
	rules := object(properties)
	rules["patternProperties"] = schema{customID.String(): schema{"type": []string{"string", "object"}}}
	return rules
}

func (p Param) schema() schema {
	s := schema{"type": "string"}
	switch p.Default.(type) {
	case int:
		s = schema{"type": "integer"}
	case bool:
		s = schema{"type": "boolean"}
	case []string:
		s = list("", schema{"type": "string"})
	}
	if p.isPattern() {
		s["format"] = "regex"
	}
	s["default"], s["description"] = p.Default, p.Doc
	return s
}

// object is a mapping with these keys and no others.
func object(properties schema, required ...string) schema {
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

func list(description string, items schema) schema {
	s := schema{"type": []string{"array", "null"}, "items": items}
	if description != "" {
		s["description"] = description
	}
	return s
}

func choiceOf(description string, names []string) schema {
	return schema{"enum": names, "description": description}
}

func flag(description string, otherwise bool) schema {
	return schema{"type": "boolean", "default": otherwise, "description": description}
}

func filled(description string) schema {
	return schema{"type": "string", "minLength": 1, "description": description}
}

// orNothing also takes a key without a value, as the reader does.
func orNothing(s schema) schema {
	s["type"] = []string{"object", "null"}
	return s
}
