package ddlparse

import (
	"strings"
	"testing"
)

func TestReserved(t *testing.T) {
	t.Parallel()
	all := "select key groups"
	tests := map[string]struct{ engine, reserved, free string }{
		"MySQL 5.7":     {"mysql 5.7", "select key virtual generated master_bind", "groups rank window lateral system of qualify"},
		"MySQL 8.0.13":  {"mysql 8.0.13", all + " rank system empty cube", "lateral array intersect"},
		"MySQL 8.0.18":  {"mysql 8.0.18", "lateral array member", "intersect"},
		"MySQL 8.0":     {"mysql 8.0", "intersect except", "array qualify tablesample manual"},
		"MySQL 8.4":     {"mysql 8.4", "qualify tablesample", "manual parallel library master_bind"},
		"MySQL 9.6":     {"mysql 9.6", "library external sets", "returning offset"},
		"MySQL 9.7":     {"mysql 9.7", "library external", "sets until vector"},
		"Aurora 3":      {"aurora-mysql 3", "intersect RANK", "qualify"},
		"MariaDB 10.6":  {"mariadb 10.6", "offset returning intersect", "row_number rank system groups database vector"},
		"MariaDB 10.11": {"mariadb 10.11", "row_number", "vector"},
		"MariaDB 11.8":  {"mariadb 11.8", "vector", "lateral"},
		"TiDB":          {"tidb 8.5", "until ilike rank array", "cube system get library"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := factsEngine(t, tt.engine)
			for _, w := range strings.Fields(tt.reserved) {
				if !e.Reserved(w) {
					t.Errorf("%s is reserved", w)
				}
			}
			for _, w := range strings.Fields(tt.free) {
				if e.Reserved(w) {
					t.Errorf("%s is free", w)
				}
			}
		})
	}
}

func TestReservedLater(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ engine, word, later string }{
		"free on 5.7":         {"mysql 5.7", "Rank", "8.0"},
		"already reserved":    {"mysql 8.0", "rank", ""},
		"reserved for a time": {"mysql 8.4", "sets", ""},
		"of another server":   {"mysql 8.4", "offset", ""},
		"MariaDB":             {"mariadb 10.11", "vector", "11.7"},
		"no keyword":          {"mysql 5.7", "customer", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := factsEngine(t, tt.engine).ReservedLater(tt.word); got != tt.later {
				t.Errorf("ReservedLater(%q) = %q, want %q", tt.word, got, tt.later)
			}
		})
	}
}

func TestReservedWordsAreListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, g := range reservedWords {
		for _, w := range strings.Fields(g.words) {
			if seen[w] {
				t.Errorf("%s stands in two groups", w)
			}
			seen[w] = true
		}
	}
}
