package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale"
)

func TestReasonOf(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]Message{
		"a rollback over several lines is not read":                          {Format: "a rollback over several lines is not read"},
		"PostgreSQL, not a MySQL-family dialect":                             {Format: "%s, not a MySQL-family dialect", Args: []any{"PostgreSQL"}},
		"`source` is a command of the mysql client":                          {Format: "`%s` is a command of the mysql client", Args: []any{"source"}},
		"the statement has 2048 KB, more than the 1024 KB that are analysed": {Format: "the statement has %d KB, more than the %d KB that are analysed", Args: []any{2048, 1024}},
		"unknown syntax near \"100%\"":                                       {Format: "unknown syntax near %s", Args: []any{`"100%"`}},
		"more than many strings follow each other":                           {Format: "more than many strings follow each other"},
		"50% of it": {Format: "%s", Args: []any{"50% of it"}},
	} {
		if diff := cmp.Diff(want, ReasonOf(reason)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", reason, diff)
		}
	}
}

func TestMessageInMessage(t *testing.T) {
	t.Parallel()
	m := Msg("%s does not support %s: it reads the clause and ignores it.", "TiDB 8.5", Msg("a trigger"))
	for language, want := range map[string]string{
		"en": "TiDB 8.5 does not support a trigger: it reads the clause and ignores it.",
		"ja": "TiDB 8.5 は トリガー に対応していません。句を読み捨てます。",
	} {
		if got := m.In(locale.Printer(language)); got != want {
			t.Errorf("%s: got %s", language, got)
		}
	}
}
