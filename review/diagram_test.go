package review_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

// diagramOf is the diagram of one migration on top of another one.
func diagramOf(t *testing.T, before, after string) string {
	t.Helper()
	report := reviewed(t, &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte(before)}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(after)}},
	})
	_, diagram, _ := strings.Cut(english().Body(report, review.BodyOptions{}), "```mermaid\n")
	return diagram
}

func TestDiagram(t *testing.T) {
	t.Parallel()
	const users = "CREATE TABLE users (id BIGINT PRIMARY KEY, name VARCHAR(10), age INT NOT NULL DEFAULT 1);\n"
	tests := map[string]struct{ before, after, want string }{
		"a new table": {users, "CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id));", `
  "orders"["orders (new)"] {
    BIGINT id PK
    BIGINT user_id FK
  }
  "users" ||--o{ "orders" : "user_id"
`},
		"a dropped table": {users, "DROP TABLE users;", `
  "users"["users (dropped)"]
`},
		"columns": {users, "ALTER TABLE users ADD COLUMN email VARCHAR(20), DROP COLUMN name, MODIFY age BIGINT NULL DEFAULT 2;", `
  "users"["users (changed)"] {
    BIGINT id PK
    BIGINT age "was INT, was NOT NULL, other default"
    VARCHAR(20) email "new"
    VARCHAR(10) name "dropped"
  }
`},
		"renamed columns": {users, "ALTER TABLE users RENAME COLUMN name TO title;\nALTER TABLE users RENAME COLUMN title TO label, CHANGE age years INT NOT NULL DEFAULT 1;", `
  "users"["users (changed)"] {
    BIGINT id PK
    VARCHAR(10) label "was name"
    INT years "was age"
  }
`},
		"a renamed table": {users, "RENAME TABLE users TO people;\nALTER TABLE people ADD COLUMN email INT;", `
  "people"["people (was users)"] {
    BIGINT id PK
    VARCHAR(10) name
    INT age
    INT email "new"
  }
`},
		"a table made anew": {users, "DROP TABLE users;\nCREATE TABLE users (id INT PRIMARY KEY);", `
  "users"["users (dropped and created anew)"] {
    INT id PK
  }
`},
		"a table of before the history": {"CREATE TABLE a (id INT);", "ALTER TABLE legacy ADD COLUMN x INT;", `
  "legacy"["legacy (changed)"] {
    INT x "new"
  }
`},
		"foreign keys": {
			users + "CREATE TABLE a (id BIGINT PRIMARY KEY, u BIGINT, v BIGINT, CONSTRAINT f1 FOREIGN KEY (u) REFERENCES users (id));",
			"ALTER TABLE a DROP FOREIGN KEY f1, ADD UNIQUE KEY (v), ADD CONSTRAINT f2 FOREIGN KEY (v) REFERENCES users (id);", `
  "a"["a (changed)"] {
    BIGINT id PK
    BIGINT u
    BIGINT v FK, UK
  }
  "users" |o--o| "a" : "v (new)"
  "users" |o..o{ "a" : "u (dropped)"
`,
		},
		"those that refer to it": {users + "CREATE TABLE a (id BIGINT PRIMARY KEY, CONSTRAINT f1 FOREIGN KEY (id) REFERENCES users (id));", "ALTER TABLE users DROP COLUMN name;", `
  "users"["users (changed)"] {
    BIGINT id PK
    INT age
    VARCHAR(10) name "dropped"
  }
  "users" ||--o| "a" : "id"
`},
		"names": {users, "CREATE TABLE `注文 一覧` (`氏名` INT, `pk` INT, `1st` INT, `a b` DECIMAL(10,2), `e` ENUM('x','y'), `plain` TINYINT UNSIGNED);\nCREATE TABLE `注文_一覧` (id INT);", `
  "注文_一覧"["注文_一覧 (new)"] {
    INT column_1 "氏名"
    INT pk_ "pk"
    INT _1st "1st"
    DECIMAL(10_2) a_b "a b"
    ENUM e
    TINYINT_UNSIGNED plain
  }
  "注文_一覧_2"["注文_一覧 (new)"] {
    INT id
  }
`},
		"a direction": {users, "CREATE TABLE `direction TB` (`direction LR` BIGINT, CONSTRAINT f FOREIGN KEY (`direction LR`) REFERENCES users (id));", `
  "direction_TB"["direction_TB (new)"] {
    BIGINT direction_LR FK "direction_LR"
  }
  "users" |o--o{ "direction_TB" : "direction_LR"
`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := "erDiagram" + test.want + "```\n"
			if diff := cmp.Diff(want, diagramOf(t, test.before, test.after)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiagramWithoutChanges(t *testing.T) {
	t.Parallel()
	if got := diagramOf(t, "CREATE TABLE a (id INT);", "UPDATE a SET id = 1 WHERE id = 2;"); got != "" {
		t.Error(got)
	}
}

func TestDiagramIsBounded(t *testing.T) {
	t.Parallel()
	var tables strings.Builder
	for i := range 40 {
		fmt.Fprintf(&tables, "CREATE TABLE t%d (id BIGINT PRIMARY KEY", i)
		for j := range i * 2 {
			fmt.Fprintf(&tables, ", c%d INT", j)
		}
		tables.WriteString(");\n")
	}
	got := diagramOf(t, "CREATE TABLE a (id INT);", tables.String())
	if n := strings.Count(got, " (new)"); n != 12 {
		t.Errorf("%d tables", n)
	}
	if !strings.Contains(got, "28 more changed tables are not in the diagram.") {
		t.Error("nothing says that tables were left out")
	}
	var more []string
	for i := range 60 {
		more = append(more, fmt.Sprintf(", c%d INT", i))
	}
	got = diagramOf(t, "CREATE TABLE a (id INT);", "CREATE TABLE t (id INT"+strings.Join(more, "")+");")
	if !strings.Contains(got, `more columns "31 more"`) {
		t.Errorf("nothing says that columns were left out:\n%s", got)
	}
}

// diagramLine is what a line of a diagram may be: what Mermaid reads in no other way, in any version since 10.5.
var diagramLine = regexp.MustCompile("^(erDiagram|" +
	`  "[^"%\\\s]+"(\["[^"%\\{}\[\]` + "`" + `<>&#;~@$]+"\]( \{)?)?|  \}|` +
	`    [A-Z][A-Za-z0-9_()]* [A-Za-z_][A-Za-z0-9_]*( (PK|FK|UK)(, (FK|UK))*)?( "[^"%\\{}\[\]` + "`" + `<>&#;~@$]+")?|    more columns "[0-9]+ more"|` +
	`  "[^"%\\\s]+" (\|\||\|o)(--|\.\.)(o\||o\{) "[^"%\\\s]+" : "[^"%\\{}\[\]` + "`" + `<>&#;~@$]+")$`)

func TestHostileDiagram(t *testing.T) {
	t.Parallel()
	for _, bad := range hostile {
		if strings.Contains(bad, "\x00") {
			continue // no SQL
		}
		body := english().Body(hostileReport(t, bad), review.BodyOptions{})
		_, diagram, found := strings.Cut(body, "```mermaid\n")
		diagram, _, ended := strings.Cut(diagram, "\n```")
		if !found || !ended {
			t.Errorf("%.20q: no diagram in\n%s", bad, body)
		}
		for line := range strings.Lines(diagram) {
			line = strings.TrimSuffix(line, "\n")
			if !diagramLine.MatchString(line) || regexp.MustCompile(`(?i)direction\s`).MatchString(line) {
				t.Errorf("%.20q: %s", bad, line)
			}
		}
	}
}
