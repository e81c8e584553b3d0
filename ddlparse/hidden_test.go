package ddlparse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHiddenStatements(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"body":                   {"CREATE PROCEDURE p()\nBEGIN\n  ALTER TABLE t ADD a int;\n  IF x THEN DROP INDEX i ON t; ELSE TRUNCATE t; END IF;\nEND", []string{"a.sql:3:3 ALTER TABLE t ADD a int", "a.sql:4:13 DROP INDEX i ON t", "a.sql:4:37 TRUNCATE t"}},
		"body without BEGIN":     {"CREATE PROCEDURE p() ALTER TABLE t ADD a int", []string{"a.sql:1:22 ALTER TABLE t ADD a int"}},
		"event":                  {"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO TRUNCATE TABLE t", []string{"a.sql:1:43 TRUNCATE TABLE t"}},
		"truncate function":      {"CREATE FUNCTION f() RETURNS int BEGIN SET @a = TRUNCATE(1, 2); RETURN 1; END", nil},
		"set":                    {"SET @s = 'ALTER TABLE t\n  ADD a int'", []string{"a.sql:1:11 ALTER TABLE t\n  ADD a int"}},
		"escapes":                {`SET @s = 'ALTER TABLE t COMMENT ''a\'b'' ADD x int'`, []string{`a.sql:1:11 ALTER TABLE t COMMENT 'a'b' ADD x int`}},
		"if":                     {"SET @s = (SELECT IF(count(*) > 0, 'SELECT 1', 'DROP TABLE t') FROM x)", []string{"a.sql:1:48 DROP TABLE t"}},
		"prepare":                {"PREPARE s FROM 'create index i on t (a); SELECT 1'", []string{"a.sql:1:17 create index i on t (a)"}},
		"immediate":              {`EXECUTE IMMEDIATE "DROP VIEW v"`, []string{"a.sql:1:20 DROP VIEW v"}},
		"select into":            {"SELECT IF(@a, 'DROP TABLE t', 'DO 0') INTO @s", []string{"a.sql:1:16 DROP TABLE t"}},
		"select":                 {"SELECT 'DROP TABLE t'", nil},
		"concat":                 {"SET @s = CONCAT('ALTER TABLE ', @unknown)", nil},
		"concat of one":          {"SET @s = CONCAT('DROP TABLE t')", []string{"a.sql:1:18 DROP TABLE t"}},
		"concat of a variable":   {"SET @s = CONCAT('ALTER TABLE ', @T, ' ADD', ' a int')", []string{"a.sql:1:18 ALTER TABLE orders ADD a int"}},
		"concat in a choice":     {"SET @s = (SELECT IF((SELECT 1 FROM x WHERE a = @t) > 0, 'SELECT 1', CONCAT('DROP INDEX i ON ', CONCAT(@t))))", []string{"a.sql:1:77 DROP INDEX i ON orders"}},
		"concat of a database":   {"SET @s = CONCAT('ALTER TABLE `', DATABASE(), '`.', @t, ' DROP a')", []string{"a.sql:1:18 ALTER TABLE orders DROP a"}},
		"concat of a search":     {"SET @s = (SELECT a FROM t WHERE b = CONCAT('DROP TABLE ', @t))", nil},
		"replaced concat":        {"SET @s = REPLACE(CONCAT('DROP TABLE ', @t), 'a', 'b')", nil},
		"insert":                 {"INSERT INTO t VALUES ('DROP TABLE t')", nil},
		"compared":               {"SET @s = (SELECT a FROM t WHERE b = 'DROP TABLE t')", nil},
		"column comment":         {"CREATE TABLE t (a int COMMENT 'DROP TABLE t')", nil},
		"literal in a body":      {"CREATE PROCEDURE p() BEGIN SET @s = 'DROP TABLE t'; INSERT INTO l VALUES ('DROP TABLE u'); END", []string{"a.sql:1:38 DROP TABLE t"}},
		"declared":               {"CREATE PROCEDURE p() BEGIN DECLARE s text DEFAULT 'DROP TABLE t'; END", []string{"a.sql:1:52 DROP TABLE t"}},
		"function is no routine": {"CREATE TABLE t (a int)", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := lexOptions{engine: DefaultEngine()}
			src, p := statementOf(t, test.text, o)
			var got []string
			for _, h := range hiddenStatements(src, p.tokens, o, map[string]string{"@t": "orders"}) {
				got = append(got, h.span.String()+" "+h.span.Text())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestHostPositions(t *testing.T) {
	t.Parallel()
	o := lexOptions{engine: DefaultEngine()}
	src, p := statementOf(t, "SET @s =\n'ALTER TABLE t\\n ADD a int,\n  ADD b int'", o)
	hidden := hiddenStatements(src, p.tokens, o, nil)
	if len(hidden) != 1 {
		t.Fatalf("got %d statements, want 1", len(hidden))
	}
	h := hidden[0]
	last := h.tokens[len(h.tokens)-1]
	span := Span{h.src, last.start, last.end}
	if got, want := span.To(), (Pos{Offset: 48, Line: 3, Col: 12}); got != want {
		t.Errorf("end of the last token: got %+v, want %+v", got, want)
	}
	if got, want := h.src.Line(3), "  ADD b int'"; got != want {
		t.Errorf("line 3: got %q, want %q", got, want)
	}
}
