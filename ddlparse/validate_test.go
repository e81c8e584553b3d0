package ddlparse

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
)

// validateCases are definitions with what the servers said: "MySQL 9.7 | MariaDB 10.11 | SQL", where each
// is ok or the number of the first error. "~" says that we are silent about it.
//
//go:embed testdata/validate.txt
var validateCases string

type validateCase struct {
	mysql, mariadb, sql string
}

func eachValidateCase(yield func(validateCase)) {
	for line := range strings.Lines(validateCases) {
		if f := strings.SplitN(strings.TrimSpace(line), " | ", 3); len(f) == 3 && line[0] != '#' {
			yield(validateCase{strings.TrimSpace(f[0]), strings.TrimSpace(f[1]), f[2]})
		}
	}
}

// TestValidateAgreesWithServers: what a server accepts raises no problem with a number, and what it
// refuses raises that number or none.
func TestValidateAgreesWithServers(t *testing.T) {
	t.Parallel()
	eachValidateCase(func(c validateCase) {
		for engine, want := range map[string]string{"mysql 9.7": c.mysql, "mariadb 10.11": c.mariadb} {
			got, detail := refusedNumber(t, engine, c.sql)
			if strings.HasPrefix(want, "~") {
				want = "ok"
			}
			if got != want {
				t.Errorf("%s: %s\n\tgot %s, want %s%s", engine, c.sql, got, want, detail)
			}
		}
	})
}

// refusedNumber replays the statements and returns the number of the first problem that has one.
func refusedNumber(t *testing.T, engine, sql string) (number, detail string) {
	t.Helper()
	e, err := ParseEngine(engine)
	if err != nil {
		t.Fatal(err)
	}
	schema := NewSchema(Settings{Engine: e, Charset: "utf8mb4", Collation: e.DefaultCollation("utf8mb4")})
	session := newSession()
	step := 0
	for _, m := range Parse(&Source{Path: "case.sql", Text: sql + ";"}, Located{Tool: PlainSQL}, ParseOptions{Engine: e}) {
		for _, st := range m.Statements {
			step++
			s := session.apply(schema, step, m, st)
			schema = s.After
			for _, p := range s.Problems {
				if p.Number != 0 {
					return fmt.Sprint(p.Number), "\n\t" + p.Error()
				}
			}
		}
	}
	return "ok", ""
}
