package github

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
)

// amend makes comments say what is true now. One that can't be changed, because somebody has just
// deleted it or the conversation is locked, doesn't keep the others from it.
func (p *publisher) amend(ctx context.Context) error {
	for _, e := range p.plan.edit {
		if err := p.tolerate(ctx, p.edit(ctx, e)); err != nil {
			return err
		}
	}
	for _, c := range p.plan.drop {
		_, err := p.rest(p.target.Installation).PullRequests.DeleteComment(ctx, p.target.Owner, p.target.Repo, c.id)
		if err := p.tolerate(ctx, err); err != nil {
			return err
		}
	}
	return nil
}

// edit says that the problem is fixed and then hides the comment, or shows it and then says what the
// problem is. In that order: hidden and not fixed would look as if a person had hidden it.
func (p *publisher) edit(ctx context.Context, e edit) error {
	c := e.comment
	switch {
	case e.fix:
		return p.fix(ctx, c, e.fate)
	case e.mark != nil:
		return p.remark(ctx, c, e.mark)
	}
	if c.minimized || c.mark.get(markHidden) != "" && !p.talk.past.seesHidden {
		if err := p.show(ctx, c); err != nil {
			return err
		}
	}
	return p.rewrite(ctx, c, p.text(*e.said, markOf(*e.said, c.posted())))
}

// show takes back that a comment was hidden. Should that be all that is done, it is known that it was not a person.
func (p *publisher) show(ctx context.Context, c *comment) error {
	if c.mark.get(markHidden) == hiddenAgain {
		if err := p.noteHidden(ctx, c, hiddenOnce); err != nil {
			return err
		}
	}
	if err := p.hide(ctx, unminimize, c); err != nil && !lacksGraphQL(err) {
		return err
	}
	return nil
}

func (p *publisher) fix(ctx context.Context, c *comment, fate review.Fate) error {
	if c.unhidden() {
		return p.hideAgain(ctx, c)
	}
	hidden := ""
	if !c.answered && p.talk.past.seesHidden {
		hidden = hiddenOnce
	}
	text := p.voice.Closed(strip(c.body), p.target.Head, fate)
	mark := c.mark.with(markFixed, p.target.Head).with(markFate, string(fate)).with(markHidden, hidden)
	if err := p.rewrite(ctx, c, text+"\n"+p.notary.sign(mark)); err != nil || hidden == "" {
		return err
	}
	return p.hide(ctx, minimize, c)
}

// hideAgain hides what a crash left to be seen, and then notes that, also when GitHub refused it for good: next time, a
// person wants to see it.
func (p *publisher) hideAgain(ctx context.Context, c *comment) error {
	err := p.hide(ctx, minimize, c)
	if err != nil && isRetry(p.classify(err)) {
		return err
	}
	return errors.Join(err, p.noteHidden(ctx, c, hiddenAgain))
}

func (p *publisher) noteHidden(ctx context.Context, c *comment, often string) error {
	return p.remark(ctx, c, c.mark.without(markHidden).with(markHidden, often))
}

// remark changes nothing that people see.
func (p *publisher) remark(ctx context.Context, c *comment, m marker) error {
	return p.rewrite(ctx, c, strip(c.body)+"\n"+p.notary.sign(m))
}

func (p *publisher) rewrite(ctx context.Context, c *comment, text string) error {
	_, _, err := p.rest(p.target.Installation).PullRequests.EditComment(ctx, p.target.Owner, p.target.Repo, c.id, &github.PullRequestComment{Body: &text})
	return err
}

// REST can't hide comments. https://docs.github.com/graphql/reference/mutations#minimizecomment
const (
	minimize   = `mutation($id:ID!){minimizeComment(input:{subjectId:$id,classifier:OUTDATED}){minimizedComment{isMinimized}}}`
	unminimize = `mutation($id:ID!){unminimizeComment(input:{subjectId:$id}){unminimizedComment{isMinimized}}}`
)

func (p *publisher) hide(ctx context.Context, mutation string, c *comment) error {
	var ignored struct{}
	return p.graphql(ctx, p.target.Installation, mutation, map[string]any{"id": c.node}, &ignored)
}

// tolerate lets pass what concerns one comment only. The log says what was not done.
func (p *publisher) tolerate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	judged := p.classify(err)
	if isRefused(judged) || isGraphQL(err) && !isRetry(judged) || hasStatus(err, http.StatusNotFound, http.StatusGone) {
		p.options.Log.WarnContext(ctx, "a comment was left as it is", "installation_id", p.target.Installation,
			"repo", p.target.FullName(), "pr", p.target.Number, "error", err)
		return nil
	}
	return judged
}

// overruled are our reviews that still ask for changes and should not.
func (p *publisher) overruled() []ownReview {
	if p.result.Config.RequestChanges && p.result.Report.Failed() {
		return nil
	}
	var list []ownReview
	for _, r := range p.talk.reviews {
		if r.state == "CHANGES_REQUESTED" {
			list = append(list, r)
		}
	}
	return list
}

// withdraw dismisses our requests for changes. On protected branches not every App may: then people do.
func (p *publisher) withdraw(ctx context.Context, reviews []ownReview) error {
	for _, r := range reviews {
		_, _, err := p.rest(p.target.Installation).PullRequests.DismissReview(ctx, p.target.Owner, p.target.Repo, p.target.Number, r.id,
			&github.PullRequestReviewDismissalRequest{Message: new(p.voice.CheckTitle(p.result.Report))})
		if err := p.tolerate(ctx, err); err != nil {
			return err
		}
	}
	return nil
}
