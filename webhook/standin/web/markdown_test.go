package web

import (
	"html/template"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, want string }{
		"line breaks":      {"a\nb", "<p>a<br>\nb</p>\n"},
		"a struck line":    {"~~a~~", "<p><del>a</del></p>\n"},
		"hidden marker":    {"a\n\n<!-- schema-review:v1 fp=1 -->", "<p>a</p>\n"},
		"folded":           {"<details><summary>More</summary>\n\n`x`\n\n</details>", "<details><summary>More</summary>\n<p><code>x</code></p>\n</details>"},
		"script":           {"<script>alert(1)</script>a", "a"},
		"handler":          {"<p onclick=alert(1)>a</p>", "<p>a</p>"},
		"script as a link": {"[a](javascript:alert)", "<p>a</p>\n"},
		"picture":          {"![a](http://example.org/x.png)", "<p></p>\n"},
		"style":            {`<p style="position:fixed" class="top">a</p>`, "<p>a</p>"},
		"code":             {"```sql\nSELECT '<b>'\n```", "<pre><code>SELECT &#39;&lt;b&gt;&#39;\n</code></pre>"},
		"a suggestion":     {"```suggestion\nx\n```", "[x\n]"},
		"an empty one":     {"```suggestion\n```", "[]"},
		"a long fence":     {"````suggestion\n```\n````", "[```\n]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := markdown(test.source, func(lines string) template.HTML { return template.HTML("[" + lines + "]") })
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.source, diff)
			}
		})
	}
}

func TestMarkdownDiagram(t *testing.T) {
	t.Parallel()
	got := string(prose("```mermaid\nerDiagram\n  a[\"x\\\" onload=y\"] {\n```"))
	if strings.Contains(got, `" onload`) || !strings.Contains(got, `src="/diagram#erDiagram`) {
		t.Errorf("got %s", got)
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(sampleComment)
	f.Add("<details>\n```suggestion\n</details><script>")
	f.Fuzz(func(t *testing.T, source string) {
		got := string(markdown(source, func(string) template.HTML { return "" }))
		for _, bad := range []string{"<script", "<style", "<img", "<!--", "<form"} {
			if strings.Contains(strings.ToLower(got), bad) {
				t.Errorf("%q comes out of %q", bad, source)
			}
		}
	})
}
