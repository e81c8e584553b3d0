package review_test

import (
	"strings"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// A table that half a schema refers to brings a few of these tables along, and leaves room for those that its new
// columns speak of.
func TestNeighboursOfHub(t *testing.T) {
	t.Parallel()
	var before strings.Builder
	before.WriteString("CREATE TABLE users (id BIGINT PRIMARY KEY);\nCREATE TABLE zones (id BIGINT PRIMARY KEY);\n")
	for i := range 20 {
		name := "a" + strings.Repeat("b", i)
		before.WriteString("CREATE TABLE " + name + " (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, FOREIGN KEY (user_id) REFERENCES users (id));\n")
	}
	set := &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte(before.String())}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte("ALTER TABLE users ADD COLUMN zone_id BIGINT NULL;")}},
	}
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(t), Nonce: func() string { return "N" }}
	report, err := r.Review(t.Context(), set, nil)
	if err != nil {
		t.Fatal(err)
	}
	questions, _ := r.Questions(report, nil, review.About{})
	shown := within(questions[0].Prompt, "neighbours")
	if n := strings.Count(shown, "CREATE TABLE"); n != 3 || !strings.Contains(shown, "CREATE TABLE `zones`") {
		t.Errorf("%d neighbours, want zones and two tables that refer to users:\n%s", n, shown)
	}
}

// within is what stands between the marks of a block whose nonce is N.
func within(p prompts.Prompt, block string) string {
	_, text, _ := strings.Cut(p.Content, "<<<"+block+" N\n")
	text, _, _ = strings.Cut(text, "\nN "+block+">>>")
	return text
}
