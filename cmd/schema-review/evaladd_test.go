package main

import (
	"strings"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// FuzzDecodeReview holds that whatever a review says, a case of it can be read, and has no more labels than it proposes.
func FuzzDecodeReview(f *testing.F) {
	f.Add([]byte(`{"format":1,"findings":[{"rule":"hot-counter","by_model":true,"object":"t.n"}],"suppressed":[{"finding":{"rule":"a","by_model":true,"object":"b"}}]}`))
	f.Add([]byte(`{"format":1,"findings":[{"rule":"x\n-- evil.sql --","by_model":true,"object":"t"},{"rule":"[a]","by_model":true,"object":"clean"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		said, err := decodeReview(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		d := caseDraft{engine: "mysql 8.4", language: "en", said: said, excerpt: review.Excerpt{Migrations: []review.ExcerptMigration{{Path: "V1__a.sql", SQL: "DROP TABLE t;\n"}}}}
		cases, err := prompts.ParseCases("fuzzed", []byte(d.text()))
		if err != nil || len(cases) != 1 || len(cases[0].Changes) != 1 {
			t.Fatalf("got %+v, %v of\n%s", cases, err, d.text())
		}
		if got := len(cases[0].Expect) + len(cases[0].Forbid); got != len(d.labels()) {
			t.Errorf("got %d labels, want %q", got, d.labels())
		}
	})
}

func TestFileWord(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"db/migration/V12__refunds.sql":                       "refunds",
		"migrations/000123_add_refunds.up.sql":                "add_refunds",
		"migrations/20260102150405_add-refunds.sql":           "add_refunds",
		"prisma/migrations/20260102150405_init/migration.sql": "init",
		"R__views.sql":   "views",
		"db/返金.sql":      "change",
		"db/changes.sql": "changes",
		"7.sql":          "change",
	} {
		if got := fileWord(file); got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}
