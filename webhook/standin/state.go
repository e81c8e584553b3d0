package standin

import "time"

// The types below are copies of what there was when they were asked for.

// Actor is who did something.
type Actor struct {
	Login string
	ID    int64
	Type  string // "User", "Organization", "Bot"
}

// Commit is a commit.
type Commit struct {
	SHA     string
	Message string
	Author  string // login
	Parents []string
	Date    time.Time
}

// File is a changed file of a pull request.
type File struct {
	Path, Previous       string // Previous: name before a rename
	Status               string // "added", "removed", "modified", "renamed"
	Additions, Deletions int
	Binary               bool
	Patch                string // unified diff, "" when GitHub has none to show
	Hunks                []Hunk
	OldSHA, NewSHA       string // blobs, "" when there is none
}

// Hunk is a part of a diff.
type Hunk struct {
	OldStart, OldLines int
	NewStart, NewLines int
	Heading            string // what follows the second @@
	Lines              []Line
}

// Line is a line of a hunk.
type Line struct {
	Op       byte // ' ', '+', '-'
	Old, New int  // line numbers, 0 where it doesn't exist
	Text     string
	NoEOL    bool // the file ends here, without a newline
}

// PullState is a pull request.
type PullState struct {
	Number           int
	Title, Body      string
	Author           string
	Open, Merged     bool
	Draft            bool
	HeadRef, BaseRef string
	HeadRepo         string // full name, "" when the fork was deleted
	Head, Base       string // commits
	MergeBase        string
	Created, Updated time.Time
}

// Review is a submitted or pending review.
type Review struct {
	ID        int64
	Author    Actor
	State     string // "COMMENTED", "CHANGES_REQUESTED", "APPROVED", "DISMISSED", "PENDING"
	Body      string
	Commit    string
	Submitted time.Time // zero while pending
	Minimized string    // reason, "" when it is shown
	Comments  []int64
}

// Thread is a conversation on lines of the diff.
type Thread struct {
	ID         string // GraphQL node id
	Path       string
	Side       string // "RIGHT", "LEFT"
	StartSide  string // of ranges
	Line       int    // 0 when outdated
	StartLine  int    // 0 when it is a single line, or outdated
	Outdated   bool
	Resolved   bool
	ResolvedBy string
	File       bool // about the file, not about lines
	Comments   []Comment
}

// Comment is a review comment.
type Comment struct {
	ID           int64
	Review       int64
	ReplyTo      int64
	Author       Actor
	Body         string
	Path         string
	Side         string
	Line         int // 0 when outdated
	StartLine    int
	OriginalLine int
	Commit       string // where its line was last found
	Original     string // commit it was written for
	DiffHunk     string
	Minimized    string // reason, "" when it is shown
	Reactions    map[string]int
	Edits        int
	Created      time.Time
	Updated      time.Time
}

// CheckRun is a check run as it is now.
type CheckRun struct {
	ID          int64
	Name        string
	App         int64
	Head        string
	Status      string // "queued", "in_progress", "completed"
	Conclusion  string
	Title       string
	Summary     string
	Text        string
	DetailsURL  string
	ExternalID  string
	Annotations []Annotation
	Actions     []CheckAction
	Started     time.Time
	Completed   time.Time // zero while it runs
}

// Annotation is a remark of a check run.
type Annotation struct {
	Path        string `json:"path"`
	StartLine   int    `json:"start_line"`
	EndLine     int    `json:"end_line"`
	StartColumn int    `json:"start_column,omitempty"`
	EndColumn   int    `json:"end_column,omitempty"`
	Level       string `json:"annotation_level"` // "notice", "warning", "failure"
	Message     string `json:"message"`
	Title       string `json:"title,omitempty"`
	RawDetails  string `json:"raw_details,omitempty"`
}

// CheckAction is a button of a check run.
type CheckAction struct {
	Label       string `json:"label"`
	Description string `json:"description"`
	Identifier  string `json:"identifier"`
}

// Call is a request that the API answered.
type Call struct {
	Method       string
	Route        string // "/repos/{owner}/{repo}/pulls/{number}"
	Path         string // with the query
	Status       int    // 0: the connection was reset before an answer
	Installation int64  // 0 for the App itself
	Creates      bool   // it creates content, and counts against the secondary limits
	Cost         int    // against the primary limit
	At           time.Time
}

// Delivery is an attempt to deliver a webhook.
type Delivery struct {
	ID           int64
	GUID         string
	Event        string
	Action       string
	At           time.Time
	Took         time.Duration
	Status       string // "OK", or what went wrong, like GitHub's
	StatusCode   int    // 0 when nobody answered in time
	Redelivery   bool
	Installation int64
	Repository   int64
	Payload      []byte
}
