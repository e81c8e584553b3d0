package standin

import "time"

// thread is a conversation on lines of the diff, or on a file.
type thread struct {
	id         int64
	p          *Pull
	path       string
	file       bool
	side       string
	startSide  string
	line       int     // 0 when outdated
	start      int     // 0 when it is a single line, or outdated
	position   int     // line in the patch, from 1; 0 when outdated
	at         *commit // where the line was last found
	origLine   int
	origStart  int
	origPos    int
	origCommit *commit
	hunk       string
	resolvedBy *account
	comments   []*comment
}

// comment is a review comment.
type comment struct {
	id        int64
	thread    *thread
	review    *review
	replyTo   *comment
	author    *account
	app       *App
	body      string
	minimized string
	reactions []*reaction
	edits     int
	created   time.Time
	updated   time.Time
}

// review is a review, submitted or pending.
type review struct {
	id        int64
	p         *Pull
	author    *account
	app       *App
	state     string
	body      string
	commit    *commit
	submitted time.Time
	minimized string
	comments  []*comment
	drafts    []draft // of a pending review
}

// remark is a comment on the conversation.
type remark struct {
	id        int64
	author    *account
	body      string
	minimized string
	created   time.Time
}
