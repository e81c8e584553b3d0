package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
)

// A pull request is foreign input. Whatever it repeats, a review takes time in proportion: these would
// take hours if any stage were quadratic.
func TestHostileRepetition(t *testing.T) {
	t.Parallel()
	const n = 60_000
	list := func(format string, sep string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteString(sep)
			}
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	same := func(text string) string { return strings.Repeat(text, n) }
	tests := map[string]string{
		"columns":           "CREATE TABLE t (" + list("c%d INT", ",") + ")",
		"keys":              "CREATE TABLE t (a INT" + same(", KEY (a)") + ")",
		"checks":            "CREATE TABLE t (a INT" + same(", CHECK (a)") + ")",
		"clauses":           "ALTER TABLE t " + list("ADD c%d INT", ","),
		"statements":        list("ALTER TABLE t ADD c%d INT;", "\n"),
		"indexes":           "CREATE TABLE t (a INT PRIMARY KEY);" + list("CREATE INDEX i%d ON t (a);", "\n"),
		"children":          "CREATE TABLE p (id INT PRIMARY KEY);" + list("CREATE TABLE t%d (id INT PRIMARY KEY REFERENCES p (id), FOREIGN KEY (id) REFERENCES p (id));", "\n"),
		"names in a check":  "CREATE TABLE t (a INT, CHECK (" + list("c%d", "+") + "))",
		"tables in a query": "CREATE VIEW v AS SELECT 1 FROM " + list("t%d", ","),
		"columns of insert": "CREATE TABLE t (a INT); INSERT INTO t (" + list("c%d", ",") + ") VALUES (1)",
		"assignments":       "CREATE TABLE t (a INT); UPDATE t SET " + list("c%d=1", ",") + " WHERE a = 1",
		"suppressions":      list("-- schema-review: ignore drop-column reason %d\nDROP TABLE x;", "\n"),
		"comments":          list("-- comment %d", "\n") + "\nDROP TABLE x;",
		"renames":           "CREATE TABLE t0 (a INT);" + list("RENAME TABLE t%[1]d TO t%[1]d0;", "\n"),
		"members":           "CREATE TABLE t (a ENUM(" + list("'m%d'", ",") + "))",
		"partitions":        "CREATE TABLE t (a INT) PARTITION BY RANGE (a) (" + list("PARTITION p%[1]d VALUES LESS THAN (%[1]d)", ",") + ")",
		"triggers":          "CREATE TABLE t (a INT);" + list("CREATE TRIGGER g%d BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;", "\n"),
		"drops":             "DROP TABLE " + list("t%d", ","),
		"key parts":         "CREATE TABLE t (a INT, KEY k (" + list("c%d", ",") + "))",
		"views":             "CREATE TABLE t (a INT);" + list("CREATE OR REPLACE VIEW v%d AS SELECT a FROM t;", "\n"),
	}
	for name, sql := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set := &review.ChangeSet{Changed: []review.Changed{{Path: "db/migration/V1__x.sql", Head: []byte(sql)}}}
			if _, err := (&review.Reviewer{Rules: All()}).Review(t.Context(), set, nil); err != nil {
				t.Fatal(err)
			}
		})
	}
}
