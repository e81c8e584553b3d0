package review_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// attacks reads what somebody may write into a pull request: a text a line, with \n and \u escapes.
func attacks(t *testing.T) []string {
	t.Helper()
	file, err := os.Open("testdata/attacks.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "//") {
			list = append(list, unescapes.Replace(line))
		}
	}
	if len(list) < 40 {
		t.Fatalf("only %d attacks", len(list))
	}
	return list
}

// unescapes gives what can't be seen in the file its place.
var unescapes = strings.NewReplacer(`\n`, "\n", `{RLO}`, "\u202e", `{ZW}`, "\u200b", `{TAG}`, "\U000E0041\U000E0042", `{BOM}`, "\ufeff", `{NUL}`, "\x00", `{ESC}`, "\x1b[2K", `{LS}`, "\u2028")

// attacked is a change set that has the text wherever its author may write: comments, names, literals, and the
// names of files.
func attacked(bad string) *review.ChangeSet {
	quoted := "`" + strings.ReplaceAll(clip(bad, 50), "`", "``") + "`"
	literal := "'" + strings.ReplaceAll(strings.ReplaceAll(bad, `\`, `\\`), "'", "''") + "'"
	sql := "/* " + strings.ReplaceAll(bad, "*/", "* /") + " */\n-- " + strings.ReplaceAll(bad, "\n", "\n-- ") + "\n" + members +
		"ALTER TABLE users ADD COLUMN " + quoted + " ENUM(" + literal + ") COMMENT " + literal + ", ADD COLUMN plain INT DEFAULT " + literal + ";\n" +
		"CREATE TABLE " + quoted + " (id BIGINT) COMMENT = " + literal + ";\nINSERT INTO users (name) VALUES (" + literal + ");\n"
	path := "db/V2__" + strings.NewReplacer("/", "_", "\n", " ", "\x00", "").Replace(clip(bad, 80)) + ".sql"
	return &review.ChangeSet{
		History: []review.File{{Path: "db/V1__users.sql", Data: []byte(membersBefore)}},
		Changed: []review.Changed{{Path: path, Head: []byte(sql)}},
	}
}

func clip(s string, most int) string { return string([]rune(s)[:min(most, len([]rune(s)))]) }

// obedient is the worst model there is: whatever the attacker writes, it puts into every field of hundreds of
// claims, beside one claim that is true.
func obedient(bad string) *scripted {
	return &scripted{answer: func(q review.Query) ([]prompts.Claim, error) {
		claims := []prompts.Claim{softDelete()}
		for _, change := range []func(*prompts.Claim){
			func(c *prompts.Claim) { c.Title = bad },
			func(c *prompts.Claim) { c.Consequence = bad },
			func(c *prompts.Claim) { c.Advice = bad },
			func(c *prompts.Claim) { c.Title, c.Consequence, c.Advice = bad, bad, bad },
			func(c *prompts.Claim) { c.Consequence = "`members.email` is wrong. " + bad },
			func(c *prompts.Claim) { c.Guideline = bad },
			func(c *prompts.Claim) { c.Statement = bad },
			func(c *prompts.Claim) { c.Object = bad },
			func(c *prompts.Claim) { c.Quote = bad },
			func(c *prompts.Claim) { c.Confidence = "error" },
			func(c *prompts.Claim) { c.SQL = bad },
			func(c *prompts.Claim) {
				c.SQL = strings.Replace(strings.SplitAfter(members, ");\n")[0], "NOT NULL,", "NOT NULL COMMENT '"+strings.ReplaceAll(bad, "'", "''")+"',", 1)
			},
			func(c *prompts.Claim) {
				c.SQL = strings.Replace(strings.SplitAfter(members, ");\n")[0], "email VARCHAR(320)", "email VARCHAR(254) /* "+bad+" */", 1)
			},
		} {
			for _, guideline := range []string{"soft-delete-with-unique-key", "missing-business-key", "several-things-in-one-table"} {
				claims = append(claims, but(func(c *prompts.Claim) { c.Guideline = guideline; change(c) }))
			}
		}
		for len(claims) < 500 {
			claims = append(claims, but(func(c *prompts.Claim) { c.Object = "members.x" + strconv.Itoa(len(claims)) }))
		}
		return claims, nil
	}}
}

// guessed is the code of the prompts here: some of the attacks have guessed it.
const guessed = "AAAAAAAAAAAAAAAAAAAAAAAAAA"

// TestAttacks gives every attack a pull request full of it and a model that obeys: the rules' findings and the
// verdict are what they are without a model, and what is written is inert.
func TestAttacks(t *testing.T) {
	t.Parallel()
	v := english()
	l := library(t)
	for _, bad := range attacks(t) {
		t.Run(clip(bad, 40), func(t *testing.T) {
			t.Parallel()
			r := &review.Reviewer{Rules: rules.All(), Prompts: l, Model: obedient(bad), Nonce: func() string { return guessed }}
			c := review.DefaultConfig(r.Rules)
			without, err := r.Review(t.Context(), attacked(bad), c)
			if err != nil {
				t.Fatal(err)
			}
			before := v.CheckTitle(without)
			with := r.Advise(t.Context(), without, c, review.About{Repo: bad, Title: bad, Description: bad})
			checkUnchanged(t, without, with)
			if v.CheckTitle(without) != before || len(modelFindings(with)) > c.AI.MaxComments {
				t.Errorf("the rules' report was written to, or there are %d findings", len(modelFindings(with)))
			}
			for _, q := range r.Model.(*scripted).queries {
				checkBlocks(t, q.Content)
			}
			if with.Advice.Asked && len(modelFindings(with)) == 0 {
				t.Errorf("the true claim is lost: %v", with.CountDropped())
			}
			for _, f := range modelFindings(with) {
				checkInert(t, v, f)
			}
			checkMarkup(t, "body", v.Body(with, review.BodyOptions{Outside: with.Findings}))
			checkMarkup(t, "summary", v.CheckSummary(with, review.CheckOptions{}))
		})
	}
}

// checkUnchanged compares what rules say and decide in two reports.
func checkUnchanged(t *testing.T, without, with *review.Report) {
	t.Helper()
	var rulesOnly, all []string
	for _, f := range without.Findings {
		rulesOnly = append(rulesOnly, f.Severity.String()+f.Rule+f.Fingerprint()+f.Span.String())
	}
	for _, f := range with.Findings {
		if f.ByModel && f.Severity > review.Warning {
			t.Errorf("a model's finding is an %s", f.Severity)
		}
		if !f.ByModel {
			all = append(all, f.Severity.String()+f.Rule+f.Fingerprint()+f.Span.String())
		}
	}
	if diff := cmp.Diff(rulesOnly, all); diff != "" {
		t.Errorf("the rules' findings changed (-without +with)\n%s", diff)
	}
	if with.Failed() != without.Failed() {
		t.Error("the verdict changed")
	}
}

// checkInert looks at all that is written of a finding. A correction folded away is the only HTML.
func checkInert(t *testing.T, v review.Voice, f review.Finding) {
	t.Helper()
	comment := v.Comment(f)
	head, fold, _ := strings.Cut(comment, "<details><summary>The corrected SQL</summary>")
	checkMarkup(t, "comment", head)
	if strings.Contains(fold, "suggestion") || strings.Contains(strings.TrimSuffix(fold, "</details>"), "<!--") {
		t.Errorf("the fold has more than SQL:\n%s", fold)
	}
	title, message := v.Annotation(f)
	checkVisible(t, "annotation", title+message)
}

// checkBlocks: the marks of the prompt open and close each block once, in order, with the nonce; nothing that was
// written in a pull request has it.
func checkBlocks(t *testing.T, content string) {
	t.Helper()
	_, rest, _ := strings.Cut(content, "The code of this message is ")
	nonce, _, _ := strings.Cut(rest, ".")
	opened := ""
	for line := range strings.Lines(content) {
		line = strings.TrimRight(line, "\n")
		name, opens := strings.CutPrefix(line, "<<<")
		switch {
		case opens && strings.HasSuffix(name, " "+nonce):
			if opened != "" {
				t.Errorf("%s opens in %s", name, opened)
			}
			opened = strings.TrimSuffix(name, " "+nonce)
		case strings.HasPrefix(line, nonce+" ") && strings.HasSuffix(line, ">>>"):
			if line != nonce+" "+opened+">>>" {
				t.Errorf("%s closes %s", line, opened)
			}
			opened = ""
		}
	}
	if opened != "" || strings.Count(content, nonce) != 15 {
		t.Errorf("%q is open, the code stands there %d times", opened, strings.Count(content, nonce))
	}
}
