package webhook

import "time"

// Talk is what is known of the comments on a pull request.
type Talk struct {
	Job
	Closed   time.Time // when it was first seen closed; zero while it is open
	Looked   time.Time
	Final    bool // closed for so long that nobody is going to say more
	Comments []Posted
}

// What becomes of a comment, beside the states of Posted.
const (
	// CommentLeft: the pull request was merged with the problem in it.
	CommentLeft = "left"
	// CommentUndecided: the pull request was closed without a merge, or merged with a commit that was not reviewed.
	CommentUndecided = "undecided"
	// CommentSuppressed: somebody wrote next to the SQL, or in the configuration, that the problem is accepted.
	CommentSuppressed = "suppressed"
	// CommentWithdrawn: a model that was asked again doesn't say it any more, of the same SQL.
	CommentWithdrawn = "withdrawn"
)

// listens is for how long after its end a pull request is looked at.
const listens = 14 * 24 * time.Hour

// firsts are the names of its comments.
func (t *Talk) firsts() (all []string) {
	for _, c := range t.Comments {
		all = append(all, c.First)
	}
	return all
}

// hear takes over what was heard. What is known of a comment and can't be heard stays: its object, its severity.
func (t *Talk) hear(h *Heard, reviewed bool) {
	at := map[string]int{}
	for i, c := range t.Comments {
		at[c.First] = i
	}
	for _, c := range h.Comments {
		i, known := at[c.First]
		if !known {
			t.Comments = append(t.Comments, c)
			continue
		}
		before := &t.Comments[i]
		before.State = settled(before.State, c.State, h.SeesHidden)
		before.Up, before.Down = c.Up, c.Down
	}
	for i := range t.Comments {
		c := &t.Comments[i]
		c.State = ended(c.State, h, reviewed)
	}
}

// settled is the state that a look leaves behind. A review knows more of some things: that the problem of a resolved
// conversation is gone, or that it is suppressed.
func settled(before, now string, seesHidden bool) string {
	switch {
	case before == "fixed" && now == "dismissed",
		before == CommentSuppressed && now == "open",
		before == "dismissed" && now == "open" && !seesHidden:
		return before
	}
	return now
}

// ended is the state of a comment when its pull request is closed: nobody has fixed or dismissed it.
func ended(state string, h *Heard, reviewed bool) string {
	if state != "open" && state != CommentLeft && state != CommentUndecided {
		return state
	}
	switch {
	case h.Open:
		return "open"
	case h.Merged && reviewed:
		return CommentLeft
	}
	return CommentUndecided
}

// look notes when it was looked, and whether that was for the last time.
func (t *Talk) look(open bool, now time.Time) {
	t.Looked = now
	switch {
	case open:
		t.Closed = time.Time{}
	case t.Closed.IsZero():
		t.Closed = now
	}
	t.Final = !open && now.Sub(t.Closed) >= listens
}

// Comment is a comment and what became of it, for figures about many.
type Comment struct {
	Posted
	Repo           string // "owner/name", in lower case
	Prompts, Model string // that wrote it; "" for a rule's, and where it isn't known
}
