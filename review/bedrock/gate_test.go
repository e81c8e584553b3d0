package bedrock

import (
	"context"
	"testing"
	"testing/synctest"
)

func TestGateHalvesOncePerBurst(t *testing.T) {
	t.Parallel()
	g := newGate(8)
	epoch := g.throttled(0)
	g.throttled(0)
	g.throttled(0)
	if g.limit != 4 || epoch != 1 {
		t.Errorf("limit %v, epoch %d", g.limit, epoch)
	}
	for range 5 {
		epoch = g.throttled(epoch)
	}
	if g.limit != 1 {
		t.Errorf("limit %v", g.limit)
	}
	for range 40 {
		g.busy++
		g.leave(true)
	}
	if g.limit != 8 {
		t.Errorf("limit %v after answers", g.limit)
	}
}

func TestGateForgetsWhoGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1)
		if _, err := g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error)
		go func() { _, err := g.enter(ctx); left <- err }()
		synctest.Wait()
		cancel()
		if err := <-left; err == nil {
			t.Error("entered a full gate")
		}
		g.leave(true)
		if _, err := g.enter(t.Context()); err != nil || g.busy != 1 || len(g.waiting) != 0 {
			t.Errorf("%v, %d busy, %d waiting", err, g.busy, len(g.waiting))
		}
	})
}

// TestGateTurnAndEndTogether gives a place to somebody who has just given up.
func TestGateTurnAndEndTogether(t *testing.T) {
	t.Parallel()
	g := newGate(1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		if _, err := g.enter(ctx); err == nil {
			g.leave(true)
		}
	}
	if g.busy != 0 || len(g.waiting) != 0 {
		t.Errorf("%d busy, %d waiting", g.busy, len(g.waiting))
	}
}
