package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		terminal bool
		wait     time.Duration
		want     string
	}{
		"quick":         {true, 900 * time.Millisecond, ""},
		"slow":          {true, 1500 * time.Millisecond, "\r\x1b[Kreplaying … 1 s\r\x1b[K"},
		"in a log file": {false, 5 * time.Second, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var b bytes.Buffer
				p := startProgress(console{err: &b, errTerm: c.terminal})
				p.say("replaying")
				time.Sleep(c.wait)
				p.stop()
				p.stop()
				if b.String() != c.want {
					t.Errorf("got %q, want %q", b.String(), c.want)
				}
			})
		})
	}
}
