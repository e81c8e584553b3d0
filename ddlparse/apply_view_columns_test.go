package ddlparse

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each view was tried on MySQL 9.7 and MariaDB 10.11 where it is refused.
func TestViewColumns(t *testing.T) {
	t.Parallel()
	const tables = "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE TABLE u (id INT PRIMARY KEY, b INT); CREATE VIEW w AS SELECT id FROM t; "
	tests := map[string]struct {
		sql  string
		want []string
	}{
		"fine":                  {"CREATE VIEW v AS SELECT id, t.a x, COUNT(*) AS n FROM t WHERE a > 1 GROUP BY id ORDER BY n", nil},
		"missing":               {"CREATE VIEW v AS SELECT id, nope FROM t", []string{"1054 nope"}},
		"missing in WHERE":      {"CREATE OR REPLACE VIEW v AS SELECT id FROM t WHERE nope = 1", []string{"1054 nope"}},
		"in neither":            {"CREATE VIEW v AS SELECT t.id, c FROM t JOIN u ON t.id = u.id", []string{"1054 c"}},
		"correlated":            {"CREATE VIEW v AS SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE b = a)", nil},
		"over a view":           {"CREATE VIEW v AS SELECT nope FROM w", nil},
		"over an unknown table": {"CREATE VIEW v AS SELECT nope FROM elsewhere", nil},
		"over a derived table":  {"CREATE VIEW v AS SELECT n FROM (SELECT COUNT(*) AS n FROM t) x", nil},
		"natural join":          {"CREATE VIEW v AS SELECT nope FROM t NATURAL JOIN u", nil},
		"alias in ORDER BY":     {"CREATE VIEW v AS SELECT a AS first FROM t ORDER BY first", nil},
		"row id":                {"CREATE VIEW v AS SELECT _rowid AS r FROM t", nil},
		"itself":                {"CREATE VIEW v AS SELECT id FROM v", []string{"1146 v"}},
		"itself, replaced":      {"CREATE OR REPLACE VIEW w AS SELECT id FROM w", []string{"1146 w"}},
		"a CTE of its name":     {"CREATE VIEW v AS WITH v AS (SELECT id FROM t) SELECT id FROM v", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := Decode("V1.sql", []byte(tables+test.sql))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			ms := Parse(src, Located{Path: "V1.sql"}, ParseOptions{Engine: DefaultEngine(), Check: true})
			Replay(NewSchema(Settings{Engine: DefaultEngine()}), 1, ms, func(step *Step) {
				for _, p := range step.Problems {
					if p.Kind == ViewReference {
						got = append(got, fmt.Sprint(p.Number, " ", p.Name))
					}
				}
			})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got)\n%s", diff)
			}
		})
	}
}
