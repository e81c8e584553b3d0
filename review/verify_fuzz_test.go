package review_test

import (
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// FuzzClaims lets a model say anything: nothing panics, and rules and verdict stay.
func FuzzClaims(f *testing.F) {
	c := softDelete()
	f.Add(c.Object, c.Quote, c.Title, c.Advice, "CREATE TABLE members (id BIGINT)")
	f.Add("`members`.`email`.", "", "\x00", "` ``", "ALTER TABLE members ADD x INT; --")
	f.Add("..members", "U", "a", "b", "CREATE TABLE members LIKE users")
	l, all := library(f), rules.All()
	report, err := (&review.Reviewer{Rules: all, Prompts: l}).Review(f.Context(), membersSet(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, object, quote, title, advice, sql string) {
		m := saying(
			but(func(c *prompts.Claim) { c.Object, c.Quote = object, quote }),
			but(func(c *prompts.Claim) { c.Title, c.Advice = title, advice }),
			but(func(c *prompts.Claim) { c.SQL, c.Guideline = sql, "missing-business-key" }),
			but(func(c *prompts.Claim) { c.SQL, c.Statement, c.Object, c.Quote = sql, "S2", "users.nick", "nick" }),
		)
		r := &review.Reviewer{Rules: all, Prompts: l, Model: m}
		with := r.Advise(t.Context(), report, nil, review.About{Title: title, Description: advice})
		checkUnchanged(t, report, with)
		for _, f := range modelFindings(with) {
			checkInert(t, english(), f)
		}
	})
}
