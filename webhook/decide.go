package webhook

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Decider turns a delivery into jobs, or into the reason why there are none.
type Decider struct {
	AppID    int64 // ours: check runs of other Apps are not our business
	Feedback bool  // it is to be known what people make of our comments
	Inbox    interface {
		JobsAt(ctx context.Context, owner, repo, head string) ([]Job, error)
	}
}

// decision is what follows from a delivery.
type decision struct {
	jobs   []Job
	head   string
	force  bool
	reason string
}

func because(reason string) decision { return decision{reason: reason} }

// decider looks at the events of one name.
type decider struct {
	decide func(d *Decider, ctx context.Context, p *payload) (decision, error)
	// actions are those that can lead to reviews.
	actions []string
	// tells are those that tell what became of our comments. Whoever acts: we only look. Such a delivery is not missed
	// when it doesn't arrive, because it is also looked from time to time.
	tells []string
	// bots tells that the event counts even if a program caused it. The rule that bots start nothing
	// is there against loops: of our own comments and check runs, and of bots that push, comment and re-run
	// because of what we said. Nothing of that makes a merge group or an installation. But merge queues
	// belong to a bot at times, and wait for our check; and Apps are installed by programs.
	// (What bots push is not forgotten: the sweep finds the head that has no check run.)
	bots bool
}

// deciders are the events that we know. Others are answered with a reason.
var deciders = map[string]decider{
	"pull_request":                {decide: (*Decider).pullRequest, actions: pullRequestActions, tells: []string{"closed"}},
	"check_run":                   {decide: (*Decider).checkRun, actions: []string{"rerequested"}},
	"check_suite":                 {decide: (*Decider).checkSuite, actions: []string{"requested", "rerequested"}},
	"merge_group":                 {decide: (*Decider).mergeGroup, actions: []string{"checks_requested"}, bots: true},
	"installation":                {decide: (*Decider).installation, actions: []string{"created", "unsuspend", "new_permissions_accepted"}, bots: true},
	"installation_repositories":   {decide: (*Decider).installation, actions: []string{"added"}, bots: true},
	"issue_comment":               {decide: ignore("comments don't start reviews")},
	"pull_request_review_comment": {decide: ignore("comments don't start reviews")},
	"pull_request_review_thread":  {decide: ignore("threads are read at the next review"), tells: []string{"resolved", "unresolved"}},
	"ping":                        {decide: ignore("ping")},
}

func ignore(reason string) func(*Decider, context.Context, *payload) (decision, error) {
	return func(*Decider, context.Context, *payload) (decision, error) { return because(reason), nil }
}

// acted reports whether such a delivery can lead to jobs.
func acted(event, action string) bool {
	return slices.Contains(deciders[event].actions, action)
}

// Decide reads a delivery. A payload that can't be read is a payloadError; other errors come from the Inbox.
func (d *Decider) Decide(ctx context.Context, guid, name string, body []byte) (Event, error) {
	if _, ok := deciders[name]; !ok {
		return unknown(guid, name, body)
	}
	p, err := readPayload(body)
	if err != nil {
		return Event{}, err
	}
	c, err := d.decide(ctx, name, p)
	if err != nil {
		return Event{}, err
	}
	return Event{
		GUID: guid, Name: name, Action: p.Action, Repo: p.repo(),
		Jobs: c.jobs, Head: c.head, Force: c.force, Reason: c.reason,
	}, nil
}

// unknown is an event that we didn't subscribe to: its payload may look like anything.
func unknown(guid, name string, body []byte) (Event, error) {
	if !json.Valid(body) {
		return Event{}, &payloadError{"The body is not valid JSON."}
	}
	return Event{GUID: guid, Name: name, Reason: "this event is of no interest"}, nil
}

func (d *Decider) decide(ctx context.Context, name string, p *payload) (decision, error) {
	known := deciders[name]
	switch {
	case d.Feedback && slices.Contains(known.tells, p.Action):
		return d.feedback(p), nil
	case len(known.actions) > 0 && !acted(name, p.Action):
		return because(fmt.Sprintf("this action of %s is of no interest", name)), nil
	case len(known.actions) > 0 && p.Installation.ID == 0:
		return because("the payload names no installation: it was not sent to an App"), nil
	case !known.bots && p.fromBot():
		return because("a bot caused it"), nil
	}
	return known.decide(d, ctx, p)
}

// feedback looks at the comments on the pull request that the event is about.
func (d *Decider) feedback(p *payload) decision {
	j := p.job()
	j.Number, j.Feedback = p.PullRequest.Number, true
	switch {
	case p.repo() == "" || j.Number <= 0:
		return because("the payload doesn't say which pull request")
	case j.Installation == 0:
		return because("the payload names no installation: it was not sent to an App")
	}
	return decision{jobs: []Job{j}}
}

func (d *Decider) installation(_ context.Context, p *payload) (decision, error) {
	return decision{jobs: []Job{{Installation: p.Installation.ID}}}, nil
}

func (d *Decider) mergeGroup(_ context.Context, p *payload) (decision, error) {
	g := p.MergeGroup
	if p.repo() == "" || g.HeadSHA == "" || g.BaseSHA == "" || g.BaseRef == "" {
		return because("the payload doesn't say which merge group"), nil
	}
	j := p.job()
	j.MergeGroup = &MergeGroup{Head: g.HeadSHA, Base: g.BaseSHA, BaseRef: g.BaseRef}
	return decision{jobs: []Job{j}, head: g.HeadSHA}, nil
}
