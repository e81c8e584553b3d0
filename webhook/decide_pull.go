package webhook

import "context"

// pullRequestActions change what there is to review. Others change words and people, or end it.
var pullRequestActions = []string{"opened", "reopened", "synchronize", "ready_for_review", "edited"}

func (d *Decider) pullRequest(_ context.Context, p *payload) (decision, error) {
	pull := p.PullRequest
	switch {
	case p.Action == "edited" && p.Changes.Base == nil:
		return because("the title or the text was edited, not the base branch"), nil
	case p.repo() == "" || pull.Number <= 0:
		return because("the payload doesn't say which pull request"), nil
	}
	j := p.job()
	j.Number = pull.Number
	return decision{jobs: []Job{j}, head: pull.Head.SHA}, nil
}
