package github

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecodeListing(t *testing.T) {
	t.Parallel()
	sha := strings.Repeat("a", 40)
	answer := `{"sha":"x","url":"y","tree":[
		{"path":"a.sql","mode":"100644","type":"blob","sha":"` + sha + `","size":3},
		{"path":"bin","mode":"100755","type":"blob","sha":"` + sha + `","size":4},
		{"path":"link.sql","mode":"120000","type":"blob","sha":"` + sha + `"},
		{"path":"sub","mode":"160000","type":"commit","sha":"` + sha + `"},
		{"path":"dir","mode":"040000","type":"tree","sha":"` + sha + `"}],"other":{"tree":[1]},"truncated":true}`
	got := &tree{}
	truncated, err := decodeListing(strings.NewReader(answer), got.add)
	if err != nil || !truncated {
		t.Fatalf("got %t, %v", truncated, err)
	}
	want := []treeFile{{"a.sql", blobRef{sha, 3}}, {"bin", blobRef{sha, 4}}}
	if diff := cmp.Diff(want, got.files, cmp.AllowUnexported(treeFile{}, blobRef{})); diff != "" {
		t.Error(diff)
	}
	for i := range len(answer) - 1 {
		if _, err := decodeListing(strings.NewReader(answer[:i]), (&tree{}).add); err == nil {
			t.Fatalf("half an answer was taken for whole: %s", answer[:i])
		}
	}
}

func TestTreeIsKept(t *testing.T) {
	t.Parallel()
	sha := strings.Repeat("b", 40)
	want := &tree{files: []treeFile{{"a b.sql", blobRef{sha, 0}}, {"日本\n語.sql", blobRef{sha, 1 << 40}}}}
	data := encodeTree(want)
	got, err := decodeTree(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.files, got.files, cmp.AllowUnexported(treeFile{}, blobRef{})); diff != "" {
		t.Error(diff)
	}
	for i := range data {
		if _, err := decodeTree(data[:i]); err == nil {
			t.Fatalf("%d of %d bytes were taken for whole", i, len(data))
		}
	}
	empty, err := decodeTree(encodeTree(&tree{}))
	if err != nil || len(empty.files) != 0 {
		t.Errorf("got %v, %v", empty, err)
	}
}

func FuzzDecodeTree(f *testing.F) {
	f.Add(encodeTree(&tree{files: []treeFile{{"a", blobRef{strings.Repeat("c", 40), 1}}}}))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = decodeTree(data) })
}

func FuzzDecodeListing(f *testing.F) {
	f.Add(`{"tree":[{"path":"a"}],"truncated":false}`)
	f.Fuzz(func(_ *testing.T, answer string) {
		_, _ = decodeListing(strings.NewReader(answer), func(treeEntry) {})
	})
}
