package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// mostShown is how many pull requests that are not as they should be are shown in full.
const mostShown = 4

// compareAll holds what is on GitHub against what must be there.
func (c *crashTest) compareAll() {
	c.concluded = c.conclusions()
	shown := 0
	for _, p := range c.pulls {
		wrong := c.wrong(p)
		if len(wrong) == 0 {
			continue
		}
		c.t.Errorf("%s: %s", p.name, strings.Join(wrong, "\n"))
		if shown++; shown <= mostShown {
			c.t.Logf("%s on GitHub:\n%s\nits log:\n%s", p.name, c.onGitHub(p), c.logOf(p))
		}
	}
	for _, r := range c.replicas {
		if at := broken.FindStringIndex(r.log()); at != nil {
			c.t.Errorf("a program says:\n%.4000s", r.log()[at[0]:])
		}
	}
	c.tell()
}

// broken is what no program ever says.
var broken = regexp.MustCompile(`WARNING: DATA RACE|panic: |"a task panicked"|fatal error: `)

// tell says how much there was to go wrong.
func (c *crashTest) tell() {
	n := map[string]int{"deliveries": len(c.app.Deliveries())}
	for _, p := range c.pulls {
		n["commits"] += len(p.heads)
		n["threads"] += len(p.Threads())
		for _, d := range p.deeds {
			n[d.what]++
		}
		for _, r := range p.Reviews() {
			if r.Author.Type == "Bot" {
				n["reviews"]++
			}
		}
	}
	c.t.Logf("there were %v", n)
}

// verdict is what the review of a commit comes to.
type verdict struct {
	lines      map[problem]int
	conclusion string
}

// wrong is what is not as it should be.
func (c *crashTest) wrong(p *crashPull) (wrong []string) {
	state := p.State()
	want := c.verdictOf(p, state.Head)
	said := map[problem][]standin.Thread{}
	for _, th := range p.Threads() {
		said[p.problemOf(th)] = append(said[p.problemOf(th)], th)
	}
	for _, about := range slices.SortedFunc(maps.Keys(said), byName) {
		if n := len(said[about]); n > 1 {
			wrong = append(wrong, fmt.Sprintf("%v is said in %d comments", about, n))
		}
		wrong = append(wrong, c.wrongThread(p, about, said[about][0], state, want)...)
	}
	for _, about := range slices.SortedFunc(maps.Keys(want.lines), byName) {
		if len(said[about]) == 0 && p.deeds[about].what != "deleted" && state.Open && !state.Draft {
			wrong = append(wrong, fmt.Sprintf("%v is not said", about))
		}
	}
	for about, d := range p.deeds {
		if d.what == "deleted" && len(said[about]) > 0 {
			wrong = append(wrong, fmt.Sprintf("%v is said again, after a person deleted that", about))
		}
	}
	return slices.Concat(wrong, c.wrongReviews(p, state), c.wrongChecks(p, state, want), c.takenBack(p))
}

// wrongThread looks at one comment.
func (c *crashTest) wrongThread(p *crashPull, about problem, th standin.Thread, state standin.PullState, want verdict) (wrong []string) {
	say := func(format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%v: ", about)+fmt.Sprintf(format, args...))
	}
	first, d := th.Comments[0], p.deeds[about]
	if d.what == "resolved" || d.what == "replaced" {
		if first.Body != d.body || first.Minimized != "" {
			say("was touched after a person had %s it", d.what)
		}
		return wrong
	}
	line, found := want.lines[about]
	current := state.Open && !state.Draft
	switch {
	case isOpen(th) && current && !found:
		say("is not marked as fixed")
	case isOpen(th) && current && th.Line != 0 && th.Line != line:
		say("stands at line %d, want %d", th.Line, line)
	case !isOpen(th) && current && found:
		say("is not shown as a problem any more")
	case !isOpen(th):
		wrong = append(wrong, c.wrongFixed(p, about, th)...)
		if current && first.Minimized == "" && len(th.Comments) == 1 {
			say("is fixed, and not hidden")
		}
	}
	return wrong
}

// wrongFixed looks at a comment whose problem is gone: it says since which commit. On a pull request that is open, it is
// hidden, too, unless people answered.
func (c *crashTest) wrongFixed(p *crashPull, about problem, th standin.Thread) (wrong []string) {
	m := fixedIn.FindStringSubmatch(th.Comments[0].Body)
	if m == nil {
		return []string{fmt.Sprintf("%v: is hidden, and doesn't say in which commit it was fixed", about)}
	}
	for head := range p.heads {
		if strings.HasPrefix(head, m[1]) {
			if _, there := c.verdictOf(p, head).lines[about]; there {
				wrong = append(wrong, fmt.Sprintf("%v: is not fixed in %s", about, m[1]))
			}
			return wrong
		}
	}
	return append(wrong, fmt.Sprintf("%v: is said to be fixed in %s, which is none of its commits", about, m[1]))
}

// wrongReviews: one for a commit at most, and no draft.
func (c *crashTest) wrongReviews(p *crashPull, state standin.PullState) (wrong []string) {
	of := map[string]int{}
	for _, r := range p.Reviews() {
		if r.Author.Type != "Bot" {
			continue
		}
		if r.State == "PENDING" && state.Open {
			wrong = append(wrong, "a draft of a review is left")
		}
		if of[r.Commit]++; of[r.Commit] == 2 && r.State != "PENDING" {
			wrong = append(wrong, fmt.Sprintf("%.7s was reviewed twice", r.Commit))
		}
	}
	return wrong
}

// wrongChecks: one check run of each commit at most that tells the verdict, or that a newer one was pushed. The newest
// one has a verdict, and that is the last. Before it there may be one that tells that it was a draft, or closed.
func (c *crashTest) wrongChecks(p *crashPull, state standin.PullState, want verdict) (wrong []string) {
	for head := range p.heads {
		if runs := p.verdicts(head); len(runs) > p.mostVerdicts() {
			wrong = append(wrong, fmt.Sprintf("check runs of %.7s: %q, want one", head, titles(runs)))
		}
	}
	if !state.Open || len(wrong) > 0 {
		return wrong
	}
	runs, verdicts := p.repo.CheckRuns(state.Head), p.verdicts(state.Head)
	if len(verdicts) == 0 || len(verdicts) > p.mostVerdicts() || runs[len(runs)-1].ID != verdicts[len(verdicts)-1].ID {
		return []string{fmt.Sprintf("check runs of the head: %q, want one verdict", titles(runs))}
	}
	conclusion := want.conclusion
	if state.Draft {
		conclusion = "neutral"
	}
	last := verdicts[len(verdicts)-1]
	if last.Conclusion != conclusion {
		wrong = append(wrong, fmt.Sprintf("the check's conclusion is %s (%s), want %s", last.Conclusion, last.Title, conclusion))
	}
	if strings.Contains(last.Summary, "Design suggestions follow") {
		wrong = append(wrong, "the check still waits for the model")
	}
	return wrong
}

// mostVerdicts is how many verdicts a commit may have. When a crash comes between a verdict and its record, and the
// pull request is closed then, who opens it again gets a second one.
func (p *crashPull) mostVerdicts() int {
	if p.closed {
		return 2
	}
	return 1
}

// verdicts are the check runs of a commit, without those that tell that there is none.
func (p *crashPull) verdicts(head string) []standin.CheckRun {
	draft := p.State().Draft
	return slices.DeleteFunc(p.repo.CheckRuns(head), func(r standin.CheckRun) bool {
		return p.closed && strings.HasPrefix(r.Title, "Closed") || p.drafted && !draft && strings.HasPrefix(r.Title, "Draft")
	})
}

func titles(runs []standin.CheckRun) (all []string) {
	for _, r := range runs {
		all = append(all, r.Conclusion+": "+r.Title)
	}
	return all
}

// takenBack: what was completed with a verdict never says anything else later.
func (c *crashTest) takenBack(p *crashPull) (wrong []string) {
	for head := range p.heads {
		for _, r := range p.repo.CheckRuns(head) {
			if once := c.concluded[r.ID]; (once == "success" || once == "failure") && r.Conclusion != once {
				wrong = append(wrong, fmt.Sprintf("the check run of %.7s had concluded with %s, and says %s", head, once, r.Conclusion))
			}
		}
	}
	return wrong
}

// conclusions are those that GitHub told of when check runs were completed.
func (c *crashTest) conclusions() map[int64]string {
	all := map[int64]string{}
	for _, d := range c.app.Deliveries() {
		if d.Event == "check_run" && d.Action == "completed" {
			var told struct {
				CheckRun struct {
					ID         int64
					Conclusion string
				} `json:"check_run"`
			}
			if err := json.Unmarshal(d.Payload, &told); err != nil {
				c.t.Fatal(err)
			}
			all[told.CheckRun.ID] = told.CheckRun.Conclusion
		}
	}
	return all
}

// verdictOf reviews a commit as the command line would.
func (c *crashTest) verdictOf(p *crashPull, head string) verdict {
	if v, ok := c.verdicts[p.name+head]; ok {
		return v
	}
	cs := &review.ChangeSet{}
	base := p.State().MergeBase
	for _, path := range slices.Concat([]string{crashPath}, c.paths(p.repo)) {
		if text, ok := p.repo.Read(base, path); ok && path != p.path {
			cs.History = append(cs.History, review.File{Path: path, Data: []byte(text)})
		}
	}
	text, _ := p.repo.Read(head, p.path)
	cs.Changed = []review.Changed{{Path: p.path, Head: []byte(text)}}
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(context.Background(), cs, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	voice := review.Voice{Printer: message.NewPrinter(language.English), Rules: rules.All()}
	v := verdict{lines: map[problem]int{}}
	for _, f := range report.Findings {
		v.lines[problem{f.Rule, first(objectOf, voice.Comment(f))}] = f.Span.From().Line
	}
	v.conclusion, _ = (&webhook.Result{Report: report}).Verdict()
	c.verdicts[p.name+head] = v
	return v
}

// paths are the migrations of a repository's pull requests.
func (c *crashTest) paths(r *standin.Repository) (all []string) {
	for _, p := range c.pulls {
		if p.repo == r {
			all = append(all, p.path)
		}
	}
	return all
}

var (
	ruleOf   = regexp.MustCompile(`docs/rules/([a-z0-9-]+)\.md`)
	objectOf = regexp.MustCompile("`([a-z]+_?[0-9]*(?:\\.[a-z_]+)?)`")
	fixedIn  = regexp.MustCompile(`Fixed in ([0-9a-f]{7})`)
)

// problemOf is what a conversation is about.
func problemOf(th standin.Thread) problem {
	return problem{first(ruleOf, th.Comments[0].Body), first(objectOf, th.Comments[0].Body)}
}

// problemOf is the same, also for a comment that a person has replaced.
func (p *crashPull) problemOf(th standin.Thread) problem {
	for about, d := range p.deeds {
		if d.comment == th.Comments[0].ID {
			return about
		}
	}
	return problemOf(th)
}

// isOpen reports whether the conversation's first comment tells of a problem that is there.
func isOpen(th standin.Thread) bool {
	return th.Comments[0].Minimized == "" && !strings.HasPrefix(th.Comments[0].Body, "~~")
}

func byName(a, b problem) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Object, b.Object))
}

func first(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// onGitHub is what is said on a pull request.
func (c *crashTest) onGitHub(p *crashPull) string {
	var b strings.Builder
	s := p.State()
	fmt.Fprintf(&b, "head %.7s, open %v, draft %v, deeds %v\nwant %+v\n", s.Head, s.Open, s.Draft, p.deeds, c.verdictOf(p, s.Head))
	for _, th := range p.Threads() {
		fmt.Fprintf(&b, "thread at %d, of %.7s, resolved %v, minimized %q: %.200q\n", th.Line, th.Comments[0].Original, th.Resolved, th.Comments[0].Minimized, th.Comments[0].Body)
	}
	for _, r := range p.Reviews() {
		fmt.Fprintf(&b, "%s review of %.7s by %s: %.60q … %s\n", r.State, r.Commit, r.Author.Login, r.Body, r.Body[max(0, len(r.Body)-200):])
	}
	for head := range p.heads {
		for _, r := range p.repo.CheckRuns(head) {
			fmt.Fprintf(&b, "check run of %.7s at %v: %s %s: %s\n", head, r.Started.Format("05.000"), r.Status, r.Conclusion, r.Title)
		}
	}
	return b.String()
}

// logOf is what the programs say of a pull request.
func (c *crashTest) logOf(p *crashPull) string {
	var lines []string
	for i, r := range c.replicas {
		for line := range strings.Lines(r.log()) {
			if strings.Contains(line, fmt.Sprintf(`"repo":%q,"pr":%d,`, p.repo.FullName(), p.Number)) {
				lines = append(lines, fmt.Sprintf("%d %.400s\n", i, strings.TrimSpace(line)))
			}
		}
	}
	return strings.Join(lines[max(0, len(lines)-40):], "")
}
