package web

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/webhook/standin"
)

// Standin shows a stand-in's pull requests.
type Standin struct {
	*standin.GitHub
	Repository *standin.Repository
	Note       func(body string) string // what visitors should know of a comment, "" for nothing; nil: nothing of any

	mu    sync.Mutex
	shown []*standin.Pull
}

// Show shows one more pull request.
func (s *Standin) Show(p *standin.Pull) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = append(s.shown, p)
}

// Pulls implements Source.
func (s *Standin) Pulls() []Pull {
	s.mu.Lock()
	shown := slices.Clone(s.shown)
	s.mu.Unlock()
	var all []Pull
	for _, p := range shown {
		all = append(all, s.pull(p))
	}
	return all
}

func (s *Standin) pull(p *standin.Pull) Pull {
	state := p.State()
	out := Pull{
		Owner: s.Repository.Owner, Repo: s.Repository.Name, Number: state.Number,
		Title: state.Title, Body: state.Body, Author: person(state.Author), State: stateOf(state),
		Base: state.BaseRef, Head: state.HeadRef, Opened: state.Created, Reviews: s.reviews(p.Reviews(), p.Threads()),
	}
	for _, c := range p.Commits() {
		out.Commits = append(out.Commits, Commit{c.SHA, firstLine(c.Message), person(c.Author), c.Date})
	}
	for _, f := range p.Files() {
		out.Files = append(out.Files, File{f.Path, f.Previous, f.Status, f.Patch, f.Additions, f.Deletions})
	}
	for _, c := range s.Repository.CheckRuns(state.Head) {
		out.Checks = append(out.Checks, checkRun(c))
	}
	return out
}

func stateOf(s standin.PullState) string {
	switch {
	case s.Merged:
		return "merged"
	case !s.Open:
		return "closed"
	case s.Draft:
		return "draft"
	}
	return "open"
}

// reviews puts each thread under the review that its first comment belongs to. Nobody else sees what is pending.
func (s *Standin) reviews(list []standin.Review, threads []standin.Thread) []Review {
	var out []Review
	for _, r := range list {
		if r.State == "PENDING" {
			continue
		}
		v := Review{ID: r.ID, Author: actor(r.Author), Body: r.Body, State: r.State, At: r.Submitted}
		for _, t := range threads {
			if len(t.Comments) > 0 && t.Comments[0].Review == r.ID {
				v.Threads = append(v.Threads, s.thread(t))
			}
		}
		if v.Body == "" && len(v.Threads) == 0 {
			continue // a reply, which stands in its thread
		}
		out = append(out, v)
	}
	return out
}

func (s *Standin) thread(t standin.Thread) Thread {
	first := t.Comments[0]
	line := cmp.Or(t.Line, first.OriginalLine)
	v := Thread{
		Path: t.Path, Side: t.Side, Start: cmp.Or(t.StartLine, line), Line: line, Hunk: first.DiffHunk,
		Outdated: t.Outdated, Resolved: t.Resolved,
	}
	for _, c := range t.Comments {
		v.Comments = append(v.Comments, Comment{c.ID, actor(c.Author), c.Body, c.Created, c.Edits > 0, strings.ToLower(c.Minimized), s.note(c.Body)})
	}
	return v
}

func (s *Standin) note(body string) string {
	if s.Note == nil {
		return ""
	}
	return s.Note(body)
}

func checkRun(c standin.CheckRun) CheckRun {
	v := CheckRun{
		ID: c.ID, Name: c.Name, Status: c.Status, Conclusion: c.Conclusion, Title: c.Title,
		Summary: c.Summary, Text: c.Text, Started: c.Started, Completed: c.Completed,
	}
	for _, a := range c.Annotations {
		v.Annotations = append(v.Annotations, Annotation{a.Path, a.StartLine, a.EndLine, a.Level, a.Title, a.Message})
	}
	slices.SortStableFunc(v.Annotations, func(a, b Annotation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start))
	})
	return v
}

func actor(a standin.Actor) Author { return Author{a.Login, a.Type == "Bot"} }

// person is the author of a commit or pull request, of whom the stand-in tells the login.
func person(login string) Author { return Author{login, strings.HasSuffix(login, "[bot]")} }

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
