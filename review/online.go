package review

import (
	"iter"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// Online tells what the server does to live tables when it runs a step of the change set: one prediction
// for each table, none for statements that change no table's definition. It is worked out once.
func (p *Plan) Online(s *ddlparse.Step) []onlineddl.Prediction {
	p.onlineOnce.Do(func() {
		p.online = make(map[*ddlparse.Step][]onlineddl.Prediction, len(p.Steps))
		for _, s := range p.Steps {
			if all := onlineddl.Predict(s); len(all) > 0 {
				p.online[s] = all
			}
		}
	})
	return p.online[s]
}

// Online yields what the server does to tables that were there before the change set, and that are known
// well enough to tell.
func (p *Pass) Online() iter.Seq2[*ddlparse.Step, onlineddl.Prediction] {
	return func(yield func(*ddlparse.Step, onlineddl.Prediction) bool) {
		for _, s := range p.Plan.Steps {
			for _, o := range p.Plan.Online(s) {
				if o.Unknown || p.Plan.empty(s, o.Table) {
					continue
				}
				if !yield(s, o) {
					return
				}
			}
		}
	}
}

// empty reports whether the table was made by the change set, so that nothing reads it yet.
func (p *Plan) empty(s *ddlparse.Step, table ddlparse.Name) bool {
	t := s.Before.Table(table)
	return t == nil || !t.External && t.Origin >= p.FirstStep
}
