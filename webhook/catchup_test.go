package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// deliveryList is GitHub's list of deliveries.
type deliveryList struct {
	mu          sync.Mutex
	list        []Delivery
	bodies      map[int64]string
	broken      map[int64]error
	listed      []time.Time
	read        []int64
	redelivered []int64
}

func (h *deliveryList) Deliveries(_ context.Context, since time.Time) (list []Delivery, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listed = append(h.listed, since)
	for _, d := range h.list {
		if !d.DeliveredAt.Before(since) {
			list = append(list, d)
		}
	}
	return list, nil
}

func (h *deliveryList) Payload(_ context.Context, id int64) ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.read = append(h.read, id)
	return []byte(h.bodies[id]), h.broken[id]
}

func (h *deliveryList) Redeliver(_ context.Context, id int64) error {
	h.redelivered = append(h.redelivered, id)
	return nil
}

// cursors is a Cursor in memory.
type cursors struct {
	mu sync.Mutex
	at map[string]time.Time
}

func (c *cursors) Cursor(_ context.Context, name string) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at[name], nil
}

func (c *cursors) SetCursor(_ context.Context, name string, at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == nil {
		c.at = map[string]time.Time{}
	}
	c.at[name] = at
	return nil
}

// today is noon of a day of the tests.
var today = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// missedPull is a delivery of pull request n that failed at minute n.
func missedPull(n int) Delivery {
	return Delivery{
		ID: int64(n), GUID: fmt.Sprint("guid-", n), Event: "pull_request", Action: "opened",
		DeliveredAt: today.Add(time.Duration(n) * time.Minute), Status: "failed to connect to host",
	}
}

func body(n int) string {
	return fmt.Sprintf(`{"action":"opened",%s,"pull_request":{"number":%d}}`, repoJSON, n)
}

func newCatchUp(h *deliveryList, i *inbox, c *cursors) *CatchUp {
	return &CatchUp{
		Deliveries: h, Inbox: i, Cursor: c, Decider: &Decider{AppID: 99, Inbox: i}, Metrics: NewMetrics("test"),
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return today.Add(time.Hour) }, Window: 72 * time.Hour,
	}
}

func numbers(events []Event) (list []int) {
	for _, e := range events {
		list = append(list, e.Jobs[0].Number)
	}
	return list
}

func TestCatchUp(t *testing.T) {
	t.Parallel()
	ok := func(n int, d Delivery) Delivery {
		d.ID, d.DeliveredAt, d.Status, d.StatusCode, d.Redelivery = int64(n), today.Add(time.Duration(n)*time.Minute), "OK", 202, true
		return d
	}
	again := func(n int, d Delivery) Delivery {
		d = ok(n, d)
		d.Status, d.StatusCode = "timed out", 0
		return d
	}
	star := missedPull(3)
	star.Event, star.Action = "watch", "started"
	tests := map[string]struct {
		list   []Delivery
		seen   map[string]bool
		want   []int
		read   []int64 // payloads that were asked for
		cursor time.Time
	}{
		"nothing":                {},
		"all arrived":            {list: []Delivery{ok(1, missedPull(1))}, cursor: today.Add(time.Minute)},
		"missed, oldest first":   {list: []Delivery{missedPull(2), missedPull(1)}, want: []int{1, 2}, read: []int64{1, 2}, cursor: today.Add(2 * time.Minute)},
		"redelivered":            {list: []Delivery{ok(5, missedPull(1)), missedPull(1)}, cursor: today.Add(5 * time.Minute)},
		"redelivered in vain":    {list: []Delivery{again(5, missedPull(1)), missedPull(1)}, want: []int{5}, read: []int64{5}, cursor: today.Add(5 * time.Minute)},
		"stored, answer lost":    {list: []Delivery{missedPull(1)}, seen: map[string]bool{"guid-1": true}, cursor: today.Add(time.Minute)},
		"of no interest, unread": {list: []Delivery{star}, cursor: today.Add(3 * time.Minute)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &deliveryList{list: tt.list, bodies: map[int64]string{1: body(1), 2: body(2), 5: body(5)}}
			i, c := &inbox{seen: tt.seen}, &cursors{}
			if err := newCatchUp(h, i, c).Once(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, numbers(i.events)); diff != "" {
				t.Errorf("accepted (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.read, h.read); diff != "" {
				t.Errorf("payloads read (-want +got):\n%s", diff)
			}
			if got := c.at[deliveryCursor]; !got.Equal(tt.cursor) {
				t.Errorf("cursor %v, want %v", got, tt.cursor)
			}
		})
	}
}

func TestCatchUpStopsWhereItFails(t *testing.T) {
	t.Parallel()
	down := errors.New("502")
	h := &deliveryList{
		list:   []Delivery{missedPull(1), missedPull(20), missedPull(30)},
		bodies: map[int64]string{1: body(1), 20: body(20), 30: body(30)},
		broken: map[int64]error{20: down},
	}
	i, c := &inbox{}, &cursors{}
	u := newCatchUp(h, i, c)
	if err := u.Once(t.Context()); !errors.Is(err, down) {
		t.Fatalf("got %v, want %v", err, down)
	}
	if at := c.at[deliveryCursor]; !at.Before(missedPull(20).DeliveredAt) {
		t.Errorf("the cursor went to %v, past what failed", at)
	}
	h.broken = nil
	if err := u.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1, 20, 30}, numbers(i.events)); diff != "" {
		t.Errorf("accepted (-want +got):\n%s", diff)
	}
	if since := h.listed[1]; since.Before(missedPull(1).DeliveredAt) {
		t.Errorf("the second list begins at %v, before what is done", since)
	}
}

// A payload that can't be read now can't be read later: it doesn't hold the others up.
func TestCatchUpPassesBadPayloads(t *testing.T) {
	t.Parallel()
	h := &deliveryList{list: []Delivery{missedPull(1), missedPull(2)}, bodies: map[int64]string{1: `{"action":7}`, 2: body(2)}}
	i := &inbox{}
	if err := newCatchUp(h, i, &cursors{}).Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{2}, numbers(i.events)); diff != "" {
		t.Errorf("accepted (-want +got):\n%s", diff)
	}
}

func TestCatchUpAsksForWhatGitHubForgot(t *testing.T) {
	t.Parallel()
	h := &deliveryList{list: []Delivery{missedPull(1)}}
	if err := newCatchUp(h, &inbox{}, &cursors{}).Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(h.redelivered, []int64{1}) {
		t.Errorf("redelivered %v, want delivery 1", h.redelivered)
	}
}

func TestCatchUpSince(t *testing.T) {
	t.Parallel()
	now := today.Add(time.Hour)
	tests := map[string]struct{ cursor, want time.Time }{
		"first start":                  {time.Time{}, now.Add(-72 * time.Hour)},
		"as usual":                     {now.Add(-time.Minute), now.Add(-time.Minute - deliveryOverlap)},
		"downtime longer than windows": {now.Add(-100 * time.Hour), now.Add(-72 * time.Hour)},
		"our clock is behind GitHub's": {now.Add(5 * time.Minute), now.Add(5*time.Minute - deliveryOverlap)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &deliveryList{}
			c := &cursors{at: map[string]time.Time{deliveryCursor: tt.cursor}}
			if err := newCatchUp(h, &inbox{}, c).Once(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := h.listed[0]; !got.Equal(tt.want) {
				t.Errorf("listed since %v, want %v", got, tt.want)
			}
		})
	}
}

// Two replicas, a server that goes away for a day and comes back: each delivery is accepted once.
func TestCatchUpRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		h, i, c := &deliveryList{bodies: map[int64]string{}}, &inbox{}, &cursors{}
		fail := func(n int) {
			h.mu.Lock()
			defer h.mu.Unlock()
			d := missedPull(n)
			d.DeliveredAt = time.Now()
			h.list = append(h.list, d)
			h.bodies[int64(n)] = body(n)
		}
		replica := func(ctx context.Context) {
			u := newCatchUp(h, i, c)
			u.Now = time.Now
			u.Run(ctx, 5*time.Minute)
		}
		for _, n := range []int{1, 2} {
			fail(n)
			ctx, stop := context.WithCancel(t.Context())
			go replica(ctx)
			go replica(ctx)
			time.Sleep(11 * time.Minute)
			fail(n * 10)
			time.Sleep(6 * time.Minute)
			stop()
			synctest.Wait()
			fail(n * 100) // nobody is there
			time.Sleep(24 * time.Hour)
		}
		ctx, stop := context.WithCancel(t.Context())
		go replica(ctx)
		time.Sleep(time.Minute)
		stop()
		synctest.Wait()
		if diff := cmp.Diff([]int{1, 10, 2, 100, 20, 200}, order(numbers(i.events))); diff != "" {
			t.Errorf("accepted after %v (-want +got):\n%s", time.Since(start), diff)
		}
	})
}

// order puts those that one round found, 2 and 100, into one order.
func order(list []int) []int {
	if a, b := slices.Index(list, 100), slices.Index(list, 2); a >= 0 && b == a+1 {
		list[a], list[b] = list[b], list[a]
	}
	return list
}
