package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

const reviewColumns = `key, started, job, head, base_ref, draft, content, conclusion, title, engine,
	errors, warnings, notices, statements, migrations, calls, writes, took`

// LastReview is the newest record of the job, nil when there is none.
func (s *Store) LastReview(ctx context.Context, j webhook.Job) (*webhook.Review, error) {
	return s.review(ctx, "key = $1", j.Key())
}

// Verdict is the newest record in the repository with that content, nil when there is none.
func (s *Store) Verdict(ctx context.Context, j webhook.Job, content string) (*webhook.Review, error) {
	return s.review(ctx, "repo = $1 AND content = $2", repo(j.Owner, j.Repo), content)
}

func (s *Store) review(ctx context.Context, where string, args ...any) (*webhook.Review, error) {
	r := &webhook.Review{}
	var key, job string
	var started, took int64
	found, err := one(s.db.read(ctx, "SELECT "+reviewColumns+" FROM reviews WHERE "+where+" ORDER BY started DESC LIMIT 1", args...))(
		&key, &started, &job, &r.Head, &r.BaseRef, &r.Draft, &r.Content, &r.Conclusion, &r.Title, &r.Engine,
		&r.Errors, &r.Warnings, &r.Notices, &r.Statements, &r.Migrations, &r.Calls, &r.Writes, &took)
	if err != nil || !found {
		return nil, wrap("read the last review", err)
	}
	r.Started, r.Took = moment(started), time.Duration(took)*time.Microsecond
	if err := json.Unmarshal([]byte(job), &r.Job); err != nil {
		return nil, wrap("read the last review", err)
	}
	if r.Posted, err = s.posted(ctx, key, started); err != nil {
		return nil, wrap("read the last review's findings", err)
	}
	r.Advice, err = s.advice(ctx, key, started)
	return r, wrap("read the last review's advice", err)
}

func (s *Store) posted(ctx context.Context, key string, started int64) (all []webhook.Posted, _ error) {
	r, err := s.db.read(ctx, `SELECT fingerprint, rule, object, severity, comment, state FROM findings
		WHERE key = $1 AND started = $2 ORDER BY position`, key, started)
	return all, each(r, err, func(scan func(...any) error) error {
		var p webhook.Posted
		var severity uint8
		if err := scan(&p.Fingerprint, &p.Rule, &p.Object, &severity, &p.Comment, &p.State); err != nil {
			return err
		}
		set(&p.Severity, severity)
		all = append(all, p)
		return nil
	})
}

// set converts to a type whose package the store doesn't know.
func set[T ~uint8](field *T, value uint8) { *field = T(value) }

// SaveReview keeps the record of a review, in place of one of the same job that began at the same moment.
func (s *Store) SaveReview(ctx context.Context, r *webhook.Review) error {
	job, err := json.Marshal(r.Job)
	if err != nil {
		return wrap("record the review", err)
	}
	return wrap("record the review", s.db.write(ctx, func(t tx) error {
		for _, table := range []string{"reviews", "findings", "advice", "prompts"} {
			if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE key = $1 AND started = $2", r.Key(), micros(r.Started)); err != nil {
				return err
			}
		}
		v := values{}
		v.add(r.Key(), micros(r.Started), string(job), r.Head, r.BaseRef, r.Draft, r.Content, r.Conclusion, r.Title, r.Engine,
			r.Errors, r.Warnings, r.Notices, r.Statements, r.Migrations, r.Calls, r.Writes, r.Took.Microseconds(), repo(r.Owner, r.Repo), r.Number)
		if _, err := t.exec(ctx, "INSERT INTO reviews ("+reviewColumns+", repo, number) VALUES "+v.list(), v.args...); err != nil {
			return err
		}
		if err := savePosted(ctx, t, r); err != nil {
			return err
		}
		if err := saveComments(ctx, t, r); err != nil {
			return err
		}
		return saveAdvice(ctx, t, r)
	}))
}

func savePosted(ctx context.Context, t tx, r *webhook.Review) error {
	const chunk = 500 // rows a statement: both databases limit its parameters
	for first := 0; first < len(r.Posted); first += chunk {
		v := values{}
		for i, p := range r.Posted[first:min(first+chunk, len(r.Posted))] {
			v.add(r.Key(), micros(r.Started), first+i, p.Fingerprint, p.Rule, p.Object, int64(p.Severity), p.Comment, p.State)
		}
		if _, err := t.exec(ctx, "INSERT INTO findings (key, started, position, fingerprint, rule, object, severity, comment, state) VALUES "+v.list(), v.args...); err != nil {
			return err
		}
	}
	return nil
}

// OpenChecks are the check runs of the job that were begun and not completed.
func (s *Store) OpenChecks(ctx context.Context, j webhook.Job) (all []webhook.Check, _ error) {
	r, err := s.db.read(ctx, "SELECT head, id FROM checks WHERE key = $1 ORDER BY since, head", j.Key())
	return all, wrap("read the open check runs", each(r, err, func(scan func(...any) error) error {
		var c webhook.Check
		err := scan(&c.Head, &c.ID)
		all = append(all, c)
		return err
	}))
}

// SaveCheck notes a check run; with Done it is forgotten.
func (s *Store) SaveCheck(ctx context.Context, j webhook.Job, c webhook.Check) error {
	return wrap("note the check run", s.db.write(ctx, func(t tx) error {
		if c.Done {
			_, err := t.exec(ctx, "DELETE FROM checks WHERE key = $1 AND head = $2", j.Key(), c.Head)
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO checks (key, head, id, since) VALUES ($1, $2, $3, $4)
			ON CONFLICT (key, head) DO UPDATE SET id = excluded.id`, j.Key(), c.Head, c.ID, s.now())
		return err
	}))
}

func repo(owner, name string) string { return strings.ToLower(owner + "/" + name) }

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
