package web

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"html"
	"html/template"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// markdown renders a comment as GitHub does: GitHub flavoured, a line break is a line break, and what could
// run or hide is dropped. suggestion draws the blocks that replace lines.
func markdown(source string, suggestion func(lines string) template.HTML) template.HTML {
	drawer := &drawer{suggestion: suggestion, token: rand.Text()}
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(goldhtml.WithUnsafe(), goldhtml.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(drawer, 1))),
	)
	var out bytes.Buffer
	if err := md.Convert([]byte(source), &out); err != nil {
		return template.HTML("<pre>" + html.EscapeString(source) + "</pre>")
	}
	return template.HTML(drawer.insert(sanitizer().Sanitize(out.String())))
}

// sanitizer keeps what GitHub keeps of HTML in a comment, but for pictures: the pages ask nobody for anything.
func sanitizer() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowStandardURLs()
	p.AllowTables()
	p.AllowLists()
	p.AllowAttrs("href", "title").OnElements("a")
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("type", "checked", "disabled").OnElements("input")
	p.AllowElements("a", "b", "blockquote", "br", "code", "del", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6",
		"hr", "i", "ins", "kbd", "p", "pre", "s", "samp", "span", "strong", "sub", "summary", "sup", "tt", "var")
	return p
}

// drawer takes the blocks of code that GitHub draws out of the way of the sanitizer.
type drawer struct {
	suggestion func(string) template.HTML
	token      string // nobody can guess it, so no comment can hold a place of ours
	drawn      []string
}

// RegisterFuncs implements goldmark's renderer.NodeRenderer.
func (d *drawer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, d.render)
}

func (d *drawer) render(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	code := string(n.Lines().Value(source))
	var drawn template.HTML
	switch string(n.(*ast.FencedCodeBlock).Language(source)) {
	case "suggestion":
		drawn = d.suggestion(code)
	case "mermaid":
		drawn = draw("diagram", code)
	default:
		drawn = template.HTML("<pre><code>" + html.EscapeString(code) + "</code></pre>")
	}
	d.drawn = append(d.drawn, string(drawn))
	_, err := w.WriteString(d.place(len(d.drawn) - 1))
	return ast.WalkContinue, err
}

func (d *drawer) place(i int) string { return fmt.Sprintf("<div>%s-%d-</div>", d.token, i) }

// insert puts the drawn blocks into the sanitized text.
func (d *drawer) insert(text string) string {
	for i, block := range d.drawn {
		text = strings.Replace(text, d.place(i), block, 1)
	}
	return text
}
