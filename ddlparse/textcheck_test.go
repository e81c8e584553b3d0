package ddlparse

import (
	"strings"
	"testing"
)

// TestCheckText: what the text shows is said once, and only of files of the change set.
func TestCheckText(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ sql, want string }{
		"full-width comma":       {"CREATE TABLE t (a INT， b INT)", "fullwidth-punctuation `，` -> `,`"},
		"several marks":          {"CREATE TABLE t （a INT，`b，c` INT /* ； */ DEFAULT ‘x’）", "fullwidth-punctuation `（a INT，`b，c` INT /* ； */ DEFAULT ‘x’）` -> `(a INT,`b，c` INT /* ； */ DEFAULT 'x')`"},
		"in strings and comment": {"INSERT INTO t VALUES ('，', \"；\") -- （）", ""},
		"letters are no marks":   {"CREATE TABLE `t` (名称 INT, Ｉd INT)", ""},
		"removed variable":       {"SET SESSION tx_isolation = 'READ-COMMITTED'", "syntax-removed-in-target-version `tx_isolation` -> `8.0.3`"},
		"removed statement":      {"START SLAVE", "syntax-removed-in-target-version `START SLAVE` -> `8.4`"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := problemsOf(c.sql, true); got != c.want {
				t.Errorf("%s\n\tgot  %q\n\twant %q", c.sql, got, c.want)
			}
			if got := problemsOf(c.sql, false); got != "" {
				t.Errorf("%s\n\tin the history: %q", c.sql, got)
			}
		})
	}
}

func problemsOf(sql string, check bool) string {
	var found []string
	for _, m := range Parse(&Source{Path: "t.sql", Text: sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: DefaultEngine(), Check: check}) {
		for _, st := range m.Statements {
			for _, p := range st.Problems {
				found = append(found, string(p.Kind)+" `"+p.Span.Text()+"` -> `"+p.Value+"`")
			}
		}
	}
	return strings.Join(found, ", ")
}
