package webhook

import (
	"context"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"golang.org/x/text/message"
)

// Forge is where pull requests live. Every call may be repeated: what has been done is not done again.
// Errors are RetryError, GoneError or RefusedError where one of them applies.
type Forge interface {
	// Target reads the pull request or merge group as it is now.
	Target(ctx context.Context, j Job) (*Target, error)
	// Layers reads the configuration: the organisation's (repository .github), and the repository's at
	// the merge base. When the pull request edits the latter, preview is the edited file's layer.
	Layers(ctx context.Context, t *Target) (layers []review.Layer, preview *review.Layer, err error)
	// Prompts reads what the organisation and the repository, at the merge base, overlay the built-in prompts with:
	// the folders beside their configuration files, and the guidelines that ai.guidelines names.
	Prompts(ctx context.Context, t *Target, c *review.Config) ([]prompts.Layer, error)
	// ChangeSet reads the changed migrations, and those that were there before.
	ChangeSet(ctx context.Context, t *Target, c *review.Config) (*Changes, error)
	// Publish brings the comments of a pull request in line with the report: known findings are
	// left alone, new ones posted in one review, those that are gone marked as fixed. It asks
	// check before it writes.
	Publish(ctx context.Context, t *Target, r *Result, check func(context.Context) error) ([]Posted, error)
	Checks
}

// Checks are the check runs of commits.
type Checks interface {
	// StartCheck creates a check run in progress. With find it looks first for one that a crash left.
	StartCheck(ctx context.Context, j Job, head string, find bool) (id int64, err error)
	// FinishCheck completes it with the result's verdict, or with its notice. The check may be that of
	// an older head than the target's.
	FinishCheck(ctx context.Context, t *Target, c Check, r *Result) error
}

// Target is what is to be reviewed, as it stands now.
type Target struct {
	Job
	Open    bool // false: closed or merged
	Draft   bool
	Fork    bool // the head lies in another repository: whoever wrote it need not have any rights in this one
	Title   string
	PullID  int64  // of the pull request on GitHub: the same when the repository is renamed or moved
	Body    string // description of the pull request
	RepoID  int64  // of the repository that it goes to: the same when it is renamed or moved
	Head    string // head commit
	BaseRef string // branch that it goes to: "main"
	Base    string // commit of that branch
}

// Changes is what a target changes.
type Changes struct {
	Set *review.ChangeSet
	// Left are changed files that were left alone or could not be read, and why.
	Left []review.NotReviewed
	// Content identifies the migrations before and after: equal contents have equal verdicts.
	Content string
}

// Result is what there is to say of a target: a report, or a notice why there is none.
type Result struct {
	Report   *review.Report
	Config   *review.Config
	Problems []review.ConfigProblem // of the configuration that applies
	Preview  *Preview               // nil unless the pull request edits the configuration
	Notice   *Notice                // instead of a report
	Started  time.Time
	Posted   []Posted // how the findings stand after Publish; nil where there are no comments
	// Unadvised: a model is still being asked, and what comes of it is published later. Until then no comment of a
	// guideline is touched.
	Unadvised bool
	Added     bool           // what rules found was published before, Unadvised: it is only the model's part that is new
	Design    review.Message // why the model's part isn't in the report: it follows, or it was not asked again
}

// Printer speaks the repository's language.
func (r *Result) Printer() *message.Printer {
	if r.Config == nil {
		return locale.Printer(locale.Languages()[0])
	}
	return locale.Printer(r.Config.Language)
}

// Preview is what the configuration would be like if the pull request were merged.
type Preview struct {
	Differences []review.Difference
	Problems    []review.ConfigProblem
}

// Notice completes a check run without a report.
type Notice struct {
	Conclusion string // "neutral", "success", "failure", "cancelled"
	Title      string
	Summary    string // Markdown of ours
}

// Posted is a finding as it stands on GitHub.
type Posted struct {
	Fingerprint, Rule, Object string
	Severity                  review.Severity
	Comment                   int64  // id of the review comment; 0 when there is none, or it was posted just now
	State                     string // "open", "fixed", "dismissed", "suppressed"; a guideline's also "withdrawn", where the model took it back
	Shown                     bool   // its comment stands at a line that the diff shows
	ByModel                   bool   // a guideline's
	Up, Down                  int    // people's 👍 and 👎 on the comment
	// First is the Fingerprint that the comment was posted with: it stays when the statement is edited.
	First string
	At    time.Time // when the comment was posted; zero when that is not known, or was just now
}
