package rules

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

func TestParseCase(t *testing.T) {
	t.Parallel()
	c, err := parseCase([]byte(`About it.
-- engine: mysql 5.7, mariadb 10.11
-- base/V1.sql --
A;
-- base/V2.sql --
B;
-- V1.sql --
A; -- want one "x \"y\"" two=warning three
-- V2.sql => V4.sql --
C;
-- V1.sql.fixed --
D;
-- schema-review.yml --
fail_on: never
`))
	if err != nil {
		t.Fatal(err)
	}
	wants := []want{{"V1.sql", 1, "one", "", `x "y"`}, {"V1.sql", 1, "two", "warning", ""}, {"V1.sql", 1, "three", "", ""}}
	if !slices.Equal(c.wants, wants) {
		t.Errorf("wants: got %q, want %q", c.wants, wants)
	}
	if len(c.engines) != 2 || c.engines[1].Kind != ddlparse.MariaDB {
		t.Errorf("engines: got %v", c.engines)
	}
	changed := []review.Changed{
		{Path: "V1.sql", Base: []byte("A;\n"), Head: []byte("A; -- want one \"x \\\"y\\\"\" two=warning three\n")},
		{Path: "V4.sql", OldPath: "V2.sql", Base: []byte("B;\n"), Head: []byte("C;\n")},
	}
	if diff := cmp.Diff(changed, c.set.Changed); diff != "" {
		t.Errorf("changed (-want +got)\n%s", diff)
	}
	if c.fixed["V1.sql"] != "D;\n" || c.config != "fail_on: never\n" {
		t.Errorf("got fixed %q, configuration %q", c.fixed, c.config)
	}
}

func TestSatisfies(t *testing.T) {
	t.Parallel()
	s := said{want{path: "V1.sql", line: 2, rule: "r", severity: "error"}, "`a` is bad"}
	tests := map[string]struct {
		want want
		ok   bool
	}{
		"place and rule":    {want{path: "V1.sql", line: 2, rule: "r"}, true},
		"text and severity": {want{path: "V1.sql", line: 2, rule: "r", severity: "error", text: "bad"}, true},
		"other line":        {want{path: "V1.sql", line: 1, rule: "r"}, false},
		"other rule":        {want{path: "V1.sql", line: 2, rule: "q"}, false},
		"other text":        {want{path: "V1.sql", line: 2, rule: "r", text: "good"}, false},
		"other severity":    {want{path: "V1.sql", line: 2, rule: "r", severity: "notice"}, false},
	}
	for name, test := range tests {
		if got := satisfies(s, test.want); got != test.ok {
			t.Errorf("%s: got %v, want %v", name, got, test.ok)
		}
	}
}
