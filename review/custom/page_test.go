package custom_test

import (
	"os"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/custom"
)

// yamlBlocks are the rules that docs/custom-rules.md shows, by the heading above them.
func yamlBlocks(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/custom-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks, heading, block, in := map[string]string{}, "", "", false
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.HasPrefix(line, "#"):
			heading = strings.Trim(line, "# \n")
		case line == "```yaml\n":
			in, block = true, ""
		case in && line == "```\n":
			in, blocks[heading] = false, block
		case in:
			block += line
		}
	}
	return blocks
}

// Loading a rule runs its examples, so a documented rule that doesn't do what it says fails here.
func TestDocumentedRules(t *testing.T) {
	t.Parallel()
	blocks := yamlBlocks(t)
	if len(blocks) < 14 {
		t.Fatalf("only %d rules were found", len(blocks))
	}
	for heading, yaml := range blocks {
		t.Run(heading, func(t *testing.T) {
			t.Parallel()
			config, problems := load(yaml)
			if len(problems) > 0 || len(config.Custom) != 1 {
				t.Fatalf("%d rules, problems: %s", len(config.Custom), strings.Join(problems, "\n"))
			}
			rule := config.Custom[0].Custom
			if len(rule.Good) == 0 && rule.When != "true" || len(rule.Bad) == 0 && !strings.Contains(rule.When, "statement.file") {
				t.Errorf("%s has %d bad and %d good examples", rule.ID, len(rule.Bad), len(rule.Good))
			}
		})
	}
}

func TestFolders(t *testing.T) {
	t.Parallel()
	config, problems := load(yamlBlocks(t)["A prefix for each team's folder"])
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for path, want := range map[string]int{"services/billing/V1__a.sql": 1, "services/x/V1__a.sql": 0, "V1__a.sql": 0} {
		set := &review.ChangeSet{Explicit: true, Changed: []review.Changed{{Path: path, Head: []byte("CREATE TABLE x_orders (id BIGINT PRIMARY KEY);")}}}
		report, err := (&review.Reviewer{}).Review(t.Context(), set, config)
		if err != nil || len(report.Findings) != want {
			t.Errorf("%s: %d findings, want %d; %v", path, len(report.Findings), want, err)
		}
	}
}

// A rule that works on its examples may still be too slow for a table that nobody thought of.
func TestTooLong(t *testing.T) {
	t.Parallel()
	config, problems := load(`
custom_rules:
  - {id: acme/pairs, on: table, when: "table.columns.exists(a, table.columns.exists(b, a.name + '_id' == b.name + '_ref'))", message: m}
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var columns []string
	for range 1000 {
		columns = append(columns, "c"+strings.Repeat("x", len(columns)%40)+string(rune('a'+len(columns)%26))+"_"+strings.Repeat("y", len(columns)/40)+" INT")
	}
	set := &review.ChangeSet{Explicit: true, Changed: []review.Changed{{Path: "V1__wide.sql", Head: []byte("CREATE TABLE wide (" + strings.Join(columns, ", ") + ");")}}}
	report, err := (&review.Reviewer{}).Review(t.Context(), set, config)
	if err != nil || len(report.RuleErrors) != 1 || len(report.Findings) != 0 {
		t.Fatalf("rule errors %v, findings %v, %v", report.RuleErrors, report.Findings, err)
	}
	if want := "wide: the expression takes too long for this table, and was stopped"; report.RuleErrors[0].Err != want {
		t.Errorf("got %q, want %q", report.RuleErrors[0].Err, want)
	}
}

// FuzzCompile gives expressions and templates of anybody: they are refused or work, and never stop the program.
func FuzzCompile(f *testing.F) {
	f.Add("table", `table.columns.exists(c, c.name == "x")`, "{{.Table}}")
	f.Add("column", `column.name.matches("(a*)*")`, "{{.Params.x}}")
	f.Add("write", `write.tables.map(t, t + t).size() > 3`, "{{range .Params}}{{.}}{{end}}")
	f.Fuzz(func(t *testing.T, on, when, message string) {
		custom.Compile(review.CustomRule{
			ID: "a/b", On: []string{on}, When: when, Message: map[string]string{"en": message},
			Params: []review.Param{{Name: "x", Default: 1}},
			Bad:    []string{"CREATE TABLE t (x INT); UPDATE t SET x = 1"},
		})
	})
}
