package review

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// live is what a statement does to a live server, as far as the table of statements tells.
type live struct {
	onlineddl.Prediction
	known    bool // there is a prediction
	fresh    bool // the table was made by the change set
	keys     bool // the table has foreign keys, or others refer to it
	triggers bool // the table has triggers
	unique   bool // the statement adds a unique key
	size     Size
	stats    *TableSize // nil when nothing was measured
	steps    []OnlineStep
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
		for range s.Before.TriggersOf(t.Name) {
			worst.triggers = true
			break
		}
	}
	if worst.known && !worst.fresh {
		worst.size, worst.stats = p.Size(worst.Table), p.Stats(worst.Table)
		worst.steps = p.OnlineSteps(s, worst.Prediction)
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
	case l.size == Small:
		return v.say("run as is: the table is small")
	case len(l.steps) == 2:
		return v.say("split the statement, see below")
	case l.WritesGoOn && l.size == Large:
		return v.say("gh-ost or pt-online-schema-change, or in low traffic: replicas lag by the time it takes")
	case l.WritesGoOn && !l.Rebuilds && l.size == UnknownSize:
		return v.say("run as is; on a large table in low traffic")
	case l.WritesGoOn && !l.Rebuilds:
		return v.say("run as is")
	case l.WritesGoOn:
		return v.say("run in low traffic: replicas lag by the time it takes")
	}
	return v.blocked(l)
}

// size is how large the table is.
func (v Voice) size(r row) string {
	l := r.live
	switch {
	case !l.known || l.fresh || l.Creates:
		return "–"
	case l.stats == nil:
		return v.say("unknown")
	case l.stats.Percent >= 0:
		return v.say("%.1f %% of all", l.stats.Percent)
	case l.stats.Bytes < 0:
		return v.say("%d rows", l.stats.Rows)
	case l.stats.Rows < 0:
		return v.say("%d MiB", l.stats.Bytes>>20)
	}
	return v.say("%d rows, %d MiB", l.stats.Rows, l.stats.Bytes>>20)
}

// sizesUnknown says that advice would be better if sizes were known, where a statement's advice depends on it.
func (v Voice) sizesUnknown(rows []row) string {
	for _, r := range rows {
		if l := r.live; l.known && !l.fresh && !l.Creates && !l.Unknown && l.Refused == 0 && l.size == UnknownSize && !(l.MetadataOnly && l.WritesGoOn) {
			return v.say("Size unknown: how long statements take depends on how large the tables are. `schema-review stats` measures them.")
		}
	}
	return ""
}

// blocked is the advice for a statement that stalls writers: a tool that copies the table beside them. gh-ost
// takes no table with foreign keys, and neither tool notices duplicates that a new unique key would refuse.
func (v Voice) blocked(l live) string {
	switch {
	case l.Algorithm == onlineddl.None || l.MetadataOnly:
		return v.say("run in low traffic: it is short, and writes wait")
	case l.unique:
		return v.say("stop writes, or build it beside them once no duplicates are left")
	case len(l.steps) > 0:
		return v.say("in steps while writes go on, see below; or with a tool that copies the table")
	case l.keys && l.triggers:
		return v.say("in low traffic, or expand and contract; gh-ost and pt-online-schema-change can't easily: the table has foreign keys and triggers")
	case l.triggers:
		return v.say("pt-online-schema-change with --preserve-triggers, or expand and contract: the table has triggers")
	case l.keys:
		return v.say("pt-online-schema-change, or expand and contract; gh-ost can't: the table has foreign keys")
	}
	return v.say("gh-ost, pt-online-schema-change, or expand and contract")
}
