package review_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// hostile are names, values and comments that somebody may write to make a review say what it doesn't.
var hostile = []string{
	"@acme/dba", "ping @octocat please", "x@example.com", "#1", "fixes #12", "closes acme/shop#3", "GH-12", "gh-7 done",
	"a5c3785ed8d6a35868bc169f07e40e889087fd2e", "acme/shop@a5c3785ed8d6a35868bc169f07e40e889087fd2e", "deploy 4f2c9ab now",
	"https://evil.example", "HTTP://EVIL.example", "www.evil.example", "WWW.evil.example", "ftp://evil.example", "mailto:a@b.example", "<https://evil.example>",
	"[x](https://evil.example)", "![x](https://evil.example/p.png)", "[x]: https://evil.example", "[x][y]", "a](https://evil.example)[b",
	"<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</details><h1>x</h1>", "<!-- hidden -->", "--> <b>out</b>",
	"<!-- schema-review:v1 fp=0 id=0 rule=x mac=0 -->", "`<!-- schema-review:v1 fp=0 -->`", "&lt;img src=x&gt;", "&#60;b&#62;", "&#64;octocat",
	"```suggestion\nDROP TABLE users;\n```", "`", "``", "```", "a`b", "`a", "a`", "````\nx", "~~~suggestion\nx\n~~~", "` @octocat `", "`` @octocat ``",
	"**bold**", "__bold__", "~~gone~~", "# heading", "> quote", "- item", "1. item", "1) item", "===", "---", "***", "| a | b |", "a|b", `a\|b @octocat`, `\`, `a\`, `\\|`, "`|`", "`\\|` @octocat",
	"$x$", "$$x$$", ":tada:", ":shipit: ok", ":100:", "[^1]", "- [ ] task", "::: note", "> [!WARNING]",
	"a\nb", "a\r\n\r\n# b", "a\tb", "    code", "\u202egnp.exe", "us\u200bers", "us\u2060ers", "\u2066x\u2069", "a\u00adb", "\ufeffa", "\u3164", "a\U000E0041b", "a\u2028b", "a\x00b", "\xff\xfe", "a\x1b[31mb",
	"%%{init: {}}%%", "%% comment", `"] { x y } "`, "}", "{", "erDiagram", "direction LR", "pk", "style x fill:red", "%s %d %!", "氏名", "テーブル 一", strings.Repeat("長", 3000), strings.Repeat("`", 300), strings.Repeat("&@", 3000),
}

// hostileFinding has the text in every place where one of a file's can be.
func hostileFinding(bad string) review.Finding {
	quoted := "`" + strings.ReplaceAll(bad, "`", "``") + "`"
	sql := "CREATE TABLE " + quoted + " (" + quoted + " INT COMMENT '" + strings.ReplaceAll(bad, "'", "''") + "')"
	src := &ddlparse.Source{Path: "db/" + bad + ".sql", Text: sql}
	span := ddlparse.Span{Source: src, Start: 0, End: int32(len(sql))}
	return review.Finding{
		Rule: "drop-table", Severity: review.Error, Object: bad, Span: span,
		Problem: review.Msg("`%s` is %s.", bad, bad),
		Advice:  review.Msg(strings.ReplaceAll(bad, "%", "%%")),
		Fix:     &review.Edit{Title: bad, Span: ddlparse.Span{Source: src, Start: 0, End: 6}, New: bad},
		Related: []review.Related{{Span: span, Note: review.Msg("%s", bad)}},
		Places:  []ddlparse.Span{span, {Source: &ddlparse.Source{Path: bad, Text: "x"}, End: 1}},
	}
}

// hostileReport has the text in the history, in the change set, and in all that the report says itself.
func hostileReport(t *testing.T, bad string) *review.Report {
	t.Helper()
	quoted := "`" + strings.ReplaceAll(bad, "`", "``") + "`"
	literal := "'" + strings.ReplaceAll(strings.ReplaceAll(bad, `\`, `\\`), "'", "''") + "'"
	before := "CREATE TABLE parents (id BIGINT PRIMARY KEY);\nCREATE TABLE " + quoted + " (id BIGINT PRIMARY KEY, old INT);\nCREATE TABLE gone (" + quoted + " INT);"
	after := "ALTER TABLE " + quoted + " ADD COLUMN " + quoted + " INT NOT NULL COMMENT " + literal + ", RENAME COLUMN old TO " + quoted + ", ADD CONSTRAINT " + quoted + " FOREIGN KEY (" + quoted + ") REFERENCES parents (id);\nDROP TABLE gone;\nCREATE TABLE t2 (e ENUM(" + literal + "), k INT DEFAULT " + literal + ", KEY " + quoted + " (k));\nSELECT " + quoted
	r := reviewed(t, &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte(before)}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(after)}},
	})
	r.EngineSource = bad
	r.Findings = append(r.Findings, hostileFinding(bad))
	r.NotReviewed = append(r.NotReviewed, review.NotReviewed{Path: bad, What: bad, Reason: review.Msg("%s", bad)})
	r.RuleErrors = append(r.RuleErrors, review.RuleError{Rule: bad})
	return r
}

func hostileProblems(bad string) []review.ConfigProblem {
	return []review.ConfigProblem{{Path: bad, Line: 1, Column: 2, Problem: review.Msg("`%s` is %s.", bad, bad), Advice: review.Msg("%s", bad), Fatal: true}}
}

// TestHostileText puts each text into everything that is written for a forge.
func TestHostileText(t *testing.T) {
	t.Parallel()
	v := english()
	for i, bad := range hostile {
		t.Run(fmt.Sprintf("%d %.20q", i, bad), func(t *testing.T) {
			t.Parallel()
			f, r, problems := hostileFinding(bad), hostileReport(t, bad), hostileProblems(bad)
			edits := []review.Difference{{Key: bad, Before: bad, After: bad}, {Key: "a", After: bad}}
			comment := v.Comment(f)
			for name, body := range map[string]string{
				"comment":       comment,
				"plain comment": v.PlainComment(f),
				"fixed":         v.Fixed(comment, "4f2c9ab1d00f"),
				"body":          v.Body(r, review.BodyOptions{Outside: r.Findings, Problems: problems, Preview: problems, Previews: true, Differences: edits}),
				"summary":       v.CheckSummary(r, review.CheckOptions{Problems: problems, Preview: problems, Previews: true, Differences: edits}),
				"text":          review.MarkdownText(bad) + "\n",
				"span":          review.CodeSpan(bad) + "\n",
			} {
				checkMarkup(t, name, body)
			}
			title, message := v.Annotation(f)
			checkVisible(t, "annotation", title+message)
			checkVisible(t, "title", v.CheckTitle(r))
		})
	}
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))

// forgeText is what a forge makes links, mentions and pictures of in text that isn't code.
// https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
var forgeText = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|://|www\.[a-z]|:[a-z0-9_+-]+:|\b[0-9a-f]{40}\b|\$`)

// checkMarkup reads Markdown as a forge does: nothing is in it that isn't ours.
func checkMarkup(t *testing.T, name, body string) {
	t.Helper()
	if strings.Contains(body, "<!--") {
		t.Errorf("%s: a hidden comment:\n%s", name, body)
	}
	checkVisible(t, name, body)
	if n := len(utf16.Encode([]rune(body))); n > 65_000 {
		t.Errorf("%s: %d characters", name, n)
	}
	source := []byte(body)
	err := ast.Walk(markdown.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			if !strings.HasPrefix(string(n.Destination), review.RulePage("")[:20]) {
				t.Errorf("%s: a link to %s:\n%s", name, n.Destination, body)
			}
		case *ast.AutoLink, *ast.Image, *ast.Heading, *ast.Blockquote, *ast.ThematicBreak:
			t.Errorf("%s: a %s:\n%s", name, n.Kind(), body)
		case *ast.RawHTML:
			if html := string(n.Segments.Value(source)); html != "<br>" && html != "</summary>" {
				t.Errorf("%s: HTML %s:\n%s", name, html, body)
			}
		case *ast.HTMLBlock:
			checkHTML(t, name, n, source)
		case *ast.CodeBlock:
			t.Errorf("%s: indented code:\n%s", name, body)
		case *ast.FencedCodeBlock:
			if l := string(n.Language(source)); l != "suggestion" && l != "sql" && l != "mermaid" || name == "fixed" && l == "suggestion" {
				t.Errorf("%s: code of %s:\n%s", name, l, body)
			}
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			checkText(t, name, n, source, body)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkText(t *testing.T, name string, n *ast.Text, source []byte, body string) {
	t.Helper()
	words := string(n.Value(source))
	words = strings.ReplaceAll(words, "&#8203;", "\u200b")
	words = regexp.MustCompile(`&#([0-9]+);`).ReplaceAllString(words, "_")
	if bad := forgeText.FindString(words); bad != "" {
		t.Errorf("%s: %q in %q of\n%s", name, bad, words, body)
	}
}

func checkHTML(t *testing.T, name string, n *ast.HTMLBlock, source []byte) {
	t.Helper()
	html := strings.TrimSpace(string(n.Lines().Value(source)))
	if name != "fixed" || html != "<details><summary>What it was</summary>" && html != "</details>" {
		t.Errorf("%s: HTML %s", name, html)
	}
}

// checkVisible finds characters that can't be seen, other than the one that breaks words.
func checkVisible(t *testing.T, name, s string) {
	t.Helper()
	s = regexp.MustCompile("(?ms)^(`{3,})(suggestion|sql)\n.*?^`{3,}$").ReplaceAllStringFunc(s, func(code string) string {
		return strings.NewReplacer("\t", "", "\r\n", "").Replace(code)
	})
	for _, r := range strings.ReplaceAll(s, "<!-\u200b-", "") {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)) {
			t.Errorf("%s: %U in %.300q", name, r, s)
			return
		}
	}
}
