package review

import (
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
)

// spanOf is the place of the n-th occurrence of word, counted from 0.
func spanOf(src *ddlparse.Source, word string, n int) ddlparse.Span {
	at := -1
	for range n + 1 {
		at += 1 + strings.Index(src.Text[at+1:], word)
	}
	return ddlparse.Span{Source: src, Start: int32(at), End: int32(at + len(word))}
}

func TestApplyEdits(t *testing.T) {
	t.Parallel()
	src := &ddlparse.Source{Path: "V1.sql", Text: "a INT, b INT"}
	edit := func(word string, n int, text string) Edit { return Edit{Span: spanOf(src, word, n), New: text} }
	insert := Edit{Span: ddlparse.Span{Source: src, Start: 5, End: 5}, New: " NOT NULL"}
	tests := map[string]struct {
		edits []Edit
		want  string
		fails string
	}{
		"none":                 {nil, "a INT, b INT", ""},
		"in any order":         {[]Edit{edit("INT", 1, "BIGINT"), edit("a", 0, "x")}, "x INT, b BIGINT", ""},
		"insert behind a word": {[]Edit{insert, edit("INT", 0, "BIGINT")}, "a BIGINT NOT NULL, b INT", ""},
		"overlap":              {[]Edit{edit("a INT", 0, ""), edit("INT", 0, "BIGINT")}, "", "overlaps"},
		"outside":              {[]Edit{{Span: ddlparse.Span{Source: src, Start: 3, End: 99}}}, "", "outside"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ApplyEdits(src.Text, test.edits)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if (err != nil) != (test.fails != "") || err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("got error %v, want %q", err, test.fails)
			}
		})
	}
}
