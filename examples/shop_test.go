package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// TestShop holds the example to what it is there to show: each mistake of its last three migrations is
// found at its line, and nothing is said of what is fine.
func TestShop(t *testing.T) {
	t.Parallel()
	said := map[string][]string{} // place -> rules
	for _, f := range reviewShop(t, "V14", "V15", "V16").Findings {
		if f.Severity < review.Warning {
			continue
		}
		start := f.Span.Source.Position(int(f.Span.Start))
		place := strings.TrimSpace(f.Span.Source.Line(start.Line))
		said[place] = append(said[place], f.Rule)
	}
	for place, rule := range map[string]string{
		"payment_id  INT NOT NULL COMMENT '決済ID',":                                                         "foreign-key-type-mismatch",
		"refunded_at DATETIME        NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT '返金日時',":               "zero-date-default",
		"KEY idx_refunds_search (reason, note),":                                                           "index-too-long",
		"ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',": "add-not-null-column-without-default",
		"ADD INDEX idx_payments_order (order_id),":                                                         "duplicate-index",
		"MODIFY COLUMN status VARCHAR(32) NOT NULL;":                                                       "modify-drops-attributes",
		"MODIFY COLUMN attempts TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '試行回数';":                       "narrow-integer-type",
	} {
		if !slices.Contains(said[place], rule) {
			t.Errorf("%s: got %q, want %s", place, said[place], rule)
		}
	}
	for _, place := range []string{
		"CREATE TABLE refund_reasons (",
		"UNIQUE KEY uq_refund_reasons_code (code)",
		"ADD COLUMN settled_at DATETIME(3) NULL COMMENT '精算日時',",
		"ADD INDEX idx_payments_settled_at (settled_at);",
		"MODIFY COLUMN name VARCHAR(150) NOT NULL COMMENT '氏名';",
		"INSERT INTO refund_reasons (code, name) VALUES",
	} {
		if len(said[place]) > 0 {
			t.Errorf("%s: got %q, want silence", place, said[place])
		}
	}
}

// TestShopHistory holds the merged migrations to being good ones: they are what the mistakes stand out from.
func TestShopHistory(t *testing.T) {
	t.Parallel()
	report := reviewShop(t, "V", "R")
	for _, f := range report.Findings {
		version := filepath.Base(f.Span.Path())[:3]
		if f.Severity == review.Error && version != "V14" && version != "V15" && version != "V16" {
			t.Errorf("%s: %s at %q", f.Span.Path(), f.Rule, f.Span.Text())
		}
	}
}

// reviewShop reviews the shop's files with those prefixes on top of the others.
func reviewShop(t *testing.T, prefixes ...string) *review.Report {
	t.Helper()
	set := &review.ChangeSet{}
	err := fs.WalkDir(os.DirFS("shop"), "db", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("shop", path))
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(e.Name(), p) }) {
			set.Changed = append(set.Changed, review.Changed{Path: path, Head: data})
		} else {
			set.History = append(set.History, review.File{Path: path, Data: data})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return reviewed(t, set)
}

func reviewed(t *testing.T, set *review.ChangeSet) *review.Report {
	t.Helper()
	const path = ".github/schema-review.yml"
	data, err := os.ReadFile(filepath.Join("shop", path))
	if err != nil {
		t.Fatal(err)
	}
	all := rules.All()
	config, problems := review.LoadConfig([]review.Layer{{Name: review.RepositoryLayer, Path: path, Data: data}}, all, nil)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", path, problems)
	}
	report, err := (&review.Reviewer{Rules: all}).Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.NotReviewed) > 0 {
		t.Errorf("not reviewed: %v", report.NotReviewed)
	}
	return report
}
