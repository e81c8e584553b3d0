package github

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review"
)

// comment is a review comment of ours, as it stands on GitHub.
type comment struct {
	id          int64
	node        string // its id in GraphQL
	path        string
	first, last int // lines where it stands now, 0 when it is outdated or that isn't known
	body        string
	mark        marker
	resolved    bool // a person resolved its conversation: we never do
	minimized   bool
	answered    bool      // people replied
	up, down    int       // people's 👍 and 👎
	at          time.Time // when it was posted
}

// state is that of Posted.
func (c *comment) state() string {
	switch {
	case c.fixed() != "":
		return stateOf(c.fate())
	case c.dismissed():
		return "dismissed"
	}
	return "open"
}

func (c *comment) fingerprint() string { return c.mark.get(markFingerprint) }
func (c *comment) fixed() string       { return c.mark.get(markFixed) }

// posted is the fingerprint that the comment was posted with.
func (c *comment) posted() string {
	return cmp.Or(c.mark.get(markFirst), c.fingerprint())
}

// dismissed reports whether a person decided to live with the problem: by resolving the conversation, or
// by hiding the comment. What we hide ourselves says that it is fixed.
func (c *comment) dismissed() bool { return c.fixed() == "" && (c.resolved || c.minimized) }

// unhidden reports whether the comment says that the problem is fixed, and stands there as if it were not: a crash
// came before it was hidden. It may also be that a person shows it again, which is why that is mended only once.
func (c *comment) unhidden() bool {
	return c.fixed() != "" && !c.minimized && !c.answered && c.mark.get(markHidden) == hiddenOnce
}

// past is what our comments and reviews on a pull request tell of the past.
type past struct {
	comments []*comment      // oldest first
	inline   map[string]bool // short fingerprints and ids of all that ever got a comment
	body     map[string]bool // short fingerprints of all that a review's body told of
	more     bool            // a body told of more than it could name
	// seesHidden: it is known which comments are hidden, and which conversations are resolved.
	seesHidden bool
}

// deleted reports whether the problem once got a comment that is no longer there: a person deleted it.
// What it was about may have been edited before or after that.
func (h *past) deleted(s said) bool {
	said := func(as func(*comment) bool) bool { return slices.ContainsFunc(h.comments, as) }
	return h.inline[short(s.fingerprint)] && !said(func(c *comment) bool { return c.posted() == s.fingerprint || c.fingerprint() == s.fingerprint }) ||
		h.inline[short(s.id)] && !said(func(c *comment) bool { return c.mark.get(markID) == s.id })
}

// told reports whether a review's body told of the problem.
func (h *past) told(fingerprint string) bool {
	return h.body[short(fingerprint)] || h.more
}

// plan is what is to be done so that the comments say what the report says.
type plan struct {
	post    []said // new, at lines
	outside []said // in no comment: lines that the diff doesn't show, or too many
	tell    bool   // one of outside is new
	edit    []edit
	drop    []*comment // said twice: a crash between two replicas
	open    []matched  // what a comment tells of already
	quiet   []matched  // what people dismissed; the comment is nil when they deleted it
	gone    []ended    // what is no longer found
	allowed []*comment // what somebody suppressed: the comment stays as it is
}

// matched is a problem and the comment that tells of it.
type matched struct {
	said
	comment *comment
}

// ended is a comment whose problem is no longer found, and what became of it where it is a guideline's.
type ended struct {
	*comment
	fate review.Fate
}

// edit is a comment that is to say something else.
type edit struct {
	comment *comment
	fix     bool        // the problem is gone
	fate    review.Fate // of a guideline's, when it is
	said    *said       // otherwise: what it says from now on
	mark    marker      // otherwise: what only its marker says
}

// idle reports whether there is nothing to do.
func (p *plan) idle() bool {
	return len(p.post) == 0 && !p.tell && len(p.edit) == 0 && len(p.drop) == 0
}

// judged is what a review has to say now.
type judged struct {
	found  []said
	report *review.Report
	head   string
	run    string // names the review: the same one, looked at again, must not count twice
	limit  int    // of comments at lines that are open at a time
	advice int    // of those of guidelines
	// unadvised: a model is still being asked.
	unadvised bool
}

// reconciler compares what was found with what was said.
type reconciler struct {
	judged
	past   *past
	unseen *unseen
	left   []*comment // not matched yet
	plan   plan
}

// reconcile decides what becomes of each finding and of each comment. It calls nobody.
func reconcile(h *past, now judged) plan {
	rc := &reconciler{judged: now, past: h, unseen: newUnseen(now.report)}
	var comments []*comment
	comments, rc.plan.drop = distinctComments(h.comments)
	ruled, advised := rc.partition(comments)
	rc.left = ruled
	rest := rc.pass(rc.foundBy(false), func(c *comment, s said) bool { return c.fingerprint() == s.fingerprint })
	// The statement was edited and the problem is still there: the comment moves on with it.
	rest = rc.pass(rest, func(c *comment, s said) bool { return c.fixed() == "" && c.mark.get(markID) == s.id })
	rest = rc.pass(rest, func(c *comment, s said) bool { return c.mark.get(markID) == s.id })
	rest = append(rest, rc.carry(advised)...) // behind those of rules, which are never left out for them
	rc.add(rest)
	rc.close()
	return rc.plan
}

// distinctComments leaves out what says again what an older comment says. One that people answered stays.
func distinctComments(comments []*comment) (kept, again []*comment) {
	seen := map[string]*comment{}
	for _, c := range slices.SortedFunc(slices.Values(comments), byAge) {
		first, twice := seen[c.fingerprint()]
		switch {
		case !twice:
			seen[c.fingerprint()] = c
			kept = append(kept, c)
		case !c.answered && !c.resolved:
			again = append(again, c)
		default:
			first.resolved = first.resolved || c.resolved
		}
	}
	return kept, again
}

func byAge(a, b *comment) int { return cmp.Compare(a.id, b.id) }

// pass pairs findings with the comments that are left, and gives the findings that stay without one.
func (rc *reconciler) pass(found []said, same func(*comment, said) bool) (rest []said) {
	for _, s := range found {
		i := slices.IndexFunc(rc.left, func(c *comment) bool { return same(c, s) })
		if i < 0 {
			rest = append(rest, s)
			continue
		}
		c := rc.left[i]
		rc.left = slices.Delete(rc.left, i, i+1)
		rc.match(c, s)
	}
	return rest
}

// match decides what becomes of a comment whose problem is still, or again, there.
func (rc *reconciler) match(c *comment, s said) {
	if c.dismissed() {
		rc.plan.quiet = append(rc.plan.quiet, matched{s, c})
		return
	}
	rc.plan.open = append(rc.plan.open, matched{s, c})
	edited := c.fingerprint() != s.fingerprint
	if c.fixed() != "" || edited && !c.answered {
		s.suggests = s.suggests && c.first == s.place.first && c.last == s.place.last
		rc.plan.edit = append(rc.plan.edit, edit{comment: c, said: &s})
	}
}

// add decides how to say what no comment tells of.
func (rc *reconciler) add(found []said) {
	open, advice := len(rc.plan.open), rc.openAdvice()
	for _, s := range found {
		switch {
		case rc.past.deleted(s):
			rc.plan.quiet = append(rc.plan.quiet, matched{said: s})
		case s.ByModel && advice >= rc.advice:
			continue // as many as people want to read
		case s.inline && open < rc.limit && !rc.past.body[short(s.fingerprint)]:
			rc.plan.post = append(rc.plan.post, s)
			open++
		default:
			rc.plan.outside = append(rc.plan.outside, s)
			rc.plan.tell = rc.plan.tell || !rc.past.told(s.fingerprint)
		}
		if s.ByModel {
			advice++
		}
	}
}

// close decides what becomes of the comments whose problems were not found.
func (rc *reconciler) close() {
	for _, c := range rc.left {
		switch {
		case rc.unseen.suppresses(c) && c.fixed() == "":
			rc.plan.allowed = append(rc.plan.allowed, c)
		case rc.unseen.hides(c):
			continue // neither there nor fixed, as far as can be told
		case c.fixed() == "" && !c.dismissed():
			rc.end(c, "")
		default:
			rc.stayEnded(c)
		}
	}
}

// end says that a comment's problem is gone.
func (rc *reconciler) end(c *comment, fate review.Fate) {
	rc.plan.edit = append(rc.plan.edit, edit{comment: c, fix: true, fate: fate})
	rc.plan.gone = append(rc.plan.gone, ended{c, fate})
}

// stayEnded leaves a comment that says so alone, once it is hidden.
func (rc *reconciler) stayEnded(c *comment) {
	if rc.past.seesHidden && c.unhidden() {
		rc.plan.edit = append(rc.plan.edit, edit{comment: c, fix: true, fate: c.fate()})
	}
	rc.plan.gone = append(rc.plan.gone, ended{c, c.fate()})
}

// shortAll is how a review's marker lists problems by a name of theirs, of very many only the first.
func shortAll(list []said, name func(said) string, most int) string {
	var all []string
	for _, s := range list[:min(most, len(list))] {
		all = append(all, short(name(s)))
	}
	return strings.Join(all, ".")
}
