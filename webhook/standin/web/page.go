package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"
)

// page is what the templates are given.
type page struct {
	Pull  Pull
	Pulls []Pull
	Tab   string
	Note  string // on all of it
	now   time.Time
}

// functions are what the templates can call.
var functions = template.FuncMap{
	"icon":    icon,
	"short":   short,
	"plural":  plural,
	"prose":   prose,
	"worst":   worst,
	"initial": initial,
	"lower":   strings.ToLower,
}

// item is something that happened, at its place in the conversation.
type item struct {
	At      time.Time
	Commits []Commit // pushed one after the other, or
	Review  *Review
}

// Items are commits and reviews in the order in which they came.
func (p page) Items() []item {
	var items []item
	for _, c := range p.Pull.Commits {
		items = append(items, item{At: c.At, Commits: []Commit{c}})
	}
	for i, r := range p.Pull.Reviews {
		items = append(items, item{At: r.At, Review: &p.Pull.Reviews[i]})
	}
	slices.SortStableFunc(items, func(a, b item) int { return a.At.Compare(b.At) })
	return gathered(items)
}

// gathered joins commits between which nothing else happened.
func gathered(items []item) []item {
	var all []item
	for _, it := range items {
		if n := len(all); n > 0 && all[n-1].Review == nil && it.Review == nil {
			all[n-1].Commits = append(all[n-1].Commits, it.Commits...)
			continue
		}
		all = append(all, it)
	}
	return all
}

// Comments counts what was said in threads.
func (p page) Comments() int {
	n := 0
	for _, r := range p.Pull.Reviews {
		for _, t := range r.Threads {
			n += len(t.Comments)
		}
	}
	return n
}

// Lines added and removed by the pull request.
func (p page) Lines() (sum struct{ Added, Removed int }) {
	for _, f := range p.Pull.Files {
		sum.Added += f.Additions
		sum.Removed += f.Deletions
	}
	return sum
}

// row is a line of a file's diff, with the threads that end at it.
type row struct {
	line
	Threads []threadView
	Within  bool // a thread stands at this line
}

// threadView is a thread, and the number of its first comment, by which links name it.
type threadView struct {
	Thread
	page page
}

// Rows are the lines of a file's diff; outdated threads stand in the conversation only, as on GitHub.
func (p page) Rows(f File) []row {
	var rows []row
	threads := p.threadsOf(f)
	for _, l := range parsePatch(f.Patch) {
		r := row{line: l}
		for _, t := range threads {
			r.Within = r.Within || l.within(t.Thread)
			if l.at(t.Side, t.Line) {
				r.Threads = append(r.Threads, t)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

func (l line) within(t Thread) bool {
	return slices.ContainsFunc([]int{l.Old, l.New}, func(n int) bool { return n >= t.Start && n <= t.Line && l.at(t.Side, n) })
}

func (p page) threadsOf(f File) []threadView {
	var threads []threadView
	for _, r := range p.Pull.Reviews {
		for _, t := range r.Threads {
			if t.Path == f.Path && !t.Outdated {
				threads = append(threads, threadView{t, p})
			}
		}
	}
	return threads
}

// threads are those that a review began.
func (p page) threads(r *Review) []threadView {
	var threads []threadView
	for _, t := range r.Threads {
		threads = append(threads, threadView{t, p})
	}
	return threads
}

// Context is the end of the diff that a thread was begun at: its lines, and up to three before.
func (t threadView) Context() []row {
	lines := parsePatch(t.Hunk)
	var rows []row
	for _, l := range lines[max(0, len(lines)-3-(t.Line-t.Start+1)):] {
		rows = append(rows, row{line: l, Within: l.within(t.Thread)})
	}
	return rows
}

// Where names the lines of the thread as people do.
func (t threadView) Where() string {
	if t.Start < t.Line {
		return fmt.Sprintf("lines %d to %d", t.Start, t.Line)
	}
	return fmt.Sprintf("line %d", t.Line)
}

// Hidden says why the thread is folded, "" when it is open.
func (t threadView) Hidden() string {
	switch {
	case t.Resolved:
		return "resolved"
	case t.Outdated:
		return "outdated"
	case slices.ContainsFunc(t.Comments, func(c Comment) bool { return c.Minimized == "" }):
		return ""
	}
	return cmp.Or(t.Comments[0].Minimized, "")
}

// Gist is the first line that was said, without its markup, for where the thread is folded.
func (t threadView) Gist() string {
	line, _, _ := strings.Cut(t.Comments[0].Body, "\n")
	return strings.NewReplacer("**", "", "~~ ", ": ", "~~", "").Replace(line)
}

// Body is a comment's text; its suggestions replace the thread's lines.
func (t threadView) Body(c Comment) template.HTML { return markdown(c.Body, t.suggestion) }

// Ago tells how long ago something was, for people.
func (p page) Ago(t time.Time) string {
	switch d := p.now.Sub(t); {
	case t.IsZero():
		return ""
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return plural(int(d/time.Minute), "minute") + " ago"
	default:
		return t.Format("2 Jan 15:04")
	}
}

// Ago is the page's.
func (t threadView) Ago(at time.Time) string { return t.page.Ago(at) }

// Took is how long the check ran.
func (c CheckRun) Took() string {
	if c.Completed.IsZero() {
		return ""
	}
	return fmt.Sprintf("%.1f s", c.Completed.Sub(c.Started).Seconds())
}

// Result is the conclusion, or the status of a run that has none yet.
func (c CheckRun) Result() string { return cmp.Or(c.Conclusion, c.Status) }

// worst is the result that the page shows for all checks together.
func worst(checks []CheckRun) string {
	order := []string{"failure", "action_required", "timed_out", "cancelled", "in_progress", "queued", "neutral", "success"}
	all := make([]string, 0, len(checks))
	for _, c := range checks {
		all = append(all, c.Result())
	}
	for _, result := range order {
		if slices.Contains(all, result) {
			return result
		}
	}
	return ""
}

func prose(text string) template.HTML {
	return markdown(text, func(lines string) template.HTML { return draw("code", lines) })
}

func short(sha string) string { return sha[:min(7, len(sha))] }

func initial(login string) string {
	for _, r := range login {
		return strings.ToUpper(string(r))
	}
	return "?"
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Name is the login without the "[bot]" that the page shows as a label.
func (a Author) Name() string { return strings.TrimSuffix(a.Login, "[bot]") }

// reviewView is a review on its page.
type reviewView struct {
	*Review
	Threads []threadView
	Ago     string
}

// View is what the template of a review is given.
func (p page) View(r *Review) reviewView { return reviewView{r, p.threads(r), p.Ago(r.At)} }
