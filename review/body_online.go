package review

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// live is what a statement does to a live server, as far as the table of statements tells.
type live struct {
	onlineddl.Prediction
	known  bool // there is a prediction
	fresh  bool // the table was made by the change set
	keys   bool // the table has foreign keys, or others refer to it
	unique bool // the statement adds a unique key
}

// live is the costliest prediction for a step.
func (p *Plan) live(s *ddlparse.Step) live {
	var worst live
	for _, o := range p.Online(s) {
		l := live{Prediction: o, known: true, fresh: o.Creates || !o.Unknown && p.empty(s, o.Table)}
		if !worst.known || l.weight() > worst.weight() {
			worst = l
		}
	}
	if t := s.Before.Table(worst.Table); t != nil {
		worst.keys = len(t.ForeignKeys) > 0
		for range s.Before.Children(t.Name) {
			worst.keys = true
			break
		}
	}
	for _, c := range s.Changes {
		x, ok := c.(*ddlparse.AddIndex)
		worst.unique = worst.unique || ok && x.Index.Unique()
	}
	return worst
}

// weight orders predictions by what they cost.
func (l live) weight() int {
	n := int(l.Lock) * 4
	switch {
	case l.Refused != 0, l.Unknown:
		return 100
	case l.Rebuilds:
		n += 2
	case !l.MetadataOnly:
		n++
	}
	return n
}

// onServer is the algorithm, and whether all rows are written anew.
func (v Voice) onServer(r row) string {
	l := r.live
	switch {
	case !l.known:
		return "–"
	case l.Refused != 0:
		return v.say("refused (error %s)", Errno(l.Refused))
	case l.Unknown:
		return v.say("not predicted")
	case l.Creates:
		return v.say("new table")
	case l.Algorithm == onlineddl.None:
		return v.say("metadata only")
	case l.Rebuilds:
		return v.say("%s, rebuild", string(l.Algorithm))
	}
	return string(l.Algorithm)
}

// writes is whether other sessions can write to the table meanwhile.
func (v Voice) writes(r row) string {
	l := r.live
	switch {
	case !l.known || l.Unknown || l.Refused != 0 || l.Creates, l.Algorithm == onlineddl.None && l.WritesGoOn:
		return "–"
	case l.WritesGoOn:
		return v.say("go on")
	}
	return "**" + v.say("blocked") + "**"
}

// advice is how to run the statement.
func (v Voice) advice(r row) string {
	l := r.live
	switch {
	case !l.known || l.Unknown || l.Refused != 0:
		return "–"
	case l.fresh, l.MetadataOnly && l.WritesGoOn:
		return v.say("run as is")
	case l.WritesGoOn && !l.Rebuilds:
		return v.say("run as is; on a large table in low traffic")
	case l.WritesGoOn:
		return v.say("run in low traffic: replicas lag by the time it takes")
	}
	return v.blocked(l)
}

// blocked is the advice for a statement that stalls writers: a tool that copies the table beside them. gh-ost
// takes no table with foreign keys, and neither tool notices duplicates that a new unique key would refuse.
func (v Voice) blocked(l live) string {
	switch {
	case l.Algorithm == onlineddl.None || l.MetadataOnly:
		return v.say("run in low traffic: it is short, and writes wait")
	case l.unique:
		return v.say("stop writes, or build it beside them once no duplicates are left")
	case l.keys:
		return v.say("pt-online-schema-change, or expand and contract; gh-ost can't: the table has foreign keys")
	}
	return v.say("gh-ost, pt-online-schema-change, or expand and contract")
}
