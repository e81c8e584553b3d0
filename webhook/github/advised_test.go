package github

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// script is a model that says what it is told to; without a script it can't be reached.
type script []prompts.Claim

func (s script) Complete(context.Context, review.Query) (review.Answer, error) {
	if s == nil {
		return review.Answer{}, errors.New("connection refused")
	}
	data, err := json.Marshal(prompts.Answer{Claims: s})
	return review.Answer{JSON: data, Model: "scripted"}, err
}

// silent is a model that has nothing to say, and unreachable one that doesn't answer.
func silent() script      { return script{} }
func unreachable() script { return nil }

// claim is one that holds of every statement that touches the object. what is "guideline object".
func claim(what string, words ...string) prompts.Claim {
	guideline, object, _ := strings.Cut(what, " ")
	words = append(words, "A design that will cost something later.")
	return prompts.Claim{
		Guideline: guideline, Statement: "S1", Object: object, Quote: "TABLE", Confidence: "high",
		Title: "Think again", Consequence: words[0], Advice: "Choose another design.",
	}
}

func claims(list ...string) script {
	s := silent()
	for _, what := range list {
		s = append(s, claim(what))
	}
	return s
}

// guidelines is a library with two guidelines of the test's own.
func guidelines(t testing.TB) *prompts.Library {
	t.Helper()
	own := fstest.MapFS{}
	for _, id := range []string{"first", "second"} {
		own["guidelines/"+id+".md"] = &fstest.MapFile{Data: []byte("---\nid: " + id + "\ntitle: A test\nkinds: [create-table, add-column, modify-column, drop-column]\n---\nJudge.\n")}
	}
	l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()}, prompts.Layer{Name: "repository", FS: own})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

// advised is the report on a migration without rules. Without a model, nobody is asked.
func advised(t testing.TB, l *prompts.Library, text string, model review.Model) *review.Report {
	t.Helper()
	r := &review.Reviewer{Prompts: l, Model: model}
	c := review.DefaultConfig(nil)
	c.AI.MaxComments = 100
	set := &review.ChangeSet{Changed: []review.Changed{{Path: "db/V1__t.sql", Head: []byte(text)}}}
	report, err := r.Review(t.Context(), set, c)
	if err != nil {
		t.Fatal(err)
	}
	return r.Advise(t.Context(), report, c, review.About{})
}

// replica does to comments what GitHub would, without GitHub.
type replica struct {
	past
	notary notary
	ever   int64 // comments there have been
}

func newReplica() *replica {
	return &replica{past: past{inline: map[string]bool{}, body: map[string]bool{}, seesHidden: true}, notary: newNotary([]string{"key"}, 1)}
}

// review says what a report says, and gives what that took.
func (r *replica) review(report *review.Report, run string, change ...func(*judged)) plan {
	p := r.plan(report, run, change...)
	r.apply(p)
	return p
}

func (r *replica) plan(report *review.Report, run string, change ...func(*judged)) plan {
	now := judged{report: report, head: headSHA, run: run, limit: 30, advice: 10}
	for _, f := range report.Findings {
		now.found = append(now.found, said{Finding: f, fingerprint: f.Fingerprint(), id: problemID(f), inline: true, place: place{"db/V1__t.sql", 1, 1}})
	}
	for _, f := range change {
		f(&now)
	}
	return reconcile(&r.past, now)
}

func (r *replica) apply(p plan) {
	for _, s := range p.post {
		r.ever++
		c := &comment{id: r.ever, path: s.place.path, first: 1, last: 1, body: s.Problem.Format}
		r.comments = append(r.comments, c)
		r.remark(c, markOf(s, ""))
		r.inline[short(s.fingerprint)], r.inline[short(s.id)] = true, true
	}
	for _, s := range p.outside {
		r.body[short(s.fingerprint)] = true
	}
	for _, e := range p.edit {
		r.edit(e)
	}
	r.comments = slices.DeleteFunc(r.comments, func(c *comment) bool { return slices.Contains(p.drop, c) })
}

func (r *replica) edit(e edit) {
	switch {
	case e.fix:
		r.remark(e.comment, e.comment.mark.without(markHidden).with(markFixed, headSHA).with(markFate, string(e.fate)).with(markHidden, hiddenOnce))
		e.comment.minimized = true
	case e.mark != nil:
		r.remark(e.comment, e.mark)
	default:
		r.remark(e.comment, markOf(*e.said, e.comment.posted()))
		e.comment.minimized = false
	}
}

// remark writes and reads a marker, as GitHub keeps it.
func (r *replica) remark(c *comment, m marker) { c.mark = r.notary.read(r.notary.sign(m)) }

// open are what the open comments tell of.
func (r *replica) open() (list []string) {
	for _, c := range r.comments {
		if c.fixed() == "" && !c.dismissed() {
			list = append(list, c.mark.get(markRule)+" "+c.mark.get(markObject))
		}
	}
	return list
}
