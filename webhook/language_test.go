package webhook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

// TestLanguage: check runs speak the language that the repository's configuration names, and English before it is known.
func TestLanguage(t *testing.T) {
	t.Parallel()
	layer := review.Layer{Name: review.RepositoryLayer, Path: ".github/schema-review.yml", Data: []byte("language: ja\n")}
	config, problems := review.LoadConfig([]review.Layer{layer}, nil, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	report := &review.Report{NotReviewed: []review.NotReviewed{{Path: "V1__a.sql", Reason: review.ReasonOf("PostgreSQL, not a MySQL-family dialect")}}}
	for name, test := range map[string]struct {
		config *review.Config
		want   []string
	}{
		"known":         {config, []string{"ステートメント 0 件に問題はありません(未レビュー 1 件)", "ドラフト: まだレビューしていません", "PostgreSQL であり、MySQL 系の SQL ではありません"}},
		"not known yet": {nil, []string{"No problems in 0 statements, 1 not reviewed", "Draft: not reviewed yet", "PostgreSQL, not a MySQL-family dialect"}},
	} {
		r := &Result{Config: test.config, Report: report}
		_, title := r.Verdict()
		got := []string{title, draftNotice(r.Printer()).Title, report.NotReviewed[0].Reason.In(r.Printer())}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
