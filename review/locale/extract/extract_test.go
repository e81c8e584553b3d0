package extract_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale/extract"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	sentences, unclear, err := extract.Sentences("testdata/said", ".")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sentences {
		got = append(got, s.Key)
		if !slices.Equal(s.Files, []string{"said.go"}) {
			t.Errorf("%s: in %s", s.Key, s.Files)
		}
	}
	want := []string{
		"constant", "in a field", "in a named field", "in a map", "returned", "returned, joined", "direct %d",
		"through two functions", "assigned", "found again %s", "through a variable",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`said.go:50:9: "unclear " + err.Error()`}, unclear); diff != "" {
		t.Errorf("unclear (-want +got):\n%s", diff)
	}
}
