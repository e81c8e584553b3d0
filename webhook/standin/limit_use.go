package standin

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// metered counts a call against the limits, and carries it out when they allow it.
func (g *GitHub) metered(q *request, e route, c *call) *answer {
	if q.caller == nil || q.token == nil {
		return e.run(q)
	}
	i := q.token.installation
	c.Installation = i.ID
	u := g.meter.of(i.ID, g.Clock.Now())
	a := g.limited(u, e, c)
	if a == nil {
		c.Cost = 1
		u.calls++
		if e.creates {
			u.content = append(u.content, g.Clock.Now())
		}
		a = e.run(q)
	}
	g.meter.headers(c.header, u)
	return a
}

// limited refuses a call that is over a limit.
func (g *GitHub) limited(u *usage, e route, c *call) *answer {
	l, now := g.meter.limits, g.Clock.Now()
	if e.free {
		return nil
	}
	if l.Hour > 0 && u.calls >= l.Hour {
		return refusal(http.StatusForbidden, fmt.Sprintf("API rate limit exceeded for installation ID %d.", c.Installation))
	}
	if !e.creates {
		return nil
	}
	u.content = slices.DeleteFunc(u.content, func(t time.Time) bool { return now.Sub(t) >= time.Hour })
	wait := time.Duration(0)
	if n := l.ContentHour; n > 0 && len(u.content) >= n {
		wait = time.Hour - now.Sub(u.content[len(u.content)-n])
	}
	if n := l.ContentMinute; n > 0 && len(u.content) >= n {
		wait = max(wait, time.Minute-now.Sub(u.content[len(u.content)-n]))
	}
	if wait <= 0 {
		return nil
	}
	return secondary(wait)
}

// secondary is the answer to too much at once.
func secondary(wait time.Duration) *answer {
	a := refusal(http.StatusForbidden, "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.")
	a.body.(obj)["documentation_url"] = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"
	return a.set("Retry-After", fmt.Sprint(int(wait/time.Second)+1))
}

// of is what an installation used in the hour that runs.
func (m *meter) of(installation int64, now time.Time) *usage {
	u := m.used[installation]
	if u == nil {
		u = &usage{from: now}
		m.used[installation] = u
	}
	if now.Sub(u.from) >= time.Hour {
		u.from, u.calls = now, 0
	}
	return u
}

func (m *meter) headers(h http.Header, u *usage) {
	if m.limits.Hour < 0 {
		return // as GitHub Enterprise Server, whose limits are off
	}
	for key, n := range m.rate(u) {
		h.Set("X-RateLimit-"+key, fmt.Sprint(n))
	}
	h.Set("X-RateLimit-Resource", "core")
}

func (m *meter) rate(u *usage) map[string]int64 {
	limit := int64(m.limits.Hour)
	return map[string]int64{
		"Limit": limit, "Used": int64(u.calls), "Remaining": max(0, limit-int64(u.calls)),
		"Reset": u.from.Add(time.Hour).Unix(),
	}
}

// refund takes a call back: a 304 doesn't count.
func (g *GitHub) refund(c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if u := g.meter.used[c.Installation]; u != nil && c.Cost > 0 {
		u.calls -= c.Cost
		c.Cost = 0
		g.meter.headers(c.header, u)
	}
}
