package bedrock

import (
	"context"
	"slices"
	"sync"
)

// gate lets so many calls of a model through at a time. The number is halved when the model throttles, and grows
// by one with about as many answers as it is large: what is known as AIMD.
type gate struct {
	mu      sync.Mutex
	limit   float64
	most    int
	busy    int
	epoch   int // counts the halvings: calls that began before one can't cause another
	waiting []chan struct{}
}

func newGate(most int) *gate { return &gate{limit: float64(most), most: most} }

// enter waits for a place. It gives the epoch to leave with.
func (g *gate) enter(ctx context.Context) (epoch int, err error) {
	g.mu.Lock()
	turn := make(chan struct{})
	g.waiting = append(g.waiting, turn)
	g.admit()
	g.mu.Unlock()
	select {
	case <-turn:
		return g.now(), nil
	case <-ctx.Done():
		g.giveUp(turn)
		return 0, ctx.Err()
	}
}

// admit lets the first in line in, as many as there are places.
func (g *gate) admit() {
	for len(g.waiting) > 0 && g.busy < max(1, int(g.limit)) {
		close(g.waiting[0])
		g.waiting = g.waiting[1:]
		g.busy++
	}
}

func (g *gate) giveUp(turn chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting, turn); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
		return
	}
	g.busy-- // its turn came in the same moment
	g.admit()
}

func (g *gate) leave(answered bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.busy--
	if answered {
		g.limit = min(float64(g.most), g.limit+1/g.limit)
	}
	g.admit()
}

// throttled halves the limit, and gives the epoch that holds from then on. Calls that were on their way together
// and are throttled together halve it once.
func (g *gate) throttled(epoch int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if epoch == g.epoch {
		g.limit = max(1, g.limit/2)
		g.epoch++
	}
	return g.epoch
}

func (g *gate) now() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.epoch
}
