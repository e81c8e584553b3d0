package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

const adviceColumns = `key, started, prompts, hashes, models, input, output, cache_read, cache_write, calls, cost, priced,
	claims, dropped, complete, missing, took`

// Advised is the newest record of the job with that content about which a model said all that there is to say with those
// prompts; nil when there is none, or when the content was another one since: comments were closed with that, and
// only a model that is asked again brings them back.
func (s *Store) Advised(ctx context.Context, j webhook.Job, content, prompts string) (*webhook.Review, error) {
	return s.review(ctx, `key = $1 AND content = $2 AND EXISTS (SELECT 1 FROM advice a
		WHERE a.key = reviews.key AND a.started = reviews.started AND a.prompts = $3 AND a.complete)
		AND NOT EXISTS (SELECT 1 FROM reviews since WHERE since.key = reviews.key AND since.started > reviews.started AND since.content <> $2)`, j.Key(), content, prompts)
}

// saveAdvice keeps a model's part of the review.
func saveAdvice(ctx context.Context, t tx, r *webhook.Review) error {
	a := r.Advice
	if a == nil {
		return nil
	}
	lists, err := encoded(a.Hashes, a.Models, a.Dropped)
	if err != nil {
		return err
	}
	v := values{}
	v.add(r.Key(), micros(r.Started), a.Prompts, lists[0], lists[1], a.Input, a.Output, a.CacheRead, a.CacheWrite, a.Calls, a.Cost, a.Priced,
		a.Claims, lists[2], a.Complete, a.Missing, a.Took.Microseconds())
	if _, err := t.exec(ctx, "INSERT INTO advice ("+adviceColumns+") VALUES "+v.list(), v.args...); err != nil {
		return err
	}
	for i, text := range a.Texts {
		if _, err := t.exec(ctx, "INSERT INTO prompts (key, started, position, text) VALUES ($1, $2, $3, $4)", r.Key(), micros(r.Started), i, text); err != nil {
			return err
		}
	}
	return nil
}

// encoded are the values as JSON, one text each.
func encoded(all ...any) ([]string, error) {
	texts := make([]string, len(all))
	for i, value := range all {
		data, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		texts[i] = string(data)
	}
	return texts, nil
}

// advice is a model's part of the record, nil when there was none.
func (s *Store) advice(ctx context.Context, key string, started int64) (*webhook.Advice, error) {
	a := &webhook.Advice{}
	var took int64
	lists := make([]string, 3)
	found, err := one(s.db.read(ctx, "SELECT "+adviceColumns+" FROM advice WHERE key = $1 AND started = $2", key, started))(
		&key, &started, &a.Prompts, &lists[0], &lists[1], &a.Input, &a.Output, &a.CacheRead, &a.CacheWrite, &a.Calls, &a.Cost, &a.Priced,
		&a.Claims, &lists[2], &a.Complete, &a.Missing, &took)
	if err != nil || !found {
		return nil, err
	}
	a.Took = time.Duration(took) * time.Microsecond
	for i, into := range []any{&a.Hashes, &a.Models, &a.Dropped} {
		if err := json.Unmarshal([]byte(lists[i]), into); err != nil {
			return nil, err
		}
	}
	a.Texts, err = s.texts(ctx, key, started)
	return a, err
}

func (s *Store) texts(ctx context.Context, key string, started int64) (all []string, _ error) {
	r, err := s.db.read(ctx, "SELECT text FROM prompts WHERE key = $1 AND started = $2 ORDER BY position", key, started)
	return all, each(r, err, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		all = append(all, text)
		return err
	})
}
