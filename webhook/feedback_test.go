package webhook

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// talks are Talks in memory, and a Listener that says what it is told to.
type talks struct {
	Ledger
	mu    sync.Mutex // of all
	all   map[int]*Talk
	heard map[int]*Heard
	fails map[int]error
	head  string // that was reviewed
	asked []int
}

func (s *talks) Talk(_ context.Context, j Job) (*Talk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[j.Number], nil
}

func (s *talks) SaveTalk(_ context.Context, t *Talk) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all[t.Number] = t
	return nil
}

func (s *talks) DueTalks(_ context.Context, _ int64, open, closed time.Time, most int) (due []Job, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.all {
		before := open
		if !t.Closed.IsZero() {
			before = closed
		}
		if !t.Final && !t.Looked.After(before) {
			due = append(due, t.Job)
		}
	}
	slices.SortFunc(due, func(a, b Job) int { return a.Number - b.Number })
	return due[:min(most, len(due))], nil
}

func (s *talks) Talking(ctx context.Context, open, closed time.Time) ([]int64, error) {
	if due, _ := s.DueTalks(ctx, 7, open, closed, 1); len(due) == 0 {
		return nil, nil
	}
	return []int64{7}, nil
}

func (s *talks) Heard(_ context.Context, j Job, _ []string) (*Heard, error) {
	s.asked = append(s.asked, j.Number)
	return s.heard[j.Number], s.fails[j.Number]
}

func (s *talks) LastReview(context.Context, Job) (*Review, error) { return &Review{Head: s.head}, nil }

func (s *talks) feedback(now time.Time) *Feedback {
	return &Feedback{
		Listener: s, Talks: s, Ledger: s, Inbox: &inbox{}, Cursor: &cursors{}, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return now }, Interval: 6 * time.Hour,
	}
}

func talkOf(n int, comments ...Posted) *Talk {
	return &Talk{Job: Job{Installation: 7, Owner: "acme", Repo: "shop", Number: n}, Comments: comments}
}

// What becomes of a comment, by how it stood, what is heard of it, and what became of the pull request.
func TestFeedbackStates(t *testing.T) {
	t.Parallel()
	running, merged, closed := Heard{Open: true}, Heard{Merged: true}, Heard{}
	for name, tt := range map[string]struct {
		before, now string
		pull        Heard
		blind       bool   // it is not seen what people resolved
		head        string // of the pull request, "" = the one that was reviewed
		want        string
	}{
		"open":                          {before: "open", now: "open", pull: running, want: "open"},
		"resolved":                      {before: "open", now: "dismissed", pull: running, want: "dismissed"},
		"resolved no more":              {before: "dismissed", now: "open", pull: running, want: "open"},
		"resolved, which isn't seen":    {before: "dismissed", now: "open", pull: running, blind: true, want: "dismissed"},
		"resolved and fixed":            {before: "fixed", now: "dismissed", pull: merged, want: "fixed"},
		"back again":                    {before: "fixed", now: "open", pull: running, want: "open"},
		"suppressed":                    {before: "suppressed", now: "open", pull: merged, want: "suppressed"},
		"merged with it":                {before: "open", now: "open", pull: merged, want: "left"},
		"merged and looked again":       {before: "left", now: "open", pull: merged, want: "left"},
		"resolved after the merge":      {before: "left", now: "dismissed", pull: merged, want: "dismissed"},
		"merged and fixed":              {before: "fixed", now: "fixed", pull: merged, want: "fixed"},
		"merged before the last review": {before: "open", now: "open", pull: merged, head: "newer", want: "undecided"},
		"closed":                        {before: "open", now: "open", pull: closed, want: "undecided"},
		"opened again":                  {before: "undecided", now: "open", pull: running, want: "open"},
		"not recognised any more":       {before: "open", pull: merged, want: "left"},
		"new":                           {now: "open", pull: running, want: "open"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &talks{all: map[int]*Talk{1: talkOf(1)}, head: "head"}
			if tt.before != "" {
				s.all[1] = talkOf(1, Posted{First: "f", Rule: "r", Object: "t.c", State: tt.before})
			}
			heard := tt.pull
			heard.SeesHidden, heard.Head = !tt.blind, "head"+tt.head
			if tt.now != "" {
				heard.Comments = []Posted{{First: "f", Rule: "r", Up: 2, State: tt.now}}
			}
			s.heard = map[int]*Heard{1: &heard}
			task := &Task{Job: s.all[1].Job}
			task.Feedback = true
			if err := s.feedback(today).Handle(t.Context(), task); err != nil {
				t.Fatal(err)
			}
			got := s.all[1].Comments[0]
			if got.State != tt.want || tt.now != "" && got.Up != 2 || tt.before != "" && got.Object != "t.c" {
				t.Errorf("got %+v, want it to be %s", got, tt.want)
			}
		})
	}
}

// A pull request that can't be read waits for its next turn; GitHub being down ends it for all.
func TestFeedbackOfMany(t *testing.T) {
	t.Parallel()
	one := []Posted{{First: "f", State: "open"}}
	s := &talks{
		all:   map[int]*Talk{1: talkOf(1, one...), 2: talkOf(2, one...), 3: talkOf(3, one...), 4: talkOf(4, one...)},
		heard: map[int]*Heard{1: {Open: true}, 3: {Open: true}},
		fails: map[int]error{2: &GoneError{What: "the repository is gone", Err: errors.New("404")}},
	}
	s.all[4].Final = true
	f := s.feedback(today)
	task := &Task{Job: Job{Installation: 7, Feedback: true}}
	for range 2 { // the second finds nothing to do
		if err := f.Handle(t.Context(), task); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]int{1, 2, 3}, s.asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	for at := range 16 {
		if err := s.feedback(today.AddDate(0, 0, at+1)).Handle(t.Context(), task); err != nil {
			t.Fatal(err)
		}
	}
	if !s.all[2].Final || s.all[2].Comments[0].State != "open" || s.all[3].Final {
		t.Errorf("got %+v and %+v, want the first given up after two weeks", s.all[2], s.all[3])
	}
	s.fails[1] = &RetryError{Err: errors.New("502")}
	s.asked = nil
	err := s.feedback(today.AddDate(0, 0, 17)).Handle(t.Context(), task)
	if again := (*RetryError)(nil); !errors.As(err, &again) || len(s.asked) != 1 {
		t.Errorf("got %v after asking for %v, want to try again later", err, s.asked)
	}
}

// While a pull request is open, it is looked at every six hours, then once a day, then never again.
func TestFeedbackComesToAnEnd(t *testing.T) {
	t.Parallel()
	s := &talks{all: map[int]*Talk{1: talkOf(1, Posted{First: "f", State: "open"})}, heard: map[int]*Heard{1: {Open: true}}}
	looks := func(from, to time.Duration) int {
		s.asked = nil
		for at := from; at < to; at += time.Hour {
			if err := s.feedback(today.Add(at)).Handle(t.Context(), &Task{Job: Job{Installation: 7, Feedback: true}}); err != nil {
				t.Fatal(err)
			}
		}
		return len(s.asked)
	}
	const day = 24 * time.Hour
	if got := looks(0, 2*day); got != 8 {
		t.Errorf("%d looks in two days at an open pull request, want 8", got)
	}
	s.heard[1] = &Heard{Merged: true}
	if got := looks(2*day, 10*day); got != 8 {
		t.Errorf("%d looks in eight days at a merged one, want 8", got)
	}
	if got := looks(10*day, 40*day); got != 7 || !s.all[1].Final {
		t.Errorf("%d more looks, final: %v; want 7 and an end", got, s.all[1].Final)
	}
}

// However many replicas run, the looks are queued once in an hour, and only where there is something to look at.
func TestFeedbackRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &talks{all: map[int]*Talk{}}
		f := s.feedback(today)
		f.Now = time.Now
		ctx, stop := context.WithCancel(t.Context())
		go f.Run(ctx)
		go f.Run(ctx)
		time.Sleep(90 * time.Minute)
		queued := f.Inbox.(*inbox)
		if len(queued.events) != 0 {
			t.Errorf("queued %+v, and there is nothing", queued.events)
		}
		if err := s.SaveTalk(ctx, talkOf(1, Posted{First: "f"})); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		stop()
		synctest.Wait()
		want := Job{Installation: 7, Feedback: true}
		if len(queued.events) != 2 || queued.events[0].Jobs[0] != want {
			t.Errorf("queued %+v, want %+v twice", queued.events, want)
		}
	})
}

// Where it is wanted, events tell of it too, whoever caused them.
func TestDecideFeedback(t *testing.T) {
	t.Parallel()
	d := &Decider{AppID: 99, Feedback: true, Inbox: &inbox{}}
	look := []Job{{Installation: 7, Owner: "acme", Repo: "shop", Number: 12, Feedback: true}}
	for name, tt := range map[string]struct {
		event, body string
		jobs        []Job
	}{
		"resolved":      {"pull_request_review_thread", pullBody("resolved", ""), look},
		"unresolved":    {"pull_request_review_thread", pullBody("unresolved", ""), look},
		"closed":        {"pull_request", pullBody("closed", ""), look},
		"labeled":       {"pull_request", pullBody("labeled", ""), nil},
		"no number":     {"pull_request", `{"action":"closed",` + repoJSON + `}`, nil},
		"no repository": {"pull_request", `{"action":"closed","installation":{"id":7},"pull_request":{"number":12}}`, nil},
		"not an App":    {"pull_request", `{"action":"closed","repository":{"name":"shop","owner":{"login":"acme"}},"pull_request":{"number":12}}`, nil},
	} {
		e, err := d.Decide(t.Context(), testGUID, tt.event, []byte(tt.body))
		if diff := cmp.Diff(tt.jobs, e.Jobs); diff != "" || err != nil || (len(e.Jobs) == 0) != (e.Reason != "") {
			t.Errorf("%s: %v, reason %q, jobs (-want +got):\n%s", name, err, e.Reason, diff)
		}
	}
	if acted("pull_request", "closed") {
		t.Error("an end that was missed is asked for again")
	}
	if (Job{Number: 1}).Key() == (Job{Number: 1, Feedback: true}).Key() || (Job{}).Key() == (Job{Feedback: true}).Key() {
		t.Error("a look has the key of a review")
	}
}
