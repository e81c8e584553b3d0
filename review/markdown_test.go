package review_test

import (
	"testing"

	"github.com/schema-review/schema-review/review"
)

func TestMarkdownText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"identifier":     {"`orders.user_id` is dropped.", "`orders.user_id` is dropped."},
		"odd backquote":  {"a `b", "a &#96;b"},
		"mention":        {"ask @dba", "ask @&#8203;dba"},
		"issue":          {"see #12", "see #&#8203;12"},
		"HTML":           {"<img src=x>", "&#60;img src=x&#62;"},
		"link":           {"[a](http://b)", "&#91;a&#93;(http:&#8203;//b)"},
		"bare link":      {"www.example.com", "www.&#8203;example.com"},
		"list":           {"1. a - b", "&#49;. a - b"},
		"colon":          {"a: b", "a: b"},
		"entity":         {"&lt;", "&#38;lt;"},
		"table":          {"a | b `c|d`", "a &#124; b `c|d`"},
		"new line":       {"a\n# b", "a #&#8203; b"},
		"turned":         {"a\u202eb", "ab"},
		"injected spans": {"`a` <b> `c`", "`a` &#60;b&#62; `c`"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := review.MarkdownText(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCodeSpan(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a":       "`a`",
		"a`b":     "``a`b``",
		"`a":      "`` `a ``",
		"a|b":     "`a|b`",
		"a\n b":   "`a b`",
		"":        "",
		"``x`y``": "``` ``x`y`` ```",
	} {
		if got := review.CodeSpan(in); got != want {
			t.Errorf("CodeSpan(%q): got %q, want %q", in, got, want)
		}
	}
}
