package review_test

import (
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
)

// What came of asking a model stands in the check run and in the review's body, in a sentence or two.
func TestTextsOfTheModelsPart(t *testing.T) {
	t.Parallel()
	answered := review.Advice{Asked: true, Models: []string{"jp.model"}, Prompts: strings.Repeat("0123456789", 6), Usage: review.Usage{Input: 9812, Output: 640}}
	partly := answered
	partly.Missing = review.Msg("Some are missing.")
	partly.LeftOut = []review.NotReviewed{{Path: "db/V2__x.sql", Reason: review.Msg("The model was not asked about it: the statement is too long.")}}
	hostile := answered
	hostile.Models = []string{"`![x](https://evil.example) @acme"}
	for name, test := range map[string]struct {
		advice *review.Advice
		design review.Message
		want   []string
		never  string
	}{
		"answered":  {&answered, review.Message{}, []string{"Design suggestions by `jp.model` with the prompts `012345678901`: 9,812 tokens read, 640 written."}, "Not seen"},
		"partly":    {&partly, review.Message{}, []string{"640 written. Some are missing.", "Not seen by the model:\n\n- `db/V2__x.sql`: The model was not asked about it"}, "@"},
		"not":       {&review.Advice{Asked: true, Missing: review.Msg("All are missing.")}, review.Message{}, []string{"All are missing."}, "tokens"},
		"on time":   {nil, review.Msg("They follow."), []string{"They follow."}, "esign"},
		"no model":  {nil, review.Message{}, nil, "esign"},
		"a bad one": {&hostile, review.Message{}, []string{"Design suggestions by "}, "by `![x]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &review.Report{Coverage: review.Coverage{Statements: 1, Migrations: 1}, Advice: test.advice}
			for where, text := range map[string]string{
				"check run": english().CheckSummary(r, review.CheckOptions{Design: test.design}),
				"body":      english().Body(r, review.BodyOptions{Design: test.design}),
			} {
				for _, want := range test.want {
					if !strings.Contains(text, want) {
						t.Errorf("%s: no %q in\n%s", where, want, text)
					}
				}
				if strings.Contains(text, test.never) {
					t.Errorf("%s: %q in\n%s", where, test.never, text)
				}
			}
		})
	}
}

// A review that adds the model's part to what was said before doesn't say the rest again.
func TestBodyThatAdds(t *testing.T) {
	t.Parallel()
	r := reviewed(t, &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY, b INT);")}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte("ALTER TABLE a DROP COLUMN b;")}},
	})
	rule := r.Findings[0]
	model := rule
	model.ByModel, model.Rule, model.Title = true, "some-guideline", "Something to think about"
	r.Findings = append(r.Findings, model)
	body := english().Body(r, review.BodyOptions{Added: true, Outside: []review.Finding{rule, model}})
	if !strings.Contains(body, "Something to think about") || strings.Contains(body, rule.Rule) || strings.Contains(body, "| `V2`") {
		t.Errorf("got\n%s", body)
	}
	if whole := english().Body(r, review.BodyOptions{Outside: []review.Finding{rule, model}}); !strings.Contains(whole, rule.Rule) || !strings.Contains(whole, "| `V2`") {
		t.Errorf("got\n%s", whole)
	}
	r.Findings = []review.Finding{model} // nothing was posted before: rules had nothing to say
	if alone := english().Body(r, review.BodyOptions{Added: true, Outside: []review.Finding{model}}); !strings.Contains(alone, "| `V2`") {
		t.Errorf("got\n%s", alone)
	}
}
