package bedrock_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// crowd measures how many calls are with the service at a time.
type crowd struct {
	now, most atomic.Int64
	throttle  atomic.Bool
}

func (c *crowd) script(call converse.Call) converse.Reply {
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for m := c.most.Load(); n > m && !c.most.CompareAndSwap(m, n); m = c.most.Load() {
	}
	if c.throttle.Load() && call.Model == sonnet {
		return converse.Throw("ThrottlingException", "Too many tokens, please wait before trying again.")
	}
	time.Sleep(20 * time.Millisecond)
	return converse.Says(whole)
}

func (c *crowd) load(t *testing.T, client *bedrock.Client, calls int) (most int64, models map[string]int) {
	t.Helper()
	c.most.Store(0)
	models = map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range calls {
		wg.Go(func() {
			answer, err := client.Complete(t.Context(), query())
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			models[answer.Model]++
		})
	}
	wg.Wait()
	return c.most.Load(), models
}

// TestThrottlingLowersConcurrency has a model that throttles for a while: the other one answers, and afterwards the
// first is asked by one at a time, then by more again.
func TestThrottlingLowersConcurrency(t *testing.T) {
	t.Parallel()
	c := &crowd{}
	client, _ := serve(t, c.script, func(o *bedrock.Options) { o.Concurrency, o.Fallbacks = 8, []string{older} })
	if most, models := c.load(t, client, 24); most > 8 || most < 4 || models[sonnet] != 24 {
		t.Errorf("at first: %d at a time, %v", most, models)
	}
	c.throttle.Store(true)
	if _, models := c.load(t, client, 8); models[older] != 8 {
		t.Errorf("throttled: %v", models)
	}
	c.throttle.Store(false)
	if most, models := c.load(t, client, 3); most > 2 || models[sonnet] != 3 {
		t.Errorf("after it: %d at a time, %v", most, models)
	}
	c.load(t, client, 40)
	if most, _ := c.load(t, client, 24); most < 5 || most > 8 {
		t.Errorf("in the end: %d at a time", most)
	}
}
