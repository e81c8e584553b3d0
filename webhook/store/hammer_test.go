package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// site counts what a handler must never see, and what it did last.
type site struct {
	mu   sync.Mutex
	busy map[string]int    // tasks in work by key
	last map[string]string // the head of the last run that came to its end, by key
	both int               // how often two tasks of a key were in work at once
	runs int
}

func (w *site) enter(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs++
	w.busy[key]++
	if w.busy[key] > 1 {
		w.both++
	}
}

func (w *site) leave(key, head string, outcome error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy[key]--
	if outcome == nil {
		w.last[key] = head
	}
}

// handle takes a moment, and fails in all the ways there are.
func (w *site) handle(ctx context.Context, task *webhook.Task) (err error) {
	w.enter(task.Key())
	defer func() { w.leave(task.Key(), task.Head, err) }()
	for range rand.N(4) {
		time.Sleep(rand.N(3 * time.Millisecond))
		if err := task.Check(ctx, task.Head); err != nil {
			return err
		}
	}
	switch rand.N(8) {
	case 0:
		return errors.New("no luck")
	case 1:
		return &webhook.RetryError{After: time.Millisecond, Err: errors.New("slow down")}
	}
	return nil
}

// TestNoEventIsSwallowed: events come at random moments, to several replicas where there can be some.
// When all is quiet, each pull request's last head was the last one to be handled.
func TestNoEventIsSwallowed(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		const pulls, events = 12, 40
		o := quick()
		o.Attempts = 1000
		stores := []*Store{open(t, url, o)}
		if url[:6] != "sqlite" {
			stores = append(stores, open(t, url, o), open(t, url, o))
		}
		w := &site{busy: map[string]int{}, last: map[string]string{}}
		for _, s := range stores {
			work(t, s, w.handle)
		}
		var senders sync.WaitGroup
		for n := range pulls {
			senders.Go(func() {
				for i := range events {
					time.Sleep(rand.N(10 * time.Millisecond))
					accept(t, stores[rand.N(len(stores))], push(fmt.Sprintf("%d-%d", n, i), n+1, fmt.Sprint(i)))
				}
			})
		}
		senders.Wait()
		idle(t, stores[0])
		for n := range pulls {
			if got := w.last[pull(n+1).Key()]; got != fmt.Sprint(events-1) {
				t.Errorf("pull request %d: the last head handled is %q, want %d", n+1, got, events-1)
			}
		}
		if w.both > 0 {
			t.Errorf("two tasks of one key were in work at once, %d times", w.both)
		}
		if w.runs >= pulls*events*2 {
			t.Errorf("%d runs for %d events", w.runs, pulls*events)
		}
		var open int
		if _, err := one(stores[0].db.read(t.Context(), "SELECT count(*) FROM deliveries WHERE state <> 'done'"))(&open); err != nil || open > 0 {
			t.Errorf("%d deliveries are not done (%v)", open, err)
		}
	})
}
