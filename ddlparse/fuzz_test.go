package ddlparse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fuzzLimit is how much the fuzz tests read at once; time is linear beyond it.
const fuzzLimit = 64 << 10

// fuzzEngines are the dialects that the fuzz tests read.
func fuzzEngines() []Engine {
	return []Engine{{MySQL, 9, 7, 0}, {MySQL, 5, 7, 0}, {MariaDB, 10, 11, 0}, {TiDB, 8, 5, 0}}
}

// FuzzParse reads arbitrary bytes: nothing panics, and every place lies where it must.
func FuzzParse(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, raw []byte, engine byte) {
		if len(raw) > fuzzLimit {
			t.Skip()
		}
		src, err := Decode("a.sql", raw)
		if err != nil {
			t.Skip()
		}
		e := fuzzEngines()[int(engine)%len(fuzzEngines())]
		for _, check := range []bool{false, true} {
			for _, m := range Parse(src, Located{}, ParseOptions{Engine: e, Check: check}) {
				for _, st := range append(m.Statements, m.Down...) {
					checkPlaces(t, st)
				}
			}
		}
	})
}

// fuzzSeeds adds the histories and examples of testdata.
func fuzzSeeds(f *testing.F) {
	f.Helper()
	for _, pattern := range []string{"testdata/oracle/*.sql", "testdata/split/*.sql", "testdata/features.csv"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: no files (%v)", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			for i, part := range strings.SplitAfter(string(data), ";\n") {
				f.Add([]byte(part), byte(i))
			}
		}
	}
}

func checkPlaces(t *testing.T, st *Statement) {
	t.Helper()
	checkSpan(t, st.Span)
	for _, c := range st.Changes {
		checkSpan(t, c.At().Span)
		if !st.Span.Contains(c.At().Span) {
			t.Errorf("the place of %T is not in the statement %q", c, st.Text())
		}
	}
	for _, x := range st.Features {
		if checkSpan(t, x.Span); !st.Span.Contains(x.Span) {
			t.Errorf("the place of %s is not in the statement %q", x.Name, st.Text())
		}
	}
	for _, p := range st.Problems {
		checkSpan(t, p.Span)
	}
	for _, h := range st.Hidden {
		checkPlaces(t, h)
	}
}

func checkSpan(t *testing.T, s Span) {
	t.Helper()
	if s.IsZero() || s.Start < 0 || s.Start > s.End || int(s.End) > len(s.Source.Text) {
		t.Fatalf("a place %d-%d outside of the file", s.Start, s.End)
	}
	if from, to := s.From(), s.To(); from.Offset > to.Offset || from.Line < 1 || from.Col < 1 {
		t.Errorf("a place from %+v to %+v", from, to)
	}
}

// fuzzBase is the schema that FuzzApply works on.
const fuzzBase = `
CREATE TABLE users (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, email VARCHAR(100) NOT NULL, n INT DEFAULT 1, PRIMARY KEY (id), UNIQUE KEY email (email));
CREATE TABLE orders (id INT PRIMARY KEY, user_id BIGINT UNSIGNED, total DECIMAL(9,2) DEFAULT 0, CONSTRAINT c CHECK (total >= 0),
  CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE) COMMENT 'x';
CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c TEXT, KEY k (a), KEY p (c(10))) PARTITION BY HASH (a) PARTITIONS 4;
CREATE VIEW v AS SELECT id FROM users`

// FuzzApply applies arbitrary statements: nothing panics, and no schema changes but by making a new one.
func FuzzApply(f *testing.F) {
	fuzzSeeds(f)
	for _, text := range []string{
		"ALTER TABLE users ADD a INT, DROP n, RENAME TO u", "ALTER TABLE orders DROP FOREIGN KEY f, MODIFY id BIGINT",
		"DROP TABLE users, orders; CREATE TABLE users LIKE t", "CREATE TABLE s AS SELECT * FROM users; RENAME TABLE s TO r, t TO s",
	} {
		f.Add([]byte(text), byte(0))
	}
	f.Fuzz(func(t *testing.T, raw []byte, engine byte) {
		if len(raw) > fuzzLimit {
			t.Skip()
		}
		src, err := Decode("b.sql", raw)
		if err != nil {
			t.Skip()
		}
		o := ParseOptions{Engine: fuzzEngines()[int(engine)%len(fuzzEngines())]}
		base, next := Replay(NewSchema(Settings{Engine: o.Engine}), 1, Parse(&Source{Path: "a.sql", Text: fuzzBase}, Located{}, o), nil)
		o.Check = true
		was := allDDL(base)
		Replay(base, next, Parse(src, Located{}, o), checkStep(t))
		if allDDL(base) != was {
			t.Error("the schema that the statements were applied to is another one now")
		}
	})
}

// checkStep compares the schema before each step with the one that the step before it left behind.
func checkStep(t *testing.T) func(*Step) {
	last := ""
	return func(s *Step) {
		if before := allDDL(s.Before); last != "" && before != last {
			t.Errorf("%q changed the schema before it:\n%s\n%s", s.Statement.Text(), last, before)
		}
		last = allDDL(s.After)
		for _, p := range s.Problems {
			checkSpan(t, p.Span)
		}
		for _, c := range s.Changes {
			checkSpan(t, c.At().Span)
		}
	}
}

func allDDL(s Schema) string {
	var b strings.Builder
	for table := range s.Tables() {
		b.WriteString(table.DDL(s.Engine()) + "\n")
	}
	return b.String()
}
