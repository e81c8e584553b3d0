package review

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/schema-review/schema-review/ddlparse"
)

// catalogue is a small list of rules with every type of parameter.
func catalogue() []*Rule {
	return []*Rule{
		{ID: "drop-column", Title: "Drop", Severity: Error},
		{ID: "drop-table", Title: "Drop", Severity: Error},
		{ID: "column-without-comment", Title: "Comment", Severity: Off},
		{ID: "table-name-format", Title: "Name", Severity: Warning, Params: []Param{
			{Name: "pattern", Default: "^[a-z_]+$", Doc: "The form."},
			{Name: "max_length", Default: 32, Doc: "The length."},
			{Name: "plural", Default: false, Doc: "Whether."},
			{Name: "exempt", Default: []string{"tmp"}, Doc: "Which."},
			{Name: "style", Default: "snake", Doc: "How."},
		}},
		{ID: "mariadb-only", Title: "M", Severity: Warning, Engines: On(ddlparse.MariaDB)},
		{ID: SuppressionWithoutReason, Title: "R", Severity: Notice},
		{ID: SuppressionUnused, Title: "U", Severity: Notice},
		{ID: SuppressionExpired, Title: "E", Severity: Notice},
	}
}

const repoPath = ".github/schema-review.yml"

func repository(text string) Layer { return Layer{RepositoryLayer, repoPath, []byte(text)} }
func organisation(text string) Layer {
	return Layer{OrganisationLayer, "acme/.github/schema-review.yml", []byte(text)}
}

func ruleOf(t *testing.T, id string) *Rule {
	t.Helper()
	for _, r := range catalogue() {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("the test's catalogue has no rule %s", id)
	return nil
}

func mustLoad(t *testing.T, layers ...Layer) *Config {
	t.Helper()
	c, problems := LoadConfig(layers, catalogue(), nil)
	for _, p := range problems {
		t.Errorf("problem: %v", p)
	}
	return c
}

func TestLoadConfigReadsEveryKey(t *testing.T) {
	t.Parallel()
	c := mustLoad(t, repository(`engine: mysql 8.4
language: ja
lower_case_table_names: 1
migrations: [{path: "db/migrations/*.sql", tool: flyway}, {path: ./more}]
fail_on: never
rules:
  column-without-comment: warning
  drop-table: off
  table-name-format:
    severity: error
    pattern: "^t_"
    max_length: 20
    plural: true
    exempt: [a, b]
    style: |-
      camel
ignore:
  - {rule: drop-column, object: legacy_*, reason: "kept until 2027 migration", until: 2027-03-31}
  - rule: drop-table
    object: orders.*
    reason: known
ai: {enabled: false, guidelines: "docs/db-guidelines/*.md", max_comments: 3}
review_drafts: true
request_changes: true
max_comments: 5
sweep: false
`))
	if got := c.Engine.String(); got != "mysql 8.4" {
		t.Errorf("engine = %s", got)
	}
	got := *c
	got.Engine, got.Rules = ddlparse.Engine{}, nil
	got.LargeTable, got.SmallTable = Threshold{}, Threshold{}
	want := Config{
		Language: "ja", LowerCaseTableNames: 1, FailOn: Off,
		Migrations: []MigrationFiles{{"db/migrations/*.sql", ddlparse.Flyway}, {"more", ""}},
		Ignore: []Ignore{
			{Rule: "drop-column", Object: "legacy_*", Reason: "kept until 2027 migration", Until: time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC), Origin: repoPath + ":18", Layer: RepositoryLayer},
			{Rule: "drop-table", Object: "orders.*", Reason: "known", Origin: repoPath + ":19", Layer: RepositoryLayer},
		},
		AI:           AIConfig{false, "docs/db-guidelines/*.md", 3},
		ReviewDrafts: true, RequestChanges: true, MaxComments: 5,
		Origins: map[string]string{
			"engine": repoPath + ":1", "language": repoPath + ":2", "lower_case_table_names": repoPath + ":3",
			"migrations": repoPath + ":4", "fail_on": repoPath + ":5",
			"rules.column-without-comment.severity": repoPath + ":7", "rules.drop-table.severity": repoPath + ":8",
			"rules.table-name-format.severity": repoPath + ":10", "rules.table-name-format.pattern": repoPath + ":11",
			"rules.table-name-format.max_length": repoPath + ":12", "rules.table-name-format.plural": repoPath + ":13",
			"rules.table-name-format.exempt": repoPath + ":14", "rules.table-name-format.style": repoPath + ":15",
			"ai.enabled": repoPath + ":22", "ai.guidelines": repoPath + ":22", "ai.max_comments": repoPath + ":22",
			"review_drafts": repoPath + ":23", "request_changes": repoPath + ":24", "max_comments": repoPath + ":25", "sweep": repoPath + ":26",
		},
	}
	ignoring := cmp.Options{cmpopts.IgnoreUnexported(Config{}), cmpopts.IgnoreFields(Ignore{}, "Span")}
	if diff := cmp.Diff(want, got, ignoring); diff != "" {
		t.Errorf("configuration (-want +got):\n%s", diff)
	}
	params := map[string]any{"pattern": "^t_", "max_length": 20, "plural": true, "exempt": []string{"a", "b"}, "style": "camel"}
	if diff := cmp.Diff(params, c.Params(ruleOf(t, "table-name-format"))); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
	if text := c.Ignore[1].Span.Text(); text != "rule: drop-table" {
		t.Errorf("span of the second entry = %q", text)
	}
}

func TestLoadConfigMergesKeyByKey(t *testing.T) {
	t.Parallel()
	c := mustLoad(t,
		organisation("engine: mariadb 10.11\nlanguage: ja\nfail_on: warning\nrules: {table-name-format: {max_length: 20, plural: true}}\nignore: [{rule: drop-table, object: a, reason: r}]\n"),
		repository("engine: mysql 8.0\nrules: {table-name-format: {max_length: 10}, drop-column: warning}\nignore: [{rule: drop-table, object: b, reason: r}]\n"),
		Layer{FlagLayer, "--engine", []byte("engine: tidb 8.5")},
	)
	format := c.Params(ruleOf(t, "table-name-format"))
	got := fmt.Sprint(c.Engine, " ", c.Language, " ", c.FailOn, " ", format["max_length"], format["plural"], " ", c.Severity(ruleOf(t, "drop-column")), len(c.Ignore))
	if want := "tidb 8.5 ja warning 10 true warning 2"; got != want {
		t.Errorf("merged = %s, want %s", got, want)
	}
	for path, want := range map[string]string{
		"engine": "--engine", "language": "acme/.github/schema-review.yml:2",
		"rules.table-name-format.max_length": repoPath + ":2", "rules.table-name-format.plural": "acme/.github/schema-review.yml:4",
	} {
		if c.Origins[path] != want {
			t.Errorf("origin of %s = %q, want %q", path, c.Origins[path], want)
		}
	}
}

func TestDefaultsHoldWithoutLayers(t *testing.T) {
	t.Parallel()
	for name, layers := range map[string][]Layer{
		"no layer":       nil,
		"empty file":     {repository("")},
		"only a comment": {repository("# later\n")},
		"only a marker":  {repository("---\n")},
		"many dashes":    {repository("rules: {drop-column: error} #" + strings.Repeat("-", 500))},
		"commented keys": {repository("rules:\n#  drop-column: off\nignore:\nmigrations:\nai:\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := mustLoad(t, layers...)
			got := fmt.Sprint(c.Engine.Kind == "", c.Language, c.FailOn, c.Severity(ruleOf(t, "drop-column")), c.AI)
			if want := "trueenerror error {true  10}"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestConfigProblems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown key":            {"enginee: mysql 8.4", "1:1: There is no key `enginee` here. Did you mean `engine`?"},
		"far from any key":       {"zzzzzzzzz: 1", "1:1: There is no key `zzzzzzzzz` here. Write one of `engine`, `language`, `lower_case_table_names`, `migrations`, `fail_on`, `preset`, `custom_rules`, `rules`, `ignore`, `stats`, `large_table`, `small_table`, `ai`, `review_drafts`, `request_changes`, `max_comments`, `sweep`."},
		"dashes for underscores": {"fail-on: error", "1:1: There is no key `fail-on` here. Did you mean `fail_on`?"},
		"custom rules":           {"language: en\ncustom_rules: [{id: a/b, on: table, when: 'true', message: no}]", "2:16: Custom rules can't be used here. Delete them."},
		"required":               {"required: [drop-column]", "1:1: The key `required` is only for the organisation's configuration. Write these rules below `rules`."},
		"not a mapping":          {"- engine", "1:1: The file must be a mapping of keys to values, but this is a list. Begin with `engine: mysql 8.4`."},
		"a text":                 {"mysql 8.4", "1:1: The file must be a mapping of keys to values, but this is a text. Begin with `engine: mysql 8.4`."},
		"not YAML":               {"engine: [", "1:9: This is not YAML: sequence end token ']' not found."},
		"key twice":              {"engine: mysql 8.4\nengine: mysql 8.0", "2:1: This is not YAML: mapping key \"engine\" already defined at [1:1]."},
		"two documents":          {"engine: mysql 8.4\n---\nlanguage: ja", "3:1: A second YAML document begins here. Keep one document, without `---` between its parts."},
		"anchor":                 {"engine: &e mysql 8.4", "1:9: `engine` must be a text, but this is an anchor. Write the value itself: anchors, aliases and tags are not read."},

		"engine kind":     {"engine: mysq 8.4", "1:9: `engine` can't be `mysq 8.4`: unknown engine \"mysq 8.4\": want one of mysql, mariadb, tidb, aurora-mysql with a version, for example \"mysql 8.4\". Did you mean `mysql`?"},
		"engine version":  {"engine: mysql", "1:9: `engine` can't be `mysql`: engine \"mysql\" has no version: write for example \"mysql 8.4\"."},
		"engine a number": {"engine: 8.4", "1:9: `engine` must be a text, but this is a number. Quotes make it a text."},
		"language":        {"language: jp", "1:11: `language` can't be `jp`. Did you mean `ja`?"},
		"table names":     {"lower_case_table_names: 3", "1:25: `lower_case_table_names` can't be 3. Write what `SELECT @@lower_case_table_names` gives on the server: 0, 1 or 2."},
		"table names text": {
			"lower_case_table_names: on",
			"1:25: `lower_case_table_names` must be a whole number, but this is a text.",
		},
		"fail_on": {"fail_on: errors", "1:10: `fail_on` can't be `errors`. Did you mean `error`?"},

		"migrations no list": {"migrations: db", "1:13: `migrations` must be a list, but this is a text."},
		"migrations no path": {"migrations: [{tool: flyway}]", "1:14: This entry of `migrations` has no `path`. Write `path: \"db/migrations/*.sql\"`."},
		"migrations tool":    {"migrations: [{path: a, tool: fly}]", "1:30: `tool` can't be `fly`. Write one of `sql`, `flyway`, `golang-migrate`, `goose`, `dbmate`, `sql-migrate`, `liquibase`, `prisma`, `atlas`, `rails-structure`, `skeema`, `sqldef`."},
		"migrations glob":    {"migrations:\n  - path: \"db/[a\"", "2:11: `path` is not a glob: `db/[a`. `*` stands for any text, `?` for one character, `[a-z]` for one of a range; brackets must be closed."},
		"migrations slash":   {"migrations: [{path: /db/*.sql}]", "1:21: `path` begins with a slash, but paths are relative to the repository. Write `db/*.sql`."},
		"migrations key":     {"migrations: [{path: a, tol: goose}]", "1:24: There is no key `tol` here. Did you mean `tool`?"},

		"rule":           {"rules:\n  drop-colum: off", "2:3: There is no rule `drop-colum`. Did you mean `drop-column`?"},
		"rule severity":  {"rules:\n  drop-column: warn", "2:16: `drop-column` can't be `warn`. Write one of `off`, `notice`, `warning`, `error`."},
		"rule number":    {"rules: {drop-column: 3}", "1:22: `drop-column` must be a text, but this is a number. Quotes make it a text."},
		"rule nothing":   {"rules:\n  drop-column:\n", "2:16: `drop-column` must be a text, but this is nothing."},
		"rules a list":   {"rules: [drop-column]", "1:8: `rules` must be a mapping, but this is a list."},
		"rule parameter": {"rules: {table-name-format: {patern: a}}", "1:29: There is no key `patern` here. Did you mean `pattern`?"},
		"regexp":         {"rules: {table-name-format: {pattern: '(?=a)'}}", "1:38: `pattern` is not a regular expression: invalid or unsupported Perl syntax: `(?=`. The syntax is RE2: no look-around, no back-references."},
		"int":            {"rules: {table-name-format: {max_length: '3'}}", "1:41: `max_length` must be a whole number, but this is a text."},
		"int too large":  {"rules: {table-name-format: {max_length: 9999999999999999999}}", "1:41: `max_length` is too large. Write a smaller number."},
		"bool":           {"rules: {table-name-format: {plural: yes}}", "1:37: `plural` must be true or false, but this is a text."},
		"list":           {"rules: {table-name-format: {exempt: a}}", "1:37: `exempt` must be a list, but this is a text."},
		"list of texts":  {"rules: {table-name-format: {exempt: [a, 1]}}", "1:41: `exempt` must be a text, but this is a number. Quotes make it a text."},
		"text parameter": {"rules: {table-name-format: {style: true}}", "1:36: `style` must be a text, but this is true or false. Quotes make it a text."},

		"ignore no rule":       {"ignore: [{object: a, reason: b}]", "1:10: This entry of `ignore` has no `rule`. Write the rule's id."},
		"ignore no object":     {"ignore:\n  - rule: drop-column\n    reason: b", "2:5: This entry of `ignore` has no `object`. Write a glob over tables or columns, such as `legacy_*` or `orders.*`."},
		"ignore no reason":     {"ignore: [{rule: drop-column, object: a}]", "1:10: This entry of `ignore` has no `reason`. Say why this is accepted: whoever reads it later has to decide whether that still holds."},
		"ignore empty reason":  {"ignore: [{rule: drop-column, object: a, reason: ' '}]", "1:49: `reason` is empty. Write a text, or delete the key."},
		"ignore unknown rule":  {"ignore: [{rule: drop-colunm, object: a, reason: b}]", "1:17: There is no rule `drop-colunm`. Did you mean `drop-column`?"},
		"ignore glob":          {"ignore: [{rule: drop-column, object: '[', reason: b}]", "1:38: `object` is not a glob: `[`. `*` stands for any text, `?` for one character, `[a-z]` for one of a range; brackets must be closed."},
		"ignore date":          {"ignore: [{rule: drop-column, object: a, reason: b, until: 2027-02-30}]", "1:59: `until` is not a date: `2027-02-30`. Write year, month and day, such as `2027-03-31`."},
		"ignore no mapping":    {"ignore: [drop-column]", "1:10: `ignore` must be a list of mappings, but this is a text."},
		"ignore unknown key":   {"ignore: [{rule: drop-column, object: a, reasons: b, reason: c}]", "1:41: There is no key `reasons` here. Did you mean `reason`?"},
		"ai key":               {"ai: {enable: true}", "1:6: There is no key `enable` here. Did you mean `enabled`?"},
		"ai enabled":           {"ai: {enabled: 1}", "1:15: `enabled` must be true or false, but this is a number. Quotes make it a text."},
		"ai max_comments":      {"ai: {max_comments: -1}", "1:20: `max_comments` can't be -1. Write 0 for none, or a larger number."},
		"ai guidelines":        {"ai: {guidelines: ''}", "1:18: `guidelines` is empty. Write a text, or delete the key."},
		"too large":            {strings.Repeat("#", maxConfigSize+1), "1:1: The file is larger than 64 KiB. Move long texts out of it."},
		"too deep":             {"engine: mysql 8.4\nrules: " + strings.Repeat("[", 60000), "2:1: The file is nested too deeply here. No setting needs more than four levels."},
		"too deep in one line": {strings.Repeat("- ", 30000), "1:1: The file is nested too deeply here. No setting needs more than four levels."},
		"after Japanese words": {"ai: {guidelines: 日本語, enable: true}", "1:23: There is no key `enable` here. Did you mean `enabled`?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems := LoadConfig([]Layer{repository(c.yaml)}, catalogue(), nil)
			var got []string
			for _, p := range problems {
				got = append(got, strings.TrimPrefix(p.Error(), repoPath+":"))
				if !p.Fatal {
					t.Errorf("%v is not fatal", p)
				}
			}
			if diff := cmp.Diff([]string{c.want}, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConfigNamesEveryMistakeAtOnce(t *testing.T) {
	t.Parallel()
	_, problems := LoadConfig([]Layer{repository("enginee: x\nlanguage: jp\nrules: {drop-colum: off, drop-tabel: off}\n")}, catalogue(), nil)
	if len(problems) != 4 {
		t.Errorf("%d problems, want 4: %v", len(problems), problems)
	}
}

func TestLastValidLayerApplies(t *testing.T) {
	t.Parallel()
	c, problems := LoadConfig([]Layer{
		organisation("language: ja\nrules: {drop-table: warning}\n"),
		repository("engine: mysql 8.0\nrules: {drop-table: off, drop-colum: off}\n"),
		{FlagLayer, "--fail-on", []byte("fail_on: sometimes")},
	}, catalogue(), nil)
	if len(problems) != 2 {
		t.Fatalf("problems: %v", problems)
	}
	if c.Language != "ja" || c.Engine.Kind != "" || c.Severity(ruleOf(t, "drop-table")) != Warning || c.FailOn != Error {
		t.Errorf("a layer with a mistake left traces: %+v", c)
	}
	want := "--fail-on: `fail_on` can't be `sometimes`. Write one of `error`, `warning`, `never`."
	if got := problems[1].Error(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestRequiredRules(t *testing.T) {
	t.Parallel()
	const mapped = "required: {drop-column: error, table-name-format: {severity: warning, max_length: 8}}"
	for name, c := range map[string]struct{ org, repo, rule, severity, problem string }{
		"lowered":         {mapped, "rules: {drop-column: warning}", "drop-column", "error", repoPath + ":1:22: The organisation requires `drop-column` at `error`, so it can't be `warning` here. Delete this setting, or ask those who keep acme/.github/schema-review.yml:1."},
		"switched off":    {mapped, "rules: {table-name-format: off}", "table-name-format", "warning", repoPath + ":1:28: The organisation requires `table-name-format` at `warning`, so it can't be `off` here. Delete this setting, or ask those who keep acme/.github/schema-review.yml:1."},
		"raised":          {mapped, "rules: {table-name-format: error}", "table-name-format", "error", ""},
		"a parameter":     {mapped, "rules: {table-name-format: {max_length: 99}}", "table-name-format", "warning", repoPath + ":1:41: The organisation requires `table-name-format`, so its `max_length` can't be set here. Delete this setting, or ask those who keep acme/.github/schema-review.yml:1."},
		"ignored":         {mapped, "ignore: [{rule: drop-column, object: '*', reason: r}]", "drop-column", "error", repoPath + ":1:10: The organisation requires `drop-column`, so it can't be ignored here. Delete this entry, or ask those who keep acme/.github/schema-review.yml:1."},
		"as a list":       {"required: [drop-table]\nrules: {drop-table: warning}", "rules: {drop-table: off}", "drop-table", "warning", repoPath + ":1:21: The organisation requires `drop-table` at `warning`, so it can't be `off` here. Delete this setting, or ask those who keep acme/.github/schema-review.yml:1."},
		"off":             {"required: [column-without-comment]", "", "column-without-comment", "off", "acme/.github/schema-review.yml:1:12: `column-without-comment` is off, so it can't be required. Write `column-without-comment: warning` to turn it on."},
		"unknown in list": {"required: [drop-colum]", "", "drop-column", "error", "acme/.github/schema-review.yml:1:12: There is no rule `drop-colum`. Did you mean `drop-column`?"},
		"unknown in map":  {"required: {drop-colum: error}", "", "drop-column", "error", "acme/.github/schema-review.yml:1:12: There is no rule `drop-colum`. Did you mean `drop-column`?"},
		"a number":        {"required: [1]", "", "drop-column", "error", "acme/.github/schema-review.yml:1:12: `required` must be a text, but this is a number. Quotes make it a text."},
		"a text":          {"required: drop-column", "", "drop-column", "error", "acme/.github/schema-review.yml:1:11: `required` must be a list, but this is a text."},
		"by the org only": {mapped + "\nignore: [{rule: drop-column, object: old_*, reason: r}]", "", "drop-column", "error", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, problems := LoadConfig([]Layer{organisation(c.org), repository(c.repo + "\n# more\nlanguage: ja")}, catalogue(), nil)
			var got string
			for _, p := range problems {
				got += p.Error()
			}
			if got != c.problem {
				t.Errorf("problem = %s\nwant %s", got, c.problem)
			}
			if s := config.Severity(ruleOf(t, c.rule)); s.String() != c.severity {
				t.Errorf("severity = %s, want %s", s, c.severity)
			}
			if config.Language != "ja" {
				t.Error("the rest of the repository's file was lost")
			}
		})
	}
}

func TestRepositoryLayerLeavesTheOrganisationsAlone(t *testing.T) {
	t.Parallel()
	base := mustLoad(t, organisation("rules: {table-name-format: {max_length: 20}}"))
	readLayer(repository("rules: {table-name-format: {max_length: 5, pattern: a}, drop-column: off}"), base, nil)
	if got := base.Params(ruleOf(t, "table-name-format"))["max_length"]; got != 20 || base.Severity(ruleOf(t, "drop-column")) != Error {
		t.Errorf("the layer below was written to: max_length = %v", got)
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	c := mustLoad(t,
		organisation("required: {drop-column: error}\n"),
		repository("language: ja\nmigrations: [{path: \"db/*.sql\", tool: goose}]\nrules:\n  table-name-format:\n    pattern: \"^[a-z]+$\"\n    exempt: []\nignore:\n  - {rule: drop-table, object: legacy_*, reason: 'old: \"x\"', until: 2027-03-31}\n"),
		Layer{FlagLayer, "--engine", []byte("engine: mysql 8.4")},
	)
	var out bytes.Buffer
	if err := c.Show(&out, catalogue()[:4]); err != nil {
		t.Fatal(err)
	}
	want := `engine: mysql 8.4  # --engine
language: ja  # .github/schema-review.yml:1
lower_case_table_names: 0  # built-in
migrations:  # .github/schema-review.yml:2
  - {path: "db/*.sql", tool: goose}
fail_on: error  # built-in
rules:
  drop-column: error  # acme/.github/schema-review.yml:1; required by acme/.github/schema-review.yml:1
  drop-table: error  # built-in
  column-without-comment: off  # built-in
  table-name-format:
    severity: warning  # built-in
    exempt: []  # .github/schema-review.yml:6
    max_length: 32  # built-in
    pattern: "^[a-z]+$"  # .github/schema-review.yml:5
    plural: false  # built-in
    style: snake  # built-in
ignore:
  - {rule: drop-table, object: "legacy_*", reason: "old: \"x\"", until: 2027-03-31}  # .github/schema-review.yml:8
# stats: not set, so table sizes are unknown
large_table:
  rows: 10000000  # built-in
  bytes: 1073741824  # built-in
  percent: 10  # built-in
small_table:
  rows: 100000  # built-in
  bytes: 67108864  # built-in
  percent: 1  # built-in
ai:
  enabled: true  # built-in
  max_comments: 10  # built-in
review_drafts: false  # built-in
request_changes: false  # built-in
max_comments: 30  # built-in
sweep: true  # built-in
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
}

// What is shown, read as a repository's file, gives the same configuration.
func TestShownConfigurationIsReadBack(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"defaults": "",
		"much":     "engine: aurora-mysql 3\nfail_on: never\nai: {guidelines: 'a b', enabled: false}\nrules: {table-name-format: {style: 'no', exempt: ['1', 'a, b', \"\\t\", '日本'], pattern: '\\d#'}}\nignore: [{rule: drop-table, object: 'a?', reason: '- x # y'}]",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := mustLoad(t, repository(text))
			var out bytes.Buffer
			if err := first.Show(&out, catalogue()); err != nil {
				t.Fatal(err)
			}
			second := mustLoad(t, repository(out.String()))
			for _, r := range catalogue() {
				if diff := cmp.Diff(first.Params(r), second.Params(r)); diff != "" || first.Severity(r) != second.Severity(r) {
					t.Errorf("%s differs: %s", r.ID, diff)
				}
			}
			ignoring := cmp.Options{cmpopts.IgnoreUnexported(Config{}), cmpopts.IgnoreFields(Ignore{}, "Span", "Origin"), cmpopts.IgnoreFields(Config{}, "Origins", "Rules"), cmpopts.EquateEmpty()}
			if diff := cmp.Diff(*first, *second, ignoring); diff != "" {
				t.Errorf("read back (-first +second):\n%s\n%s", diff, out.String())
			}
		})
	}
}

func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"engine: mysql 8.4\nrules: {drop-column: off}\n", "a: &a [*a]", "? x\n: y", "!!str : 1", "- - -", "{[: }", "<<: *x", "rules:\n\t- x",
		"ignore:\n- rule: drop-table\n  object: x\n  reason: |\n    y\n  until: 2027-01-01\n", "\xff\xfe", "---\n...\n---\n", "required: {drop-table: {severity: error}}",
		"engine: \"mysql", "ai: {max_comments: 0x10}", "%YAML 1.2\n---\nengine: mysql 8.4", "rules: {table-name-format: {exempt: [[[]]]}}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, problems := LoadConfig([]Layer{organisation(text), repository(text)}, catalogue(), nil)
		if err := c.Show(&bytes.Buffer{}, catalogue()); err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Error() == "" || p.Line < 1 {
				t.Errorf("a problem says nothing or nowhere: %+v", p)
			}
		}
		for _, i := range c.Ignore {
			_ = i.Span.Text()
		}
	})
}
