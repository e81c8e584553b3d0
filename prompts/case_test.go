package prompts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
)

func TestParseCases(t *testing.T) {
	t.Parallel()
	got, err := prompts.ParseCases("x", []byte(`About both.
language: ja
allow a t
[one]
expect b t.c
[two]
About two.
engine: tidb 8.5
forbid b t.d
clean
-- base/V1.sql --
A;
-- one/V2.sql --
B;
-- two/V2.sql --
C;
-- two/base/V0.sql --
D;
`))
	if err != nil {
		t.Fatal(err)
	}
	base := prompts.CaseFile{Path: "V1.sql", Data: []byte("A;\n")}
	want := []prompts.Case{
		{
			Name: "x/one", About: "About both.", Language: "ja", Engine: "mysql 8.4",
			Allow: []prompts.Label{{Guideline: "a", Object: "t"}}, Expect: []prompts.Label{{Guideline: "b", Object: "t.c"}},
			Base: []prompts.CaseFile{base}, Changes: []prompts.CaseFile{{Path: "V2.sql", Data: []byte("B;\n")}},
		},
		{
			Name: "x/two", About: "About both.\nAbout two.", Language: "ja", Engine: "tidb 8.5",
			Allow: []prompts.Label{{Guideline: "a", Object: "t"}}, Forbid: []prompts.Label{{Guideline: "b", Object: "t.d"}},
			Base:    []prompts.CaseFile{base, {Path: "V0.sql", Data: []byte("D;\n")}},
			Changes: []prompts.CaseFile{{Path: "V2.sql", Data: []byte("C;\n")}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestParseCasesRefuses(t *testing.T) {
	t.Parallel()
	for want, text := range map[string]string{
		`x.txtar:1: "a": want a guideline and an object`:                                              "expect a\n-- V1.sql --\nA;\n",
		`x.txtar: say either "clean" or what to expect`:                                               "Nothing.\n-- V1.sql --\nA;\n",
		`x.txtar: there is no file that changes anything`:                                             "clean\n-- base/V1.sql --\nA;\n",
		`x.txtar:2: section "a": want a name of its own in lower case words joined by hyphens`:        "[a]\n[a]\n-- a/V1.sql --\nA;\n",
		`x.txtar:1: section "Not This": want a name of its own in lower case words joined by hyphens`: "[Not This]\n",
		`x/a.txtar: say either "clean" or what to expect`:                                             "[a]\nexpect g t\nclean\n-- a/V1.sql --\nA;\n",
	} {
		if got, err := prompts.ParseCases("x", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("got %v, %v, want %s", got, err, want)
		}
	}
}
