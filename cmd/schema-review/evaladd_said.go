package main

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/schema-review/schema-review/review"
)

// reviewSaid is what a case takes from the JSON of a review.
type reviewSaid struct {
	Format     int           `json:"format"`
	Advice     *struct{}     `json:"advice"` // null: no model was asked
	Findings   []saidFinding `json:"findings"`
	Suppressed []struct {
		Finding saidFinding `json:"finding"`
		Reason  string      `json:"reason"`
	} `json:"suppressed"`
}

type saidFinding struct {
	Rule    string `json:"rule"`
	ByModel bool   `json:"by_model"`
	Object  string `json:"object"`
	Title   string `json:"title"`
	At      struct {
		Path string `json:"path"`
	} `json:"at"`
}

// largestReview is how much JSON is read: far more than a review has.
const largestReview = 64 << 20

func decodeReview(in io.Reader) (*reviewSaid, error) {
	said := &reviewSaid{}
	if err := json.NewDecoder(io.LimitReader(in, largestReview)).Decode(said); err != nil {
		return nil, fail("want the JSON of a review: %s", err)
	}
	if said.Format != 1 {
		return nil, fail("want the JSON of a review (schema-review review --format json), of format 1")
	}
	if said.Advice == nil && !slices.ContainsFunc(said.Findings, func(f saidFinding) bool { return f.ByModel }) {
		return nil, fail("no model was asked in that review: make it with --ai")
	}
	said.Findings = slices.DeleteFunc(said.Findings, func(f saidFinding) bool { return !f.label() })
	return said, nil
}

// label reports whether the finding can be one: a model's, with words that a line of a case can hold.
func (f saidFinding) label() bool { return f.ByModel && oneWord(f.Rule) && oneWord(f.Object) }

// oneWord reports whether a text can stand between spaces of a line.
func oneWord(s string) bool {
	return s != "" && !slices.ContainsFunc([]rune(s), func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 || r >= 0x2000 && r <= 0x206f })
}

// isOf holds the review against the change set at hand: labels of another one would be wrong.
func (s *reviewSaid) isOf(report *review.Report) error {
	if s == nil {
		return nil
	}
	paths := map[string]bool{}
	for _, p := range report.Plans {
		for _, m := range p.Migrations {
			paths[m.Path] = true
		}
	}
	for _, f := range s.Findings {
		if !paths[f.At.Path] {
			return fail("it speaks of %s, which this change set doesn't bring: check out what was reviewed, with the same base", shown(f.At.Path))
		}
	}
	return nil
}
