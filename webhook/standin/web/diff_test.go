package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParsePatch(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		patch string
		want  []line
	}{
		"none":        {"", nil},
		"a new file":  {"@@ -0,0 +1,2 @@\n+a\n+b", []line{{"@", 0, 0, "@@ -0,0 +1,2 @@"}, {"+", 0, 1, "a"}, {"+", 0, 2, "b"}}},
		"one line":    {"@@ -7 +7 @@\n-a\n+b", []line{{"@", 0, 0, "@@ -7 +7 @@"}, {"-", 7, 0, "a"}, {"+", 0, 7, "b"}}},
		"no newline":  {"@@ -1 +1 @@\n a\n\\ No newline at end of file", []line{{"@", 0, 0, "@@ -1 +1 @@"}, {" ", 1, 1, "a"}}},
		"an at sign":  {"@@ -1 +1,2 @@\n+@@ -9 +9 @@\n a", []line{{"@", 0, 0, "@@ -1 +1,2 @@"}, {"+", 0, 1, "@@ -9 +9 @@"}, {" ", 1, 2, "a"}}},
		"two hunks":   {"@@ -1 +1 @@ CREATE\n a\n@@ -9 +9 @@\n b", []line{{"@", 0, 0, "@@ -1 +1 @@ CREATE"}, {" ", 1, 1, "a"}, {"@", 0, 0, "@@ -9 +9 @@"}, {" ", 9, 9, "b"}}},
		"blank lines": {"@@ -1,2 +1,2 @@\n \n-\n+x", []line{{"@", 0, 0, "@@ -1,2 +1,2 @@"}, {" ", 1, 1, ""}, {"-", 2, 0, ""}, {"+", 0, 2, "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, parsePatch(test.patch), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMarked(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		lines, other []string
		want         []suggested
	}{
		"a word":                {[]string{"  a INT NOT NULL,"}, []string{"  a BIGINT NOT NULL,"}, []suggested{{"-", "  a ", "INT", " NOT NULL,"}}},
		"whole words":           {[]string{"x idx_b,"}, []string{"x idx_a,"}, []suggested{{"-", "x ", "idx_b", ","}}},
		"more at an end":        {[]string{"a INT;"}, []string{"a INT DEFAULT 1;"}, []suggested{{"-", "a ", "INT", ";"}}},
		"other count":           {[]string{"a", "b"}, []string{"a"}, []suggested{{"-", "a", "", ""}, {"-", "b", "", ""}}},
		"the same":              {[]string{"a"}, []string{"a"}, []suggested{{"-", "", "a", ""}}},
		"letters of many bytes": {[]string{"名 '決済'"}, []string{"名 '決算'"}, []suggested{{"-", "名 ", "'決済'", ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, marked("-", test.lines, test.other)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
