package eval

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// TestMarkdown holds that a comment has the figures, is one that a forge takes, and that names on it are inert.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	now, before := samples(t)
	now.Guidelines[0].Name = "`<img src=x onerror=alert(1)>` @everyone | [a](http://b)"
	var b bytes.Buffer
	if err := Markdown(&b, now, Compare(before, now), english()); err != nil {
		t.Fatal(err)
	}
	const longestComment = 65536 // characters that GitHub takes
	if n := len([]rune(b.String())); n > longestComment {
		t.Errorf("the comment has %d characters", n)
	}
	for _, want := range []string{
		"> Scripted answers", "| Precision | ", "Compared with before", "the worst first", "Claims that were dropped", "questions: ", "32 of 32 labelled examples (kappa 1.00): calibrated",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(b.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<img", "<a ", "%!"} {
		if strings.Contains(page.String(), bad) || strings.Contains(b.String(), "%!") {
			t.Errorf("%q is in\n%s", bad, page.String())
		}
	}
	if err := Markdown(&b, &Result{}, nil, english()); err != nil {
		t.Error(err)
	}
}
