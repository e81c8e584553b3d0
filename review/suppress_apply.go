package review

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The rules about suppressions themselves. The report stage raises them.
const (
	SuppressionWithoutReason = "suppression-without-reason"
	SuppressionUnused        = "suppression-unused"
	SuppressionExpired       = "suppression-expired"
)

// apply takes out the findings that comments or configuration accept, and adds a notice for each comment that
// does nothing and each entry that has run out. The text of a suppression never widens what it covers:
// without rules, without a reason, or misspelt, it covers nothing.
func (a *applier) apply(findings []Finding) (kept []Finding, suppressed []Suppressed) {
	kept, suppressed = a.split(findings)
	kept = append(kept, a.commentNotices()...)
	return append(kept, a.expiredNotices()...), suppressed
}

func newApplier(found []Suppression, c *Config, today time.Time) *applier {
	a := &applier{config: c, today: today, found: found, used: make([]map[string]bool, len(found)), working: map[reach][]int{}}
	for i := range found {
		if s := &found[i]; !s.expired(today) && a.mistake(s) == nil {
			for _, at := range s.places() {
				a.working[at] = append(a.working[at], i)
			}
		}
	}
	return a
}

// split takes out the findings that somebody accepts.
func (a *applier) split(findings []Finding) (kept []Finding, suppressed []Suppressed) {
	for _, f := range findings {
		if s, ok := a.suppress(f); ok {
			suppressed = append(suppressed, s)
			continue
		}
		kept = append(kept, f)
	}
	return kept, suppressed
}

type applier struct {
	config *Config
	today  time.Time
	found  []Suppression
	used   []map[string]bool // for each comment, the rules that it suppressed
	// guidelines are the ids of those that there are. What a model says of one today may be nothing, so that a
	// suppression of it is never called unused.
	guidelines []string
	// working are the comments that can suppress something, by the places that they may cover.
	working map[reach][]int
}

// reach is a file, one of its lines, or an offset in it.
type reach struct {
	path         string
	line, offset int // 0 and -1 where they don't count
}

// places are where findings that the suppression covers may begin or end.
func (s *Suppression) places() []reach {
	if s.Verb == ignoreFileVerb {
		return []reach{{s.Span.Path(), 0, -1}}
	}
	return []reach{{s.Span.Path(), s.line, -1}, {s.Span.Path(), 0, int(s.target)}}
}

// candidates are the comments that may cover the finding, in their order in the file.
func (a *applier) candidates(f Finding) []int {
	if len(a.working) == 0 {
		return nil
	}
	path := f.Span.Path()
	all := slices.Clone(a.working[reach{path, 0, -1}])
	if f.Span.IsZero() {
		return all
	}
	all = append(all, a.working[reach{path, f.Span.From().Line, -1}]...)
	all = append(all, a.working[reach{path, f.Span.To().Line, -1}]...)
	if f.Statement != nil {
		all = append(all, a.working[reach{path, 0, int(f.Statement.Span.Start)}]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// suppress looks for somebody who accepts the finding. Every comment that does counts as used.
func (a *applier) suppress(f Finding) (by Suppressed, ok bool) {
	for _, i := range a.candidates(f) {
		s := &a.found[i]
		if !s.covers(f) || a.config.Rules[f.Rule].Required {
			continue
		}
		if a.used[i] == nil {
			a.used[i] = map[string]bool{}
		}
		a.used[i][f.Rule] = true
		if !ok {
			by, ok = Suppressed{f, s.Reason, fmt.Sprintf("%s:%d", s.Span.Path(), s.Span.From().Line)}, true
		}
	}
	if ok {
		return by, true
	}
	for _, entry := range a.config.Ignore {
		if entry.covers(f) && !entry.expired(a.today) {
			return Suppressed{f, entry.Reason, entry.Origin}, true
		}
	}
	return by, false
}

// mistake says what keeps a whole comment from working, nil when nothing does.
func (a *applier) mistake(s *Suppression) *Finding {
	notice := func(rule string, problem, advice Message) *Finding {
		return &Finding{Rule: rule, Span: s.Span, Problem: problem, Advice: advice}
	}
	switch {
	case s.Verb == "":
		return notice(SuppressionUnused, Msg("This comment does nothing: behind `schema-review:` stands no verb."),
			didYouMean(s.Verb, []string{ignoreVerb, ignoreFileVerb}))
	case s.Verb != ignoreVerb && s.Verb != ignoreFileVerb:
		return notice(SuppressionUnused, Msg("This comment does nothing: there is no `schema-review: %s`.", s.Verb),
			didYouMean(s.Verb, []string{ignoreVerb, ignoreFileVerb}))
	case len(s.Rules) == 0:
		return notice(SuppressionWithoutReason, Msg("This suppression names no rule, so it suppresses nothing."),
			Msg("Write `schema-review: %s <rule-id> <reason>`.", s.Verb))
	case s.Reason == "":
		return notice(SuppressionWithoutReason, Msg("This suppression of `%s` gives no reason, so it suppresses nothing.", strings.Join(s.Rules, ",")),
			Msg("Say behind the rule why this is accepted."))
	case s.Verb == ignoreFileVerb && !s.atTop:
		return notice(SuppressionUnused, Msg("`ignore-file` stands below SQL, so it suppresses nothing."),
			Msg("Move it to the comments at the top of the file, or write `ignore` directly before the statement."))
	}
	return nil
}

// commentNotices are about comments that do nothing.
func (a *applier) commentNotices() []Finding {
	var notices []Finding
	for i := range a.found {
		s := &a.found[i]
		if m := a.mistake(s); m != nil {
			notices = a.raise(notices, *m)
			continue
		}
		if s.expired(a.today) {
			notices = a.raise(notices, Finding{
				Rule: SuppressionExpired, Span: s.Span,
				Problem: Msg("This suppression of `%s` ran out on %s, so the rule speaks again.", strings.Join(s.Rules, ","), s.Until.Format(time.DateOnly)),
				Advice:  Msg("Mend what it hid, or give it a later date with a reason that still holds."),
			})
			continue
		}
		for _, id := range s.Rules {
			if !a.used[i][id] {
				notices = a.raise(notices, a.unused(s, id))
			}
		}
	}
	return notices
}

// unused says why a comment suppressed nothing of one rule. The zero Finding: there is nothing to say,
// because the rule doesn't run here, or not on the whole file.
func (a *applier) unused(s *Suppression, id string) Finding {
	f := Finding{Rule: SuppressionUnused, Span: s.Span}
	rule := a.config.rule(id)
	switch {
	case slices.Contains(a.guidelines, id):
		return Finding{}
	case a.config.Rules[id].Required:
		f.Problem = Msg("The organisation requires `%s`, so a comment can't suppress it.", id)
		f.Advice = Msg("Mend what the rule says, or ask those who keep %s.", a.config.Origins["required."+id])
	case rule == nil && len(a.guidelines) > 0:
		f.Problem = Msg("There is no rule or guideline `%s`, so nothing is suppressed.", id)
		f.Advice = didYouMean(id, slices.Concat(a.config.ids(), a.guidelines))
	case rule == nil && len(a.config.known) > 0:
		f.Problem = Msg("There is no rule `%s`, so nothing is suppressed.", id)
		f.Advice = didYouMean(id, a.config.ids())
	case rule != nil && (a.config.Severity(rule) == Off || !rule.speaksOn(a.config)):
		return Finding{}
	case s.Verb == ignoreVerb && s.line == 0:
		f.Problem = Msg("No SQL follows directly, so this suppression of `%s` covers nothing.", id)
		f.Advice = Msg("Put it on the line before the statement, column or clause, or at the end of its line.")
	case s.Partial:
		return Finding{}
	default:
		f.Problem = Msg("`%s` finds nothing here, so there is nothing to suppress.", id)
		f.Advice = Msg("Delete the comment, or it will hide a finding that somebody should see.")
	}
	return f
}

// speaksOn reports whether the rule is known to run: on every engine, or on the configured one.
func (r *Rule) speaksOn(c *Config) bool {
	return r.Engines == nil || c.Engine.Kind != "" && r.Engines(c.Engine)
}

func (c *Config) ids() []string {
	ids := make([]string, 0, len(c.known))
	for _, r := range c.known {
		ids = append(ids, r.ID)
	}
	return ids
}

// expiredNotices are about entries of the configuration whose last day has passed.
func (a *applier) expiredNotices() []Finding {
	var notices []Finding
	for _, entry := range a.config.Ignore {
		if entry.expired(a.today) {
			notices = a.raise(notices, Finding{
				Rule: SuppressionExpired, Span: entry.Span, Object: entry.Object,
				Problem: Msg("The entry that ignores `%s` for `%s` ran out on %s, so the rule speaks again.", entry.Rule, entry.Object, entry.Until.Format(time.DateOnly)),
				Advice:  Msg("Mend what it hid, or give it a later `until` with a reason that still holds."),
			})
		}
	}
	return notices
}

// raise adds a notice in its configured severity, unless it is off or there is nothing to say.
func (a *applier) raise(notices []Finding, f Finding) []Finding {
	severity := Notice
	if rule := a.config.rule(f.Rule); rule != nil {
		severity = a.config.Severity(rule)
	}
	if f.Problem.IsZero() || severity == Off {
		return notices
	}
	f.Severity = severity
	return append(notices, f)
}
