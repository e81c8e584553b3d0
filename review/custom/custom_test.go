package custom_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/custom"
)

// load reads a configuration with custom rules and gives its problems as they are printed.
func load(yaml string) (*review.Config, []string) {
	config, problems := review.LoadConfig([]review.Layer{{Name: review.OrganisationLayer, Path: "org.yml", Data: []byte(yaml)}}, nil, custom.Compile)
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.Error())
	}
	return config, texts
}

// lines are YAML without the indent that it has in a test.
func lines(s string) string {
	return strings.TrimPrefix(strings.ReplaceAll(s, "\n\t\t\t", "\n"), "\n")
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown field": {`
			custom_rules:
			  - id: acme/tenant
			    on: table
			    when: '!table.colums.exists(c, c.name == "tenant_id")'
			    message: no tenant
			`, "org.yml:4:18: There is no field `colums` here. Did you mean `columns`?"},
		"unknown field of a column": {`
			custom_rules:
			  - id: acme/tenant
			    on: table
			    when: |
			      table.columns.exists(c,
			        c.nam == "x")
			    message: no tenant
			`, "org.yml:6:10: There is no field `nam` here. Did you mean `name`?"},
		"unknown variable": {`
			custom_rules:
			  - {id: acme/tenant, on: create-table, when: "column.name == 'x'", message: m}
			`, "org.yml:2:48: There is nothing called `column` here. Write one of `before`, `server`, `statement`, `table`."},
		"unknown parameter": {`
			custom_rules:
			  - {id: acme/tenant, on: create-table, when: table.name == params.nam, params: {name: x}, message: m}
			`, "org.yml:2:67: There is nothing called `params.nam` here. Did you mean `params.name`?"},
		"not a truth": {`
			custom_rules:
			  - {id: acme/tenant, on: create-table, when: table.name, message: m}
			`, "org.yml:2:47: `when` gives string, but it must be true or false. Compare it with something."},
		"wrong types": {`
			custom_rules:
			  - {id: acme/tenant, on: create-table, when: table.name == 5, message: m}
			`, "org.yml:2:58: `when` is not a CEL expression: found no matching overload for '_==_' applied to '(string, int)'. docs/custom-rules.md shows the language and all fields."},
		"syntax": {`
			custom_rules:
			  - {id: acme/tenant, on: create-table, when: "table.name = 'x'", message: m}
			`, "org.yml:2:59: `when` is not a CEL expression: Syntax error: token recognition error at: '= '. docs/custom-rules.md shows the language and all fields."},
		"too expensive": {`
			custom_rules:
			  - {id: acme/loop, on: table, when: "table.columns.exists(a, table.columns.exists(b, table.columns.exists(c, a.name + b.name == c.name)))", message: m}
			`, "org.yml:2:38: `when` is too expensive: loops in loops in loops take too long for a large table. Nest at most two of `exists`, `all`, `map` and `filter`."},
		"unknown subject": {`
			custom_rules:
			  - {id: acme/tenant, on: create-tabel, when: "true", message: m}
			`, "org.yml:2:27: A rule can't look at `create-tabel`. Did you mean `create-table`?"},
		"mixed subjects": {`
			custom_rules:
			  - {id: acme/tenant, on: [create-table, add-column], when: "true", message: m}
			`, "org.yml:2:27: A rule can't look at `create-table` and `add-column`: they have different variables. Make two rules of it."},
		"message": {`
			custom_rules:
			  - {id: acme/tenant, on: table, when: "true", message: "{{.Tabel}}"}
			`, "org.yml:2:57: `message` is not a template: can't evaluate field Tabel in type custom.words. It may name `{{.Table}}`, `{{.Column}}`, `{{.Index}}`, `{{.ForeignKey}}`, `{{.Parent}}`, `{{.Check}}`, `{{.Object}}`, `{{.Engine}}`, and parameters as `{{.Params.name}}`."},
		"no message": {`
			custom_rules:
			  - {id: acme/tenant, on: table, when: "true"}
			`, "org.yml:2:5: This entry of `custom_rules` has no `message`. A custom rule needs `id`, `on`, `when` and `message`."},
		"id": {`
			custom_rules:
			  - {id: tenant, on: table, when: "true", message: m}
			`, "org.yml:2:10: `tenant` can't be the id of a custom rule. Write a name of yours, a slash and words joined by hyphens, for example `acme/tenant-id`."},
		"bad example is fine": {`
			custom_rules:
			  - {id: acme/t, on: table, when: "table.name == 'x'", message: m, bad: CREATE TABLE t (id INT)}
			`, "org.yml:2:73: The rule says nothing of its bad example. Mend `when`, or the example."},
		"good example is bad": {`
			custom_rules:
			  - {id: acme/t, on: table, when: "table.name == 't'", message: m, good: CREATE TABLE t (id INT)}
			`, "org.yml:2:74: The rule speaks of `t` in its good example. Mend `when`, or the example."},
		"example is no SQL": {`
			custom_rules:
			  - {id: acme/t, on: table, when: "table.name == 't'", message: m, good: CREATE TABEL t (id INT)}
			`, "org.yml:2:74: The example `CREATE TABEL` is not understood. Write SQL that the server would run."},
		"twice": {`
			custom_rules:
			  - {id: acme/t, on: table, when: "table.name == 't'", message: m}
			  - {id: acme/t, on: table, when: "table.name == 'u'", message: m}
			`, "org.yml:3:10: There is a rule `acme/t` already, at org.yml:2. Choose another id, or set that rule's severity below `rules`."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, problems := load(lines(c.yaml))
			if diff := cmp.Diff([]string{c.want}, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if len(config.Custom) > 0 {
				t.Error("half of the layer was applied")
			}
		})
	}
}
