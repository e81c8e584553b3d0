package main

import (
	"fmt"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// sampleFates are so many comments of each state, and thumbs.
type sampleFates struct {
	rule, prompts, repo                                string
	model                                              bool
	open, fixed, dismissed, left, withdrawn, undecided int
	up, down                                           int
}

func (s sampleFates) comments(at time.Time) (all []webhook.Comment) {
	counts := []struct {
		state string
		n     int
	}{
		{"open", s.open},
		{"fixed", s.fixed},
		{"dismissed", s.dismissed},
		{webhook.CommentLeft, s.left},
		{webhook.CommentWithdrawn, s.withdrawn},
		{webhook.CommentUndecided, s.undecided},
	}
	for _, c := range counts {
		for i := range c.n {
			one := webhook.Comment{Repo: s.repo, Prompts: s.prompts}
			one.Rule, one.ByModel, one.State, one.At = s.rule, s.model, c.state, at
			one.First = fmt.Sprint(s.rule, s.prompts, c.state, i)
			if s.model && s.prompts != "" {
				one.Model = "jp.vendor.large-v2"
			}
			all = append(all, one)
		}
	}
	all[0].Up, all[len(all)-1].Down = s.up, s.down
	return all
}

// sampleReport is what a team may see after a month.
func sampleReport(by string) *feedbackReport {
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	const first, second = "3fa9c1d2e4b5a6f70819", "b07d5e6611c2aa3419fe"
	var comments []webhook.Comment
	for i, s := range []sampleFates{
		{rule: "soft-delete-with-unique-key", model: true, prompts: first, repo: "acme/shop", fixed: 4, dismissed: 3, left: 2, down: 1},
		{rule: "comma-separated-list", model: true, prompts: first, repo: "acme/bills", fixed: 5, withdrawn: 1, up: 2},
		{rule: "acme/テナント分離", model: true, prompts: second, repo: "acme/shop", open: 2, fixed: 1, up: 1},
		{rule: "soft-delete-with-unique-key", model: true, prompts: second, repo: "acme/shop", open: 1, fixed: 6, dismissed: 1, up: 3},
		{rule: "status-as-several-booleans", model: true, repo: "acme/bills", left: 1},
		{rule: "drop-column", repo: "acme/shop", open: 3, fixed: 31, dismissed: 4, left: 2, undecided: 2, up: 6},
		{rule: "require-primary-key", repo: "acme/bills", fixed: 12, left: 1, up: 1},
		{rule: "timestamp-column", repo: "acme/shop", dismissed: 7, fixed: 1, left: 5, down: 4},
	} {
		comments = append(comments, s.comments(day.AddDate(0, 0, i))...)
	}
	advice := func(prompts string, cost float64, priced bool, claims int, dropped map[string]int) webhook.Review {
		return webhook.Review{Advice: &webhook.Advice{
			Prompts: prompts, Models: []string{"jp.vendor.large-v2"}, Input: 612_000, Output: 31_500, CacheRead: 402_000, CacheWrite: 20_000,
			Calls: 60, Cost: cost, Priced: priced, Claims: claims, Dropped: dropped, Complete: true,
		}}
	}
	reviews := []webhook.Review{
		advice(first, 14.2, true, 41, map[string]int{"object unknown": 9, "quote not there": 4}),
		{},
		advice(second, 11.75, true, 30, map[string]int{"object unknown": 2, "said by a rule": 3}), advice(second, 0, false, 0, nil),
	}
	r := newFeedbackReport(comments, reviews, by)
	r.Since, r.Until, r.Version = day, day.AddDate(0, 0, 22), "test"
	return r
}
