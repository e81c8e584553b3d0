package rules

import (
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
)

// headingsIn are what PageSections are called on translated pages.
var headingsIn = map[string][]string{
	"ja": {"問題", "影響", "対処", "エンジン", "例外"},
}

// TestTranslatedPages holds that translated pages say what the English ones say now.
func TestTranslatedPages(t *testing.T) {
	t.Parallel()
	for language, headings := range headingsIn {
		files, err := translatedPages.ReadDir("pages/" + language)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			id := strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
			t.Run(language+"/"+id, func(t *testing.T) {
				t.Parallel()
				rule, err := review.FindRule(All(), id)
				if err != nil {
					t.Fatal(err)
				}
				page := PageIn(language, id)
				if page == "" {
					t.Fatalf("the English page has changed since: bring this one up to date, and write source: %s", sourceOf(Page(id)))
				}
				for _, wrong := range pageSlips(rule, language, headings, page) {
					t.Error(wrong)
				}
			})
		}
	}
}

// pageSlips tells in what a translated page differs from the English one.
func pageSlips(r *review.Rule, language string, headings []string, page string) []string {
	var wrong []string
	if diff := cmp.Diff(headings, headingsOf(page)); diff != "" {
		wrong = append(wrong, "headings (-want +got):\n"+diff)
	}
	if diff := cmp.Diff(Examples(Page(r.ID)), Examples(page)); diff != "" {
		wrong = append(wrong, "examples (-English +here):\n"+diff)
	}
	title, _, _ := strings.Cut(page, "\n")
	if want := "# " + r.TitleIn(locale.Printer(language)); title != want {
		wrong = append(wrong, "the page starts with "+title+", want "+want)
	}
	for _, heading := range headings {
		if Section(page, heading) == "" {
			wrong = append(wrong, "the section "+heading+" is empty")
		}
	}
	return wrong
}

func headingsOf(page string) []string {
	var all []string
	for line := range strings.Lines(page) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			all = append(all, strings.TrimSpace(heading))
		}
	}
	return all
}

func TestPageSlips(t *testing.T) {
	t.Parallel()
	rule, err := review.FindRule(All(), "drop-table")
	if err != nil {
		t.Fatal(err)
	}
	headings, page := headingsIn["ja"], PageIn("ja", "drop-table")
	for name, test := range map[string]struct{ old, new string }{
		"another heading": {"## 対処", "## 修正"},
		"a missing one":   {"## 例外\n", ""},
		"another title":   {"# ", "# 表: "},
		"another example": {"DROP TABLE carts;", "DROP TABLE cart;"},
		"a lost example":  {"```sql bad", "```sql"},
	} {
		if len(pageSlips(rule, "ja", headings, page)) != 0 || len(pageSlips(rule, "ja", headings, strings.Replace(page, test.old, test.new, 1))) == 0 {
			t.Errorf("%s is not found", name)
		}
	}
}

func TestPageIn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		language, id string
		want         bool
	}{{"ja", "drop-table", true}, {"en", "drop-table", false}, {"ja", "drop-nothing", false}, {"../..", "drop-table", false}} {
		if got := PageIn(test.language, test.id) != ""; got != test.want {
			t.Errorf("%s/%s: got %v", test.language, test.id, got)
		}
	}
}

func TestTranslationOf(t *testing.T) {
	t.Parallel()
	const english, japanese = "# Table\n", "# テーブル\n"
	head := "---\nsource: " + sourceOf(english) + "\n---\n"
	for name, test := range map[string]struct{ english, text, want string }{
		"fresh":                {english, head + "\n" + japanese, japanese},
		"stale":                {english + "More.\n", head + "\n" + japanese, ""},
		"without front matter": {english, japanese, ""},
		"another key":          {english, strings.Replace(head, "source", "of", 1) + japanese, ""},
		"not closed":           {english, strings.TrimSuffix(head, "---\n") + japanese, ""},
		"empty":                {english, "", ""},
	} {
		if got := translationOf(test.english, test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
