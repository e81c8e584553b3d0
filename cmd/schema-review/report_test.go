package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

var update = flag.Bool("update", false, "write golden files")

// spanOf is the span of the first place of text in a source.
func spanOf(t *testing.T, src *ddlparse.Source, text string) ddlparse.Span {
	t.Helper()
	i := strings.Index(src.Text, text)
	if i < 0 {
		t.Fatalf("%q is not in %q", text, src.Text)
	}
	return ddlparse.Span{Source: src, Start: int32(i), End: int32(i + len(text))}
}

// sample is a report with one of everything, in a file that makes output hard.
func sample(t *testing.T) *review.Report {
	src := &ddlparse.Source{Path: "db/migrations/V12__refunds, 100%.sql", Text: "-- 返金\nCREATE TABLE refunds (\n" +
		"\tid BIGINT PRIMARY KEY,\n\t備考 INT NOT NULL COMMENT '金額', user_id INT NOT NULL,\n  KEY k (id)\n);\n" +
		"INSERT INTO t VALUES (" + strings.Repeat("'あいう', ", 200) + "x);\n"}
	base := &ddlparse.Source{Path: "db/migrations/V3__users.sql", Text: "CREATE TABLE users (\n  id BIGINT UNSIGNED\n);\n"}
	column := spanOf(t, src, "user_id INT NOT NULL,")
	return &review.Report{
		Engine: ddlparse.DefaultEngine(), EngineSource: "assumed", FailOn: review.Error, Took: 40 * time.Millisecond,
		Findings: []review.Finding{
			{
				Rule: "made-up-mismatch", Severity: review.Error, Object: "refunds.user_id", Span: column,
				Problem: review.Msg("`refunds.user_id` is `INT`, `users.id` is `BIGINT UNSIGNED`; MySQL 8.4 refuses this (%v).", review.Errno(3780)),
				Advice:  review.Msg("Give both the same type."),
				Fix:     &review.Edit{Title: "Make the types equal", Span: spanOf(t, src, "user_id INT"), New: "user_id BIGINT UNSIGNED"},
				Related: []review.Related{{Span: spanOf(t, base, "id BIGINT UNSIGNED"), Note: review.Msg("`users.id` is defined here")}},
			},
			{
				Rule: "wide", Severity: review.Warning, Object: "t", Span: spanOf(t, src, "x);\n"),
				Problem: review.Msg("A word far to the right.\x1b[31m @everyone <b> | ::error::"),
				Places:  []ddlparse.Span{spanOf(t, src, "id BIGINT"), spanOf(t, src, "KEY k")},
			},
			{Rule: "whole", Severity: review.Notice, Span: spanOf(t, src, src.Text[10:100]), Problem: review.Msg("Several lines.")},
			{
				Rule: "made-up-guideline", ByModel: true, Severity: review.Warning, Object: "refunds.user_id", Span: column,
				Title:   "A title, 100% \x1b[1mof the model's\x1b[0m",
				Problem: review.Msg("%s", "What happens to `refunds.user_id`.\n::error::"), Advice: review.Msg("%s", "The way out."),
				Corrected: "CREATE TABLE refunds (\n  id BIGINT PRIMARY KEY -- 返金\x1b[31m\n);\n",
			},
		},
		Advice: &review.Advice{
			Asked: true, Prompts: "0123456789abcdef", Models: []string{"made.up-model-1"}, Claims: 3, Took: 1500 * time.Millisecond,
			Usage:    review.Usage{Input: 9000, Output: 400, CacheRead: 4000, Calls: 2},
			Failures: []review.ModelFailure{review.ModelThrottled},
			Missing:  review.Msg("Some design suggestions are missing: the model answered %d of %d questions; a re-run gets the others later.", 1, 2),
			LeftOut:  []review.NotReviewed{{Path: src.Path, Span: spanOf(t, src, "INSERT INTO t"), What: "INSERT INTO t", Reason: review.Msg("It is too long.")}},
		},
		Dropped: []review.Dropped{{
			Claim:  prompts.Claim{Guideline: "made-up-guideline", Statement: "S9", Object: "refunds", Confidence: "high", Title: "Not so\x1b[31m"},
			Reason: review.DropQuote, Detail: "the quote is `x`",
		}},
		Suppressed: []review.Suppressed{{
			Finding: review.Finding{Rule: "made-up-drop", Severity: review.Error, Object: "a.b", Span: spanOf(t, base, "CREATE"), Problem: review.Msg("Gone.")},
			Reason:  "never read", By: "db/migrations/V3__users.sql:1",
		}},
		NotReviewed: []review.NotReviewed{
			{Path: base.Path, Span: spanOf(t, base, "CREATE TABLE"), What: "CREATE PROCEDURE add_user", Reason: review.Msg("body not analysed")},
			{Path: "db/big.sql", Reason: review.Msg("larger than 64 MB")},
		},
		Coverage: review.Coverage{Statements: 4, Migrations: 2, History: 11, Tables: 7},
	}
}

// sampleDesign is the model's part of the sample.
func sampleDesign() design {
	return design{
		guidelines: []prompts.Guideline{{ID: "made-up-guideline", Title: "Made up, and 100% so", Severity: "warning", Text: "What to look for.\n"}},
		cost:       0.0372, priced: true, dropped: true,
	}
}

var english = message.NewPrinter(language.English)

func same(path string) string { return path }

func TestReports(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*bytes.Buffer, *review.Report) error{
		"report.txt": func(b *bytes.Buffer, r *review.Report) error {
			return textReport{w: b, p: english, paint: newPaint(false), design: sampleDesign(), path: same}.write(r)
		},
		"colour.txt": func(b *bytes.Buffer, r *review.Report) error {
			return textReport{w: b, p: english, paint: newPaint(true), design: sampleDesign(), path: same}.write(r)
		},
		"report.json":   func(b *bytes.Buffer, r *review.Report) error { return writeJSON(b, r, english, sampleDesign()) },
		"report.sarif":  func(b *bytes.Buffer, r *review.Report) error { return writeSARIF(b, r, english, nil, sampleDesign()) },
		"report.github": func(b *bytes.Buffer, r *review.Report) error { return writeGitHub(b, r, english, nil, sampleDesign()) },
		"report.md": func(b *bytes.Buffer, r *review.Report) error {
			_, err := b.WriteString(markdown(r, english))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := write(&b, sample(t)); err != nil {
				t.Fatal(err)
			}
			golden(t, name, strings.ReplaceAll(b.String(), version(), "VERSION"))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test ./cmd/schema-review -update writes it anew\n%s", file, diff)
	}
}
