package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

func TestLint(t *testing.T) {
	t.Parallel()
	speaks := func(id string, severity Severity) *Rule {
		return &Rule{ID: id, Severity: severity, Category: Types, Check: func(p *Pass) {
			p.Report(Finding{Object: "t", Problem: Msg("bad")})
		}}
	}
	breaks := &Rule{ID: "breaks", Severity: Error, Check: func(p *Pass) {
		p.Report(Finding{Object: "before"})
		panic("out of luck")
	}}
	elsewhere := speaks("elsewhere", Error)
	elsewhere.Engines = On(ddlparse.MariaDB)
	louder := &Rule{ID: "louder", Severity: Notice, Check: func(p *Pass) { p.Report(Finding{Severity: Error}) }}
	reported := &Rule{ID: "reported", Severity: Notice}

	r := &Reviewer{Rules: []*Rule{speaks("on", Warning), speaks("off", Off), breaks, elsewhere, louder, reported}}
	plans := []*Plan{{Set: "db", Engine: ddlparse.DefaultEngine()}}
	found, broken, err := r.lint(t.Context(), plans, DefaultConfig(r.Rules))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		got = append(got, f.Rule+" "+f.Severity.String())
	}
	if diff := cmp.Diff([]string{"on warning", "breaks error", "louder error"}, got); diff != "" {
		t.Errorf("findings (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]RuleError{{Rule: "breaks", Set: "db", Err: "out of luck"}}, broken); diff != "" {
		t.Errorf("rule errors (-want +got)\n%s", diff)
	}
}
