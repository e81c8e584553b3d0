package ddlparse

import "testing"

func TestDropDatabaseIfExists(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		before  string
		skipped bool
	}{
		"never created, so perhaps there": {"", false},
		"known":                           {"CREATE DATABASE shop;", false},
		"dropped before":                  {"CREATE DATABASE shop; DROP DATABASE shop;", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := lastChange(t, "mysql 8.4", test.before+"DROP DATABASE IF EXISTS shop;").At().Skipped; got != test.skipped {
				t.Errorf("skipped is %v, want %v", got, test.skipped)
			}
		})
	}
}

// lastChange replays the text and returns what its last statement did.
func lastChange(t *testing.T, engine, sql string) Change {
	t.Helper()
	e, err := ParseEngine(engine)
	if err != nil {
		t.Fatal(err)
	}
	var last Change
	m := Parse(&Source{Path: "case.sql", Text: sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: e})
	Replay(NewSchema(Settings{Engine: e}), 1, m, func(s *Step) {
		for _, c := range s.Changes {
			last = c
		}
	})
	if last == nil {
		t.Fatal("no change")
	}
	return last
}

func TestDropColumnOfForeignKeyNumber(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]int{"mysql 8.4": 1828, "mariadb 10.11": 1553} {
		_, problems := replayed(t, engine, "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (id INT PRIMARY KEY, p INT, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); ALTER TABLE c DROP COLUMN p;")
		if len(problems) != 1 || problems[0].Number != want {
			t.Errorf("%s: got %v, want one problem of error %d", engine, problems, want)
		}
	}
}
