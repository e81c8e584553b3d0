package github

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// conversation is a pull request as far as our comments are concerned, as it stands on GitHub.
type conversation struct {
	head    string
	closed  bool // or merged
	merged  bool
	past    past
	reviews []ownReview
}

// ownReview is a review of ours.
type ownReview struct {
	id    int64
	state string // "PENDING", "COMMENTED", "CHANGES_REQUESTED", "DISMISSED"
}

func newConversation() *conversation {
	return &conversation{past: past{inline: map[string]bool{}, body: map[string]bool{}}}
}

// wrote is something that was written on a pull request, whoever did.
type wrote struct {
	bot   bool
	login string // an App's is without "[bot]"
	body  string
}

// conversation reads what was said, by GraphQL, or by REST where that isn't to be had.
func (c *Client) conversation(ctx context.Context, t *webhook.Target) (*conversation, error) {
	slug, err := c.slug(ctx)
	if err != nil {
		return nil, err
	}
	e := &eavesdrop{
		target: t, slug: slug, keys: c.options.Secrets, notary: newNotary(c.options.Secrets, t.PullID),
		talk: newConversation(),
	}
	err = c.insistGraphQL(ctx, e)
	if err != nil && needsREST(err) {
		c.options.Log.WarnContext(ctx, "no graphql: resolved conversations are not known, fixed comments are not hidden",
			"installation_id", t.Installation, "repo", t.FullName(), "pr", t.Number)
		e.talk = newConversation()
		err = c.readREST(ctx, e)
	}
	if err != nil {
		return nil, c.classify(err)
	}
	return e.talk, nil
}

// insistGraphQL asks again while GraphQL fails in a way that passes: by REST it is not known what people resolved, and
// what they resolved would be touched.
func (c *Client) insistGraphQL(ctx context.Context, e *eavesdrop) error {
	for attempt := 1; ; attempt++ {
		err := c.readGraphQL(ctx, e)
		if attempt == readAttempts || !isGraphQL(err) || !isRetry(c.classify(err)) || isGraphQLLimit(err) {
			return err
		}
		if err := sleep(ctx, backoff(attempt)); err != nil {
			return err
		}
		e.talk = newConversation()
	}
}

func isGraphQLLimit(err error) bool {
	e, ok := errors.AsType[*graphQLErrors](err)
	return ok && e.has("RATE_LIMITED")
}

// needsREST reports whether GraphQL is not to be had here: not at all, not for Apps, not now, or without the
// fields that an old GitHub Enterprise Server doesn't know yet.
func needsREST(err error) bool {
	e, ok := errors.AsType[*graphQLErrors](err)
	return lacksGraphQL(err) || ok && !isGraphQLLimit(err) && !e.has("NOT_FOUND")
}

// eavesdrop listens for what is ours.
type eavesdrop struct {
	target *webhook.Target // without PullID, that is read too
	slug   string
	keys   []string
	notary notary
	talk   *conversation
}

// about tells which pull request it is.
func (e *eavesdrop) about(pullID int64) { e.notary = newNotary(e.keys, pullID) }

// ours reports whether our App wrote it. Anybody can copy a marker.
func (e *eavesdrop) ours(w wrote) bool { return w.bot && strings.EqualFold(w.login, e.slug) }

// thread takes note of a conversation at a line: its first comment, and the others.
func (e *eavesdrop) thread(c *comment, first wrote, replies []wrote) {
	if !e.ours(first) {
		return
	}
	if c.mark = e.notary.read(first.body); c.mark == nil {
		return
	}
	c.body = first.body
	for _, r := range replies {
		c.answered = c.answered || !e.ours(r)
	}
	e.talk.past.comments = append(e.talk.past.comments, c)
}

// review takes note of a review.
func (e *eavesdrop) review(id int64, state string, w wrote) {
	if !e.ours(w) {
		return
	}
	e.talk.reviews = append(e.talk.reviews, ownReview{id, state})
	if state == "PENDING" {
		return // a draft that nobody sees
	}
	mark := e.notary.read(w.body)
	h := &e.talk.past
	for _, key := range []string{markInline, markIDs} {
		for _, problem := range mark.list(key) {
			h.inline[problem] = true
		}
	}
	for _, fp := range mark.list(markBody) {
		h.body[fp] = true
	}
	h.more = h.more || mark.get(markMore) != ""
}

// slugLife is how long the App's name is believed: owners can change it.
const slugLife = 10 * time.Minute

// slug is the App's name in the addresses of GitHub, which is that of its bot.
func (c *Client) slug(ctx context.Context) (string, error) {
	now := c.options.Now()
	if name, ok := c.self.get(now); ok {
		return name, nil
	}
	app, _, err := c.app().Apps.Get(ctx, "")
	if err != nil {
		return "", c.classify(err)
	}
	c.self.set(app.GetSlug(), now.Add(slugLife))
	return app.GetSlug(), nil
}

// appName is the App's name, kept for a while.
type appName struct {
	mu    sync.Mutex
	slug  string
	until time.Time
}

func (n *appName) get(now time.Time) (string, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.slug, n.slug != "" && now.Before(n.until)
}

func (n *appName) set(slug string, until time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.slug, n.until = slug, until
}

// botLogin is an account's login as GraphQL has it, and whether the account is an App's.
func botLogin(u *github.User) (login string, bot bool) {
	login, marked := strings.CutSuffix(u.GetLogin(), "[bot]")
	return login, marked || u.GetType() == "Bot"
}
