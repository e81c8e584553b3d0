package ddlparse

import (
	"strings"
	"testing"
)

// TestAmbiguities: what MySQL 9.7 and MariaDB 10.11 refuse with 1052 and 1066, and what they take.
func TestAmbiguities(t *testing.T) {
	t.Parallel()
	schema := `CREATE TABLE a (id INT PRIMARY KEY, x INT);
CREATE TABLE b (id INT PRIMARY KEY, a_id INT, x INT);
ALTER TABLE elsewhere ADD COLUMN x INT;
`
	cases := map[string]struct{ sql, want string }{
		"select list":             {"CREATE VIEW v AS SELECT x FROM a JOIN b ON b.a_id = a.id", "1052 x"},
		"on clause":               {"INSERT INTO a (x) SELECT a.x FROM a JOIN b ON a_id = id", "1052 id"},
		"where clause":            {"DELETE a FROM a JOIN b ON b.a_id = a.id WHERE x = 1", "1052 x"},
		"set clause":              {"UPDATE a JOIN b ON b.a_id = a.id SET x = 1", "1052 x"},
		"comma join":              {"INSERT INTO a SELECT x, a.id FROM a, b", "1052 x"},
		"in a subquery":           {"UPDATE a SET x = 1 WHERE EXISTS (SELECT 1 FROM a c JOIN b d ON 1 = 1 WHERE a_id = x)", "1052 x"},
		"table twice":             {"INSERT INTO a SELECT 1, 2 FROM b JOIN b", "1066 b"},
		"alias twice":             {"INSERT INTO a SELECT 1, 2 FROM a z JOIN b z", "1066 z"},
		"external column":         {"INSERT INTO a SELECT 1, x FROM a JOIN elsewhere ON 1 = 1", "1052 x"},
		"qualified":               {"CREATE VIEW v AS SELECT a.x FROM a JOIN b ON b.a_id = a.id", ""},
		"in one table only":       {"CREATE VIEW v AS SELECT a_id FROM a JOIN b ON b.a_id = a.id", ""},
		"using":                   {"CREATE VIEW v AS SELECT id FROM a JOIN b USING (id)", ""},
		"natural":                 {"CREATE VIEW v AS SELECT id FROM a NATURAL JOIN b", ""},
		"order by an alias":       {"INSERT INTO a (x) SELECT a.id AS x FROM a JOIN b ON b.a_id = a.id ORDER BY x", ""},
		"on before the third":     {"INSERT INTO a (x) SELECT 1 FROM a JOIN (SELECT 1 AS n) c ON x = n JOIN b ON b.a_id = a.id", ""},
		"inner name hides":        {"UPDATE a JOIN b ON b.a_id = a.id SET a.x = (SELECT MAX(x) FROM a c)", ""},
		"unknown table":           {"INSERT INTO a (x) SELECT x FROM a JOIN unknown ON 1 = 1", ""},
		"hidden by an expression": {"INSERT INTO a (x) WITH b AS (SELECT 1 AS n) SELECT x FROM a JOIN b ON n = 1", ""},
		"other database":          {"INSERT INTO a (x) SELECT 1 FROM b JOIN other.b", ""},
		"dropped before":          {"DROP TABLE b; INSERT INTO a (x) SELECT x FROM a JOIN b", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := ambiguitiesOf(schema + c.sql + ";"); got != c.want {
				t.Errorf("%s\n\tgot %q, want %q", c.sql, got, c.want)
			}
		})
	}
}

// ambiguitiesOf replays the text and lists what is ambiguous: the error and the word at fault.
func ambiguitiesOf(sql string) string {
	e := DefaultEngine()
	ms := Parse(&Source{Path: "q.sql", Text: sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: e, Check: true})
	var found []string
	Replay(NewSchema(Settings{Engine: e}), 1, ms, func(s *Step) {
		for _, p := range s.Problems {
			switch {
			case p.Kind != AmbiguousReference:
			case p.Number == 1052:
				found = append(found, "1052 "+p.Span.Text())
			default:
				found = append(found, "1066 "+p.Span.Text())
			}
		}
	})
	return strings.Join(found, ", ")
}
