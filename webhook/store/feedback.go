package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

const commentColumns = `key, fingerprint, repo, rule, by_model, object, severity, prompts, model, posted, state, up, down`

// saveComments keeps how the review's comments stand. Which prompts and which model wrote one is known when it was
// posted just now.
func saveComments(ctx context.Context, t tx, r *webhook.Review) error {
	talk := &webhook.Talk{Job: r.Job, Looked: r.Started.Add(r.Took)}
	var prompts, model string
	if a := r.Advice; a != nil {
		prompts, model = a.Prompts, strings.Join(a.Models, ", ")
	}
	for _, p := range r.Posted {
		if p.Comment != 0 || p.Shown || p.State != "open" { // others were told in a review's body, where nobody answers
			talk.Comments = append(talk.Comments, p)
		}
	}
	if len(talk.Comments) == 0 {
		return nil
	}
	return saveTalk(ctx, t, talk, prompts, model)
}

// SaveTalk keeps what is known of a pull request's comments.
func (s *Store) SaveTalk(ctx context.Context, talk *webhook.Talk) error {
	return wrap("keep what became of comments", s.db.write(ctx, func(t tx) error { return saveTalk(ctx, t, talk, "", "") }))
}

func saveTalk(ctx context.Context, t tx, talk *webhook.Talk, prompts, model string) error {
	job, err := json.Marshal(talk.Job)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO talks (key, job, installation, closed, looked, final) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (key) DO UPDATE SET job = excluded.job, installation = excluded.installation,
			closed = excluded.closed, looked = excluded.looked, final = excluded.final`,
		talk.Key(), string(job), talk.Installation, micros(talk.Closed), micros(talk.Looked), talk.Final)
	if err != nil {
		return err
	}
	said := map[string]bool{}
	for _, c := range talk.Comments {
		if said[c.First] { // the statement of one was edited, and somebody wrote the old one again
			continue
		}
		said[c.First] = true
		if err := saveComment(ctx, t, talk, c, prompts, model); err != nil {
			return err
		}
	}
	return nil
}

// saveComment overwrites what changes. What isn't known of a comment (it was read from GitHub after the loss of the
// database) doesn't overwrite what is.
func saveComment(ctx context.Context, t tx, talk *webhook.Talk, c webhook.Posted, prompts, model string) error {
	at := c.At
	if at.IsZero() {
		at = talk.Looked
	}
	if !c.ByModel || c.Comment != 0 {
		prompts, model = "", ""
	}
	v := values{}
	v.add(talk.Key(), c.First, repo(talk.Owner, talk.Repo), c.Rule, c.ByModel, c.Object, int64(c.Severity), prompts, model,
		micros(at), c.State, c.Up, c.Down)
	_, err := t.exec(ctx, "INSERT INTO feedback ("+commentColumns+") VALUES "+v.list()+`
		ON CONFLICT (key, fingerprint) DO UPDATE SET state = excluded.state, up = excluded.up, down = excluded.down,
			rule = CASE WHEN excluded.rule <> '' THEN excluded.rule ELSE feedback.rule END,
			by_model = feedback.by_model OR excluded.by_model,
			object = CASE WHEN excluded.object <> '' THEN excluded.object ELSE feedback.object END,
			severity = CASE WHEN excluded.severity > 0 THEN excluded.severity ELSE feedback.severity END`, v.args...)
	return err
}

// Talk is what is known of a pull request's comments, nil when there are none.
func (s *Store) Talk(ctx context.Context, j webhook.Job) (*webhook.Talk, error) {
	talk := &webhook.Talk{}
	var job string
	var closed, looked int64
	found, err := one(s.db.read(ctx, "SELECT job, closed, looked, final FROM talks WHERE key = $1", j.Key()))(&job, &closed, &looked, &talk.Final)
	if err != nil || !found {
		return nil, wrap("read what became of comments", err)
	}
	talk.Closed, talk.Looked = moment(closed), moment(looked)
	if err := json.Unmarshal([]byte(job), &talk.Job); err != nil {
		return nil, wrap("read what became of comments", err)
	}
	r, err := s.db.read(ctx, "SELECT "+commentColumns+" FROM feedback WHERE key = $1 ORDER BY posted, fingerprint", j.Key())
	return talk, wrap("read what became of comments", eachComment(r, err, func(c webhook.Comment) {
		talk.Comments = append(talk.Comments, c.Posted)
	}))
}

// eachComment scans commentColumns.
func eachComment(r rows, err error, do func(webhook.Comment)) error {
	return each(r, err, func(scan func(...any) error) error {
		var c webhook.Comment
		var key string
		var severity uint8
		var posted int64
		err := scan(&key, &c.First, &c.Repo, &c.Rule, &c.ByModel, &c.Object, &severity, &c.Prompts, &c.Model, &posted, &c.State, &c.Up, &c.Down)
		c.At = moment(posted)
		set(&c.Severity, severity)
		do(c)
		return err
	})
}

// due are talks that are to be looked at again.
const due = "NOT final AND (closed = 0 AND looked <= $1 OR closed > 0 AND looked <= $2)"

// DueTalks are the pull requests that were last looked at before open, if they were open then, else before closed.
func (s *Store) DueTalks(ctx context.Context, installation int64, open, closed time.Time, most int) (all []webhook.Job, _ error) {
	r, err := s.db.read(ctx, "SELECT job FROM talks WHERE "+due+" AND installation = $3 ORDER BY looked LIMIT $4", micros(open), micros(closed), installation, most)
	return all, wrap("find comments to look at", each(r, err, func(scan func(...any) error) error {
		var text string
		if err := scan(&text); err != nil {
			return err
		}
		var j webhook.Job
		err := json.Unmarshal([]byte(text), &j)
		all = append(all, j)
		return err
	}))
}

// Talking are the installations that have such pull requests.
func (s *Store) Talking(ctx context.Context, open, closed time.Time) (all []int64, _ error) {
	r, err := s.db.read(ctx, "SELECT DISTINCT installation FROM talks WHERE "+due+" ORDER BY installation", micros(open), micros(closed))
	return all, wrap("find comments to look at", each(r, err, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		all = append(all, id)
		return err
	}))
}
