package ddlparse

import (
	"strings"
	"testing"
)

// TestColumnPlaces holds FIRST and AFTER to what MySQL 9.7 and MariaDB 10.11 make of them: clauses move
// columns one after the other, and a column that is still to be moved can be named.
func TestColumnPlaces(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		alter, want string
		problems    int
	}{
		"behind one that moves first": {"MODIFY a INT AFTER z, MODIFY z INT FIRST", "z id a", 0},
		"behind one that moves":       {"MODIFY a INT AFTER z, MODIFY z INT AFTER id", "id z a", 0},
		"new behind one that moves":   {"ADD n INT AFTER z, MODIFY z INT FIRST", "z id a n", 0},
		"behind its old name":         {"CHANGE a b INT AFTER z, CHANGE z y INT", "id y b", 1},
		"behind one to come":          {"ADD n INT AFTER m, ADD m INT", "id a z n m", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := Decode("t.sql", []byte("CREATE TABLE t (id INT PRIMARY KEY, a INT, z INT);\nALTER TABLE t "+tt.alter))
			if err != nil {
				t.Fatal(err)
			}
			e := DefaultEngine()
			ms := Parse(src, Located{Path: "t.sql", Tool: PlainSQL, Role: Versioned}, ParseOptions{Engine: e})
			problems := 0
			s, _ := Replay(NewSchema(Settings{Engine: e}), 1, ms, func(s *Step) { problems += len(s.Problems) })
			var names []string
			for _, c := range s.Table(Name{Name: "t"}).Columns {
				names = append(names, c.Name)
			}
			if got := strings.Join(names, " "); got != tt.want || problems != tt.problems {
				t.Errorf("got %q with %d problems, want %q with %d", got, problems, tt.want, tt.problems)
			}
		})
	}
}
