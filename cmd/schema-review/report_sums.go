package main

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// The figures about comments, and their JSON. The shape is stable: fields are added, never renamed or removed
// without a new "format".
type (
	feedbackReport struct {
		Format   int       `json:"format"` // 1
		Version  string    `json:"version"`
		Since    time.Time `json:"since"`
		Until    time.Time `json:"until"`
		Repo     string    `json:"repo"` // "" = all
		By       string    `json:"by"`   // "" = guideline and rule
		Reviews  int       `json:"reviews"`
		Comments fates     `json:"comments"` // all of them
		Groups   []group   `json:"groups"`
		Usage    []usage   `json:"usage"` // of a model, by prompts and models; the oldest first
	}
	// fates counts comments: each stands in one of Open to Undecided.
	fates struct {
		Posted    int   `json:"posted"`
		Open      int   `json:"open"`
		Fixed     int   `json:"fixed"`     // gone with a later push
		Dismissed int   `json:"dismissed"` // resolved, hidden, deleted or suppressed
		Left      int   `json:"left"`      // in the pull request when it was merged
		Withdrawn int   `json:"withdrawn"` // not suggested any more
		Undecided int   `json:"undecided"` // closed without a merge, or merged with a commit that was not reviewed
		Up        int   `json:"up"`        // 👍
		Down      int   `json:"down"`      // 👎
		Accepted  share `json:"accepted"`
	}
	// share is a part of the comments that people judged, with Wilson's interval of 95 %.
	share struct {
		Count int     `json:"count"`
		Of    int     `json:"of"`
		Value float64 `json:"value"` // 0 where there are none
		Low   float64 `json:"low"`
		High  float64 `json:"high"`
	}
	group struct {
		Kind string `json:"kind"` // "guideline", "rule", "repo", "prompts", "model"
		Name string `json:"name"` // "" where that isn't known
		fates
	}
	usage struct {
		Prompts    string         `json:"prompts"`
		Models     string         `json:"models"`
		Reviews    int            `json:"reviews"`
		Incomplete int            `json:"incomplete"` // reviews about which the model didn't say all
		Calls      int            `json:"calls"`
		Input      int            `json:"input_tokens"`
		Output     int            `json:"output_tokens"`
		CacheRead  int            `json:"cache_read_tokens"`
		CacheWrite int            `json:"cache_write_tokens"`
		Cost       float64        `json:"cost"`     // in the currency of the price table
		Unpriced   int            `json:"unpriced"` // reviews of models without a price: their cost isn't in it
		Claims     int            `json:"claims"`
		Dropped    map[string]int `json:"dropped"` // claims by the reason
	}
)

func newFeedbackReport(comments []webhook.Comment, reviews []webhook.Review, by string) *feedbackReport {
	r := &feedbackReport{Format: 1, Version: version(), By: by, Reviews: len(reviews), Groups: groupsOf(comments, by), Usage: usageOf(reviews)}
	for _, c := range comments {
		r.Comments.add(c)
	}
	r.Comments.Accepted.close()
	return r
}

// groupsOf counts each group; those of a time in its order, others with the largest first, guidelines before rules.
func groupsOf(comments []webhook.Comment, by string) []group {
	groups := []group{}
	at := map[group]int{}
	for _, c := range comments { // the oldest first
		key, ok := groupKey(c, by)
		if !ok {
			continue
		}
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key] = i
			groups = append(groups, key)
		}
		groups[i].add(c)
	}
	for i := range groups {
		groups[i].Accepted.close()
	}
	if by != "prompts" && by != "model" {
		slices.SortStableFunc(groups, func(a, b group) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Posted, a.Posted), cmp.Compare(a.Name, b.Name))
		})
	}
	return groups
}

// groupKey is the group that a comment belongs to, still empty; prompts and models have guidelines' comments only.
func groupKey(c webhook.Comment, by string) (group, bool) {
	kind := "rule"
	if c.ByModel {
		kind = "guideline"
	}
	switch by {
	case "repo":
		return group{Kind: by, Name: c.Repo}, true
	case "prompts":
		return group{Kind: by, Name: c.Prompts}, c.ByModel
	case "model":
		return group{Kind: by, Name: c.Model}, c.ByModel
	}
	return group{Kind: kind, Name: c.Rule}, by == "" || by == kind
}

func (t *fates) add(c webhook.Comment) {
	t.Posted++
	t.Up += c.Up
	t.Down += c.Down
	*t.counter(c.State)++
	if liked, judged := judgement(c); judged {
		t.Accepted.Of++
		if liked {
			t.Accepted.Count++
		}
	}
}

func (t *fates) counter(state string) *int {
	switch state {
	case "open":
		return &t.Open
	case "fixed":
		return &t.Fixed
	case "dismissed", webhook.CommentSuppressed:
		return &t.Dismissed
	case webhook.CommentLeft:
		return &t.Left
	case webhook.CommentWithdrawn:
		return &t.Withdrawn
	}
	return &t.Undecided
}

// judgement is what people thought of a comment: by their thumbs, else by what they did.
func judgement(c webhook.Comment) (liked, judged bool) {
	switch {
	case c.Up != c.Down:
		return c.Up > c.Down, true
	case c.State == "fixed":
		return true, true
	case c.State == "dismissed", c.State == webhook.CommentSuppressed:
		return false, true
	}
	return false, false
}

// close computes the share when all are counted.
// https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
func (s *share) close() {
	if s.Of == 0 {
		return
	}
	const z = 1.959964 // of 95 %
	n := float64(s.Of)
	s.Value = float64(s.Count) / n
	middle := (s.Value + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(s.Value*(1-s.Value)/n+z*z/(4*n*n))
	s.Low, s.High = max(0, middle-half), min(1, middle+half)
}

// usageOf sums what a model was used for.
func usageOf(reviews []webhook.Review) []usage {
	all := []usage{}
	at := map[[2]string]int{}
	for _, v := range reviews { // the oldest first
		if v.Advice == nil {
			continue
		}
		key := [2]string{v.Advice.Prompts, strings.Join(v.Advice.Models, ", ")}
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, usage{Prompts: key[0], Models: key[1], Dropped: map[string]int{}})
		}
		all[i].add(v.Advice)
	}
	return all
}

func (u *usage) add(a *webhook.Advice) {
	u.Reviews++
	u.Calls += a.Calls
	u.Input += a.Input
	u.Output += a.Output
	u.CacheRead += a.CacheRead
	u.CacheWrite += a.CacheWrite
	u.Cost += a.Cost
	u.Claims += a.Claims
	if !a.Complete {
		u.Incomplete++
	}
	if !a.Priced {
		u.Unpriced++
	}
	for reason, n := range a.Dropped {
		u.Dropped[reason] += n
	}
}

// drops are the reasons, the most frequent first.
func (u *usage) drops() []string {
	var all []string
	for reason := range u.Dropped {
		all = append(all, reason)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(u.Dropped[b], u.Dropped[a]), cmp.Compare(a, b))
	})
	return all
}
