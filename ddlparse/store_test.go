package ddlparse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A fork of a fork still lists what was there before both.
func TestTablesOfForks(t *testing.T) {
	t.Parallel()
	s := NewSchema(Settings{Engine: DefaultEngine()})
	number := 0
	with := func(s Schema, sql string) Schema {
		ms := Parse(&Source{Path: "x.sql", Text: sql}, Located{Tool: PlainSQL, Role: Versioned}, ParseOptions{Engine: DefaultEngine()})
		number++
		return s.Apply(number, ms[0], ms[0].Statements[0]).After
	}
	base := with(s, "CREATE TABLE a (id INT)")
	with(base, "CREATE TABLE thrown_away (id INT)")
	fork := with(base, "CREATE TABLE b (id INT)")
	with(fork, "DROP TABLE a")
	last := with(fork, "CREATE TABLE c (id INT)")
	got := []string{}
	for x := range last.Tables() {
		got = append(got, x.Name.Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}
