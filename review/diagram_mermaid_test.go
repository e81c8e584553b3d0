package review_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	example "github.com/schema-review/schema-review/examples/shop"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// hostileNames are names of tables, columns and types that mean something to Mermaid, Markdown or HTML.
var hostileNames = []string{
	`a"b`, `a\"b`, "a`b", "```", "a\nb", "a%%b", "%%{init: {'theme':'dark'}}%%", "%% note", "erDiagram", "end", "direction LR", "classDef x",
	"click a href", "style a fill:#f00", "title x", "accTitle: x", "accDescr { x }", "a{b}", "a}", "}", "{", "a||--o{b", "||--o{", "a : b", "a;b",
	"#quot;", "&quot;", "<b>", "<script>alert(1)</script>", "<!--", "-->", "a-b", "a.b", "1a", "42", "決済", "😀", "é", "PK", "fk", "UK", "a,b", "a b",
	"a(b)", "a[b]", "[b]", `["b"]`, "$$x$$", "__proto__", "constructor", "toString", "only one", "zero or more", "to", "optionally to", "subgraph",
	"@{ shape: x }", "a:::b", "*", "_", "~~a~~", "ＡＢＣ", "a\u202eb", "a\u200bb", "a\u00a0b", strings.Repeat("名", 64), strings.Repeat("x", 64), "u", "o", "md", "1",
}

// TestDiagramMermaid gives the diagrams of reviews to the parser of the npm package mermaid, which GitHub draws them
// with: each parses, and has no more tables than there are.
func TestDiagramMermaid(t *testing.T) {
	t.Parallel()
	modules := os.Getenv("TEST_NODE_MODULES")
	if modules == "" {
		t.Skip("TEST_NODE_MODULES names no folder with mermaid")
	}
	sets := map[string]*review.ChangeSet{}
	maps.Copy(sets, shopSets(t))
	maps.Copy(sets, hostileSets())
	var diagrams, names []string
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		found := diagramsOf(t, sets[name])
		if len(found) == 0 && !strings.Contains(name, "without") {
			t.Errorf("%s: there is no diagram", name)
		}
		for _, d := range found {
			diagrams, names = append(diagrams, d), append(names, name)
		}
	}
	for i, got := range mermaid(t, modules, diagrams) {
		// A table's entity ends its line with "]" or "] {"; one that is only referred to has no line.
		drawn := strings.Count(diagrams[i], "\"]")
		if got.Error != "" || len(got.Entities) < drawn || len(got.Entities) > drawn+got.Relations {
			t.Errorf("%s: got %+v, want %d tables; the diagram:\n%s", names[i], got, drawn, diagrams[i])
		}
	}
	t.Logf("%d diagrams parse", len(diagrams))
}

// shopSets are the shop's migrations: each on top of those before, the last three, and all.
func shopSets(t *testing.T) map[string]*review.ChangeSet {
	t.Helper()
	paths, err := fs.Glob(example.Files, "db/migration/*.sql")
	if err != nil || len(paths) == 0 {
		t.Fatal("the shop has no migrations", err)
	}
	sets := map[string]*review.ChangeSet{}
	for name, changed := range map[string][]string{"last three": {"V14__", "V15__", "V16__"}, "all": {""}} {
		sets["shop, "+name] = shopSet(t, paths, func(base string) bool {
			return slices.ContainsFunc(changed, func(prefix string) bool { return strings.HasPrefix(base, prefix) })
		})
	}
	for _, path := range paths {
		name := "shop, " + filepath.Base(path)
		if data, _ := example.Files.ReadFile(path); !strings.Contains(string(data), "TABLE") {
			name += ", without a table"
		}
		sets[name] = shopSet(t, paths, func(base string) bool { return base == filepath.Base(path) })
	}
	return sets
}

func shopSet(t *testing.T, paths []string, changed func(base string) bool) *review.ChangeSet {
	t.Helper()
	set := &review.ChangeSet{}
	for _, path := range paths {
		data, err := example.Files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if changed(filepath.Base(path)) {
			set.Changed = append(set.Changed, review.Changed{Path: path, Head: data})
		} else {
			set.History = append(set.History, review.File{Path: path, Data: data})
		}
	}
	return set
}

// hostileSets use each hostile name for tables, columns, members of types and keys; created, altered, renamed and dropped.
func hostileSets() map[string]*review.ChangeSet {
	quote := func(s string) string { return "`" + strings.ReplaceAll(s, "`", "``") + "`" }
	sets := map[string]*review.ChangeSet{}
	for _, name := range hostileNames {
		q, text := quote(name), "'"+strings.ReplaceAll(strings.ReplaceAll(name, `\`, `\\`), "'", "''")+"'"
		before := fmt.Sprintf("CREATE TABLE %[1]s (id INT PRIMARY KEY, %[1]s INT NOT NULL);\nCREATE TABLE gone (id INT PRIMARY KEY, %[1]s INT);\nCREATE TABLE old (id INT PRIMARY KEY, %[1]s INT);", q)
		after := fmt.Sprintf("CREATE TABLE child (id INT PRIMARY KEY, %[1]s INT, e ENUM(%[2]s), CONSTRAINT %[1]s FOREIGN KEY (%[1]s) REFERENCES %[1]s (id));\n"+
			"ALTER TABLE %[1]s MODIFY %[1]s BIGINT NULL DEFAULT 1 COMMENT %[2]s, ADD COLUMN added VARCHAR(9) DEFAULT %[2]s;\n"+
			"DROP TABLE gone;\nALTER TABLE old RENAME COLUMN %[1]s TO renamed;", q, text)
		sets["hostile "+name] = &review.ChangeSet{
			History: []review.File{{Path: "db/V1__a.sql", Data: []byte(before)}},
			Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(after)}},
		}
	}
	return sets
}

// diagramsOf are the Mermaid blocks in the body of a review.
func diagramsOf(t *testing.T, set *review.ChangeSet) []string {
	t.Helper()
	all := rules.All()
	config, problems := review.LoadConfig(nil, all, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	report, err := (&review.Reviewer{Rules: all}).Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	body := review.Voice{Printer: message.NewPrinter(language.English), Rules: all}.Body(report, review.BodyOptions{})
	var found []string
	for _, part := range strings.Split(body, "```mermaid\n")[1:] {
		diagram, _, _ := strings.Cut(part, "```")
		found = append(found, diagram)
	}
	return found
}

// parsed is what Mermaid makes of a diagram.
type parsed struct {
	Entities  []string
	Relations int
	Error     string
}

func mermaid(t *testing.T, modules string, diagrams []string) []parsed {
	t.Helper()
	input, err := json.Marshal(diagrams)
	if err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs("testdata/mermaid.mjs")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", script, filepath.Join(modules, "mermaid", "dist", "mermaid.core.mjs"))
	var complaints bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), &complaints
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, complaints.Bytes())
	}
	var all []parsed
	if err := json.Unmarshal(output, &all); err != nil || len(all) != len(diagrams) {
		t.Fatalf("got %d answers for %d diagrams: %v", len(all), len(diagrams), err)
	}
	return all
}
