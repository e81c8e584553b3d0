package ddlparse

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHostileText feeds what made parsers panic, overflow or take minutes. Everything must end soon.
func TestHostileText(t *testing.T) {
	t.Parallel()
	n := strings.Repeat
	tests := map[string]string{
		"82 digits":            "SELECT " + n("9", 82),
		"adjacent strings":     "SELECT " + n("'a' ", 100_000),
		"nested subqueries":    n("(SELECT ", 1_000_000) + n(")", 1_000_000),
		"open parentheses":     "SELECT " + n("(", 1_000_000),
		"comments":             n("/**/", 3_000_000) + "SELECT 1",
		"executable comments":  n("/*!", 3_000_000) + "SELECT 1",
		"executable, closed":   n("/*!*/", 1_000_000) + "SELECT 1",
		"skipped and nested":   "/*!99999 " + n("/*", 500_000) + n("*/", 500_000),
		"skipped, many":        n("/*!99999 /* */ ", 200_000),
		"comment lines":        n("-- a\n", 1_000_000) + "SELECT 1",
		"comments behind":      "SELECT 1;" + n("/**/", 300_000),
		"deep CASE":            "SELECT " + n("CASE WHEN 1 THEN ", 100_000) + "1" + n(" END", 100_000),
		"blocks":               "CREATE PROCEDURE p() " + n("BEGIN ", 200_000) + n("END;", 200_000),
		"NOT":                  "SELECT " + n("NOT ", 200_000) + "1",
		"minus":                "SELECT " + n("- ", 400_000) + "1",
		"sums":                 "CREATE VIEW v AS SELECT " + n("1+", 400_000) + "1",
		"braces":               n("{", 1_000_000),
		"placeholders open":    n("${", 500_000),
		"template open":        n("{{if ", 300_000),
		"semicolons":           n(";", 1_000_000),
		"DELIMITER":            n("DELIMITER $$\n", 100_000),
		"columns of that name": "CREATE TABLE t (" + n("\ndelimiter int,", 100_000) + ")",
		"backslashes":          n("\\\n", 500_000),
		"at signs":             n("@", 500_000),
		"quotes":               n("'", 500_001),
		"dashes":               n("--x\n", 300_000),
		"dollars":              n("AS $a$ b ", 1000) + n("AS $c ", 300_000),
		"dollars, open":        manyTags(100_000),
		"seed":                 "INSERT INTO t VALUES " + n("(1,2,3),", 1_000_000) + "(1)",
		"USE":                  n("USE ", 300_000),
		"prepared strings":     "SELECT " + n("'DROP TABLE t',", 50_000) + "1",
		"one line":             "CREATE TABLE t (" + n("a int,", 150_000) + "b int) x",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			src := &Source{Path: "a.sql", Text: text}
			o := lexOptions{engine: Engine{MySQL, 9, 7, 99}}
			j := newJudge(o)
			pieces := split(src, PlainSQL, o)
			if message := broken(src, pieces); message != "" {
				t.Error(message)
			}
			for _, p := range pieces[:min(len(pieces), 1000)] {
				if p.kind == pieceStatement {
					j.check(src, p.span, p.tokens, nil)
					hiddenStatements(src, p.tokens, o, nil)
				}
			}
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("took %v", took)
			} else if testing.Verbose() {
				t.Logf("%v for %d KB", took, len(text)>>10)
			}
		})
	}
}

func TestGuardReasons(t *testing.T) {
	t.Parallel()
	n := strings.Repeat
	tests := map[string]struct{ text, want string }{
		"fine":        {"SELECT " + n("(", 500) + "1" + n(")", 500), ""},
		"deep":        {"SELECT " + n("(", 501) + "1" + n(")", 501), "nested more than 500 deep"},
		"digits":      {"SELECT " + n("1", 66), "66 digits"},
		"hexadecimal": {"SELECT 0x" + n("1", 80), ""},
		"strings":     {"SELECT " + n("'a' ", 1001), "1000 strings"},
		"NOT":         {"SELECT " + n("NOT ", 501) + "1", "prefix operators"},
		"seed":        {"INSERT INTO t VALUES ('" + n("a", 1<<20) + "')", ""},
		"large":       {"SELECT '" + n("a", 1<<20) + "'", "1024 KB"},
	}
	for name, test := range tests {
		src, p := statementOf(t, test.text, lexOptions{engine: DefaultEngine()})
		got := guard(src, p.tokens)
		if got == "" != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// manyTags opens dollar-quoted texts with tags of their own, and closes none.
func manyTags(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, "AS $t%d$ ", i)
	}
	return b.String()
}
