package peers_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/review/rules/peers"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the translations should be")

// catalogue is a small one that stays as it is while rules come and go.
func catalogue() []*review.Rule {
	allow := []review.Param{{Name: "allow", Default: []string{}, Doc: "Names."}}
	limit := []review.Param{{Name: "max", Default: 8, Doc: "A number."}}
	pattern := []review.Param{{Name: "pattern", Default: "", Doc: "A pattern."}}
	all := []*review.Rule{
		{ID: "charset-not-allowed", Params: allow},
		{ID: "collation-not-allowed", Params: allow},
		{ID: "storage-engine-not-allowed", Params: allow},
		{ID: "definer-not-allowed", Params: allow},
		{ID: "too-many-indexes", Params: limit},
		{ID: "too-many-index-columns", Params: limit},
		{ID: "table-name-format", Params: pattern},
		{ID: "column-name-format", Params: pattern},
		{ID: "index-name-format", Params: []review.Param{{Name: "template", Default: "idx_{columns}", Doc: "A template."}}},
	}
	for _, id := range []string{
		"require-primary-key", "drop-table", "drop-column", "drop-database", "rename-column", "rename-table", "short-integer-primary-key",
		"add-column-expression-default", "drop-visible-index", "add-unique-on-existing-columns", "set-not-null-on-nullable-column",
		"duplicate-index", "redundant-index-prefix", "zero-date-default", "out-of-order-migration", "drop-column-used-in-index",
	} {
		all = append(all, &review.Rule{ID: id, Severity: review.Warning})
	}
	return all
}

func peerNamed(t testing.TB, name string) peers.Peer {
	t.Helper()
	for _, p := range peers.All() {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("there is no peer %s", name)
	return peers.Peer{}
}

// TestImport reads testdata/<peer>-<name>.txtar: a file of the peer's, and what becomes of it.
func TestImport(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSpace(strings.TrimPrefix(string(a.Comment), "from "))
			got := translated(t, name, a.Files[0])
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if len(a.Files) != 2 {
				t.Fatal("want two sections: the file and what becomes of it")
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// translated is the translation, or the problems line by line.
func translated(t *testing.T, name string, file txtar.File) string {
	t.Helper()
	imported, problems := peers.Import(peerNamed(t, name), file.Name, file.Data, catalogue())
	var said strings.Builder
	for _, p := range problems {
		said.WriteString(p.Error() + "\n")
	}
	if len(problems) > 0 {
		if imported != nil {
			t.Error("there is a translation in spite of problems")
		}
		return said.String()
	}
	return imported.YAML(message.NewPrinter(language.English))
}

// TestRoundTrip holds that every rule of every peer, on and off, becomes a configuration without a problem.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, template := range map[string]struct{ head, line, tail string }{
		"bytebase":          {"rules:\n", "- {type: NAME, level: ERROR, engine: MYSQL, numberPayload: {number: 3}, stringArrayPayload: {list: [a, b]}, namingPayload: {format: \"^x$\", maxLength: 5}}\n", ""},
		"skeema":            {"", "lint-NAME=error\nallow-NAME=a,b\n", ""},
		"sqle":              {`{"RuleList": [`, `{"Name": "NAME", "Level": "error", "Params": [{"key": "first_key", "value": "7"}]},`, `{"Name": "ddl_check_pk_not_exist", "Level": "warn"}]}`},
		"strong-migrations": {"", "StrongMigrations.disable_check(:NAME)\n", ""},
		"squawk":            {"excluded_rules = [", "\"NAME\", ", "]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			peer := peerNamed(t, name)
			list, err := peer.Rules()
			if err != nil {
				t.Fatal(err)
			}
			text := template.head
			for _, rule := range list {
				text += strings.ReplaceAll(template.line, "NAME", rule.Name)
			}
			imported, problems := peers.Import(peer, "file", []byte(text+template.tail), rules.All())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if len(imported.Rules) == 0 {
				t.Error("nothing was translated")
			}
			check(t, imported)
		})
	}
}

// check loads a translation as configuration.
func check(t *testing.T, imported *peers.Imported) {
	t.Helper()
	text := imported.YAML(message.NewPrinter(language.English))
	_, problems := review.LoadConfig([]review.Layer{{Name: review.RepositoryLayer, Path: "out.yml", Data: []byte(text)}}, rules.All(), nil)
	for _, p := range problems {
		t.Errorf("%v in\n%s", p, text)
	}
}

// TestImportOfHostileFiles holds that nothing takes the program down, or long.
func TestImportOfHostileFiles(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ peer, text string }{
		"brackets in HCL":   {"atlas", "lint {\n a = " + strings.Repeat("[", 200000)},
		"signs in HCL":      {"atlas", "lint {\n a = " + strings.Repeat("!", 200000)},
		"blocks in HCL":     {"atlas", strings.Repeat("lint {\n", 20000)},
		"brackets in TOML":  {"squawk", "excluded_rules = " + strings.Repeat("[", 200000)},
		"brackets in JSON":  {"bytebase", `{"rules": ` + strings.Repeat("[", 200000)},
		"brackets in YAML":  {"bytebase", "rules: " + strings.Repeat("[", 200000)},
		"aliases in YAML":   {"bytebase", "a: &a {type: TABLE_REQUIRE_PK, level: ERROR}\nrules: [*a, *a]\n"},
		"a large file":      {"skeema", strings.Repeat("lint-pk=error\n", 20000)},
		"no text":           {"skeema", "\xff\xfe\x00l\x00i"},
		"a payload in text": {"bytebase", `rules: [{type: NAMING_TABLE, level: ERROR, payload: "{"}]`},
		"nothing":           {"sqle", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if imported, problems := peers.Import(peerNamed(t, tt.peer), "file", []byte(tt.text), catalogue()); imported != nil || len(problems) == 0 {
				t.Errorf("got a translation: %v", imported)
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for i := range peers.All() {
			f.Add(i, a.Files[0].Data)
		}
	}
	all := peers.All()
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		if which < 0 || which >= len(all) {
			return
		}
		imported, problems := peers.Import(all[which], "file", data, rules.All())
		if (imported == nil) != (len(problems) > 0) {
			t.Fatalf("a translation %v with %d problems", imported != nil, len(problems))
		}
		if imported != nil {
			check(t, imported)
		}
	})
}
