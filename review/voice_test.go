package review_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

var update = flag.Bool("update", false, "write golden files")

func english() review.Voice {
	return review.Voice{Printer: message.NewPrinter(language.English), Rules: rules.All()}
}

// reviewed reviews a change set with every rule, for the default server.
func reviewed(t *testing.T, set *review.ChangeSet) *review.Report {
	t.Helper()
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), set, nil)
	if err != nil {
		t.Fatal(err)
	}
	report.Took = 0
	return report
}

// shop is the example's change set: three migrations on top of the others.
func shop(t *testing.T) *review.ChangeSet {
	t.Helper()
	paths, err := filepath.Glob("../examples/shop/db/migration/*.sql")
	if err != nil || len(paths) == 0 {
		t.Fatal("no migrations of the shop", err)
	}
	set := &review.ChangeSet{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := "db/migration/" + filepath.Base(path)
		switch filepath.Base(path)[:3] {
		case "V14", "V15", "V16":
			set.Changed = append(set.Changed, review.Changed{Path: name, Head: data})
		default:
			set.History = append(set.History, review.File{Path: name, Data: data})
		}
	}
	return set
}

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), -update writes it:\n%s", path, diff)
	}
}

// TestShop shows how a review reads; look at the files themselves.
func TestShop(t *testing.T) {
	t.Parallel()
	v, report := english(), reviewed(t, shop(t))
	var comments strings.Builder
	for _, f := range report.Findings {
		fmt.Fprintf(&comments, "<!-- %s -->\n\n%s\n", f.Span, v.Comment(f))
	}
	golden(t, "shop-comments.md", comments.String())
	golden(t, "shop-body.md", v.Body(report, review.BodyOptions{Outside: report.Findings[:1]}))
	golden(t, "shop-check.md", "# "+v.CheckTitle(report)+"\n\n"+v.CheckSummary(report, review.CheckOptions{}))
	golden(t, "shop-fixed.md", v.Fixed(v.Comment(report.Findings[0]), "4f2c9ab1d00fcafe"))
}
