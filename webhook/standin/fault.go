package standin

import (
	"net/http"
	"time"
)

// Fault is what goes wrong with a request. The zero Fault is none.
type Fault struct {
	Status int // answered instead of carrying the request out
	Header http.Header
	Body   string
	Delay  time.Duration // before the request is looked at
	Slow   time.Duration // while the answer's body is sent
	Reset  Reset         // instead of an answer
}

// Reset says when a connection breaks.
type Reset int

// When a connection breaks.
const (
	NoReset     Reset = iota
	ResetBefore       // the request was not carried out
	ResetAfter        // it was, and nobody learns of it
)

// Fault asks f about every API call from now on; nil or a zero Fault: nothing goes wrong.
func (g *GitHub) Fault(f func(*http.Request) *Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault = f
}
