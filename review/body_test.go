package review_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// wide is a report with more of everything than a body can hold.
func wide(t *testing.T) *review.Report {
	t.Helper()
	var sql strings.Builder
	for i := range 300 {
		fmt.Fprintf(&sql, "CREATE TABLE `注文明細%d` (id BIGINT PRIMARY KEY%s);\n", i, strings.Repeat(fmt.Sprintf(", `項目%d` INT", i), 1))
	}
	sql.WriteString("DROP TABLE a;\n")
	r := reviewed(t, &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY);")}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(sql.String())}},
	})
	src := &ddlparse.Source{Path: "db/V3__c.sql", Text: strings.Repeat("x\n", 5000)}
	for i := range 5000 {
		span := ddlparse.Span{Source: src, Start: int32(2 * i), End: int32(2*i + 1)}
		r.Findings = append(r.Findings, review.Finding{Rule: "drop-table", Severity: review.Error, Span: span, Problem: review.Msg("%s", strings.Repeat("長い文𠮷&", 40))})
		r.NotReviewed = append(r.NotReviewed, review.NotReviewed{Path: "db/V3__c.sql", Span: span, What: "CREATE PROCEDURE", Reason: review.Msg("its body is not analysed")})
	}
	return r
}

func TestBodyIsBounded(t *testing.T) {
	t.Parallel()
	v, r := english(), wide(t)
	var problems []review.ConfigProblem
	for range 500 {
		problems = append(problems, review.ConfigProblem{Path: ".github/schema-review.yml", Line: 1, Column: 1, Problem: review.Msg("%s", strings.Repeat("長い文", 40))})
	}
	for name, text := range map[string]string{
		"body":    v.Body(r, review.BodyOptions{Outside: r.Findings, Problems: problems, Preview: problems, Previews: true}),
		"summary": v.CheckSummary(r, review.CheckOptions{Problems: problems, Preview: problems, Previews: true}),
	} {
		if n := len(utf16.Encode([]rune(text))); n > 65_000 || n < 25_000 {
			t.Errorf("%s: %d characters", name, n)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "|") && !strings.HasSuffix(line, "|\n") || strings.HasPrefix(line, "- 🛑") && !strings.HasSuffix(line, "&#38;\n") && !strings.Contains(line, "`a`") {
				t.Errorf("%s: cut within a part: %s", name, line)
			}
		}
		if n := strings.Count(text, "\n- ") - strings.Count(text, " more\n"); strings.Count(text, " more\n") != 4 {
			t.Errorf("%s: %d items, and %d times it says that some are left out", name, n, strings.Count(text, " more\n"))
		}
		if !strings.Contains(text, "Not reviewed:\n\n- `db/V3__c.sql` L1 `CREATE PROCEDURE`: its body is not analysed\n") {
			t.Errorf("%s doesn't say what was not reviewed", name)
		}
		checkMarkup(t, name, text)
	}
}

// The statements with findings come first, in their order.
func TestBodyChoosesStatements(t *testing.T) {
	t.Parallel()
	body := english().Body(wide(t), review.BodyOptions{})
	if !strings.Contains(body, "| `V2` L301 | `DROP TABLE a` | metadata only | – | run as is | 🛑 `drop-table` |\n") {
		t.Error("the table doesn't have the statement with the finding")
	}
	if !strings.Contains(body, "251 more statements are not listed.") || strings.Count(body, "\n| `V2`") != 50 {
		t.Error("the table is not as long as it may be")
	}
}

func TestBody(t *testing.T) {
	t.Parallel()
	history := []review.File{{Path: "db/V1__a.sql", Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY, b INT);")}}
	head := func(sql string) []review.Changed { return []review.Changed{{Path: "db/V2__b.sql", Head: []byte(sql)}} }
	problems := []review.ConfigProblem{{Path: ".github/schema-review.yml", Line: 3, Column: 1, Problem: review.Msg("There is no key `enigne` here."), Advice: review.Msg("Did you mean `engine`?"), Fatal: true}}
	tests := map[string]struct {
		changed []review.Changed
		options review.BodyOptions
		want    []string
	}{
		"nothing found":        {head("CREATE TABLE c (id BIGINT PRIMARY KEY);"), review.BodyOptions{}, []string{"**No problems** in 1 statement of 1 migration · MySQL 8.4 (assumed)\n", "| `V2` L1 | `CREATE TABLE c` | new table | – | run as is | – |\n"}},
		"a merged one":         {[]review.Changed{{Path: "db/V1__a.sql", Base: history[0].Data, Head: []byte("CREATE TABLE a (id INT PRIMARY KEY);")}}, review.BodyOptions{}, []string{"**1 error** in 1 merged migration that is edited, moved or deleted · "}},
		"a copy":               {head("ALTER TABLE a MODIFY b BIGINT"), review.BodyOptions{}, []string{"| COPY, rebuild | **blocked** | in steps while writes go on, see below; or with a tool that copies the table |"}},
		"in place":             {head("ALTER TABLE a ADD INDEX i (b)"), review.BodyOptions{}, []string{"| INPLACE | go on | run as is; on a large table in low traffic |"}},
		"a new table's column": {head("CREATE TABLE c (id INT PRIMARY KEY, d INT);\nALTER TABLE c MODIFY d BIGINT;"), review.BodyOptions{}, []string{"| COPY, rebuild | **blocked** | run as is |"}},
		"a refused clause":     {head("ALTER TABLE a MODIFY b BIGINT, ALGORITHM=INSTANT"), review.BodyOptions{}, []string{"| refused (error 1846) | – | – |"}},
		"an unknown table":     {head("ALTER TABLE zz ADD n INT"), review.BodyOptions{}, []string{"| not predicted | – | – |"}},
		"a table's cell":       {head("ALTER TABLE a ADD COLUMN `x|y` INT, DROP COLUMN b, ADD INDEX i (id), ADD INDEX j (id);"), review.BodyOptions{}, []string{"| `ALTER TABLE a ADD COLUMN x\\|y, DROP COLUMN b, ADD INDEX i, …` |"}},
		"a cell with both":     {head("ALTER TABLE a ADD COLUMN `x\\|y` INT"), review.BodyOptions{}, []string{"| `ALTER TABLE a ADD COLUMN x\\｜y` |"}},
		"a bad setting":        {head("SELECT 1"), review.BodyOptions{Problems: problems}, []string{"The configuration has mistakes:\n\n- `.github/schema-review.yml:3:1`: There is no key `enigne` here. Did you mean `engine`? The whole file is left out until then.\n"}},
		"a valid edit":         {head("SELECT 1"), review.BodyOptions{Previews: true}, []string{"This pull request edits the configuration. The edit is valid, and applies once it is merged.\n"}},
		"an edit that is":      {head("SELECT 1"), review.BodyOptions{Previews: true, Preview: problems}, []string{"This pull request edits the configuration, and the edit has mistakes:\n\n- `.github"}},
		"a real edit": {head("SELECT 1"), review.BodyOptions{Previews: true, Differences: []review.Difference{{"fail_on", "error", "never"}, {"engine", "", "mysql 8.4"}, {"ignore drop-table a", "kept", ""}}}, []string{
			"This pull request edits the configuration. Once it is merged, these settings change:\n\n- `fail_on` becomes `never`; it was `error`\n- `engine` becomes `mysql 8.4`\n- `ignore drop-table a` is no longer set; it was `kept`\n",
		}},
		"a suppression": {head("-- schema-review: ignore drop-table nobody reads it\nDROP TABLE a;"), review.BodyOptions{}, []string{"1 finding is suppressed.\n"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := english().Body(reviewed(t, &review.ChangeSet{History: history, Changed: test.changed}), test.options)
			for _, want := range test.want {
				if !strings.Contains(body, want) {
					t.Errorf("no %q in\n%s", want, body)
				}
			}
		})
	}
}
