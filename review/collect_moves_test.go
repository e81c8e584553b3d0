package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPairMoves(t *testing.T) {
	t.Parallel()
	a, b := []byte("a"), []byte("b")
	got := pairMoves([]Changed{
		{Path: "deleted", Base: b},
		{Path: "old", Base: a},
		{Path: "new", Head: a},
		{Path: "copy", Head: a},
		{Path: "edited", Base: a, Head: b},
		{Path: "emptied", Base: a, Head: []byte{}},
	})
	want := []Changed{
		{Path: "deleted", Base: b},
		{Path: "new", OldPath: "old", Base: a, Head: a},
		{Path: "copy", Head: a},
		{Path: "edited", Base: a, Head: b},
		{Path: "emptied", Base: a, Head: []byte{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
