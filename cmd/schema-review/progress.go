package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress tells a waiting person what is going on, once it takes over a second.
type progress struct {
	mu    sync.Mutex
	what  string
	done  chan struct{}
	gone  chan struct{}
	ended sync.Once
}

// startProgress writes to a terminal only: a log has no use for it.
func startProgress(c console) *progress {
	p := &progress{done: make(chan struct{}), gone: make(chan struct{})}
	if !c.errTerm {
		close(p.gone)
		return p
	}
	go p.run(c.err, time.Now())
	return p
}

func (p *progress) say(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
}

// stop wipes the line; it may be called twice.
func (p *progress) stop() {
	p.ended.Do(func() { close(p.done) })
	<-p.gone
}

func (p *progress) run(w io.Writer, began time.Time) {
	defer close(p.gone)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	written := false
	for {
		select {
		case <-p.done:
			if written {
				fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-tick.C:
			p.mu.Lock()
			fmt.Fprintf(w, "\r\x1b[K%s … %.0f s", p.what, time.Since(began).Seconds())
			p.mu.Unlock()
			written = true
		}
	}
}
