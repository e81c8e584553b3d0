package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

func TestSnippet(t *testing.T) {
	t.Parallel()
	far := strings.Repeat("x", 10_000_000)
	for name, c := range map[string]struct{ text, word, want string }{
		"one line":        {"a bad c", "bad", "1 | a bad c\n    |   ^^^"},
		"tabs":            {"\ta\tbad", "bad", "1 |     a   bad\n    |         ^^^"},
		"tab inside":      {"x\ty", "x\ty", "1 | x   y\n    | ^^^^^"},
		"wide range":      {"-- 金額 INT", "金額", "1 | -- 金額 INT\n    |    ^^^^"},
		"behind wide":     {"金額 bad", "bad", "1 | 金額 bad\n    |      ^^^"},
		"combining":       {"e\u0301 bad", "bad", "1 | e\u0301 bad\n    |   ^^^"},
		"half-width kana": {"ｶﾞ bad", "bad", "1 | ｶﾞ bad\n    |    ^^^"},
		"full-width":      {"（bad）", "bad", "1 | （bad）\n    |   ^^^"},
		"combining kana":  {"か\u3099 bad", "bad", "1 | か\u3099 bad\n    |    ^^^"},
		"ambiguous, which most terminals show narrow": {"○× bad", "bad", "1 | ○× bad\n    |    ^^^"},
		"empty span":      {"ab", "", "1 | ab\n    | ^"},
		"escape sequence": {"\x1b[31m bad", "bad", "1 | \ufffd[31m bad\n    |       ^^^"},
		"invalid UTF-8":   {"\xff\xfe bad", "bad", "1 | \ufffd\ufffd bad\n    |    ^^^"},
		"carriage return": {"bad\r\nx", "bad", "1 | bad\n    | ^^^"},
		"trailing break":  {"bad;\nx", "bad;\n", "1 | bad;\n    | ^^^^"},
		"two lines":       {"a (\n b\n)\n", "a (\n b", "1 |> a (\n  2 |>  b"},
		"many lines":      {"1\n2\n3\n4\n5\n6\n7", "1\n2\n3\n4\n5\n6\n7", "1 |> 1\n  2 |> 2\n  3 |> 3\n  4 |> 4\n  5 |> 5\n    |  … 2 more lines"},
		"megabytes":       {far + " bad " + far, "bad", "1 | …" + strings.Repeat("x", 39) + " bad " + strings.Repeat("x", 76) + "…\n    | " + strings.Repeat(" ", 41) + "^^^"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			src := &ddlparse.Source{Path: "a.sql", Text: c.text}
			snippet{&b, english, func(s string) string { return s }, 1}.write(spanOf(t, src, c.word))
			if got := strings.TrimSpace(b.String()); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPlaceCountsCharacters(t *testing.T) {
	t.Parallel()
	src := &ddlparse.Source{Text: "a\n金額 x"}
	got := startOf(spanOf(t, src, "x"))
	if want := (place{Offset: 9, Line: 2, Column: 4}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFixDiff(t *testing.T) {
	t.Parallel()
	src := &ddlparse.Source{Text: "a\nb c\nd\n"}
	for name, c := range map[string]struct {
		word, text    string
		first         int
		before, after string
	}{
		"a word":      {"c", "x", 2, "b c", "b x"},
		"more lines":  {"c", "c,\nx", 2, "b c", "b c,|x"},
		"a line less": {"b c\n", "", 2, "b c", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, before, after := fixDiff(editOf(spanOf(t, src, c.word), c.text))
			if first != c.first || strings.Join(before, "|") != c.before || strings.Join(after, "|") != c.after {
				t.Errorf("got %d %q %q", first, before, after)
			}
		})
	}
}

func editOf(s ddlparse.Span, text string) *review.Edit { return &review.Edit{Span: s, New: text} }
