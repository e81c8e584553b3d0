package standin

import (
	"context"
	"time"
)

// delivery is a delivery and what it needs to be sent again.
type delivery struct {
	Delivery
	app     *App
	request map[string]string
	answer  map[string]string
	body    string
}

// Deliveries are the App's deliveries, oldest first. Payloads may be shared: don't change them.
func (a *App) Deliveries() []Delivery {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	out := make([]Delivery, 0, len(a.deliveries))
	for _, d := range a.deliveries {
		out = append(out, d.Delivery)
	}
	return out
}

// Settle waits until no delivery is under way.
func (g *GitHub) Settle(ctx context.Context) error {
	done := make(chan struct{})
	go func() { g.hooks.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

const hookTimeout = 10 * time.Second
