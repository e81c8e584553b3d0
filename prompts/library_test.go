package prompts_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
)

const houseRule = `---
id: house-rule
title: "A rule of the house"
kinds: [create-table, 'add-column']
engines: [mariadb]
---
Say it.
`

// layer is a layer of files by path.
func layer(name string, files map[string]string) prompts.Layer {
	fsys := fstest.MapFS{}
	for path, text := range files {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return prompts.Layer{Name: name, FS: fsys}
}

func TestLoadOverlays(t *testing.T) {
	t.Parallel()
	organisation := layer("organisation", map[string]string{
		"guidelines/house-rule.md":       houseRule,
		"guidelines/index-order.md":      "---\nid: index-order\nseverity: off\n---\n",
		"guidelines/README.md":           "Not a guideline.",
		"guidelines/drafts/house-two.md": "Not read.",
		"templates/language-en.md":       "Write like a pirate.",
	})
	repository := layer("repository", map[string]string{
		"guidelines/house-rule.md": strings.Replace(houseRule, "Say it.", "Say it\r\nlouder.", 1),
	})
	l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()}, organisation, repository)
	if len(problems) != 0 {
		t.Fatalf("got problems %v", problems)
	}
	got, _ := l.Guideline("house-rule")
	want := prompts.Guideline{
		ID: "house-rule", Title: "A rule of the house", Kinds: []string{"create-table", "add-column"},
		Severity: "notice", Engines: []string{"mariadb"}, Text: "Say it\nlouder.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, there := l.Guideline("index-order"); there {
		t.Error("index-order was switched off and is there")
	}
	if p := l.Prompt(prompts.Input{Language: "en"}); !strings.Contains(p.Stable, "Write like a pirate.") {
		t.Errorf("the template of the organisation isn't used: %s", p.Stable)
	}
}

func TestLoadTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ path, text, want string }{
		"unknown key":        {"guidelines/a.md", "---\nid: a\ntitel: x\n---\nText", "team/guidelines/a.md:3: There is no key `titel`. Did you mean `title`?"},
		"far key":            {"guidelines/a.md", "---\nid: a\nauthor: x\n---\nText", "team/guidelines/a.md:3: There is no key `author`; the keys are `id`, `title`, `kinds`, `severity`, `engines`."},
		"unknown kind":       {"guidelines/a.md", "---\nid: a\ntitle: x\nkinds: [add-colum]\n---\nText", "team/guidelines/a.md:4: `kinds` has no value `add-colum`. Did you mean `add-column`?"},
		"unknown engine":     {"guidelines/a.md", "---\nid: a\ntitle: x\nkinds: [write]\nengines: [postgres]\n---\nText", "team/guidelines/a.md:5: `engines` has no value `postgres`; the values are `mysql`, `aurora-mysql`, `mariadb`, `tidb`."},
		"severity of a rule": {"guidelines/a.md", "---\nid: a\ntitle: x\nkinds: [write]\nseverity: error\n---\nText", "team/guidelines/a.md:5: `severity` has no value `error`; the values are `notice`, `warning`, `off`."},
		"no list":            {"guidelines/a.md", "---\nid: a\ntitle: x\nkinds: write\n---\nText", "team/guidelines/a.md:4: `kinds` is not a list: write `[one, two]`."},
		"key twice":          {"guidelines/a.md", "---\nid: a\nid: a\n---\nText", "team/guidelines/a.md:3: The key `id` stands here a second time."},
		"no pair":            {"guidelines/a.md", "---\nid: a\n- write\n---\nText", "team/guidelines/a.md:3: This line of the front matter is not `key: value`."},
		"no title":           {"guidelines/a.md", "---\nid: a\nkinds: [write]\n---\nText", "team/guidelines/a.md:4: The front matter has no `title`."},
		"no id":              {"guidelines/a.md", "---\ntitle: x\nkinds: [write]\n---\nText", "team/guidelines/a.md:4: The front matter has no `id`."},
		"no text":            {"guidelines/a.md", "---\nid: a\ntitle: x\nkinds: [write]\n---\n\n", "team/guidelines/a.md:5: There is no text below the front matter."},
		"other name":         {"guidelines/b.md", "---\nid: a\ntitle: x\nkinds: [write]\n---\nText", "team/guidelines/b.md:2: The id is `a`, but the file is named for `b`."},
		"no kebab":           {"guidelines/A b.md", "---\nid: A b\ntitle: x\nkinds: [write]\n---\nText", "team/guidelines/A b.md:2: The id `A b` is not lower case words joined by hyphens."},
		"no front":           {"guidelines/a.md", "# A", "team/guidelines/a.md:1: The file doesn't begin with a front matter between two lines of `---`."},
		"empty":              {"guidelines/a.md", "", "team/guidelines/a.md:1: The file doesn't begin with a front matter between two lines of `---`."},
		"open front":         {"guidelines/a.md", "---\nid: a\n", "team/guidelines/a.md:1: The front matter is not closed by a line of `---`."},
		"no UTF-8":           {"guidelines/a.md", "---\nid: \xff\n---\n", "team/guidelines/a.md: The file is not UTF-8 text."},
		"large":              {"guidelines/a.md", strings.Repeat("x", 20<<10), "team/guidelines/a.md: The file is larger than 16 KiB."},
		"unknown template":   {"templates/sytem.md", "x", "team/templates/sytem.md: There is no template of that name; the templates are `aurora-mysql`, `content`, `judge`, `judge-content`, `language-en`, `language-ja`, `mariadb`, `mysql`, `stable`, `system`, `tidb`."},
		"unknown place":      {"templates/stable.md", "{{server}}\n{{facts}} {{language}}{{guidelines}} {{rules}}", "team/templates/stable.md:2: There is no place `{{rules}}` in this template; the places are `server`, `facts`, `language`, `guidelines`."},
		"lost place":         {"templates/stable.md", "{{server}} {{facts}} {{language}}", "team/templates/stable.md: The template leaves out `{{guidelines}}`."},
	}
	base, _ := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()}, layer("team", map[string]string{test.path: test.text}))
			if len(problems) != 1 || problems[0].Error() != test.want {
				t.Fatalf("got %v, want one: %s", problems, test.want)
			}
			if !slices.Contains(prompts.ProblemFormats(), problems[0].Format) {
				t.Errorf("%q is not one of ProblemFormats", problems[0].Format)
			}
			if l.Version() != base.Version() {
				t.Error("a file with a problem changed the library")
			}
		})
	}
}

// TestVersion holds that the version moves with whatever the model can see, and with nothing else.
func TestVersion(t *testing.T) {
	t.Parallel()
	load := func(files map[string]string) string {
		l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()}, layer("team", files))
		if len(problems) != 0 {
			t.Fatal(problems)
		}
		return l.Version()
	}
	seen := map[string]string{load(nil): "nothing"}
	for name, files := range map[string]map[string]string{
		"a guideline":  {"guidelines/house-rule.md": houseRule},
		"its text":     {"guidelines/house-rule.md": houseRule + "Once more."},
		"its kinds":    {"guidelines/house-rule.md": strings.Replace(houseRule, "create-table, ", "", 1)},
		"its engines":  {"guidelines/house-rule.md": strings.Replace(houseRule, "mariadb", "tidb", 1)},
		"its title":    {"guidelines/house-rule.md": strings.Replace(houseRule, "house\"", "home\"", 1)},
		"switched off": {"guidelines/index-order.md": "---\nid: index-order\nseverity: off\n---\n"},
		"a template":   {"templates/language-ja.md": "大阪弁で。"},
	} {
		version := load(files)
		if other, there := seen[version]; there {
			t.Errorf("%s has the version of %s", name, other)
		}
		seen[version] = name
	}
	if v := load(map[string]string{"NOTES.md": "x", "guidelines/notes.txt": "x", "templates/judge.md": "Be kind."}); seen[v] != "nothing" {
		t.Error("files that no review reads changed the version")
	}
}

func TestFor(t *testing.T) {
	t.Parallel()
	l, _ := prompts.Load(layer("team", map[string]string{
		"guidelines/b.md": "---\nid: b\ntitle: B\nkinds: [add-column]\n---\nText",
		"guidelines/a.md": "---\nid: a\ntitle: A\nkinds: [add-column, write]\nengines: [tidb]\n---\nText",
		"guidelines/c.md": "---\nid: c\ntitle: C\nkinds: [create-table]\n---\nText",
	}))
	tests := map[string]struct {
		kinds  []string
		engine string
		want   string
	}{
		"by kind":           {[]string{"add-column"}, "mysql 8.4", "b"},
		"by engine, sorted": {[]string{"add-column"}, "tidb 8.5", "a b"},
		"several kinds":     {[]string{"write", "create-table"}, "tidb", "a c"},
		"none":              {[]string{"drop-table"}, "tidb 8.5", ""},
		"no kinds":          {nil, "tidb 8.5", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ids []string
			for _, g := range l.For(test.kinds, test.engine) {
				ids = append(ids, g.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(houseRule, "{{server}}{{facts}}{{language}}{{guidelines}}")
	f.Add("---\nid: house-rule\nseverity: off\n---", "{{")
	f.Fuzz(func(t *testing.T, guideline, template string) {
		l, problems := prompts.Load(layer("team", map[string]string{"guidelines/house-rule.md": guideline, "templates/stable.md": template}))
		for _, p := range problems {
			if !slices.Contains(prompts.ProblemFormats(), p.Format) || strings.Contains(p.Error(), "%!") {
				t.Errorf("got %q", p.Error())
			}
		}
		for _, g := range l.Guidelines() {
			if g.ID != "house-rule" || g.Text == "" || len(g.Kinds) == 0 {
				t.Errorf("got %+v", g)
			}
		}
	})
}

// People may speak of a guideline that is off, or whose file has a mistake.
func TestNames(t *testing.T) {
	t.Parallel()
	l, problems := prompts.Load(prompts.Layer{Name: "team", FS: fstest.MapFS{
		"guidelines/off.md":    {Data: []byte("---\nid: off\ntitle: x\nkinds: [write]\nseverity: off\n---\nText")},
		"guidelines/broken.md": {Data: []byte("Text")},
		"guidelines/on.md":     {Data: []byte("---\nid: on\ntitle: x\nkinds: [write]\n---\nText")},
		"guidelines/A b.md":    {Data: []byte("Text")},
	}})
	if diff := cmp.Diff([]string{"broken", "off", "on"}, l.Names()); diff != "" || len(l.Guidelines()) != 1 {
		t.Errorf("names (-want +got)\n%s%v, problems %v", diff, l.Guidelines(), problems)
	}
}
