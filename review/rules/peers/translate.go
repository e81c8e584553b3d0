package peers

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// translate says in our words what was read.
func (r *reader) translate() *Imported {
	done := &Imported{Peer: r.peer, Path: r.path, Preset: r.preset}
	if e, err := ddlparse.ParseEngine(r.engine); err == nil {
		done.Engine = e.String()
	}
	for _, s := range r.settings {
		r.translateRule(done, s)
	}
	slices.SortFunc(done.Rules, func(a, b Setting) int { return strings.Compare(a.ID, b.ID) })
	slices.SortStableFunc(r.notes, byLine)
	done.Notes = slices.CompactFunc(r.notes, func(a, b Note) bool { return a.Line == b.Line && reflect.DeepEqual(a.What, b.What) })
	return done
}

func (r *reader) translateRule(done *Imported, s setting) {
	if s.rule.Reason != "" {
		r.note(s.line, review.Msg("`%s` has no equivalent: %s.", s.rule.Name, s.rule.Reason))
		return
	}
	var ids []string
	for _, id := range s.rule.Ours {
		if find(r.known, id) != nil {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		r.note(s.line, review.Msg("`%s` has no equivalent yet.", s.rule.Name))
		return
	}
	for _, id := range ids {
		r.lay(done, s, id)
	}
	r.leftOut(s, ids)
}

// lay sets one of our rules. Where several of the peer's stand for it, the worst severity holds.
func (r *reader) lay(done *Imported, s setting, id string) {
	if s.severity == review.Off {
		if other := r.stillOn(s.rule, id); other != "" {
			r.note(s.line, review.Msg("`%s` is off, but `%s` stays on: it stands for `%s` too.", s.rule.Name, id, other))
			return
		}
	}
	params, whole := r.params(s, id)
	if !whole {
		return
	}
	i := slices.IndexFunc(done.Rules, func(x Setting) bool { return x.ID == id })
	if i < 0 {
		i = len(done.Rules)
		done.Rules = append(done.Rules, Setting{ID: id, Severity: s.severity})
	}
	rule := &done.Rules[i]
	rule.Severity = max(rule.Severity, s.severity)
	if !slices.Contains(rule.From, s.rule.Name) {
		rule.From = append(rule.From, s.rule.Name)
	}
	for _, p := range params {
		if at := slices.IndexFunc(rule.Params, func(x Param) bool { return x.Name == p.Name }); at >= 0 {
			rule.Params[at] = p
			continue
		}
		rule.Params = append(rule.Params, p)
	}
}

// params are the values of a peer's rule as parameters of ours. They are not whole where ours can't take what the
// rule is about, a pattern or a list: with its own it would say something else.
func (r *reader) params(s setting, id string) (params []Param, whole bool) {
	whole = true
	for _, v := range s.values {
		p, ok := r.param(s.rule.Name, v, id)
		if ok {
			params = append(params, p)
		}
		whole = whole && (ok || s.severity == review.Off || !r.isEssential(s.rule.Name, v, id))
	}
	return params, whole
}

// isEssential reports whether our rule would take the value, and means something else without it.
func (r *reader) isEssential(peerRule string, v value, id string) bool {
	_, isNumber := v.value.(int)
	return !isNumber && slices.ContainsFunc(targets[r.peer.Name], func(t target) bool {
		return t.rule == peerRule && t.key == v.key && t.id == id
	})
}

// stillOn names another rule of the peer that stands for ours and is not off: one that the file turns on, or, where
// the file only says what differs, one that it does not speak of.
func (r *reader) stillOn(off Rule, id string) string {
	for _, rule := range r.rules {
		if rule.Name == off.Name || !slices.Contains(rule.Ours, id) {
			continue
		}
		on := r.preset != "" || r.peer.Name == "squawk"
		for _, s := range r.settings {
			if s.rule.Name == rule.Name {
				on = s.severity != review.Off
			}
		}
		if on {
			return rule.Name
		}
	}
	return ""
}

// leftOut notes the values that none of our rules takes.
func (r *reader) leftOut(s setting, ids []string) {
	for _, v := range s.values {
		if !slices.ContainsFunc(ids, func(id string) bool { _, ok := r.param(s.rule.Name, v, id); return ok }) {
			r.note(s.line, review.Msg("`%s` of `%s` has no equivalent.", plain(v.key), s.rule.Name))
		}
	}
}

// param is a value as a parameter of our rule.
func (r *reader) param(peerRule string, v value, id string) (Param, bool) {
	for _, t := range targets[r.peer.Name] {
		if t.rule != peerRule || t.key != v.key || t.id != id {
			continue
		}
		rule := find(r.known, id)
		i := slices.IndexFunc(rule.Params, func(p review.Param) bool { return p.Name == t.param })
		if i < 0 {
			return Param{}, false
		}
		given := v.value
		if t.change != nil {
			given = t.change(given)
		}
		fitting, ok := fit(rule.Params[i].Default, given)
		p := Param{t.param, fitting}
		return p, ok && r.accepted(id, p)
	}
	return Param{}, false
}

// accepted asks the configuration's reader whether it takes the parameter.
func (r *reader) accepted(id string, p Param) bool {
	text := (&Imported{Rules: []Setting{{ID: id, Severity: review.Notice, Params: []Param{p}}}}).body()
	_, problems := review.LoadConfig([]review.Layer{{Name: review.RepositoryLayer, Path: r.path, Data: []byte(text)}}, r.known, nil)
	return len(problems) == 0
}

// fit makes a value one of the type that a default has.
func fit(like, given any) (any, bool) {
	switch like.(type) {
	case int:
		switch v := given.(type) {
		case int:
			return v, v >= 0
		case string:
			n, err := strconv.Atoi(strings.TrimSpace(v))
			return n, err == nil && n >= 0
		}
	case []string:
		switch v := given.(type) {
		case []string:
			return v, len(v) > 0
		case string:
			return []string{v}, v != ""
		}
	case bool:
		v, ok := given.(bool)
		return v, ok
	case string:
		v, ok := given.(string)
		return v, ok && v != ""
	}
	return nil, false
}
