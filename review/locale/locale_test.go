package locale_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/review/locale/extract"
	"golang.org/x/text/message"
)

// pending are the areas that are not translated whole yet. What is translated in them is held to the same rules.
var pending = []string{}

// TestCatalogue holds that every sentence of the program is translated, and that nothing else is.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	sentences, unclear, err := extract.Sentences("../..", "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range unclear {
		if strings.HasPrefix(place, "review/custom/") {
			continue // a team's own words
		}
		t.Errorf("%s: a sentence for people that is no constant can't be translated", place)
	}
	files, err := locale.Files("ja")
	if err != nil {
		t.Fatal(err)
	}
	translated := map[string]string{} // sentence -> area
	missing := map[string]int{}
	for area, f := range files {
		for _, e := range f.Entries {
			if other := translated[e.Key]; other != "" {
				t.Errorf("%s.po: %q is also in %s.po", area, e.Key, other)
			}
			if e.Text != "" && !e.Fuzzy {
				translated[e.Key] = area
			}
		}
	}
	said := map[string]bool{}
	for _, s := range sentences {
		said[s.Key] = true
		if translated[s.Key] != "" {
			continue
		}
		missing[s.Area]++
		if !slices.Contains(pending, s.Area) {
			t.Errorf("%s: no translation of %q: run go generate ./review/locale, and fill it in in ja/%s.po", s.Files[0], s.Key, s.Area)
		}
	}
	for key, area := range translated {
		if !said[key] && !slices.Contains(pending, area) {
			t.Errorf("ja/%s.po: %q is no longer said: run go generate ./review/locale", area, key)
		}
	}
	for _, area := range pending {
		t.Logf("not translated yet: %d sentences of %s", missing[area], area)
	}
	t.Logf("%d of %d sentences are translated", len(translated), len(sentences))
}

// TestTranslations holds that translations say the same of the same things, and print.
func TestTranslations(t *testing.T) {
	t.Parallel()
	files, err := locale.Files("ja")
	if err != nil {
		t.Fatal(err)
	}
	p := locale.Printer("ja")
	for area, f := range files {
		if f.Language != "ja" {
			t.Errorf("ja/%s.po: Language is %q", area, f.Language)
		}
		for _, e := range f.Entries {
			if e.Text == "" {
				continue
			}
			for _, slip := range slips(e.Key, e.Text) {
				t.Errorf("ja/%s.po: %s\n  %q\n  %q", area, slip, e.Key, e.Text)
			}
			if got := p.Sprintf(message.Key(e.Key, e.Key), dummies(e.Key)...); strings.Contains(got, "%!") {
				t.Errorf("ja/%s.po: %q prints %q", area, e.Key, got)
			} else if strings.Count(got, "${") != strings.Count(e.Text, "${") {
				t.Errorf("ja/%s.po: %q prints %q without its ${", area, e.Key, got)
			}
		}
	}
}

// dummies are values that the verbs of a format take.
func dummies(format string) []any {
	values := map[string]any{}
	for v, verb := range verbs(format) {
		values[v] = "x"
		switch verb[len(verb)-1] {
		case 'd':
			values[v] = 1234
		case 'f':
			values[v] = 1.5
		}
	}
	list := make([]any, len(values))
	for i := range list {
		list[i] = values[string(rune('1'+i))]
	}
	return list
}

func TestPrinter(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "No problems", "en": "No problems", "fr": "No problems", "ja": "問題はありません", "ja-JP": "問題はありません"} {
		if got := locale.Printer(name).Sprintf("No problems"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if diff := cmp.Diff([]string{"en", "ja"}, locale.Languages()); diff != "" {
		t.Error(diff)
	}
}

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  map[string]string
		want string
	}{
		"nothing":                {nil, "en"},
		"the C locale":           {map[string]string{"LANG": "C.UTF-8"}, "en"},
		"Japanese":               {map[string]string{"LANG": "ja_JP.UTF-8"}, "ja"},
		"without a country":      {map[string]string{"LANG": "ja"}, "ja"},
		"a modifier":             {map[string]string{"LANG": "ja_JP.utf8@cjknarrow"}, "ja"},
		"messages before LANG":   {map[string]string{"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"},
		"LC_ALL before all":      {map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "C", "LC_ALL": "ja_JP.UTF-8"}, "ja"},
		"a language without any": {map[string]string{"LANG": "fr_FR.UTF-8"}, "en"},
		"nonsense":               {map[string]string{"LANG": "%%"}, "en"},
	} {
		if got := locale.FromEnvironment(func(key string) string { return test.env[key] }); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?([-+# 0]*[0-9.]*(?:\[\d\])?)([a-zA-Z%])`)

// verbs are those of a format by the number of the value that they print.
func verbs(format string) map[string]string {
	all := map[string]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[3] == "%" {
			continue
		}
		if m[1] != "" {
			next = int(m[1][0] - '0')
		}
		all[string(rune('0'+next))] = m[2] + m[3]
		next++
	}
	return all
}
