package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// now is the day on which these tests run.
var now = time.Date(2027, 4, 1, 9, 0, 0, 0, time.UTC)

// findingsAt makes a finding at each <rule|text> mark and takes the marks out. Statements end at
// semicolons; "rule!" makes a finding that spans its whole statement.
func findingsAt(sql string) (*ddlparse.Source, []Finding) {
	var text strings.Builder
	var findings []Finding
	for {
		before, rest, found := strings.Cut(sql, "<")
		text.WriteString(before)
		if !found {
			break
		}
		mark, after, _ := strings.Cut(rest, ">")
		rule, object, _ := strings.Cut(mark, "|")
		start := int32(text.Len())
		text.WriteString(object)
		findings = append(findings, Finding{Rule: rule, Object: object, Severity: Error, Span: ddlparse.Span{Start: start, End: int32(text.Len())}})
		sql = after
	}
	src := &ddlparse.Source{Path: "db/V3__x.sql", Text: text.String()}
	for i := range findings {
		f := &findings[i]
		f.Span.Source = src
		f.Statement = &ddlparse.Statement{Span: statementAround(src, f.Span)}
		if rule, whole := strings.CutSuffix(f.Rule, "!"); whole {
			f.Rule, f.Span = rule, f.Statement.Span
		}
	}
	return src, findings
}

// statementAround finds the statement by the first keyword before and the semicolon behind.
func statementAround(src *ddlparse.Source, at ddlparse.Span) ddlparse.Span {
	start := max(strings.LastIndex(src.Text[:at.End], "CREATE"), strings.LastIndex(src.Text[:at.End], "ALTER"))
	end := strings.IndexByte(src.Text[at.End:], ';')
	return ddlparse.Span{Source: src, Start: int32(start), End: at.End + int32(end)}
}

// outcome says what became of the findings, one a line: "suppressed a: reason", "kept a", and notices.
func outcome(kept []Finding, suppressed []Suppressed) string {
	var lines []string
	english := message.NewPrinter(language.English)
	for _, s := range suppressed {
		lines = append(lines, fmt.Sprintf("suppressed %s (%s, %s)", s.Finding.Object, s.Reason, s.By))
	}
	for _, f := range kept {
		if f.Problem.IsZero() {
			lines = append(lines, "kept "+f.Object)
			continue
		}
		lines = append(lines, fmt.Sprintf("%s %s at %s: %s %s", f.Severity, f.Rule, f.Span, f.Problem.In(english), f.Advice.In(english)))
	}
	return strings.Join(lines, "\n")
}

func TestSuppressions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, want string }{
		"line before": {
			"-- schema-review: ignore drop-column nobody reads it (DBRE-123)\nALTER TABLE t <drop-column|DROP COLUMN a>;",
			"suppressed DROP COLUMN a (nobody reads it (DBRE-123), db/V3__x.sql:1)",
		},
		"same line": {
			"ALTER TABLE t <drop-column|DROP COLUMN a>; -- schema-review: ignore drop-column unread",
			"suppressed DROP COLUMN a (unread, db/V3__x.sql:1)",
		},
		"hash": {
			"# schema-review: ignore drop-column unread\r\nALTER TABLE t <drop-column|DROP COLUMN a>;",
			"suppressed DROP COLUMN a (unread, db/V3__x.sql:1)",
		},
		"block": {
			"/* schema-review: ignore drop-column unread */ ALTER TABLE t <drop-column|DROP COLUMN a>;",
			"suppressed DROP COLUMN a (unread, db/V3__x.sql:1)",
		},
		"block of several lines": {
			"/*\n * We tidy up.\n * schema-review: ignore drop-column unread\n */\nALTER TABLE t\n  <drop-column|DROP COLUMN a>;",
			"suppressed DROP COLUMN a (unread, db/V3__x.sql:3)",
		},
		"among other comments": {
			"-- one\n-- schema-review: ignore drop-column unread\n-- two\nALTER TABLE t\n  <drop-column|DROP COLUMN a>;",
			"suppressed DROP COLUMN a (unread, db/V3__x.sql:2)",
		},
		"several rules": {
			"-- schema-review: ignore drop-column, drop-table both known\nALTER TABLE t <drop-column|a>, <drop-table|b>;",
			"suppressed a (both known, db/V3__x.sql:1)\nsuppressed b (both known, db/V3__x.sql:1)",
		},
		"dash before the reason": {
			"-- schema-review: ignore drop-column -- unread\nALTER TABLE t <drop-column|a>;",
			"suppressed a (unread, db/V3__x.sql:1)",
		},
		"whole statement": {
			"-- schema-review: ignore drop-column unread\nALTER TABLE t\n  <drop-column|a>,\n  <drop-column|b>;\nALTER TABLE t\n  <drop-column|c>;",
			"suppressed a (unread, db/V3__x.sql:1)\nsuppressed b (unread, db/V3__x.sql:1)\nkept c",
		},
		"a column's line": {
			"CREATE TABLE t (\n  -- schema-review: ignore drop-column unread\n  <drop-column|a> INT,\n  <drop-column|b> INT\n);",
			"suppressed a (unread, db/V3__x.sql:2)\nkept b",
		},
		"end of a column's line": {
			"CREATE TABLE t (\n  <drop-column|a> INT, -- schema-review: ignore drop-column unread\n  <drop-column|b> INT\n);",
			"suppressed a (unread, db/V3__x.sql:2)\nkept b",
		},
		"end of a clause of several lines": {
			"ALTER TABLE t\n  <drop-column|ADD a\n    INT>, -- schema-review: ignore drop-column unread\n  <drop-column|b>;",
			"suppressed ADD a\n    INT (unread, db/V3__x.sql:3)\nkept b",
		},
		"end of the last line covers what spans the statement": {
			"CREATE TABLE t (\n  <drop-column|a> INT\n) <drop-table!|ENGINE>; -- schema-review: ignore drop-table known",
			"suppressed ENGINE (known, db/V3__x.sql:3)\nkept a",
		},
		"another rule": {
			"-- schema-review: ignore drop-table known\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: `drop-table` finds nothing here, so there is nothing to suppress. Delete the comment, or it will hide a finding that somebody should see.",
		},
		"one rule of two unused": {
			"-- schema-review: ignore drop-column,drop-table known\nALTER TABLE t <drop-column|a>;",
			"suppressed a (known, db/V3__x.sql:1)\nnotice suppression-unused at db/V3__x.sql:1:4: `drop-table` finds nothing here, so there is nothing to suppress. Delete the comment, or it will hide a finding that somebody should see.",
		},
		"empty line between": {
			"-- schema-review: ignore drop-column unread\n\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: No SQL follows directly, so this suppression of `drop-column` covers nothing. Put it on the line before the statement, column or clause, or at the end of its line.",
		},
		"end of file": {
			"ALTER TABLE t <drop-column|a>;\n-- schema-review: ignore drop-column unread",
			"kept a\nnotice suppression-unused at db/V3__x.sql:2:4: No SQL follows directly, so this suppression of `drop-column` covers nothing. Put it on the line before the statement, column or clause, or at the end of its line.",
		},
		"no reason": {
			"-- schema-review: ignore drop-column\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-without-reason at db/V3__x.sql:1:4: This suppression of `drop-column` gives no reason, so it suppresses nothing. Say behind the rule why this is accepted.",
		},
		"a dash is no reason": {
			"-- schema-review: ignore drop-column --\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-without-reason at db/V3__x.sql:1:4: This suppression of `drop-column` gives no reason, so it suppresses nothing. Say behind the rule why this is accepted.",
		},
		"no rule": {
			"-- schema-review: ignore-file\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-without-reason at db/V3__x.sql:1:4: This suppression names no rule, so it suppresses nothing. Write `schema-review: ignore-file <rule-id> <reason>`.",
		},
		"a dash is no rule": {
			"-- schema-review: ignore -- all is well\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-without-reason at db/V3__x.sql:1:4: This suppression names no rule, so it suppresses nothing. Write `schema-review: ignore <rule-id> <reason>`.",
		},
		"no verb": {
			"-- schema-review:\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: This comment does nothing: behind `schema-review:` stands no verb. Write one of `ignore`, `ignore-file`.",
		},
		"a star is no rule": {
			"-- schema-review: ignore-file * all is well\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: There is no rule `*`, so nothing is suppressed. Write one of `drop-column`, `drop-table`, `column-without-comment`, `table-name-format`, `mariadb-only`, `suppression-without-reason`, `suppression-unused`, `suppression-expired`.",
		},
		"unknown rule": {
			"-- schema-review: ignore drop-colum unread\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: There is no rule `drop-colum`, so nothing is suppressed. Did you mean `drop-column`?",
		},
		"unknown verb": {
			"-- schema-review: ignore-files drop-column unread\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-unused at db/V3__x.sql:1:4: This comment does nothing: there is no `schema-review: ignore-files`. Did you mean `ignore-file`?",
		},
		"file": {
			"\uFEFF-- about\n-- schema-review: ignore-file drop-column unread\n\nALTER TABLE t <drop-column|a>, <drop-table|b>;\nALTER TABLE t <drop-column|c>;",
			"suppressed a (unread, db/V3__x.sql:2)\nsuppressed c (unread, db/V3__x.sql:2)\nkept b",
		},
		"file below SQL": {
			"ALTER TABLE t <drop-column|a>;\n-- schema-review: ignore-file drop-column unread\nALTER TABLE t <drop-column|c>;",
			"kept a\nkept c\nnotice suppression-unused at db/V3__x.sql:2:4: `ignore-file` stands below SQL, so it suppresses nothing. Move it to the comments at the top of the file, or write `ignore` directly before the statement.",
		},
		"in a string": {
			"CREATE TABLE t (a TEXT COMMENT '\n-- schema-review: ignore drop-column unread\n', <drop-column|b>);",
			"kept b",
		},
		"mentioned in a sentence": {
			"-- see schema-review: ignore drop-column unread\nALTER TABLE t <drop-column|a>;",
			"kept a",
		},
		"a rule that is off": {
			"-- schema-review: ignore column-without-comment later\nALTER TABLE t <drop-column|a>;",
			"kept a",
		},
		"a rule of another engine": {
			"-- schema-review: ignore mariadb-only later\nALTER TABLE t <drop-column|a>;",
			"kept a",
		},
		"until today": {
			"-- schema-review: ignore drop-column until 2027-04-01 the old release writes it\nALTER TABLE t <drop-column|a>;",
			"suppressed a (the old release writes it, db/V3__x.sql:1)",
		},
		"until yesterday": {
			"-- schema-review: ignore drop-column until 2027-03-31 the old release writes it\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-expired at db/V3__x.sql:1:4: This suppression of `drop-column` ran out on 2027-03-31, so the rule speaks again. Mend what it hid, or give it a later date with a reason that still holds.",
		},
		"until without a date": {
			"-- schema-review: ignore drop-column until the old release is gone\nALTER TABLE t <drop-column|a>;",
			"suppressed a (until the old release is gone, db/V3__x.sql:1)",
		},
		"a date is no reason": {
			"-- schema-review: ignore drop-column until 2027-04-01\nALTER TABLE t <drop-column|a>;",
			"kept a\nnotice suppression-without-reason at db/V3__x.sql:1:4: This suppression of `drop-column` gives no reason, so it suppresses nothing. Say behind the rule why this is accepted.",
		},
		"two comments for one finding": {
			"-- schema-review: ignore drop-column one\nALTER TABLE t <drop-column|a>; -- schema-review: ignore drop-column two",
			"suppressed a (one, db/V3__x.sql:1)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, findings := findingsAt(c.sql)
			config := mustLoad(t, repository("engine: mysql 8.4"))
			got := outcome(newApplier(FindSuppressions(src), config, now).apply(findings))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestIgnoreEntries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ entry, want string }{
		"a glob":             {"object: ord*", "suppressed orders.id (r, .github/schema-review.yml:1)"},
		"columns":            {"object: orders.*", "suppressed orders.id (r, .github/schema-review.yml:1)"},
		"without case":       {"object: ORDERS.ID", "suppressed orders.id (r, .github/schema-review.yml:1)"},
		"another object":     {"object: orders", "kept orders.id"},
		"until today":        {"object: orders.id, until: 2027-04-01", "suppressed orders.id (r, .github/schema-review.yml:1)"},
		"until yesterday":    {"object: orders.id, until: 2027-03-31", "kept orders.id\nnotice suppression-expired at .github/schema-review.yml:1:1: The entry that ignores `drop-column` for `orders.id` ran out on 2027-03-31, so the rule speaks again. Mend what it hid, or give it a later `until` with a reason that still holds."},
		"question mark":      {"object: 'orders.i?'", "suppressed orders.id (r, .github/schema-review.yml:1)"},
		"only its beginning": {"object: orders.i", "kept orders.id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := mustLoad(t, repository("ignore: [{rule: drop-column, reason: r, "+c.entry+"}]"))
			findings := []Finding{{Rule: "drop-column", Object: "orders.id"}}
			got := outcome(newApplier(nil, config, now).apply(findings))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRequiredRulesCantBeSuppressed(t *testing.T) {
	t.Parallel()
	config := mustLoad(t, organisation("required: [drop-column]\nignore: [{rule: drop-column, object: old, reason: gone soon}]"))
	src, findings := findingsAt("-- schema-review: ignore drop-column unread\nALTER TABLE t <drop-column|a>, <drop-column|old>;")
	want := "suppressed old (gone soon, acme/.github/schema-review.yml:2)\nkept a\n" +
		"notice suppression-unused at db/V3__x.sql:1:4: The organisation requires `drop-column`, so a comment can't suppress it. Mend what the rule says, or ask those who keep acme/.github/schema-review.yml:1."
	if diff := cmp.Diff(want, outcome(newApplier(FindSuppressions(src), config, now).apply(findings))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoticesHaveTheConfiguredSeverity(t *testing.T) {
	t.Parallel()
	src, _ := findingsAt("-- schema-review: ignore drop-column unread\nALTER TABLE t;")
	for severity, want := range map[string]int{"off": 0, "error": 1} {
		config := mustLoad(t, repository("rules: {suppression-unused: "+severity+"}"))
		kept, _ := newApplier(FindSuppressions(src), config, now).apply(nil)
		if len(kept) != want || len(kept) == 1 && kept[0].Severity != Error {
			t.Errorf("%s: %v", severity, kept)
		}
	}
}

// In a file that is reviewed in part, an unused suppression is no news; a misspelt one still is.
func TestPartialFiles(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]int{"drop-column": 0, "drop-colum": 1} {
		src, _ := findingsAt("-- schema-review: ignore " + rule + " unread\nALTER TABLE t;")
		found := FindSuppressions(src)
		found[0].Partial = true
		if kept, _ := newApplier(found, mustLoad(t), now).apply(nil); len(kept) != want {
			t.Errorf("%s: %v, want %d notices", rule, kept, want)
		}
	}
}

// A file's line of another version of the same file is not the same line.
func TestSuppressionCoversItsOwnSourceOnly(t *testing.T) {
	t.Parallel()
	const sql = "ALTER TABLE t <drop-column|a>; -- schema-review: ignore drop-column unread"
	src, _ := findingsAt(sql)
	_, others := findingsAt(sql)
	kept, suppressed := newApplier(FindSuppressions(src), mustLoad(t), now).apply(others)
	if len(suppressed) != 0 || len(kept) != 2 {
		t.Errorf("kept %v, suppressed %v", kept, suppressed)
	}
}

func TestFindSuppressionsCostsNothingWithoutAny(t *testing.T) { // counting allocations excludes t.Parallel
	src := &ddlparse.Source{Text: strings.Repeat("ALTER TABLE t ADD a INT; -- a comment\n", 100)}
	if n := testing.AllocsPerRun(10, func() { FindSuppressions(src) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzSuppressions(f *testing.F) {
	for _, seed := range []string{
		"-- schema-review: ignore drop-column why\nALTER TABLE t DROP a;", "/* schema-review: ignore a,b, c d */", "#schema-review:", "--schema-review: ignore-file drop-table x",
		"/*schema-review:*/*/", "'-- schema-review: ignore a b", "/*\nschema-review: ignore a b\n\n */ x", "\uFEFF# schema-review: ignore , , ,", "-- schema-review: ignore a\x00b \xff",
		"/*! schema-review: ignore a b */", "DELIMITER //\n-- schema-review: ignore drop-table x\n//", "${schema-review: ignore a b}", "-- schema-review: ignore\u00a0a b",
	} {
		f.Add(seed)
	}
	config, _ := LoadConfig(nil, catalogue(), nil)
	f.Fuzz(func(t *testing.T, sql string) {
		src := &ddlparse.Source{Path: "a.sql", Text: sql}
		found := FindSuppressions(src)
		for _, s := range found {
			if !strings.HasPrefix(s.Span.Text(), directive) || slices.Contains(s.Rules, "") {
				t.Errorf("%+v is at %q", s, s.Span.Text())
			}
		}
		whole := Finding{Rule: "drop-table", Span: ddlparse.Span{Source: src, Start: 0, End: int32(len(sql))}}
		kept, suppressed := newApplier(found, config, now).apply([]Finding{whole})
		if len(suppressed) > 1 || len(suppressed) == 1 && slices.ContainsFunc(kept, func(f Finding) bool { return f.Rule == "drop-table" }) {
			t.Errorf("kept and suppressed: %v, %v", kept, suppressed)
		}
	})
}
