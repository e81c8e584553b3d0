package ddlparse

// Replay applies the forward statements of the migrations in order, the first of them as the step with the
// given number, and hands each step to each (which may be nil). It returns the schema behind the last one and
// the number that the next step would have. Every migration is a connection of its own: USE, SET and
// temporary tables end with it.
func Replay(start Schema, first int, ms []*Migration, each func(*Step)) (Schema, int) {
	s, number := start, first
	for _, m := range ms {
		se := newSession()
		for _, st := range m.Statements {
			step := se.apply(s, number, m, st)
			s = step.After
			number++
			if each != nil {
				each(step)
			}
		}
		s = se.endSession(s)
	}
	return s, number
}
