package standin

import "time"

// Limits are GitHub's rate limits of an installation. Zero = GitHub's own, negative = none.
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
type Limits struct {
	Hour          int // calls an hour, 5,000
	ContentMinute int // calls that create content a minute, 80
	ContentHour   int // and an hour, 500
}

// meter counts calls against the limits.
type meter struct {
	limits Limits
	used   map[int64]*usage
}

// usage is what an installation used up.
type usage struct {
	from    time.Time // when the hour began
	calls   int
	content []time.Time // of the last hour
}

func newMeter(l Limits) meter {
	for _, d := range []struct {
		of   *int
		size int
	}{{&l.Hour, 5000}, {&l.ContentMinute, 80}, {&l.ContentHour, 500}} {
		if *d.of == 0 {
			*d.of = d.size
		}
	}
	return meter{limits: l, used: map[int64]*usage{}}
}
