package standin

import "slices"

// Calls are the API calls so far, in the order of their answers.
func (g *GitHub) Calls() []Call {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.calls)
}

// ResetCalls forgets them.
func (g *GitHub) ResetCalls() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls = nil
}
