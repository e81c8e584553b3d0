package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/eval"
)

func labelled(text string) []eval.Label {
	var list []eval.Label
	for _, word := range strings.Fields(text) {
		guideline, object, _ := strings.Cut(word, ":")
		list = append(list, eval.Label{Guideline: guideline, Object: object})
	}
	return list
}

// What meets a label: the object itself, its table, or a column for its table. Once.
func TestLabels(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		expect, allow, forbid, claims string
		want, missed                  string
	}{
		"the object itself":               {expect: "g:a.x", claims: "g:a.x", want: "hit"},
		"in another case":                 {expect: "g:Orders.ID", claims: "g:orders.id", want: "hit"},
		"another guideline":               {expect: "g:a.x", claims: "h:a.x", want: "false", missed: "g:a.x"},
		"the table for its column":        {expect: "g:a.x", claims: "g:a", want: "hit as a.x"},
		"a column for its table":          {expect: "g:a", claims: "g:a.x", want: "hit as a"},
		"a column for another":            {expect: "g:a.x", claims: "g:a.y", want: "false near a.x", missed: "g:a.x"},
		"another table":                   {expect: "g:a", claims: "g:b", want: "false", missed: "g:a"},
		"said twice":                      {expect: "g:a.x", claims: "g:a g:a.x", want: "false, hit"},
		"two labels, one claim":           {expect: "g:a.x g:a.y", claims: "g:a", want: "hit as a.x", missed: "g:a.y"},
		"forbidden":                       {forbid: "g:a.x", claims: "g:a.x", want: "forbidden"},
		"forbidden by its table":          {forbid: "g:a.x", claims: "g:a", want: "forbidden"},
		"allowed":                         {allow: "g:a.x", claims: "g:a.x g:a", want: "allowed, allowed"},
		"the exact one first":             {expect: "g:a.x", forbid: "g:a", claims: "g:a g:a.x", want: "forbidden, hit"},
		"nobody speaks of it":             {claims: "g:a", want: "false"},
		"one forbidden beside a hit":      {expect: "g:a.x", forbid: "g:a.y", claims: "g:a.y g:a.x", want: "forbidden, hit"},
		"the table with several labelled": {expect: "g:a g:a.x", claims: "g:a.y g:a.x", want: "hit as a, hit"},
	} {
		claims := make([]eval.Claim, 0, 2)
		for _, l := range labelled(test.claims) {
			claims = append(claims, eval.Claim{Label: l})
		}
		missed := eval.JudgeClaims(labelled(test.expect), labelled(test.allow), labelled(test.forbid), claims)
		var got []string
		for _, c := range claims {
			text := string(c.Outcome)
			if c.Met != nil {
				text += " as " + c.Met.Object
			}
			if c.Near != nil {
				text += " near " + c.Near.Object
			}
			got = append(got, text)
		}
		if d := cmp.Diff(test.want, strings.Join(got, ", ")); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		var left []string
		for _, l := range missed {
			left = append(left, l.Guideline+":"+l.Object)
		}
		if d := cmp.Diff(test.missed, strings.Join(left, " ")); d != "" {
			t.Errorf("%s: missed: %s", name, d)
		}
	}
}
