package ddlparse

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tableAfter replays statements on a fresh schema; none of them may be refused.
func tableAfter(t *testing.T, engine, sql, table string) *Table {
	t.Helper()
	e := ddlEngine(t, engine)
	ms := Parse(&Source{Path: "x.sql", Text: sql}, Located{Tool: PlainSQL, Role: Versioned}, ParseOptions{Engine: e})
	s, _ := Replay(NewSchema(Settings{Engine: e}), 1, ms, func(st *Step) {
		if slices.ContainsFunc(st.Problems, func(p *Problem) bool { return p.Number > 0 }) {
			t.Errorf("%s: got problems %v, want none", st.Statement.Text(), st.Problems)
		}
	})
	found := s.Table(Name{"", table})
	if found == nil {
		t.Fatalf("no table %s after\n%s", table, sql)
	}
	return found
}

func indexNames(t *Table) []string {
	names := []string{}
	for _, x := range t.Indexes {
		names = append(names, x.Name)
	}
	return names
}

// The names and their order were read from SHOW CREATE TABLE of MySQL 9.7 and MariaDB 10.11.
func TestKeyNames(t *testing.T) {
	t.Parallel()
	const parent = "CREATE TABLE p (id INT PRIMARY KEY);\n"
	cases := map[string]struct {
		sql            string
		mysql, mariadb []string
	}{
		"made index gives its name to what replaces it": {
			"CREATE TABLE t (x INT, y INT, FOREIGN KEY (x) REFERENCES p (id)); ALTER TABLE t ADD INDEX (x, y)",
			[]string{"x"},
			[]string{"x"},
		},
		"made index of a dropped key is replaced by the next one": {
			"CREATE TABLE t (x INT, CONSTRAINT o FOREIGN KEY (x) REFERENCES p (id)); ALTER TABLE t DROP FOREIGN KEY o; ALTER TABLE t ADD FOREIGN KEY (x) REFERENCES p (id)",
			[]string{"x"},
			[]string{"x"},
		},
		"the last of equal made indexes stays": {
			"CREATE TABLE t (x INT, FOREIGN KEY (x) REFERENCES p (id), CONSTRAINT q FOREIGN KEY (x) REFERENCES p (id))",
			[]string{"q"},
			[]string{"q"},
		},
		"made index stands where the constraint does": {
			"CREATE TABLE t (x INT, y INT, KEY a (y), FOREIGN KEY (x) REFERENCES p (id), KEY b (y))",
			[]string{"a", "x", "b"},
			[]string{"a", "x", "b"},
		},
		"keys on virtual columns": {
			"CREATE TABLE t (id INT NOT NULL, v INT AS (id + 1) VIRTUAL, w TEXT, KEY kv (v), FULLTEXT ft (w), KEY ki (id), UNIQUE uv (v), UNIQUE ui (id))",
			[]string{"ui", "uv", "ki", "kv", "ft"},
			[]string{"ui", "uv", "kv", "ki", "ft"},
		},
		"the order outlives its reason": {
			"CREATE TABLE t (a INT, b INT NOT NULL, UNIQUE ua (a), UNIQUE ub (b)); ALTER TABLE t MODIFY a INT NOT NULL",
			[]string{"ub", "ua"},
			[]string{"ub", "ua"},
		},
		"unique and primary in one definition": {
			"CREATE TABLE t (id INT UNIQUE PRIMARY KEY)",
			[]string{"PRIMARY", "id"},
			[]string{"PRIMARY"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for engine, want := range map[string][]string{"mysql 9.7": c.mysql, "mariadb 10.11": c.mariadb} {
				if diff := cmp.Diff(want, indexNames(tableAfter(t, engine, parent+c.sql, "t"))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", engine, diff)
				}
			}
		})
	}
}

func TestCheckNumbersGoOn(t *testing.T) {
	t.Parallel()
	const sql = "CREATE TABLE t (x INT, CHECK (x > 1), CONSTRAINT t_chk_5 CHECK (x > 2)); ALTER TABLE t ADD CHECK (x > 3); ALTER TABLE t DROP CONSTRAINT t_chk_5; ALTER TABLE t ADD CHECK (x > 4)"
	for engine, want := range map[string][]string{
		"mysql 9.7":     {"t_chk_1", "t_chk_6", "t_chk_7"},
		"mariadb 10.11": {"CONSTRAINT_1", "CONSTRAINT_2", "CONSTRAINT_3"},
	} {
		got := []string{}
		for _, k := range tableAfter(t, engine, sql, "t").Checks {
			got = append(got, k.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", engine, diff)
		}
	}
}

func TestMariaDBForeignKeyIndexNamesTheConstraint(t *testing.T) {
	t.Parallel()
	const sql = "CREATE TABLE p (Id INT PRIMARY KEY); CREATE TABLE t (X INT, FOREIGN KEY by_x (x) REFERENCES p (ID))"
	for engine, want := range map[string]string{"mysql 9.7": "t_ibfk_1", "mariadb 10.11": "by_x"} {
		f := tableAfter(t, engine, sql, "t").ForeignKeys[0]
		if f.Name != want || f.Columns[0] != "X" || f.ParentColumns[0] != "Id" {
			t.Errorf("%s: got %s (%v) to (%v), want %s with the columns' own case", engine, f.Name, f.Columns, f.ParentColumns, want)
		}
	}
}

func TestMariaDBCutsLongKeyParts(t *testing.T) {
	t.Parallel()
	const sql = "CREATE TABLE t (a VARCHAR(2000) CHARACTER SET utf8mb4, b BLOB, c VARCHAR(10), KEY (a), KEY (b), KEY (c))"
	got := []int{}
	for _, x := range tableAfter(t, "mariadb 10.11", sql, "t").Indexes {
		got = append(got, x.Parts[0].Prefix)
	}
	if diff := cmp.Diff([]int{768, 3072, 0}, got); diff != "" {
		t.Errorf("prefixes (-want +got):\n%s", diff)
	}
}

func TestDropColumnOfUniqueKey(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		alter string
		want  []int
	}{
		"composite":     {"DROP COLUMN b", []int{1072}},
		"with the key":  {"DROP COLUMN b, DROP INDEX u", nil},
		"all its parts": {"DROP COLUMN a, DROP COLUMN b", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := ddlEngine(t, "mariadb 10.11")
			ms := Parse(&Source{Path: "x.sql", Text: "CREATE TABLE t (a INT, b INT, c INT, UNIQUE u (a, b)); ALTER TABLE t " + c.alter}, Located{Tool: PlainSQL, Role: Versioned}, ParseOptions{Engine: e})
			var got []int
			Replay(NewSchema(Settings{Engine: e}), 1, ms, func(st *Step) {
				for _, p := range st.Problems {
					got = append(got, p.Number)
				}
			})
			if !slices.Equal(got, c.want) {
				t.Errorf("got errors %v, want %v", got, c.want)
			}
		})
	}
}
