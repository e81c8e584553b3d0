package onlineddl

import (
	"slices"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
)

func engine(t testing.TB, s string) ddlparse.Engine {
	t.Helper()
	e, err := ddlparse.ParseEngine(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// last predicts the last statement of a text.
func last(t testing.TB, e ddlparse.Engine, text string) ([]Prediction, *ddlparse.Step) {
	t.Helper()
	src, err := ddlparse.Decode("t.sql", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ms := ddlparse.Parse(src, ddlparse.Located{Path: "t.sql", Tool: ddlparse.PlainSQL, Role: ddlparse.Versioned}, ddlparse.ParseOptions{Engine: e})
	var step *ddlparse.Step
	ddlparse.Replay(ddlparse.NewSchema(ddlparse.Settings{Engine: e}), 1, ms, func(s *ddlparse.Step) { step = s })
	if step == nil {
		t.Fatalf("no statement in %q", text)
	}
	return Predict(step), step
}

func TestPredict(t *testing.T) {
	t.Parallel()
	const orders = "CREATE TABLE t (id INT PRIMARY KEY, a INT, c VARCHAR(20));\n"
	tests := map[string]struct {
		engine, text string
		want         Algorithm
		lock         Lock
		clause       string
		reason       Reason
		refused      int
	}{
		"add column":       {"mysql 8.4", orders + "ALTER TABLE t ADD COLUMN n INT", Instant, LockNone, "ADD COLUMN n INT", "", 0},
		"old version":      {"mysql 8.0.20", orders + "ALTER TABLE t ADD COLUMN n INT FIRST", InPlace, LockNone, "ADD COLUMN n INT FIRST", "adds-column-inside", 0},
		"worst of several": {"mysql 8.4", orders + "ALTER TABLE t ADD COLUMN n INT, MODIFY a BIGINT", Copy, LockShared, "BIGINT", "stored-type", 0},
		"mariadb":          {"mariadb 11.4", orders + "ALTER TABLE t MODIFY a BIGINT", Copy, LockNone, "BIGINT", "stored-type", 0},
		"refused":          {"mysql 8.4", orders + "ALTER TABLE t MODIFY a BIGINT, ALGORITHM=INSTANT", Copy, LockShared, "ALGORITHM=INSTANT", "stored-type", 1846},
		"wrong usage":      {"mysql 8.4", orders + "ALTER TABLE t ADD n INT, ALGORITHM=INSTANT, LOCK=NONE", Instant, LockNone, "LOCK=NONE", "", 1221},
		"unknown table":    {"mysql 8.4", "ALTER TABLE t ADD n INT", NotPredicted, LockNone, "ALTER TABLE t ADD n INT", "", 0},
		"tidb":             {"tidb 8.5", orders + "CREATE INDEX i ON t (a)", ReorgIndex, LockNone, "CREATE INDEX i ON t (a)", "builds-index", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, _ := last(t, engine(t, tt.engine), tt.text)
			if len(all) != 1 {
				t.Fatalf("%d predictions", len(all))
			}
			p := all[0]
			if p.Algorithm != tt.want || p.Lock != tt.lock || p.Reason != tt.reason || p.Refused != tt.refused || p.Clause.Text() != tt.clause {
				t.Errorf("got %s/%s because %q at %q, refused %d", p.Algorithm, p.Lock, p.Reason, p.Clause.Text(), p.Refused)
			}
		})
	}
}

func TestAssumptions(t *testing.T) {
	t.Parallel()
	const tables = "CREATE TABLE p (id INT PRIMARY KEY);\nCREATE TABLE t (id INT PRIMARY KEY, a INT);\n"
	tests := map[string]struct {
		text string
		want []Assumption
	}{
		"add column":        {"ALTER TABLE t ADD n INT", []Assumption{FewRowVersions, NoDroppedFulltext}},
		"not null":          {"ALTER TABLE t MODIFY a INT NOT NULL", []Assumption{StrictMode}},
		"foreign key":       {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)", []Assumption{ForeignKeyChecksOn}},
		"checks are off":    {"SET foreign_key_checks=0;\nALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)", nil},
		"nothing to assume": {"ALTER TABLE t ADD INDEX i (a)", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, _ := last(t, engine(t, "mysql 8.4"), tables+tt.text)
			if len(all) != 1 || !slices.Equal(all[0].Assumptions, tt.want) {
				t.Errorf("got %v, want the assumptions %v", all, tt.want)
			}
		})
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	table, err := readTruth(operationsText)
	if err != nil {
		t.Fatal(err)
	}
	used := map[Reason]bool{"": true}
	for _, rows := range table.rows {
		for _, r := range rows {
			used[r.reason] = true
			if _, ok := table.reasons[r.reason]; !ok && r.reason != "" {
				t.Errorf("operations.txt:%d: reason %q has no text", r.line, r.reason)
			}
		}
	}
	for r := range table.reasons {
		if !used[r] {
			t.Errorf("reason %q is never given", r)
		}
	}
	for op := range table.groups {
		if table.rows[op] == nil {
			t.Errorf("a group has the unknown operation %q", op)
		}
	}
}
