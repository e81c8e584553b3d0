package ddlparse

import "testing"

func TestCreatedLater(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ sql, want string }{
		"altered":           {"ALTER TABLE t ADD a INT; CREATE TABLE t (id INT)", "ADD a INT"},
		"written":           {"INSERT INTO t VALUES (1); CREATE TABLE t (id INT)", "INSERT INTO t VALUES (1)"},
		"indexed":           {"CREATE INDEX i ON t (a); CREATE TABLE t (a INT)", "CREATE INDEX i ON t (a)"},
		"like":              {"CREATE TABLE u LIKE t; CREATE TABLE t (a INT)", "CREATE TABLE u LIKE t"},
		"viewed":            {"CREATE VIEW v AS SELECT a FROM t; CREATE TABLE t (a INT)", "CREATE VIEW v AS SELECT a FROM t"},
		"in order":          {"CREATE TABLE t (a INT); ALTER TABLE t ADD b INT", ""},
		"replaced":          {"DROP TABLE IF EXISTS t; CREATE TABLE t (a INT)", ""},
		"replaced late":     {"ALTER TABLE t ADD a INT; DROP TABLE t; CREATE TABLE t (a INT)", ""},
		"perhaps there":     {"INSERT INTO t VALUES (1); CREATE TABLE IF NOT EXISTS t (a INT)", ""},
		"never created":     {"ALTER TABLE t ADD a INT", ""},
		"alter if exists":   {"ALTER TABLE IF EXISTS t ADD a INT; CREATE TABLE t (a INT)", ""},
		"renamed into":      {"RENAME TABLE u TO t; INSERT INTO t VALUES (1)", ""},
		"made by a routine": {"CREATE PROCEDURE p() BEGIN ALTER TABLE t ADD a INT; END; CREATE TABLE t (a INT)", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := DefaultEngine()
			start := NewSchema(Settings{Engine: e})
			var steps []*Step
			Replay(start, 1, Parse(&Source{Path: "t.sql", Text: c.sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: e}), func(s *Step) { steps = append(steps, s) })
			got := ""
			for _, p := range CreatedLater(start, steps) {
				got += p.Span.Text()
			}
			if got != c.want {
				t.Errorf("%s\n\tgot %q, want %q", c.sql, got, c.want)
			}
		})
	}
}
