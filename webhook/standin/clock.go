package standin

import (
	"sync/atomic"
	"time"
)

// Clock is the stand-in's time: tokens expire and limits reset by it.
type Clock struct {
	now    func() time.Time
	offset atomic.Int64
}

// Now is the time in UTC.
func (c *Clock) Now() time.Time { return c.now().Add(time.Duration(c.offset.Load())).UTC() }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) { c.offset.Add(int64(d)) }
