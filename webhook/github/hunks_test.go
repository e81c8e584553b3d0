package github

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseHunks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		patch string
		want  []hunk
	}{
		"new file":     {"@@ -0,0 +1,2 @@\n+a\n+b", []hunk{{1, 2, []int{1, 2}}}},
		"one line":     {"@@ -0,0 +1 @@\n+a\n\\ No newline at end of file", []hunk{{1, 1, []int{1}}}},
		"deleted file": {"@@ -1,2 +0,0 @@\n-a\n-b", nil},
		"two hunks": {
			"@@ -1,3 +1,4 @@ CREATE TABLE\n a\n+b\n c\n d\n@@ -10,2 +11,2 @@\n-x\n+y\n z\n",
			[]hunk{{1, 4, []int{2}}, {11, 12, []int{11}}},
		},
		"only removed":                {"@@ -3,3 +3,2 @@\n a\n-b\n c", []hunk{{3, 4, nil}}},
		"SQL comment that is removed": {"@@ -1,2 +1 @@\n a\n--- old", []hunk{{1, 1, nil}}},
		"SQL comment that is added":   {"@@ -1 +1,2 @@\n a\n++-- new", []hunk{{1, 2, []int{2}}}},
		"header in the text":          {"@@ -1 +1,2 @@\n a\n+@@ -5 +5 @@", []hunk{{1, 2, []int{2}}}},
		"cut short":                   {"@@ -1,9 +1,9 @@\n a\n+b", []hunk{{1, 2, []int{2}}}},
		"longer than it says":         {"@@ -1 +1 @@\n+a\n+b", []hunk{{1, 1, []int{1}}}},
		"line ends of Windows":        {"@@ -0,0 +1,2 @@\n+a\r\n+b\r\n", []hunk{{1, 2, []int{1, 2}}}},
		"empty context line":          {"@@ -1,2 +1,3 @@\n a\n\n+b", []hunk{{1, 3, []int{3}}}},
		"no hunk":                     {"Binary files differ", nil},
		"none":                        {"", nil},
		"lines without end":           {"@@ -1 +99999999999999999999,2 @@\n+a", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, parseHunks(c.patch), cmp.AllowUnexported(hunk{})); diff != "" && len(c.want)+len(parseHunks(c.patch)) > 0 {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzParseHunks(f *testing.F) {
	f.Add("@@ -1,3 +1,4 @@ CREATE TABLE\n a\n+b\n c\n d\n@@ -10,2 +11,2 @@\n-x\n+y\n z\n")
	f.Add("@@ -0,0 +1 @@\n+a\n\\ No newline at end of file")
	f.Fuzz(func(t *testing.T, patch string) {
		for _, h := range parseHunks(patch) {
			if h.first < 1 || h.last < h.first || len(h.added) > h.last-h.first+1 {
				t.Fatalf("hunk %+v", h)
			}
			for _, line := range h.added {
				if !h.contains(line, line) || !h.adds(line) {
					t.Fatalf("line %d is not in %+v", line, h)
				}
			}
		}
	})
}
