package ddlparse

import (
	"strings"
	"testing"
)

// statementOf returns the first statement of a text.
func statementOf(t *testing.T, text string, o lexOptions) (*Source, piece) {
	t.Helper()
	src := &Source{Path: "a.sql", Text: text}
	for _, p := range split(src, PlainSQL, o) {
		if p.kind == pieceStatement {
			return src, p
		}
	}
	t.Fatalf("no statement in %q", text)
	return nil, piece{}
}

func TestJudgeCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text   string
		engine Engine
		ok     bool
		near   string // with the line and column in front
	}{
		"right":                      {text: "CREATE TABLE t (a int)", ok: true},
		"missing type":               {text: "\n\nCREATE TABLE t (a int,\n  b NOT NULL)", near: "4:5 NOT"},
		"end too early":              {text: "CREATE TABLE t (a int", near: "1:22 "},
		"behind a comment":           {text: "CREATE /* x */ TABLE t (a int b)", near: "1:31 b"},
		"long rest":                  {text: "SELECT 1 1 FROM t WHERE a IN (" + strings.Repeat("1,", 2000) + "1)", near: "1:10 1"},
		"quotes behind":              {text: `SELECT 1 1, "a" "`, near: `1:10 1`},
		"charset it doesn't know":    {text: "CREATE TABLE t (a varchar(9) CHARACTER SET cp1251 COLLATE cp1251_bin) CHARSET = 'sjis'", ok: true},
		"error behind such a name":   {text: "CREATE TABLE t (a varchar(9) CHARACTER SET cp1251 5)", near: "1:51 5"},
		"introducer":                 {text: "SELECT _sjis'a'", ok: true},
		"placeholder":                {text: "CREATE TABLE ${s}.{{ .T }}x (a int)", ok: true},
		"placeholder, can't be told": {text: "CREATE TABLE t (a int) ENGINE=a {{ .Rest }}", ok: true},
		"version comment that holds": {text: "CREATE TABLE t (a int /*!80000 NOT NULL */)", ok: true},
		"one that doesn't":           {text: "CREATE TABLE t (a int /*!99999 NOT NOT */)", ok: true},
		"six digits":                 {text: "CREATE TABLE t (a int /*!101100 NOT NULL*/)", engine: Engine{MariaDB, 10, 11, 0}, ok: true},
		"not about syntax":           {text: "CREATE TABLE t (a int) COMMENT 'x' CHARSET utf8mb4 COLLATE latin1_bin", ok: true},
		"82 digits":                  {text: "SELECT " + strings.Repeat("9", 82), ok: true},
	}
	j := newJudge(lexOptions{engine: DefaultEngine()})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := lexOptions{engine: DefaultEngine()}
			if test.engine.Kind != "" {
				o.engine = test.engine
			}
			src, p := statementOf(t, test.text, o)
			ok, at, near := j.check(src, p.span, p.tokens, nil)
			if ok != test.ok {
				t.Fatalf("got ok %v at %d near %q, want %v: %s", ok, at, near, test.ok, test.text)
			}
			if ok {
				return
			}
			from := Span{src, at, at}
			if got := strings.TrimPrefix(from.String(), "a.sql:") + " " + near; got != test.near {
				t.Errorf("got %q, want %q: %s", got, test.near, test.text)
			}
		})
	}
}

func TestJudgeModes(t *testing.T) {
	t.Parallel()
	base := newJudge(lexOptions{engine: DefaultEngine()})
	tests := map[string]lexOptions{
		`CREATE TABLE "t" (a int)`:            {engine: DefaultEngine(), ansiQuotes: true},
		`CREATE TABLE t (a int COMMENT 'a\')`: {engine: DefaultEngine(), noBackslash: true},
	}
	for text, o := range tests {
		src, p := statementOf(t, text, o)
		if ok, _, near := newJudge(o).check(src, p.span, p.tokens, nil); !ok {
			t.Errorf("%s with %+v: refused near %q", text, o, near)
		}
		if ok, _, _ := base.check(src, p.span, p.tokens, nil); ok {
			t.Errorf("%s without the mode: taken", text)
		}
	}
}

func TestJudgeEdits(t *testing.T) {
	t.Parallel()
	o := lexOptions{engine: DefaultEngine()}
	src, p := statementOf(t, "CREATE TABLE t (a point)", o)
	j := newJudge(o)
	if ok, _, near := j.check(src, p.span, p.tokens, nil); ok || near != "point" {
		t.Errorf("got ok %v near %q, want the type refused", ok, near)
	}
	edits := []edit{{Span{src, 18, 23}, "blob "}}
	if ok, _, near := j.check(src, p.span, p.tokens, edits); !ok {
		t.Errorf("edited: refused near %q", near)
	}
	if _, err := j.parse(src, p.span, p.tokens, edits); err != nil {
		t.Errorf("parse: %v", err)
	}
}
