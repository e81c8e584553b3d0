package ddlparse

import "testing"

// CONVERT TO writes no definition, but the keys over its columns must fit the wider characters.
func TestConvertToChecksKeys(t *testing.T) {
	t.Parallel()
	_, problems := replayed(t, "mysql 8.4", `
CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(1000), KEY k (code)) CHARSET latin1;
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4;`)
	if len(problems) != 1 || problems[0].Kind != ConversionOverflow || problems[0].Number != 1071 {
		t.Errorf("problems: %v, want charset-conversion-index-overflow (1071)", problems)
	}
}

// A key over a column that an earlier statement declared NULL makes it NOT NULL; only in one statement the two
// contradict each other.
func TestPrimaryKeyOverNullableColumn(t *testing.T) {
	t.Parallel()
	s, problems := replayed(t, "mysql 8.4", `
CREATE TABLE t (id INT NULL, name VARCHAR(10));
ALTER TABLE t ADD PRIMARY KEY (id);
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4;`)
	if len(problems) != 0 {
		t.Errorf("problems: %v, want none", problems)
	}
	if c := s.Table(Name{Name: "t"}).Column("id"); !c.NotNull {
		t.Error("id still takes NULL")
	}
}

// MariaDB's short collation names mean the one of the character set, so that a child with the short name
// matches a parent with the long one.
func TestShortCollationName(t *testing.T) {
	t.Parallel()
	s, problems := replayed(t, "mariadb 10.11", `
CREATE TABLE p (code VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci PRIMARY KEY);
CREATE TABLE c (code VARCHAR(10) COLLATE uca1400_ai_ci, FOREIGN KEY (code) REFERENCES p (code));
CREATE TABLE d (code VARCHAR(10) PRIMARY KEY, FOREIGN KEY (code) REFERENCES p (code)) COLLATE=uca1400_ai_ci;
CREATE TABLE e (code VARCHAR(10) COLLATE uca1400_ai_ci) CHARSET utf8mb3;`)
	if len(problems) != 0 {
		t.Errorf("problems: %v, want none", problems)
	}
	for _, name := range []string{"c", "d"} {
		if c := s.Table(Name{Name: name}).Column("code"); c.Charset != "utf8mb4" || c.Collation != "utf8mb4_uca1400_ai_ci" {
			t.Errorf("%s.code: got %s, %s", name, c.Charset, c.Collation)
		}
	}
	if c := s.Table(Name{Name: "e"}).Column("code"); c.Collation != "utf8mb3_uca1400_ai_ci" {
		t.Errorf("e.code: got %s", c.Collation)
	}
}

// replayed applies the statements to an empty schema.
func replayed(t *testing.T, engine, sql string) (Schema, []*Problem) {
	t.Helper()
	e, err := ParseEngine(engine)
	if err != nil {
		t.Fatal(err)
	}
	src := &Source{Path: "case.sql", Text: sql}
	var problems []*Problem
	s, _ := Replay(NewSchema(Settings{Engine: e}), 1, Parse(src, Located{Tool: PlainSQL}, ParseOptions{Engine: e, Check: true}), func(st *Step) {
		problems = append(problems, st.Problems...)
	})
	return s, problems
}
