package locale_test

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// alike are sentences whose translation is the same: nothing in them is a word of English.
var alike = map[string]bool{}

const (
	japanese = `[ぁ-んァ-ヶー一-龠々]`
	latin    = "[A-Za-z0-9`]" // a value may be in Japanese: then there is no space at it
)

// styles are what README.md says of writing Japanese, as far as a machine can see it.
var styles = []struct {
	slip string
	is   *regexp.Regexp
}{
	{"a half-width comma or full stop behind Japanese", regexp.MustCompile(japanese + `[,.;!?](\s|$|` + japanese + `)`)},
	{"a half-width colon before Japanese without a space", regexp.MustCompile(japanese + `:` + japanese)},
	{"full-width letters, digits, signs or spaces", regexp.MustCompile(`[！-～　]`)},
	{"half-width kana", regexp.MustCompile(`[｡-ﾟ]`)},
	{"a space next to Japanese punctuation", regexp.MustCompile(`[、。「」] | [、。」]`)},
	{"no space between Japanese and Latin letters", regexp.MustCompile(japanese + latin + `|(^|[^%\]])` + latin + japanese)},
	{"no space between Japanese and a number", regexp.MustCompile(japanese + `%(?:\[\d\])?d|%(?:\[\d\])?d` + japanese)},
	{"two spaces", regexp.MustCompile(`\S  +\S`)},
}

var (
	code      = regexp.MustCompile("`[^`]+`")
	capitals  = regexp.MustCompile(`\b[A-Z][A-Z_0-9]+\b`)
	letters   = regexp.MustCompile(`[a-z]{2,}`)
	wordsOfJa = []string{"NULL", "SQL", "UNIQUE"} // that English says in other words: nullable, statement, unique
)

// slips tells what is wrong with a translation.
func slips(key, text string) []string {
	var found []string
	say := func(wrong bool, slip string) {
		if wrong {
			found = append(found, slip)
		}
	}
	say(!maps.Equal(verbs(key), verbs(text)), "other values")
	say(!slices.Equal(codes(key), codes(text)), "other text in backquotes")
	say(!sameCapitals(key, text), "other words in capitals")
	say(key == text && !alike[key] && letters.MatchString(code.ReplaceAllString(verb.ReplaceAllString(key, ""), "")), "not translated")
	say(!strings.HasSuffix(key, "?") && strings.HasSuffix(key, ".") != strings.HasSuffix(text, "。"), "another end")
	say(strings.Count(key, "\n\n") != strings.Count(text, "\n\n"), "other paragraphs")
	for _, s := range styles {
		say(s.is.MatchString(text), s.slip)
	}
	return found
}

// codes are what stands in backquotes, each once, with values by their number.
func codes(format string) []string {
	next := 1
	numbered := verb.ReplaceAllStringFunc(format, func(v string) string {
		m := verb.FindStringSubmatch(v)
		if m[3] == "%" {
			return v
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		next++
		return "%[" + strconv.Itoa(next-1) + "]"
	})
	return slices.Compact(slices.Sorted(slices.Values(code.FindAllString(numbered, -1))))
}

// sameCapitals reports whether all words of SQL are still there, and no others.
func sameCapitals(key, text string) bool {
	for _, w := range capitals.FindAllString(key, -1) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	for _, w := range capitals.FindAllString(text, -1) {
		if !slices.Contains(wordsOfJa, w) && !strings.Contains(strings.ToUpper(key), w) {
			return false
		}
	}
	return true
}

func TestSlips(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		key, text string
		want      []string
	}{
		"fine":                   {"`%s` of %d tables is dropped.", "%[2]d 個のテーブルの `%[1]s` が削除されます。", nil},
		"a value lost":           {"%s of %s", "%s の", []string{"other values"}},
		"a value too many":       {"of %s", "%[2]s の %[1]s", []string{"other values"}},
		"another verb":           {"%d more", "ほか %s", []string{"other values"}},
		"values changed places":  {"`%s` is %s", "`%[2]s` は %[1]s", []string{"other text in backquotes"}},
		"code translated":        {"Write `ignore`", "`skip` と書きます", []string{"other text in backquotes"}},
		"SQL lost":               {"An ALTER TABLE", "変更", []string{"other words in capitals"}},
		"SQL added":              {"A change", "ALTER による変更", []string{"other words in capitals"}},
		"a copy":                 {"No problems", "No problems", []string{"not translated"}},
		"only values":            {"%s: %s", "%s: %s", nil},
		"no full stop":           {"It ends.", "終わります", []string{"another end"}},
		"a comma":                {"Here, there", "ここ, そこ", []string{"a half-width comma or full stop behind Japanese"}},
		"full-width digits":      {"one", "１つ", []string{"full-width letters, digits, signs or spaces"}},
		"half-width kana":        {"table", "ﾃｰﾌﾞﾙ", []string{"half-width kana"}},
		"Latin without a space":  {"of MySQL", "MySQLの", []string{"no space between Japanese and Latin letters"}},
		"number without a space": {"of %d", "の%d", []string{"no space between Japanese and a number"}},
		"space at a comma":       {"%s, there", "%s 、そこ", []string{"a space next to Japanese punctuation"}},
	} {
		if got := slips(test.key, test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
