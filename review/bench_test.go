package review_test

import (
	"fmt"
	"testing"

	"github.com/schema-review/schema-review/ddlparse/historygen"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// BenchmarkReviewAll reviews whole histories, cold.
func BenchmarkReviewAll(b *testing.B) {
	for _, files := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			benchmarkReview(b, generated(files, 0))
		})
	}
}

// BenchmarkReviewOneOnTop reviews one new migration on top of merged ones.
func BenchmarkReviewOneOnTop(b *testing.B) {
	for _, merged := range []int{0, 1000, 10_000} {
		b.Run(fmt.Sprintf("merged=%d", merged), func(b *testing.B) {
			benchmarkReview(b, generated(merged+1, merged))
		})
	}
}

// generated is a history of which the first files are merged.
func generated(files, merged int) *review.ChangeSet {
	set := &review.ChangeSet{}
	for f := range historygen.Files(files) {
		path := "db/migration/" + f.Name
		if merged > 0 {
			set.History = append(set.History, review.File{Path: path, Data: f.Data})
			merged--
			continue
		}
		set.Changed = append(set.Changed, review.Changed{Path: path, Head: f.Data})
	}
	return set
}

func benchmarkReview(b *testing.B, set *review.ChangeSet) {
	all := rules.All()
	config := review.DefaultConfig(all)
	b.ReportAllocs()
	for b.Loop() {
		report, err := (&review.Reviewer{Rules: all}).Review(b.Context(), set, config)
		if err != nil || len(report.NotReviewed) > 0 {
			b.Fatalf("%v: %d places were not reviewed", err, len(report.NotReviewed))
		}
	}
}
