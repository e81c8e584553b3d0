package review_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// fix is a finding whose fix replaces the bytes from start to end.
func fix(src string, start, end int, text string) review.Finding {
	span := ddlparse.Span{Source: &ddlparse.Source{Path: "a.sql", Text: src}, Start: int32(start), End: int32(end)}
	return review.Finding{Rule: "drop-table", Severity: review.Error, Span: span, Fix: &review.Edit{Span: span, New: text}}
}

// replaced is the fix of the first old in the text.
func replaced(src, old, text string) review.Finding {
	at := strings.Index(src, old)
	return fix(src, at, at+len(old), text)
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	far := replaced("a INT,\nb INT\n", "b INT", "b BIGINT")
	far.Span.Start, far.Span.End = 0, 1
	tests := map[string]struct {
		finding review.Finding
		want    review.Suggestion // zero: none
	}{
		"a word":               {replaced("a INT,\nb INT\n", "b INT", "b BIGINT"), review.Suggestion{First: 2, Last: 2, Lines: "b BIGINT\n"}},
		"the last line":        {replaced("a INT,\nb INT", "b INT", "b BIGINT"), review.Suggestion{First: 2, Last: 2, Lines: "b BIGINT\n"}},
		"an insertion":         {fix("a INT\n", 5, 5, " NOT NULL"), review.Suggestion{First: 1, Last: 1, Lines: "a INT NOT NULL\n"}},
		"a line more":          {fix("a\nb\n", 2, 2, "x\n"), review.Suggestion{First: 2, Last: 2, Lines: "x\nb\n"}},
		"two lines":            {replaced("a\nb\nc\nd\n", "b\nc", "B\nC"), review.Suggestion{First: 2, Last: 3, Lines: "B\nC\n"}},
		"only what changes":    {replaced("a\nb\nc\nd\n", "a\nb\nc", "a\nB\nc"), review.Suggestion{First: 2, Last: 2, Lines: "B\n"}},
		"a line less":          {replaced("a\nb\nc\n", "b\n", ""), review.Suggestion{First: 2, Last: 2}},
		"an empty line":        {replaced("a\nb\nc\n", "b", ""), review.Suggestion{First: 2, Last: 2, Lines: "\n"}},
		"Windows":              {replaced("a\r\nb\r\nc\r\n", "b", "x\ny"), review.Suggestion{First: 2, Last: 2, Lines: "x\r\ny\r\n"}},
		"Windows, last line":   {replaced("a\r\nb", "b", "x"), review.Suggestion{}},
		"mixed line ends":      {replaced("a\r\nb\nc\r\n", "a\r\nb\nc", "x"), review.Suggestion{}},
		"behind the end":       {fix("a\n", 2, 2, "b\n"), review.Suggestion{}},
		"nothing":              {replaced("a\n", "a", "a"), review.Suggestion{}},
		"elsewhere":            {far, review.Suggestion{}},
		"too many lines":       {fix("a\n", 0, 0, strings.Repeat("x\n", 20)), review.Suggestion{}},
		"too long":             {fix("a\n", 0, 0, strings.Repeat("x", 9000)), review.Suggestion{}},
		"hidden marks":         {replaced("a \u202eb\n", "a", "x"), review.Suggestion{}},
		"a mark of byte order": {replaced("\ufeffa\n", "a", "x"), review.Suggestion{}},
		"a comment of HTML":    {replaced("a '<!-- x -->'\n", "a", "x"), review.Suggestion{}},
		"no UTF-8":             {replaced("a '\xff'\n", "a", "x"), review.Suggestion{}},
		"no fix":               {review.Finding{Span: far.Span}, review.Suggestion{}},
		"about the whole file": {review.Finding{Fix: far.Fix}, review.Suggestion{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := review.Suggest(test.finding)
			if ok != (test.want.First > 0) || ok && got != test.want {
				t.Errorf("got %#v, %t", got, ok)
			}
		})
	}
}

// hosted is SQL in a string literal of a file, as Atlas' and Rails' files have it.
func TestSuggestHosted(t *testing.T) {
	t.Parallel()
	const text, inner = "SET @a = 1;\nSET @s = 'ADD id INT';\n", "ADD id INT"
	source := &ddlparse.Source{Text: inner, Host: &ddlparse.Source{Path: "a.sql", Text: text}}
	for i := range len(inner) + 1 {
		source.Original = append(source.Original, int32(strings.Index(text, inner)+i))
	}
	span := ddlparse.Span{Source: source, Start: 7, End: 10}
	got, ok := review.Suggest(review.Finding{Span: span, Fix: &review.Edit{Span: span, New: "BIGINT"}})
	if want := (review.Suggestion{First: 2, Last: 2, Lines: "SET @s = 'ADD id BIGINT';\n"}); !ok || got != want {
		t.Errorf("got %#v, %t", got, ok)
	}
	if _, ok := review.Suggest(review.Finding{Span: span, Fix: &review.Edit{Span: span, New: "INT DEFAULT '0'"}}); ok {
		t.Error("a suggestion that ends the literal")
	}
}

// TestSuggestIsTheFix applies suggestions as a forge does, line by line, to files and fixes made at random.
func TestSuggestIsTheFix(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	applied := 0
	for range 20_000 {
		newline := []string{"\n", "\r\n"}[random.IntN(2)]
		src := randomLines(random, 6, newline)
		if random.IntN(8) == 0 {
			src = strings.Replace(src, "\r\n", "\n", 1)
		}
		start := random.IntN(len(src) + 1)
		end := start + random.IntN(min(len(src)-start, 12)+1)
		f := fix(src, start, end, randomLines(random, 3, newline))
		s, ok := review.Suggest(f)
		if !ok {
			continue
		}
		applied++
		want, err := review.ApplyEdits(src, []review.Edit{*f.Fix})
		if err != nil {
			t.Fatal(err)
		}
		if got := applySuggestion(src, s); got != want {
			t.Fatalf("%q, %d to %d becomes %q:\ngot  %q\nwant %q\nby %#v", src, start, end, f.Fix.New, got, want, s)
		}
	}
	if applied < 5000 {
		t.Errorf("only %d suggestions", applied)
	}
}

func randomLines(random *rand.Rand, most int, newline string) string {
	var b strings.Builder
	for range random.IntN(most + 1) {
		b.WriteString(strings.Repeat("ab`", random.IntN(3)))
		if random.IntN(3) > 0 {
			b.WriteString(newline)
		}
	}
	return b.String()
}

// applySuggestion replaces lines by the text between the fences, which ends before the last line break.
func applySuggestion(src string, s review.Suggestion) string {
	lines := strings.Split(src, "\n")
	var with []string
	if s.Lines != "" {
		with = strings.Split(strings.TrimSuffix(s.Lines, "\n"), "\n")
	}
	return strings.Join(append(append(append([]string{}, lines[:s.First-1]...), with...), lines[s.Last:]...), "\n")
}
