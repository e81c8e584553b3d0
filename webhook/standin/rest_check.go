package standin

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf16"
)

// runInput is a check run as the API takes it. nil = not given.
type runInput struct {
	Name       *string       `json:"name"`
	Head       string        `json:"head_sha"`
	Status     string        `json:"status"`
	Conclusion string        `json:"conclusion"`
	Details    *string       `json:"details_url"`
	External   *string       `json:"external_id"`
	Started    time.Time     `json:"started_at"`
	Completed  time.Time     `json:"completed_at"`
	Actions    []CheckAction `json:"actions"`
	Output     *struct {
		Title       *string      `json:"title"`
		Summary     *string      `json:"summary"`
		Text        *string      `json:"text"`
		Annotations []Annotation `json:"annotations"`
	} `json:"output"`
}

var (
	statuses    = []string{"", "queued", "in_progress", "completed", "waiting", "requested", "pending"}
	conclusions = []string{"", "action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out"}
	levels      = []string{"notice", "warning", "failure"}
)

// refuse tells what GitHub would not take. https://docs.github.com/rest/checks/runs
func (in *runInput) refuse() *answer {
	switch {
	case !slices.Contains(statuses, in.Status):
		return malformed(fmt.Sprintf("For 'properties/status', %s is not a member of %q.", in.Status, statuses[1:]))
	case !slices.Contains(conclusions, in.Conclusion):
		return malformed(fmt.Sprintf("For 'properties/conclusion', %s is not a member of %q.", in.Conclusion, conclusions[1:]))
	case in.Status == "completed" && in.Conclusion == "":
		return malformed("\"conclusion\" wasn't supplied.")
	case len(in.Actions) > 3:
		return malformed(fmt.Sprintf("No more than 3 items are allowed; %d were supplied.", len(in.Actions)))
	}
	for _, a := range in.Actions {
		if len([]rune(a.Label)) > 20 || len([]rune(a.Identifier)) > 20 || len([]rune(a.Description)) > 40 {
			return malformed("Only 20 characters are allowed.")
		}
	}
	return in.refuseOutput()
}

func (in *runInput) refuseOutput() *answer {
	if in.Output == nil {
		return nil
	}
	o := in.Output
	if o.Title == nil || o.Summary == nil {
		return malformed("For 'properties/output', \"title\", \"summary\" weren't supplied.")
	}
	for _, text := range []*string{o.Summary, o.Text} {
		if n := length(text); n > 65535 {
			return malformed(fmt.Sprintf("Only 65535 characters are allowed; %d were supplied.", n))
		}
	}
	if n := len(o.Annotations); n > 50 {
		return malformed(fmt.Sprintf("No more than 50 items are allowed; %d were supplied.", n))
	}
	for _, a := range o.Annotations {
		if no := a.refuse(); no != nil {
			return no
		}
	}
	return nil
}

func length(s *string) int {
	if s == nil {
		return 0
	}
	return len(utf16.Encode([]rune(*s)))
}

func (a Annotation) refuse() *answer {
	switch {
	case a.Path == "" || a.Message == "" || a.StartLine < 1 || a.EndLine < a.StartLine:
		return malformed("For 'properties/annotations', \"path\", \"start_line\", \"end_line\" and \"message\" are required.")
	case !slices.Contains(levels, a.Level):
		return malformed(fmt.Sprintf("For 'properties/annotation_level', %s is not a member of %q.", a.Level, levels))
	case len(a.Message) > 64<<10:
		return malformed("Message exceeds a maximum bytesize of 65536") // bytes: "The maximum size is 64 KB"
	case len([]rune(a.Title)) > 255:
		return malformed(fmt.Sprintf("Only 255 characters are allowed; %d were supplied.", len([]rune(a.Title))))
	case a.StartLine != a.EndLine && (a.StartColumn > 0 || a.EndColumn > 0):
		return malformed("Columns are only allowed when start_line and end_line are the same.")
	}
	return nil
}

func createRun(q *request) *answer {
	in := &runInput{}
	if no := q.read(in); no != nil {
		return no
	}
	if in.Name == nil || *in.Name == "" {
		return malformed("\"name\" wasn't supplied.")
	}
	c := q.repo.objects.commits[in.Head]
	if c == nil {
		return refusal(422, "No commit found for SHA: "+in.Head)
	}
	if no := in.refuse(); no != nil {
		return no
	}
	s := q.repo.suite(q.app, c)
	run := &run{suite: s, app: q.app, CheckRun: CheckRun{
		ID: q.g.id(), Name: *in.Name, App: q.app.ID, Head: c.sha, Status: "queued", Started: q.g.Clock.Now(),
	}}
	q.repo.runs[run.ID] = run
	q.repo.bySHA[c.sha] = append(q.repo.bySHA[c.sha], run)
	run.apply(in)
	q.repo.runEvent("created", run, q.app.bot, nil)
	return created(run.view()).set("Location", q.repo.api(fmt.Sprintf("/check-runs/%d", run.ID)))
}

// apply takes over what was given. Annotations are added, actions and texts replaced.
func (c *run) apply(in *runInput) {
	now := c.suite.r.g.Clock.Now()
	for _, f := range []struct{ to, from *string }{{&c.Name, in.Name}, {&c.DetailsURL, in.Details}, {&c.ExternalID, in.External}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	if !in.Started.IsZero() {
		c.Started = in.Started
	}
	if in.Status != "" {
		c.Status = in.Status
	}
	if in.Conclusion != "" {
		c.Status, c.Conclusion = "completed", in.Conclusion
		c.Completed = now
		if !in.Completed.IsZero() {
			c.Completed = in.Completed
		}
	} else if in.Status != "" && in.Status != "completed" {
		c.Conclusion, c.Completed = "", time.Time{}
	}
	if in.Actions != nil {
		c.Actions = in.Actions
	}
	c.output(in)
	c.suite.updated = now
	c.suite.r.g.touch()
}

func (c *run) output(in *runInput) {
	if in.Output == nil {
		return
	}
	c.Title, c.Summary = *in.Output.Title, *in.Output.Summary
	if in.Output.Text != nil {
		c.Text = *in.Output.Text
	}
	c.Annotations = append(c.Annotations, in.Output.Annotations...)
}

// theRun is the one that the path names.
func (q *request) theRun() *run { return q.repo.runs[q.number("check_run_id")] }

func getRun(q *request) *answer {
	if c := q.theRun(); c != nil {
		return ok(c.view())
	}
	return notFound()
}

// updateRun changes the App's own check runs only.
func updateRun(q *request) *answer {
	c := q.theRun()
	if c == nil {
		return notFound()
	}
	in := &runInput{}
	if no := q.read(in); no != nil {
		return no
	}
	if c.app != q.app {
		return refusal(403, "Invalid app_id `"+fmt.Sprint(q.app.ID)+"` - check run can only be modified by the GitHub App that created it.")
	}
	if no := in.refuse(); no != nil {
		return no
	}
	was := c.Status
	c.apply(in)
	if was != "completed" && c.Status == "completed" {
		q.repo.runEvent("completed", c, q.app.bot, nil)
	}
	return ok(c.view())
}

func listAnnotations(q *request) *answer {
	c := q.theRun()
	if c == nil {
		return notFound()
	}
	_, a := paged(q, c.Annotations, func(a Annotation) any { return c.annotationView(a) })
	return a
}

func listRunsOfCommit(q *request) *answer {
	c := q.repo.resolve(q.PathValue("ref"))
	if c == nil {
		return noCommit(q.PathValue("ref"))
	}
	return q.runs(q.repo.bySHA[c.sha])
}

func listRunsOfSuite(q *request) *answer {
	s := q.theSuite()
	if s == nil {
		return notFound()
	}
	return q.runs(s.runs())
}

// runs lists check runs, newest first; of each name only the latest unless asked otherwise.
func (q *request) runs(all []*run) *answer {
	query := q.URL.Query()
	var out []*run
	seen := map[string]bool{}
	for _, c := range slices.Backward(all) {
		key := fmt.Sprint(c.app.ID, c.Name)
		latest := !seen[key] || query.Get("filter") == "all"
		seen[key] = true
		if latest && matches(query.Get("check_name"), c.Name) && matches(query.Get("status"), c.Status) &&
			matches(query.Get("app_id"), fmt.Sprint(c.app.ID)) {
			out = append(out, c)
		}
	}
	views, a := paged(q, out, func(c *run) any { return c.view() })
	a.body = obj{"total_count": len(out), "check_runs": views}
	return a
}

func matches(want, have string) bool { return want == "" || want == have }

func rerequestRun(q *request) *answer {
	c := q.theRun()
	if c == nil {
		return notFound()
	}
	q.repo.runEvent("rerequested", c, q.app.bot, nil)
	return created(obj{})
}
