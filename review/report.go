package review

import (
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// Report is everything that one review found, what it left out and why, and the verdict.
type Report struct {
	Engine       ddlparse.Engine
	EngineSource string // where the engine comes from: "--engine", ".github/schema-review.yml:1", "assumed"
	Findings     []Finding
	Suppressed   []Suppressed
	NotReviewed  []NotReviewed
	Coverage     Coverage
	FailOn       Severity // findings at or above it fail the review; Off = never
	Took         time.Duration
	Plan         *Plan
}

// Suppressed is a finding that somebody decided to live with.
type Suppressed struct {
	Finding Finding
	Reason  string
	By      string // place of the suppression: "db/V3__x.sql:12", ".github/schema-review.yml:9"
}

// Coverage counts what a review looked at.
type Coverage struct {
	Statements, Migrations int // of the change set
	NotUnderstood          int // statements of the change set that were not understood
	History                int // earlier migrations that were replayed
	Tables                 int // tables in the schema that the change set starts from
}

// Failed reports whether a finding is at or above FailOn.
func (r *Report) Failed() bool {
	for _, f := range r.Findings {
		if r.FailOn != Off && f.Severity >= r.FailOn {
			return true
		}
	}
	return false
}

// Count returns how many findings have that severity.
func (r *Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}
