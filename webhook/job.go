package webhook

import (
	"context"
	"fmt"
	"strings"
)

// Job says what is to be brought up to date. It is never "process this event": a job can be run
// twice, late, or once for ten events, and the result is the same.
//
// A job with a Number is a pull request, one with a MergeGroup that group's commit; one with neither is
// all open pull requests of an installation. With Feedback, it is what people make of our comments there.
type Job struct {
	Installation int64       `json:"installation"`
	Owner        string      `json:"owner,omitempty"`
	Repo         string      `json:"repo,omitempty"`
	Number       int         `json:"number,omitempty"`
	MergeGroup   *MergeGroup `json:"merge_group,omitempty"`
	Feedback     bool        `json:"feedback,omitempty"`
}

// MergeGroup is a commit that a merge queue wants to know the checks of.
// https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group
type MergeGroup struct {
	Head    string `json:"head"`     // the group's commit
	Base    string `json:"base"`     // the commit it is put on
	BaseRef string `json:"base_ref"` // the branch that it is for, "refs/heads/main"
}

// Key identifies what the job is about: jobs with one key never run side by side. Names of owners and
// repositories know no case.
func (j Job) Key() string {
	repo := strings.ToLower(j.Owner + "/" + j.Repo)
	switch {
	case j.Feedback && j.Number > 0:
		return fmt.Sprintf("%s#%d/feedback", repo, j.Number)
	case j.Feedback:
		return fmt.Sprintf("feedback/%d", j.Installation)
	case j.MergeGroup != nil:
		return repo + "@" + j.MergeGroup.Head
	case j.Number > 0:
		return fmt.Sprintf("%s#%d", repo, j.Number)
	}
	return fmt.Sprintf("installation/%d", j.Installation)
}

// FullName is "owner/repo".
func (j Job) FullName() string { return j.Owner + "/" + j.Repo }

// Task is a job in work.
type Task struct {
	Job
	Head    string // newest head commit that an event told of, "" when none did
	Force   bool   // a person asked for it: review again what was reviewed before
	Attempt int    // from 1
	Last    bool   // no attempt follows: say so on GitHub when this one fails
	// Deliveries are the GUIDs of the events behind the job, for logs; not more than a few.
	Deliveries []string
	// Check asks the store, between the stages and before anything is written to GitHub: ErrSuperseded
	// when an event told of another head than the one in work, ErrLost when another replica
	// has taken the job over.
	Check func(ctx context.Context, head string) error
}
