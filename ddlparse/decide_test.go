package ddlparse

import "testing"

// decideCase is a statement, and where the servers of its engine refuse its syntax.
type decideCase struct {
	engine Engine
	sql    string
	near   string // "" = no syntax error
}

// decideCases are asked of the servers too, by TestDecideOnServers.
func decideCases() map[string]decideCase {
	mysql, mariadb := Engine{MySQL, 9, 7, 0}, Engine{MariaDB, 10, 11, 0}
	return map[string]decideCase{
		"reserved table before its list":  {mysql, "CREATE TABLE system (a INT)", "system"},
		"reserved index before its parts": {mysql, "CREATE TABLE t (a INT, KEY cube (a))", "cube"},
		"function as default":             {mariadb, "CREATE TABLE t (a VARCHAR(99) DEFAULT current_user())", ""},
		"three-part table":                {mysql, "DROP TABLE a.b.c", "."},
		"three-part table with a list":    {mysql, "CREATE TABLE a.b.c (d INT)", "."},
		"three-part columns":              {mysql, "UPDATE a.b SET a.b.c = 1", ""},
		"three-part insert columns":       {mysql, "INSERT INTO a.b (a.b.c) VALUES (1)", ""},
		"PAGE_COMPRESSED as a string":     {mariadb, "CREATE TABLE t (a INT) PAGE_COMPRESSED='on'", ""},
		"partial index":                   {mysql, "CREATE INDEX x ON t (a) WHERE a > (1)", ""}, // a feature of TiDB, and reported as such
		"two statements in one":           {mysql, "UPDATE a SET b = 1 WHERE c = 1\nUPDATE a SET b = 2", "UPDATE"},
	}
}

// TestDecide: what a server refuses is a syntax error, what it takes is none.
func TestDecide(t *testing.T) {
	t.Parallel()
	for name, test := range decideCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := Parse(&Source{Path: "a.sql", Text: test.sql}, Located{}, ParseOptions{Engine: test.engine, Check: true})[0].Statements[0]
			near := ""
			for _, p := range st.Problems {
				near += p.Value
			}
			if near != test.near {
				t.Errorf("%s: near %q, want %q", test.sql, near, test.near)
			}
		})
	}
}
