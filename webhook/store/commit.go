package store

import (
	"context"
	"fmt"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// A commit waits for the disk. Events that come in the meantime share the next one.
const (
	batch       = 200             // events
	mostJobs    = 200             // of an event, and about as many of a batch: both databases limit a statement's parameters
	commitLimit = 8 * time.Second // GitHub waits 10 s for our answer
)

// request is an event on its way to the committer.
type request struct {
	event webhook.Event
	done  chan<- accepted
}

type accepted struct {
	fresh bool
	err   error
}

// Accept keeps the event and its jobs; when it returns, a kill loses nothing.
func (s *Store) Accept(ctx context.Context, e webhook.Event) (fresh bool, err error) {
	if err := check(e); err != nil {
		return false, err
	}
	done := make(chan accepted, 1)
	select {
	case s.requests <- request{e, done}:
	case <-s.closing:
		return false, fmt.Errorf("keep the delivery: the store is closed")
	case <-ctx.Done():
		return false, ctx.Err()
	}
	select {
	case a := <-done:
		return a.fresh, a.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// commitAll is the committer.
func (s *Store) commitAll() {
	for {
		select {
		case r := <-s.requests:
			s.commit(s.alsoWaiting(r))
		case <-s.closing:
			return
		}
	}
}

func (s *Store) alsoWaiting(first request) []request {
	all, jobs := []request{first}, len(first.event.Jobs)
	for len(all) < batch && jobs < mostJobs {
		select {
		case r := <-s.requests:
			all = append(all, r)
			jobs += len(r.event.Jobs)
		default:
			return all
		}
	}
	return all
}

func (s *Store) commit(all []request) {
	ctx, cancel := context.WithTimeout(context.Background(), commitLimit)
	defer cancel()
	events := make([]webhook.Event, len(all))
	for i, r := range all {
		events[i] = r.event
	}
	var fresh []bool
	err := s.db.writeFirst(ctx, func(t tx) (err error) {
		fresh, err = s.keep(ctx, t, events)
		return err
	})
	for i, r := range all {
		if err != nil {
			r.done <- accepted{err: fmt.Errorf("keep the delivery: %w", err)}
		} else {
			r.done <- accepted{fresh: fresh[i]}
		}
	}
}
