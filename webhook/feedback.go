package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Listener reads what people make of our comments.
type Listener interface {
	// Heard reads how the comments on a pull request stand now. known are those of before, by Posted.First: the ones
	// that a person deleted are told of as dismissed.
	Heard(ctx context.Context, j Job, known []string) (*Heard, error)
}

// Heard is what people made of our comments on a pull request.
type Heard struct {
	Head       string // commit
	Open       bool
	Merged     bool
	SeesHidden bool // false: which conversations people resolved is not known
	Comments   []Posted
}

// Talks keeps what people made of comments. All of it can be lost: it comes back with the reviews and looks that follow.
type Talks interface {
	// Talk is what is known of a pull request's comments, nil when there are none.
	Talk(ctx context.Context, j Job) (*Talk, error)
	// SaveTalk keeps it. SaveReview of a Ledger keeps how the review's comments stand, too.
	SaveTalk(ctx context.Context, t *Talk) error
	// DueTalks are the pull requests that were last looked at before open, if they were open then, else before closed;
	// those of the longest silence first, no final ones.
	DueTalks(ctx context.Context, installation int64, open, closed time.Time, most int) ([]Job, error)
	// Talking are the installations that have some.
	Talking(ctx context.Context, open, closed time.Time) ([]int64, error)
}

// Feedback looks what people make of our comments: how often they were fixed, dismissed, liked. GitHub tells of
// conversations that are resolved, not of thumbs: so it is also looked from time to time.
type Feedback struct {
	Listener Listener
	Talks    Talks
	Ledger   Ledger
	Inbox    Inbox
	Cursor   Cursor
	Log      *slog.Logger
	Now      func() time.Time
	Interval time.Duration // between two looks at an open pull request
}

const (
	// looksClosed is how often a closed pull request is looked at.
	looksClosed = 24 * time.Hour
	// mostLooks is how many pull requests of an installation are looked at in a looksEvery, a call or two each.
	mostLooks      = 100
	looksEvery     = time.Hour
	feedbackCursor = "feedback"
)

// Run queues looks for the installations that have something to look at, however many replicas run, until the
// context ends.
func (f *Feedback) Run(ctx context.Context) {
	interval := min(looksEvery, f.Interval)
	every(ctx, interval/sweepLooks, func() {
		err := onceIn(ctx, f.Cursor, feedbackCursor, f.Now, interval, f.queue)
		if err != nil && ctx.Err() == nil {
			f.Log.LogAttrs(ctx, slog.LevelWarn, "could not queue looks at comments", slog.String("error", err.Error()))
		}
	})
}

func (f *Feedback) queue(ctx context.Context) error {
	open, closed := f.before()
	all, err := f.Talks.Talking(ctx, open, closed)
	if err != nil {
		return err
	}
	for _, id := range all {
		if _, err := f.Inbox.Accept(ctx, Event{Name: "feedback", Jobs: []Job{{Installation: id, Feedback: true}}}); err != nil {
			return fmt.Errorf("queue installation %d: %w", id, err)
		}
	}
	return nil
}

// before is when those were last looked at that are to be looked at again.
func (f *Feedback) before() (open, closed time.Time) {
	now := f.Now()
	return now.Add(-f.Interval), now.Add(-max(looksClosed, f.Interval))
}

// Handle is the Handler of a job with Feedback: one pull request, or those of an installation that are due.
func (f *Feedback) Handle(ctx context.Context, t *Task) error {
	if t.Number > 0 {
		j := t.Job
		j.Feedback = false // its comments are those of its reviews
		return f.look(ctx, j)
	}
	open, closed := f.before()
	due, err := f.Talks.DueTalks(ctx, t.Installation, open, closed, mostLooks)
	if err != nil {
		return err
	}
	for _, j := range due {
		if err := f.lookPast(ctx, j); err != nil {
			return err
		}
	}
	f.Log.LogAttrs(ctx, slog.LevelInfo, "looked at comments", slog.Int64("installation_id", t.Installation), slog.Int("pulls", len(due)))
	return nil
}

// lookPast looks at one of many. GitHub being down, or asking to wait, ends it for all; one pull request that can't
// be read waits for its next turn, and is given up like a closed one: the App may be uninstalled there.
func (f *Feedback) lookPast(ctx context.Context, j Job) error {
	err := f.look(ctx, j)
	var again *RetryError
	if err == nil || errors.As(err, &again) || ctx.Err() != nil {
		return err
	}
	f.Log.LogAttrs(ctx, slog.LevelInfo, "could not look at comments", slog.Int64("installation_id", j.Installation),
		slog.String("repo", j.FullName()), slog.Int("pr", j.Number), slog.String("error", err.Error()))
	talk, err := f.Talks.Talk(ctx, j)
	if err != nil || talk == nil {
		return err
	}
	talk.look(false, f.Now())
	return f.Talks.SaveTalk(ctx, talk)
}

// look brings what is known of a pull request's comments up to date; where we have none, nobody is asked.
func (f *Feedback) look(ctx context.Context, j Job) error {
	talk, err := f.Talks.Talk(ctx, j)
	if err != nil || talk == nil {
		return err
	}
	heard, err := f.Listener.Heard(ctx, j, talk.firsts())
	if err != nil {
		return err
	}
	last, err := f.Ledger.LastReview(ctx, j)
	if err != nil {
		return err
	}
	talk.hear(heard, last == nil || last.Head == heard.Head)
	talk.look(heard.Open, f.Now())
	return f.Talks.SaveTalk(ctx, talk)
}
