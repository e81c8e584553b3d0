package webhook

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// queueBranch is what the branches of merge queues begin with; merge_group tells of them.
const queueBranch = "gh-readonly-queue/"

// checkRun is the button "Re-run" at our check run: somebody wants to see it done again.
func (d *Decider) checkRun(ctx context.Context, p *payload) (decision, error) {
	run := p.CheckRun
	if run.App.ID != d.AppID {
		return because("the check run is another App's"), nil
	}
	if j, ok := p.external(run); ok {
		return decision{jobs: []Job{j}, force: true}, nil
	}
	return d.checked(ctx, p, run, true)
}

// checkSuite is sent for every push, and for "Re-run all checks".
func (d *Decider) checkSuite(ctx context.Context, p *payload) (decision, error) {
	suite := p.CheckSuite
	switch {
	case suite.App.ID != d.AppID:
		return because("the check suite is another App's"), nil
	case p.Action == "requested" && strings.HasPrefix(suite.HeadBranch, queueBranch):
		return because("merge_group tells of a queue's branch"), nil
	}
	return d.checked(ctx, p, suite, p.Action == "rerequested")
}

// checked finds the targets of a check by its pull requests, else (forks: GitHub lists none) by what was
// reviewed at that commit. The commit may be old, so it isn't taken for the head.
func (d *Decider) checked(ctx context.Context, p *payload, c checkPayload, force bool) (decision, error) {
	if p.repo() == "" {
		return because("the payload doesn't say which repository"), nil
	}
	var jobs []Job
	for _, n := range p.pulls(c) {
		j := p.job()
		j.Number = n
		jobs = append(jobs, j)
	}
	if len(jobs) == 0 && c.HeadSHA != "" {
		known, err := d.Inbox.JobsAt(ctx, p.Repository.Owner.Login, p.Repository.Name, c.HeadSHA)
		if err != nil {
			return decision{}, fmt.Errorf("look for the pull requests of a commit: %w", err)
		}
		for _, j := range known {
			j.Installation = p.Installation.ID // a new one, if the App was uninstalled in between
			jobs = append(jobs, j)
		}
	}
	if len(jobs) == 0 {
		return because("no pull request has this commit as its head"), nil
	}
	return decision{jobs: jobs, force: force}, nil
}

// ExternalID is what our check runs carry to say what they are about: "pull/12", or
// "merge-group/<base sha>/<base ref>".
func ExternalID(j Job) string {
	if g := j.MergeGroup; g != nil {
		return "merge-group/" + g.Base + "/" + g.BaseRef
	}
	return fmt.Sprintf("pull/%d", j.Number)
}

// external reads the ExternalID of a check run.
func (p *payload) external(c checkPayload) (Job, bool) {
	j := p.job()
	if p.repo() == "" {
		return Job{}, false
	}
	if digits, ok := strings.CutPrefix(c.ExternalID, "pull/"); ok {
		n, err := strconv.Atoi(digits)
		j.Number = n
		return j, err == nil && n > 0
	}
	group, ok := strings.CutPrefix(c.ExternalID, "merge-group/")
	base, ref, found := strings.Cut(group, "/")
	if !ok || !found || base == "" || ref == "" || c.HeadSHA == "" {
		return Job{}, false
	}
	j.MergeGroup = &MergeGroup{Head: c.HeadSHA, Base: base, BaseRef: ref}
	return j, true
}
