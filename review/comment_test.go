package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

func TestComment(t *testing.T) {
	t.Parallel()
	f := replaced("a\nb `x` ```y\nc\nd\n", "b", "B")
	f.Problem, f.Advice = review.Msg("`a` is %s.", "*odd*"), review.Msg("Change it.")
	other := ddlparse.Span{Source: &ddlparse.Source{Path: "z.sql", Text: "z"}, End: 1}
	f.Places = []ddlparse.Span{{Source: f.Span.Source, Start: 14, End: 15}, other}
	f.Related = []review.Related{{Span: other, Note: review.Msg("`a` is defined here")}, {Note: review.Msg("nowhere")}}
	want := `🛑 **Table is dropped**

'a' is &#42;odd&#42;.

Change it.

''''suggestion
B 'x' '''y
''''

Also in lines 3, 'z.sql' L1.

- 'z.sql' L1: 'a' is defined here

['drop-table'](https://github.com/schema-review/schema-review/blob/main/docs/rules/drop-table.md) · ignore: '-- schema-review: ignore drop-table <reason>'
`
	want = strings.ReplaceAll(want, "'", "`")
	if diff := cmp.Diff(want, english().Comment(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	plain := strings.Replace(want, "suggestion", "sql", 1)
	if diff := cmp.Diff(plain, english().PlainComment(f)); diff != "" {
		t.Errorf("without a suggestion (-want +got):\n%s", diff)
	}
}

func TestCommentFooter(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		finding review.Finding
		want    string
	}{
		"a file":        {review.Finding{Rule: "edited-applied-migration"}, " · ignore: `-- schema-review: ignore-file edited-applied-migration <reason>`\n"},
		"a suppression": {review.Finding{Rule: review.SuppressionUnused}, "suppression-unused.md)\n"},
		"no rule of ours": {review.Finding{Rule: "acme/a b"}, "[`acme/a b`](https://github.com/schema-review/schema-review/blob/main/docs/rules/acme%2Fa%20b.md) · ignore: " +
			"`-- schema-review: ignore-file acme/a b <reason>`\n"},
	} {
		if got := english().Comment(test.finding); !strings.HasSuffix(got, test.want) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
