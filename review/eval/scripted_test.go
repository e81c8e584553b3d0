package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/review/rules"
)

// scripted answers by a script. It is no model: its answers test the machinery.
type scripted struct {
	name   string
	answer func(of eval.Asking, q review.Query) ([]prompts.Claim, error)
}

func (s scripted) Answer(_ context.Context, of eval.Asking, q review.Query) (eval.Given, error) {
	claims, err := s.answer(of, q)
	if claims == nil {
		claims = []prompts.Claim{}
	}
	data, _ := json.Marshal(prompts.Answer{Claims: claims})
	input := review.EstimateTokens(q.System + q.Stable + q.Content)
	g := eval.Given{At: noon, Answer: review.Answer{
		JSON: data, Model: eval.Scripted + s.name, Way: "native", Took: time.Duration(len(data)) * time.Millisecond,
		Usage: review.Usage{Input: input, Output: len(data) / 4, CacheRead: input / 2, Calls: 1},
	}}
	if err != nil {
		g.JSON = nil
	}
	return g, err
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// oracle answers with the labels exactly.
func oracle(cases []prompts.Case) scripted {
	return scripted{"oracle", func(of eval.Asking, q review.Query) ([]prompts.Claim, error) {
		c := caseNamed(cases, of.Case)
		var claims []prompts.Claim
		for _, l := range c.Expect {
			claims = append(claims, claimOf(l, q, c.Language))
		}
		return claims, nil
	}}
}

func caseNamed(cases []prompts.Case, name string) prompts.Case {
	for _, c := range cases {
		if c.Name == name {
			return c
		}
	}
	return prompts.Case{}
}

// statementLine is how the prompt shows a statement: "[S1] path", then its text.
var statementLine = regexp.MustCompile(`(?m)^\[(S[0-9]+)\] .*$`)

// statements are those in a question, by id.
func statements(q review.Query) (ids []string, texts []string) {
	found := statementLine.FindAllStringSubmatchIndex(q.Content, -1)
	for i, at := range found {
		end := len(q.Content)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		ids = append(ids, q.Content[at[2]:at[3]])
		texts = append(texts, strings.TrimSpace(q.Content[at[1]:end]))
	}
	return ids, texts
}

// claimOf is a claim that holds: of the last statement that has to do with the object.
func claimOf(l prompts.Label, q review.Query, language string) prompts.Claim {
	table, member, _ := strings.Cut(l.Object, ".")
	c := prompts.Claim{
		Guideline: l.Guideline, Object: l.Object, Confidence: "high", Title: "Scripted",
		Consequence: "This is a script, and it says what the label says.", Advice: "Read the label of the case instead.",
	}
	if language == "ja" {
		c.Title, c.Consequence, c.Advice = "台本", "これは台本であり、ラベルのとおりに述べています。", "代わりにラベルを読んでください。"
	}
	ids, texts := statements(q)
	about := regexp.MustCompile(`(?i)\b(TABLE|VIEW|TRIGGER|ON|INTO|UPDATE)\s+(IF NOT EXISTS\s+)?` + "`?" + regexp.QuoteMeta(table) + `\b`)
	for i, text := range texts {
		first, _, _ := strings.Cut(text, ";\n")
		if about.MatchString(first) && strings.Contains(first, member) {
			c.Statement, c.Quote = ids[i], first[:min(12, len(first))]
		}
	}
	return c
}

// noisy claims what holds, and everything that verify knows to drop.
func noisy(cases []prompts.Case) scripted {
	return scripted{"noisy", func(of eval.Asking, q review.Query) ([]prompts.Claim, error) {
		c := caseNamed(cases, of.Case)
		var claims []prompts.Claim
		for i, l := range c.Expect {
			holds := claimOf(l, q, c.Language)
			if i == 0 {
				claims = append(hallucinations(holds, q), repeated(holds, q)...)
			}
			claims = append(claims, holds, holds)
		}
		return claims, nil
	}}
}

// saidLine is how the prompt shows what rules found.
var saidLine = regexp.MustCompile(`(?m)^- (S[0-9]+) (\S+): (.*) \(([a-z-]+)\)$`)

// repeated are claims that say what rules said.
func repeated(like prompts.Claim, q review.Query) []prompts.Claim {
	var claims []prompts.Claim
	ids, texts := statements(q)
	for _, m := range saidLine.FindAllStringSubmatch(q.Content, -1) {
		c := like
		c.Statement, c.Object, c.Consequence = m[1], m[2], m[3]
		c.Quote = texts[slices.Index(ids, m[1])][:8]
		claims = append(claims, c)
	}
	return claims[:min(len(claims), 3)]
}

// hallucinations are a claim that holds, in every way in which it doesn't.
func hallucinations(holds prompts.Claim, q review.Query) []prompts.Claim {
	but := func(change func(*prompts.Claim)) prompts.Claim {
		c := holds
		change(&c)
		return c
	}
	table, _, _ := strings.Cut(holds.Object, ".")
	ids, texts := statements(q)
	other, sql := ids[0], texts[slices.Index(ids, holds.Statement)]
	worse := strings.Replace(sql, "(", "(\n  sr_a FLOAT, sr_b DOUBLE, sr_c TIMESTAMP NULL, `select` FLOAT, `from` FLOAT,", 1)
	return []prompts.Claim{
		but(func(c *prompts.Claim) { c.Title = "" }),
		but(func(c *prompts.Claim) { c.Confidence = "low" }),
		but(func(c *prompts.Claim) { c.Guideline = "invented-guideline" }),
		but(func(c *prompts.Claim) { c.Statement = "S99" }),
		but(func(c *prompts.Claim) { c.Object = "no_such_table" }),
		but(func(c *prompts.Claim) { c.Object = table + ".no_such_column" }),
		but(func(c *prompts.Claim) { c.Statement, c.Quote = other, texts[0][:8] }),
		but(func(c *prompts.Claim) { c.Quote = "these words stand nowhere" }),
		but(func(c *prompts.Claim) { c.Advice += " See https://example.com." }),
		but(func(c *prompts.Claim) { c.Consequence, c.Advice = "Это не тот язык", "日本語 English" }),
		but(func(c *prompts.Claim) { c.SQL = "CREATE TALBE nonsense" }),
		but(func(c *prompts.Claim) { c.SQL = "DROP TABLE " + table }),
		but(func(c *prompts.Claim) { c.SQL = worse }),
	}
}

// silent says nothing.
func silent() scripted {
	return scripted{"silent", func(eval.Asking, review.Query) ([]prompts.Claim, error) { return nil, nil }}
}

// failing never answers.
func failing(kind review.ModelFailure) scripted { return failingAt(kind) }

// failingAt answers nothing about these cases, all of them if there are none, and says nothing of the others.
func failingAt(kind review.ModelFailure, cases ...string) scripted {
	return scripted{"failing", func(of eval.Asking, _ review.Query) ([]prompts.Claim, error) {
		if len(cases) > 0 && !slices.Contains(cases, of.Case) {
			return nil, nil
		}
		return nil, &review.ModelError{Kind: kind, Err: errors.New("scripted")}
	}}
}

func library(t testing.TB, layers ...prompts.Layer) *prompts.Library {
	t.Helper()
	l, problems := prompts.Load(append([]prompts.Layer{{Name: "built-in", FS: prompts.BuiltIn()}}, layers...)...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

func builtIn(t testing.TB) []prompts.Case {
	t.Helper()
	cases, err := prompts.Cases()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func options(t testing.TB, cases []prompts.Case, s eval.Source, model string) eval.Options {
	t.Helper()
	return eval.Options{
		Cases: cases, Rules: rules.All(), Prompts: library(t), Layers: []string{"built-in"}, Source: s, Model: eval.Scripted + model,
		Parallel: 2, Program: "test", Now: func() time.Time { return noon },
	}
}

func measure(t testing.TB, o eval.Options) *eval.Result {
	t.Helper()
	r, err := eval.Measure(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
