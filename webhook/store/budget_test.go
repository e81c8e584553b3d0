package store

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A repository's day has so many tokens, whoever takes them.
func TestBudget(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		now := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)
		o := quick()
		o.Now = func() time.Time { return now }
		s := open(t, url, o)
		b := s.Budget(100)
		reserve := func(repo string, tokens int, want bool) {
			t.Helper()
			if got, err := b.Reserve(t.Context(), repo, tokens); got != want || err != nil {
				t.Fatalf("reserve %d for %s: %v, %v, want %v", tokens, repo, got, err, want)
			}
		}
		reserve("7", 101, false)
		reserve("7", 60, true)
		reserve("7", 41, false)
		reserve("8", 100, true)
		b.Settle(t.Context(), "7", 60, 10)
		reserve("7", 90, true)
		b.Settle(t.Context(), "7", 90, 95) // more than was thought
		reserve("7", 1, false)
		now = now.Add(2 * time.Hour) // the next day
		b.Settle(t.Context(), "8", 100, 20)
		reserve("8", 100, true)
		b.Settle(t.Context(), "8", 500, 0) // nothing can be given back twice
		reserve("8", 101, false)
		reserve("8", 100, true)
	})
}

func TestBudgetIsSharedFairly(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		b := open(t, url, quick()).Budget(100)
		var granted atomic.Int64
		var all sync.WaitGroup
		for range 30 {
			all.Go(func() {
				if ok, err := b.Reserve(t.Context(), "7", 9); err != nil {
					t.Error(err)
				} else if ok {
					granted.Add(1)
				}
			})
		}
		all.Wait()
		if granted.Load() != 11 {
			t.Errorf("%d reservations of 9 out of 100, want 11", granted.Load())
		}
	})
}
