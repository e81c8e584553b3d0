package main

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/examples/shop"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook/standin"
	"golang.org/x/text/message"
)

// demoBranch is the pull request's branch.
const demoBranch = "refunds"

// demoVersions are the migrations of the pull request; what is older lies on main.
var demoVersions = []string{"V14__", "V15__", "V16__"}

// demoConfig is where the shop's configuration lies.
const demoConfig = ".github/schema-review.yml"

// demoRepository makes the shop's repository, with the branch that becomes a pull request. It is reviewed in the
// language.
func demoRepository(g *standin.GitHub, p *message.Printer, lang string) (*standin.Repository, error) {
	merged, proposed := map[string]*string{}, map[string]*string{}
	err := fs.WalkDir(shop.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := shop.Files.ReadFile(name)
		isNew := slices.ContainsFunc(demoVersions, func(v string) bool { return strings.HasPrefix(path.Base(name), v) })
		if isNew {
			proposed[name] = new(string(data))
		} else {
			merged[name] = new(string(data))
		}
		return err
	})
	if config := merged[demoConfig]; config != nil && slices.Index(locale.Languages(), lang) > 0 { // the first is the default
		*config += "\nlanguage: " + lang + "\n"
	}
	r := g.NewRepository("acme", "shop")
	r.Commit("main", p.Sprintf("The shop so far"), merged)
	r.Commit(demoBranch, p.Sprintf("Give money back, settle payments"), proposed)
	return r, err
}

// demoPull opens the pull request, which sends the webhook.
func demoPull(r *standin.Repository, p *message.Printer) *standin.Pull {
	return r.OpenPull(standin.PullOptions{
		Head: demoBranch, Title: p.Sprintf("Give money back, settle payments"),
		Body: p.Sprintf("Customers can get their money back in parts, and we keep what the payment company has paid out."),
	})
}

// demoRefundKey is what the second commit adds, as payments has it since V12.
const demoRefundKey = "uq_refunds_idempotency_key"

// withRefundKey gives refunds a key against being made twice.
func withRefundKey(migration string) string {
	return strings.NewReplacer(
		"  PRIMARY KEY (id),\n  KEY idx_refunds_payment_id",
		"  idempotency_key CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '冪等キー',\n  PRIMARY KEY (id),\n"+
			"  UNIQUE KEY "+demoRefundKey+" (idempotency_key),\n  KEY idx_refunds_payment_id",
	).Replace(migration)
}

// demoFix finds the first comment with a suggestion, and commits it as its button on GitHub would, together with
// what a design suggestion asks for.
func demoFix(r *standin.Repository, pull *standin.Pull, p *message.Printer) (t standin.Thread, sha string) {
	for _, t := range pull.Threads() {
		lines, ok := suggestedLines(t.Comments[0].Body)
		text, exists := r.Read(demoBranch, t.Path)
		if !ok || !exists || t.Line == 0 {
			continue
		}
		first := t.Line
		if t.StartLine > 0 {
			first = t.StartLine
		}
		all := strings.SplitAfter(text, "\n")
		fixed := withRefundKey(strings.Join(all[:first-1], "") + lines + strings.Join(all[t.Line:], ""))
		return t, r.Commit(demoBranch, p.Sprintf("Apply the suggestion, make each refund once"), map[string]*string{t.Path: &fixed})
	}
	return standin.Thread{}, ""
}

// suggestedLines are the lines inside a comment's suggestion block.
func suggestedLines(body string) (lines string, ok bool) {
	const info = "suggestion\n"
	before, rest, ok := strings.Cut(body, info)
	if !ok {
		return "", false
	}
	fence := before[strings.LastIndex(before, "\n")+1:]
	lines, _, ok = strings.Cut(rest, fence)
	return lines, ok && strings.HasPrefix(fence, "```")
}
