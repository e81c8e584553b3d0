package ddlparse

import "testing"

// TestSerialUnique: SERIAL has UNIQUE in it, so saying it again makes no second key.
func TestSerialUnique(t *testing.T) {
	t.Parallel()
	e := DefaultEngine()
	for sql, want := range map[string]int{
		"CREATE TABLE t (id SERIAL UNIQUE, a INT)":                      1,
		"CREATE TABLE t (id SERIAL UNIQUE, a INT UNIQUE)":               2,
		"CREATE TABLE t (id SERIAL, a INT, PRIMARY KEY (id))":           2,
		"CREATE TABLE t (id BIGINT UNIQUE UNIQUE KEY, PRIMARY KEY (a))": 2,
	} {
		var last Schema
		for _, m := range Parse(&Source{Path: "V1__a.sql", Text: sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: e}) {
			Replay(NewSchema(Settings{Engine: e}), 1, []*Migration{m}, func(s *Step) { last = s.After })
		}
		if got := len(last.Table(Name{Name: "t"}).Indexes); got != want {
			t.Errorf("%s: got %d indexes, want %d", sql, got, want)
		}
	}
}
