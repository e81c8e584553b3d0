package github

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

const headSHA = "1111111111111111111111111111111111111111"

// problem is a finding named "rule object statement": the fingerprint is all of it, the id the first two.
func problem(name string) said {
	rule, rest, _ := strings.Cut(name, " ")
	object, _, _ := strings.Cut(rest, " ")
	f := review.Finding{Rule: rule, Object: object}
	return said{Finding: f, fingerprint: name, id: problemID(f), inline: true, place: place{"a.sql", 3, 3}}
}

// about is a comment that tells of a problem.
func about(id int64, name string, change ...func(*comment)) *comment {
	s := problem(name)
	c := &comment{id: id, path: "a.sql", first: 3, last: 3, body: "text", mark: markOf(s, s.fingerprint)}
	for _, f := range change {
		f(c)
	}
	return c
}

func resolved(c *comment)  { c.resolved = true }
func minimized(c *comment) { c.minimized = true }
func replied(c *comment)   { c.answered = true }
func outdated(c *comment)  { c.first, c.last = 0, 0 }

func fixedIn(sha string) func(*comment) {
	return func(c *comment) { c.mark = c.mark.with(markFixed, sha) }
}

func hidden(often string) func(*comment) {
	return func(c *comment) { c.mark = c.mark.with(markHidden, often) }
}

func firstAs(name string) func(*comment) {
	return func(c *comment) { c.mark = c.mark.with(markFirst, name) }
}

// name is what a step calls a problem.
func (s said) name() string {
	if s.ByModel {
		return s.Rule + " " + s.Object
	}
	return s.fingerprint
}

// step is an edit in words.
func (e edit) step() string {
	switch {
	case e.fix:
		return fmt.Sprintf("%s %d", cmp.Or(string(e.fate), "fix"), e.comment.id)
	case e.mark != nil:
		return fmt.Sprintf("mark %d", e.comment.id)
	}
	return fmt.Sprintf("edit %d: %s", e.comment.id, e.said.name())
}

// steps are a plan in words.
func (p *plan) steps() []string {
	var all []string
	for _, s := range p.post {
		all = append(all, "post "+s.name())
	}
	for _, s := range p.outside {
		all = append(all, "outside "+s.name())
	}
	if p.tell {
		all = append(all, "tell")
	}
	for _, e := range p.edit {
		all = append(all, e.step())
	}
	for _, c := range p.drop {
		all = append(all, fmt.Sprintf("drop %d", c.id))
	}
	for _, m := range p.quiet {
		all = append(all, "quiet "+m.name())
	}
	for _, m := range p.open {
		all = append(all, fmt.Sprintf("open %d: %s", m.comment.id, m.name()))
	}
	for _, c := range p.gone {
		all = append(all, fmt.Sprintf("gone %d", c.id))
	}
	slices.Sort(all)
	return all
}

func TestReconcile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		comments []*comment
		inline   []string // what reviews gave comments to
		body     []string // what their bodies told of
		more     bool
		blind    bool // it isn't known what is resolved or hidden
		found    []string
		outside  []string // found where the diff shows nothing
		report   review.Report
		limit    int
		want     []string
	}{
		"nothing": {},
		"new":     {found: []string{"r a s"}, want: []string{"post r a s"}},
		"known":   {comments: []*comment{about(1, "r a s")}, found: []string{"r a s"}, want: []string{"open 1: r a s"}},
		"known, and edited by a maintainer": {
			comments: []*comment{about(1, "r a s", func(c *comment) { c.body = "something else" })},
			found:    []string{"r a s"}, want: []string{"open 1: r a s"},
		},
		"known, on an outdated line": {comments: []*comment{about(1, "r a s", outdated)}, found: []string{"r a s"}, want: []string{"open 1: r a s"}},
		"fixed":                      {comments: []*comment{about(1, "r a s")}, want: []string{"fix 1", "gone 1"}},
		"fixed, and people replied":  {comments: []*comment{about(1, "r a s", replied)}, want: []string{"fix 1", "gone 1"}},
		"fixed before":               {comments: []*comment{about(1, "r a s", fixedIn("0000000"), minimized)}, want: []string{"gone 1"}},
		"fixed before, and shown again by a person": {
			comments: []*comment{about(1, "r a s", fixedIn("0000000"), hidden(hiddenAgain))}, want: []string{"gone 1"},
		},
		"fixed before, and never hidden": {comments: []*comment{about(1, "r a s", fixedIn("0000000"))}, want: []string{"gone 1"}},
		"crash between fixing and hiding": {
			comments: []*comment{about(1, "r a s", fixedIn(headSHA), hidden(hiddenOnce))}, want: []string{"fix 1", "gone 1"},
		},
		"crash between fixing and hiding, and a push": {
			comments: []*comment{about(1, "r a s", fixedIn("0000000"), hidden(hiddenOnce))}, want: []string{"fix 1", "gone 1"},
		},
		"fixed, where hiding can't be seen": {
			comments: []*comment{about(1, "r a s", fixedIn(headSHA), hidden(hiddenOnce))}, blind: true, want: []string{"gone 1"},
		},
		"back again": {
			comments: []*comment{about(1, "r a s", fixedIn("0000000"), minimized)}, found: []string{"r a s"},
			want: []string{"edit 1: r a s", "open 1: r a s"},
		},
		"back again, though people replied": {
			comments: []*comment{about(1, "r a s", fixedIn("0000000"), replied)}, found: []string{"r a s"},
			want: []string{"edit 1: r a s", "open 1: r a s"},
		},
		"back again, after somebody tidied up": {
			comments: []*comment{about(1, "r a s", fixedIn("0000000"), resolved)}, found: []string{"r a s"},
			want: []string{"edit 1: r a s", "open 1: r a s"},
		},
		"resolved":           {comments: []*comment{about(1, "r a s", resolved)}, found: []string{"r a s"}, want: []string{"quiet r a s"}},
		"resolved and fixed": {comments: []*comment{about(1, "r a s", resolved)}, want: []string{"gone 1"}},
		"hidden by a person": {comments: []*comment{about(1, "r a s", minimized)}, found: []string{"r a s"}, want: []string{"quiet r a s"}},
		"deleted by a person": {
			inline: []string{"r a s"}, found: []string{"r a s"}, want: []string{"quiet r a s"},
		},
		"deleted, and a new problem": {
			inline: []string{"r a s"}, found: []string{"r a s", "r b s"}, want: []string{"post r b s", "quiet r a s"},
		},
		"deleted, then the statement was edited": {
			inline: []string{"r a s1", problem("r a s1").id}, found: []string{"r a s2"}, want: []string{"quiet r a s2"},
		},
		"one of two deleted, and the other edited": {
			comments: []*comment{about(1, "r a s2")}, inline: []string{"r a s1", "r a s2", problem("r a s1").id},
			found: []string{"r a s3", "r a s1"}, want: []string{"edit 1: r a s3", "open 1: r a s3", "quiet r a s1"},
		},
		"deleted after the statement was edited": {
			comments: []*comment{about(1, "r a s3", firstAs("r a s1"))}, inline: []string{"r a s1", "r a s2"},
			found: []string{"r a s3", "r a s2"}, want: []string{"open 1: r a s3", "quiet r a s2"},
		},
		"statement edited": {
			comments: []*comment{about(1, "r a s1")}, inline: []string{"r a s1"}, found: []string{"r a s2"},
			want: []string{"edit 1: r a s2", "open 1: r a s2"},
		},
		"statement edited, and people replied": {
			comments: []*comment{about(1, "r a s1", replied)}, found: []string{"r a s2"}, want: []string{"open 1: r a s2"},
		},
		"statement edited, and dismissed": {
			comments: []*comment{about(1, "r a s1", resolved)}, found: []string{"r a s2"}, want: []string{"quiet r a s2"},
		},
		"one of two statements edited": {
			comments: []*comment{about(1, "r a s1"), about(2, "r a s2")}, found: []string{"r a s3", "r a s2"},
			want: []string{"edit 1: r a s3", "open 1: r a s3", "open 2: r a s2"},
		},
		"one of two statements removed": {
			comments: []*comment{about(1, "r a s1"), about(2, "r a s2")}, found: []string{"r a s2"},
			want: []string{"fix 1", "gone 1", "open 2: r a s2"},
		},
		"another object of the rule": {
			comments: []*comment{about(1, "r a s")}, found: []string{"r b s"}, want: []string{"fix 1", "gone 1", "post r b s"},
		},
		"fixed one and open one, edited": {
			comments: []*comment{about(1, "r a s1", fixedIn("0000000")), about(2, "r a s2")}, found: []string{"r a s3"},
			want: []string{"edit 2: r a s3", "gone 1", "open 2: r a s3"},
		},
		"back in another statement": {
			comments: []*comment{about(1, "r a s1", fixedIn("0000000"))}, found: []string{"r a s2"},
			want: []string{"edit 1: r a s2", "open 1: r a s2"},
		},
		"said twice":               {comments: []*comment{about(2, "r a s"), about(1, "r a s")}, found: []string{"r a s"}, want: []string{"drop 2", "open 1: r a s"}},
		"said twice, and answered": {comments: []*comment{about(1, "r a s"), about(2, "r a s", replied)}, found: []string{"r a s"}, want: []string{"open 1: r a s"}},
		"said twice, and the second resolved": {
			comments: []*comment{about(1, "r a s"), about(2, "r a s", resolved)}, found: []string{"r a s"}, want: []string{"quiet r a s"},
		},
		"outside":           {outside: []string{"r a s"}, want: []string{"outside r a s", "tell"}},
		"outside, told":     {outside: []string{"r a s"}, body: []string{"r a s"}, want: []string{"outside r a s"}},
		"outside, many":     {outside: []string{"r a s"}, more: true, want: []string{"outside r a s"}},
		"outside, then not": {found: []string{"r a s"}, body: []string{"r a s"}, want: []string{"outside r a s"}},
		"inline, then not": {
			comments: []*comment{about(1, "r a s", outdated)}, outside: []string{"r a s"}, want: []string{"open 1: r a s"},
		},
		"too many": {
			found: []string{"r a s", "r b s", "r c s"}, limit: 2,
			want: []string{"outside r c s", "post r a s", "post r b s", "tell"},
		},
		"too many with those that are open": {
			comments: []*comment{about(1, "r a s"), about(2, "r b s", resolved)}, found: []string{"r a s", "r b s", "r c s", "r d s"}, limit: 2,
			want: []string{"open 1: r a s", "outside r d s", "post r c s", "quiet r b s", "tell"},
		},
		"rule broke": {
			comments: []*comment{about(1, "r a s")}, report: review.Report{RuleErrors: []review.RuleError{{Rule: "r"}}}, want: nil,
		},
		"another rule broke": {
			comments: []*comment{about(1, "r a s")}, report: review.Report{RuleErrors: []review.RuleError{{Rule: "q"}}}, want: []string{"fix 1", "gone 1"},
		},
		"file was not read": {
			comments: []*comment{about(1, "r a s")}, report: review.Report{NotReviewed: []review.NotReviewed{{Path: "a.sql"}}}, want: nil,
		},
		"another file was not read": {
			comments: []*comment{about(1, "r a s")}, report: review.Report{NotReviewed: []review.NotReviewed{{Path: "b.sql"}}}, want: []string{"fix 1", "gone 1"},
		},
		"suppressed": {
			comments: []*comment{about(1, "r a s")},
			report:   review.Report{Suppressed: []review.Suppressed{{Finding: review.Finding{Rule: "r", Object: "a"}}}}, want: nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &past{comments: c.comments, inline: map[string]bool{}, body: map[string]bool{}, more: c.more, seesHidden: !c.blind}
			for _, fp := range c.inline {
				h.inline[short(fp)] = true
			}
			for _, fp := range c.body {
				h.body[short(fp)] = true
			}
			var found []said
			for _, name := range c.found {
				found = append(found, problem(name))
			}
			for _, name := range c.outside {
				s := problem(name)
				s.inline = false
				found = append(found, s)
			}
			if c.limit == 0 {
				c.limit = 30
			}
			p := reconcile(h, judged{found: found, report: &c.report, head: headSHA, limit: c.limit})
			if diff := gocmp.Diff(c.want, p.steps()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A suggestion replaces the lines that its comment stands at, wherever these are by now.
func TestReconcileSuggestsOnlyWhereTheCommentStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		comment *comment
		want    bool
	}{
		"the same lines": {about(1, "r a s1"), true},
		"other lines":    {about(1, "r a s1", func(c *comment) { c.first, c.last = 2, 3 }), false},
		"outdated":       {about(1, "r a s1", outdated), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := problem("r a s2")
			s.suggests = true
			p := reconcile(&past{comments: []*comment{c.comment}}, judged{found: []said{s}, report: &review.Report{}, head: headSHA, limit: 30})
			if len(p.edit) != 1 || p.edit[0].said.suggests != c.want {
				t.Errorf("got %+v, want one edit that suggests: %v", p.edit, c.want)
			}
		})
	}
}
