package review

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

// newTables speaks of every table that a change set creates.
var newTables = &Rule{ID: "new-table", Title: "Table is new", Category: Naming, Severity: Warning, Check: func(p *Pass) {
	for _, c := range Each[*ddlparse.CreateTable](p) {
		p.Report(Finding{Object: c.Table.String(), Span: c.Span, Problem: Msg("`%s` is new", c.Table.String())})
	}
}}

func TestReview(t *testing.T) {
	t.Parallel()
	r := &Reviewer{Rules: []*Rule{newTables}, Now: func() time.Time { return time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) }}
	report, err := r.Review(t.Context(), &ChangeSet{
		History: []File{merged("a/V1__users.sql", users), merged("b/V1__posts.sql", posts)},
		Changed: []Changed{
			changed("a/V2__tags.sql", "", tags+"\n-- schema-review: ignore new-table as agreed\n"+posts),
			changed("b/V2__users.sql", "", users+"\nFROBNICATE TABLE x;"),
			changed("README.md", "", "# Hello"),
		},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Findings {
		got = append(got, f.Span.String()+" "+f.Rule+" "+f.Object+" "+f.Statement.Verb)
	}
	want := []string{"a/V2__tags.sql:1:1 new-table tags CREATE TABLE", "b/V2__users.sql:1:1 new-table users CREATE TABLE"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got)\n%s", diff)
	}
	if len(report.Suppressed) != 1 || report.Suppressed[0].Reason != "as agreed" {
		t.Errorf("suppressed: got %+v", report.Suppressed)
	}
	if len(report.NotReviewed) != 1 || !strings.HasPrefix(report.NotReviewed[0].What, "FROBNICATE") {
		t.Errorf("not reviewed: got %+v", report.NotReviewed)
	}
	coverage := Coverage{Statements: 4, Migrations: 2, NotUnderstood: 1, History: 2, Tables: 2}
	if diff := cmp.Diff(coverage, report.Coverage); diff != "" {
		t.Errorf("coverage (-want +got)\n%s", diff)
	}
	if report.EngineSource != "assumed" || report.Failed() {
		t.Errorf("got engine from %q, failed %v; want assumed, false", report.EngineSource, report.Failed())
	}
}

func TestReviewOfNothing(t *testing.T) {
	t.Parallel()
	report, err := (&Reviewer{Rules: []*Rule{newTables}}).Review(t.Context(), &ChangeSet{}, nil)
	if err != nil || len(report.Findings) != 0 || len(report.Plans) != 0 {
		t.Errorf("got %+v, %v; want an empty report", report, err)
	}
}
