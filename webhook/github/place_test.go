package github

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

const shopPath = "db/migrations/V2__orders.sql"

// finding finds the one finding of a rule.
func finding(t *testing.T, r *review.Report, rule string) review.Finding {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f review.Finding) bool { return f.Rule == rule })
	if i < 0 {
		t.Fatalf("no %s among %+v", rule, r.Findings)
	}
	return r.Findings[i]
}

func TestPlaceOf(t *testing.T) {
	t.Parallel()
	r := judge(t, migration(shopPath,
		"CREATE TABLE users (", // 1
		"  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY",
		");",
		"CREATE TABLE orders (", // 4
		"  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,",
		"  user_id INT NOT NULL,", // 6
		"  price FLOAT NOT NULL,", // 7
		"  CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id)",
		");",
	))
	fk, price := finding(t, r, "foreign-key-type-mismatch"), finding(t, r, "float-or-double-column")
	s, ok := review.Suggest(fk)
	if !ok {
		t.Fatalf("no suggestion for %+v", fk)
	}
	for name, c := range map[string]struct {
		f        review.Finding
		hunks    []hunk
		want     place
		suggests bool
	}{
		"suggestion":            {fk, []hunk{{1, 9, nil}}, place{shopPath, s.First, s.Last}, true},
		"lines":                 {price, []hunk{{1, 9, nil}}, place{shopPath, 7, 7}, false},
		"first line of a hunk":  {price, []hunk{{7, 9, nil}}, place{shopPath, 7, 7}, false},
		"last line of a hunk":   {price, []hunk{{1, 7, nil}}, place{shopPath, 7, 7}, false},
		"in the second hunk":    {price, []hunk{{1, 2, nil}, {6, 9, nil}}, place{shopPath, 7, 7}, false},
		"between hunks":         {price, []hunk{{1, 6, nil}, {8, 9, nil}}, place{}, false},
		"no diff":               {price, nil, place{}, false},
		"another file":          {within(price, 3), nil, place{}, false},
		"over the hunk's end":   {statement(price), []hunk{{4, 6, nil}}, place{shopPath, 4, 4}, false},
		"what was written":      {statement(price), []hunk{{1, 5, []int{5}}}, place{shopPath, 5, 5}, false},
		"short statement":       {statement(price), []hunk{{1, 9, nil}}, place{shopPath, 4, 9}, false},
		"elsewhere in its list": {gathered(fk, price), []hunk{{7, 7, nil}}, place{shopPath, 7, 7}, false},
		"about no place":        {review.Finding{Rule: "x"}, []hunk{{1, 9, nil}}, place{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, suggests, ok := placeOf(c.f, func(string) []hunk { return c.hunks })
			if !ok {
				at = place{}
			}
			if diff := cmp.Diff(c.want, at, cmp.AllowUnexported(place{})); diff != "" || suggests != c.suggests {
				t.Errorf("suggests %v, want %v (-want +got)\n%s", suggests, c.suggests, diff)
			}
		})
	}
}

func TestLongStatementsAreAnchoredAtTheirFirstLine(t *testing.T) {
	t.Parallel()
	lines := []string{"CREATE TABLE logs ("}
	for range 20 {
		lines = append(lines, "  -- a line")
	}
	f := statement(finding(t, judge(t, migration(shopPath, append(lines, "  note TEXT", ");")...)), "require-primary-key"))
	at, _, ok := placeOf(f, func(string) []hunk { return parseHunks("@@ -0,0 +1,23 @@\n" + strings.Repeat("+x\n", 23)) })
	if want := (place{shopPath, 1, 1}); !ok || at != want {
		t.Errorf("got %v %v, want %v", at, ok, want)
	}
}

// statement is the finding as if its whole statement were to blame.
func statement(f review.Finding) review.Finding {
	f.Span = f.Statement.Span
	return f
}

// gathered is a finding with the place of another one.
func gathered(f, other review.Finding) review.Finding {
	f.Fix, f.Places = nil, append(f.Places, other.Span)
	f.Span.End = f.Span.Start
	f.Span.Start, f.Span.End = 0, 1
	return f
}

func within(f review.Finding, bytes int32) review.Finding {
	f.Span.Start, f.Span.End = 0, bytes
	return f
}
