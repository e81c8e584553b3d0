package webhook

import (
	"context"
	"time"
)

// Inbox is where deliveries become durable.
type Inbox interface {
	// Accept keeps the event and its jobs; when it returns, a kill loses nothing. fresh is false for
	// a GUID whose jobs are queued or done already; one whose jobs failed is accepted again.
	Accept(ctx context.Context, e Event) (fresh bool, err error)
	// JobsAt finds the pull requests that had this commit as their head when they were reviewed.
	JobsAt(ctx context.Context, owner, repo, head string) ([]Job, error)
	// Unknown gives those of the GUIDs that never arrived, or whose jobs failed.
	Unknown(ctx context.Context, guids []string) ([]string, error)
}

// Cursor remembers how far the delivery list was read.
type Cursor interface {
	Cursor(ctx context.Context, name string) (time.Time, error)
	SetCursor(ctx context.Context, name string, at time.Time) error
}

// Ledger keeps what was done. All of it can be lost: GitHub's own comments and check runs tell enough
// to say nothing twice.
type Ledger interface {
	// LastReview is the newest record of the job, nil when there is none.
	LastReview(ctx context.Context, j Job) (*Review, error)
	// Verdict is the newest record in the repository with that content, nil when there is none.
	Verdict(ctx context.Context, j Job, content string) (*Review, error)
	// Advised is the newest record of the job with that content about which a model said all that there is to say with
	// those prompts; nil when there is none, or when the content was another one since.
	Advised(ctx context.Context, j Job, content, prompts string) (*Review, error)
	SaveReview(ctx context.Context, r *Review) error
	// OpenChecks are the check runs of the job that were begun and not completed. ID 0: begun, and the
	// answer of GitHub was never seen.
	OpenChecks(ctx context.Context, j Job) ([]Check, error)
	// SaveCheck notes a check run; with Done it is forgotten.
	SaveCheck(ctx context.Context, j Job, c Check) error
}

// Check is a check run of a job.
type Check struct {
	Head string
	ID   int64
	Done bool
}

// Review is the record of one review.
type Review struct {
	Job
	Head, BaseRef string
	Draft         bool
	Content       string // Changes.Content
	Conclusion    string // of the check run
	Title         string // of the check run
	Engine        string
	Errors        int
	Warnings      int
	Notices       int
	Statements    int
	Migrations    int
	Posted        []Posted
	Advice        *Advice // nil: no model was asked
	Calls, Writes int     // API calls, and those of them that create content
	Started       time.Time
	Took          time.Duration
}

// Handler does a task. nil: done. ErrSuperseded: done for this head, the newer one follows, by its own event or soon. RetryError and
// any other error: try again later, as often as the store allows. GoneError and RefusedError: done, in vain.
type Handler func(ctx context.Context, t *Task) error

// Advice is what of a model's part is kept.
type Advice struct {
	Prompts               string   // version of the library of prompts
	Hashes                []string // of the prompts that were sent
	Texts                 []string // and themselves, where the operator wants them kept
	Models                []string
	Input, Output         int // tokens
	CacheRead, CacheWrite int
	Calls                 int
	Cost                  float64 // in the operator's currency
	Priced                bool    // false: a model without a price answered
	Claims                int
	Dropped               map[string]int // claims by the reason for which they were dropped
	Complete              bool
	Missing               string // in the repository's language
	Took                  time.Duration
}
