package main

import (
	"bytes"
	"testing"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	page := "# Title\n\nA `word`, [a link](https://x.y) and [another](b).\n\n```sql bad mariadb 10.11\nDROP `t`;\n```\n| a | b |\n|---|---|\n"
	want := "Title\n\nA word, a link (https://x.y) and another (b).\n\n  bad (mariadb 10.11):\n    DROP `t`;\n| a | b |\n"
	var b bytes.Buffer
	if err := explain(&b, page, newPaint(false)); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}

func TestLinksLeaveOtherBracketsAlone(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"a](b", "](", "[a](b", "`a[1]`", ""} {
		if got := links(line); got != line {
			t.Errorf("links(%q) = %q", line, got)
		}
	}
}
