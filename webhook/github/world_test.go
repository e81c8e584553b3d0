package github

import (
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// judge reviews migrations with all rules, as the App does.
func judge(t *testing.T, changed ...review.Changed) *review.Report {
	t.Helper()
	r, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), &review.ChangeSet{Changed: changed}, configOf(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func configOf(t *testing.T, yaml string) *review.Config {
	t.Helper()
	layer := review.Layer{Name: review.RepositoryLayer, Path: ".github/schema-review.yml", Data: []byte("engine: mysql 8.4\n" + yaml)}
	c, problems := review.LoadConfig([]review.Layer{layer}, rules.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// migration is a new file.
func migration(path string, lines ...string) review.Changed {
	return review.Changed{Path: path, Head: []byte(strings.Join(lines, "\n") + "\n")}
}
