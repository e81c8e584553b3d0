package github

import (
	"context"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

// Publish brings the comments of a pull request in line with the report. What GitHub shows is looked at
// first, so that it may be called again at any time, after a crash too.
func (c *Client) Publish(ctx context.Context, t *webhook.Target, r *webhook.Result, check func(context.Context) error) ([]webhook.Posted, error) {
	p := &publisher{
		Client: c, target: t, result: r, check: check, voice: voiceOf(r),
		notary: newNotary(c.options.Secrets, t.PullID),
	}
	var err error
	if p.found, err = p.placed(ctx); err != nil {
		return nil, c.classify(err)
	}
	if err := p.look(ctx); err != nil {
		return nil, err
	}
	if err := p.write(ctx); err != nil {
		return nil, err
	}
	return p.posted(), nil
}

// publisher publishes one report.
type publisher struct {
	*Client
	target *webhook.Target
	result *webhook.Result
	check  func(context.Context) error
	voice  review.Voice
	notary notary

	found []said
	talk  *conversation
	plan  plan
}

// placed finds where the findings can be said.
func (p *publisher) placed(ctx context.Context) ([]said, error) {
	hunks := map[string][]hunk{}
	var failed error
	all := placeAll(p.result.Report.Findings, func(path string) []hunk {
		if known, ok := hunks[path]; ok {
			return known
		}
		d, _, err := p.diffOf(ctx, p.target, path)
		if err != nil {
			failed = err
		}
		hunks[path] = parseHunks(d.Patch)
		return hunks[path]
	})
	return all, failed
}

// look reads what GitHub shows, and decides what is to be done.
func (p *publisher) look(ctx context.Context) error {
	talk, err := p.conversation(ctx, p.target)
	if err != nil {
		return err
	}
	if talk.head != p.target.Head || talk.closed { // the next attempt tells which
		return webhook.ErrSuperseded
	}
	p.talk = talk
	p.plan = reconcile(&talk.past, p.judged())
	return nil
}

func (p *publisher) judged() judged {
	return judged{
		found: p.found, report: p.result.Report, head: p.target.Head, run: p.run(),
		limit: p.result.Config.MaxComments, advice: p.result.Config.AI.MaxComments, unadvised: p.result.Unadvised,
	}
}

// run names the review: by when it began, and of what.
func (p *publisher) run() string {
	return short(p.target.Head + " " + p.result.Started.UTC().Format(time.RFC3339Nano))
}

// write does what the plan says. What is said already comes first: should the rest fail, nothing is wrong.
func (p *publisher) write(ctx context.Context) error {
	request := p.overruled()
	if p.plan.idle() && len(request) == 0 && !p.hasDrafts() {
		return nil
	}
	if err := p.check(ctx); err != nil {
		return err
	}
	if err := p.discardDrafts(ctx); err != nil {
		return err
	}
	if err := p.amend(ctx); err != nil {
		return err
	}
	if err := p.withdraw(ctx, request); err != nil {
		return err
	}
	return p.submit(ctx)
}

// posted tells how each finding stands now.
func (p *publisher) posted() []webhook.Posted {
	var all []webhook.Posted
	for _, m := range p.plan.open {
		all = append(all, posted(m.said, m.comment, "open"))
	}
	for _, s := range p.plan.post {
		one := posted(s, nil, "open") // GitHub doesn't tell the comment's id: the next review sees it
		one.Shown = true
		all = append(all, one)
	}
	for _, s := range p.plan.outside {
		all = append(all, posted(s, nil, "open"))
	}
	for _, m := range p.plan.quiet {
		all = append(all, posted(m.said, m.comment, "dismissed"))
	}
	for _, c := range p.plan.gone {
		one := c.heard()
		one.State = stateOf(c.fate)
		all = append(all, one)
	}
	for _, c := range p.plan.allowed {
		one := c.heard()
		one.State = webhook.CommentSuppressed
		all = append(all, one)
	}
	return all
}

func posted(s said, c *comment, state string) webhook.Posted {
	one := webhook.Posted{Fingerprint: s.fingerprint, Rule: s.Rule, Object: s.Object, Severity: s.Severity, State: state, ByModel: s.ByModel, First: s.fingerprint}
	if c != nil {
		one.Comment, one.Shown = c.id, c.last > 0
		one.Up, one.Down, one.First, one.At = c.up, c.down, c.posted(), c.at
	}
	return one
}

// text is a comment as it is posted.
func (p *publisher) text(s said, m marker) string {
	text := p.voice.PlainComment(s.Finding)
	if s.suggests {
		text = p.voice.Comment(s.Finding)
	}
	return text + "\n" + p.notary.sign(m)
}

// markOf is the marker of a comment that tells of a problem.
func markOf(s said, first string) marker {
	if first == s.fingerprint {
		first = ""
	}
	m := marker{}.with(markFingerprint, s.fingerprint).with(markFirst, first).with(markID, s.id).with(markRule, s.Rule)
	if !s.ByModel {
		return m
	}
	return m.carrying(carriedNow(s.Finding), "")
}

// draft is a comment of a review that is to be.
func (p *publisher) draft(s said) *github.DraftReviewComment {
	d := &github.DraftReviewComment{
		Path: &s.place.path, Body: new(p.text(s, markOf(s, ""))),
		Line: &s.place.last, Side: new("RIGHT"),
	}
	if s.place.first < s.place.last {
		d.StartLine, d.StartSide = &s.place.first, new("RIGHT")
	}
	return d
}
