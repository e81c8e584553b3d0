package ddlparse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParameters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"none":    {"CREATE PROCEDURE p() BEGIN END", nil},
		"modes":   {"CREATE PROCEDURE s.p(IN a INT, OUT `b c` DECIMAL(10, 2), d VARCHAR(64) CHARACTER SET ascii) SELECT (1)", []string{"a", "b c", "d"}},
		"no body": {"CREATE PROCEDURE p(a", []string{"a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := &Source{Text: test.text}
			toks := tokenize(src, 0, int32(len(test.text)), lexOptions{engine: DefaultEngine()})
			if diff := cmp.Diff(test.want, parameters(src, toks)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCallArguments(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"bare":        {"CALL p", nil},
		"literals":    {"CALL s.p('a''b', 7, @x, CONCAT('c', 'd'), -1, )", []string{"a'b", "7", "", "", ""}},
		"never ended": {"CALL p('a', (", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := &Source{Path: "a.sql", Text: test.text}
			list := Parse(src, Located{}, ParseOptions{Engine: DefaultEngine()})
			var got []string
			for _, c := range list[0].Statements[0].Changes {
				got = c.(*Unanalyzable).Arguments
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
