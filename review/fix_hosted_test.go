package review

import (
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
)

// TestFits asks for edits in SQL that stands in a string literal of a file.
func TestFits(t *testing.T) {
	t.Parallel()
	host := &ddlparse.Source{Path: "a.sql", Text: "SET @s = 'ADD id INT'"}
	plain := &ddlparse.Source{Text: "ADD id INT", Host: host, Original: []int32{10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}}
	made := &ddlparse.Source{Text: "ADD id INT", Host: host, Original: []int32{4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}}
	tests := map[string]struct {
		edit Edit
		want bool
	}{
		"in the file":     {Edit{Span: ddlparse.Span{Source: host, Start: 10, End: 13}, New: "'"}, true},
		"in a literal":    {Edit{Span: ddlparse.Span{Source: plain, Start: 7, End: 10}, New: "BIGINT"}, true},
		"a quote":         {Edit{Span: ddlparse.Span{Source: plain, Start: 7, End: 10}, New: "INT DEFAULT '0'"}, false},
		"an insertion":    {Edit{Span: ddlparse.Span{Source: plain, Start: 10, End: 10}, New: " NOT NULL"}, false},
		"a variable's":    {Edit{Span: ddlparse.Span{Source: made, Start: 7, End: 10}, New: "BIGINT"}, false},
		"no place at all": {Edit{New: "BIGINT"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.edit.fits(); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}
