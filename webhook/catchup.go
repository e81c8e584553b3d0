package webhook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// Deliveries is GitHub's own list of what it tried to deliver to the App.
// https://docs.github.com/rest/apps/webhooks
type Deliveries interface {
	// Deliveries lists the attempts since then, in any order. One GUID may have several.
	Deliveries(ctx context.Context, since time.Time) ([]Delivery, error)
	// Payload is the body that was sent, as JSON; nil when GitHub doesn't have it any more.
	Payload(ctx context.Context, id int64) ([]byte, error)
	// Redeliver asks GitHub to send it again.
	Redeliver(ctx context.Context, id int64) error
}

// Delivery is one attempt to deliver an event.
type Delivery struct {
	ID          int64
	GUID        string // X-GitHub-Delivery: the same for all attempts
	Event       string
	Action      string
	DeliveredAt time.Time
	Status      string // "OK", or what went wrong
	StatusCode  int    // of the answer, 0 when there was none
	Redelivery  bool
}

// arrived reports whether we said that we have it: we say so when it is durable, not before.
func (d Delivery) arrived() bool { return d.StatusCode >= 200 && d.StatusCode < 300 }

// CatchUp finds the deliveries that never arrived: GitHub tries each only once.
// https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries
//
// It may run on several replicas: what one has accepted is known to the others.
type CatchUp struct {
	Deliveries Deliveries
	Inbox      Inbox
	Cursor     Cursor
	Decider    *Decider
	Metrics    *Metrics
	Log        *slog.Logger
	Now        func() time.Time
	Window     time.Duration // how far back GitHub's list goes
}

const (
	deliveryCursor = "deliveries"
	// deliveryOverlap is how far before the newest delivery the next round begins again: an attempt is listed
	// under the time when it began, and may take 30 seconds to fail.
	deliveryOverlap = 5 * time.Minute
)

// Run catches up at once and then at every interval, until the context ends.
func (c *CatchUp) Run(ctx context.Context, interval time.Duration) {
	every(ctx, interval, func() {
		if err := c.Once(ctx); err != nil && ctx.Err() == nil {
			c.Metrics.Failed("catch-up")
			c.Log.LogAttrs(ctx, slog.LevelWarn, "could not catch up with missed deliveries", slog.String("error", err.Error()))
		}
	})
}

// every calls f at once and then at every interval, until the context ends.
func every(ctx context.Context, interval time.Duration, f func()) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		f()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Once reads the list from where the last round ended, and accepts what is missing. The cursor goes as
// far as all is done, in GitHub's time: an error leaves the rest to the next round.
func (c *CatchUp) Once(ctx context.Context) error {
	cursor, err := c.Cursor.Cursor(ctx, deliveryCursor)
	if err != nil {
		return fmt.Errorf("read the cursor: %w", err)
	}
	list, err := c.Deliveries.Deliveries(ctx, later(cursor.Add(-deliveryOverlap), c.Now().Add(-c.Window)))
	if err != nil {
		return fmt.Errorf("list deliveries: %w", err)
	}
	missed, err := c.missed(ctx, list)
	if err != nil {
		return err
	}
	for _, d := range missed {
		if err := c.process(ctx, d); err != nil {
			err = fmt.Errorf("delivery %s: %w", d.GUID, err)
			return errors.Join(err, c.advance(ctx, cursor, d.DeliveredAt.Add(-time.Nanosecond)))
		}
	}
	return c.advance(ctx, cursor, newest(list))
}

// advance moves the cursor, never back.
func (c *CatchUp) advance(ctx context.Context, from, to time.Time) error {
	if !to.After(from) {
		return nil
	}
	return c.Cursor.SetCursor(ctx, deliveryCursor, to)
}

// missed are the newest attempts of what never arrived and isn't known here either, oldest first.
func (c *CatchUp) missed(ctx context.Context, list []Delivery) ([]Delivery, error) {
	last, arrived := map[string]Delivery{}, map[string]bool{}
	for _, d := range list {
		arrived[d.GUID] = arrived[d.GUID] || d.arrived() || !acted(d.Event, d.Action)
		if d.DeliveredAt.After(last[d.GUID].DeliveredAt) {
			last[d.GUID] = d
		}
	}
	var guids []string
	for guid := range last {
		if !arrived[guid] {
			guids = append(guids, guid)
		}
	}
	if len(guids) == 0 {
		return nil, nil
	}
	unknown, err := c.Inbox.Unknown(ctx, guids)
	if err != nil {
		return nil, fmt.Errorf("look for deliveries: %w", err)
	}
	var missed []Delivery
	for _, guid := range unknown {
		missed = append(missed, last[guid])
	}
	slices.SortFunc(missed, func(a, b Delivery) int {
		return cmp.Or(a.DeliveredAt.Compare(b.DeliveredAt), cmp.Compare(a.ID, b.ID))
	})
	return missed, nil
}

// process does what the receiver would have done. GitHub keeps what it sent, so that it need not be
// sent again.
func (c *CatchUp) process(ctx context.Context, d Delivery) error {
	body, err := c.Deliveries.Payload(ctx, d.ID)
	if err != nil {
		return fmt.Errorf("read what was sent: %w", err)
	}
	if len(body) == 0 {
		c.said(ctx, d, "redelivered", "asked GitHub to send a missed delivery again")
		return c.Deliveries.Redeliver(ctx, d.ID)
	}
	event, err := c.Decider.Decide(ctx, d.GUID, d.Event, body)
	if bad := (*payloadError)(nil); errors.As(err, &bad) {
		c.said(ctx, d, "bad", "a missed delivery can't be read") // no later attempt reads it either
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := c.Inbox.Accept(ctx, event); err != nil {
		return err
	}
	c.said(ctx, d, "caught-up", "accepted a missed delivery")
	return nil
}

func (c *CatchUp) said(ctx context.Context, d Delivery, outcome, what string) {
	c.Metrics.Delivered(d.Event, outcome)
	c.Log.LogAttrs(ctx, slog.LevelInfo, "catch-up", slog.String("what", what), slog.String("delivery", d.GUID), slog.String("event", d.Event), slog.String("action", d.Action))
}

func newest(list []Delivery) (at time.Time) {
	for _, d := range list {
		at = later(at, d.DeliveredAt)
	}
	return at
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
