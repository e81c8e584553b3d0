package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

func TestExcerpt(t *testing.T) {
	t.Parallel()
	const history = "CREATE TABLE countries (code CHAR(2) PRIMARY KEY);\n" +
		"CREATE TABLE users (id BIGINT PRIMARY KEY, country CHAR(2), FOREIGN KEY (country) REFERENCES countries (code));\n" +
		"CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT, FOREIGN KEY (user_id) REFERENCES users (id));\n" +
		"CREATE TABLE weather (id BIGINT PRIMARY KEY);\nCREATE TABLE old (id BIGINT PRIMARY KEY);\n"
	for name, test := range map[string]struct {
		sql, want string
		tables    string // of the base, in the order in which they can be created
		keep      bool
	}{
		"values go":         {"UPDATE orders SET user_id = 5 WHERE note = 'secret of mine'", "UPDATE orders SET user_id = 5 WHERE note = '[redacted]';\n", "countries users orders", false},
		"values stay":       {"UPDATE orders SET user_id = 5 WHERE note = 'secret of mine'", "UPDATE orders SET user_id = 5 WHERE note = 'secret of mine';\n", "countries users orders", true},
		"comments stay":     {"-- one\nDROP TABLE old; -- two\n", "-- one\nDROP TABLE old; -- two\n", "old", false},
		"comments lose":     {"/* mail a@b.example */ DROP TABLE old", "/* mail [redacted] */ DROP TABLE old;\n", "old", false},
		"semicolons inside": {"DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON old FOR EACH ROW BEGIN SET @a = 1; END//\nDELIMITER ;\n", "DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON old FOR EACH ROW BEGIN SET @a = 1; END$$\nDELIMITER ;\n", "old", false},
		"a new child":       {"CREATE TABLE parcels (id BIGINT PRIMARY KEY, order_id BIGINT, FOREIGN KEY (order_id) REFERENCES orders (id))", "", "countries users orders", false},
		"a new stranger":    {"CREATE TABLE moons (id BIGINT PRIMARY KEY)", "CREATE TABLE moons (id BIGINT PRIMARY KEY);\n", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set := &review.ChangeSet{
				History: []review.File{{Path: "db/V1__a.sql", Data: []byte(history)}},
				Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(test.sql)}},
			}
			report, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), set, nil)
			if err != nil {
				t.Fatal(err)
			}
			x := report.Plans[0].Excerpt(test.keep)
			if len(x.LeftOut) > 0 || len(x.Migrations) != 1 {
				t.Fatalf("got %+v", x)
			}
			if diff := cmp.Diff(test.want, x.Migrations[0].SQL); test.want != "" && diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var tables []string
			for line := range strings.Lines(x.Base) {
				if rest, ok := strings.CutPrefix(line, "CREATE TABLE `"); ok {
					table, _, _ := strings.Cut(rest, "`")
					tables = append(tables, table)
				}
			}
			if got := strings.Join(tables, " "); got != test.tables {
				t.Errorf("got the tables %q, want %q", got, test.tables)
			}
		})
	}
}
