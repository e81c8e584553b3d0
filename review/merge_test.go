package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

const mergeSQL = "ALTER TABLE t ADD a INT, ADD b INT, ADD c INT, ADD d INT; DROP TABLE u"

func mergeSource() (*ddlparse.Source, map[*ddlparse.Source][]*ddlparse.Statement) {
	src := &ddlparse.Source{Path: "V1.sql", Text: mergeSQL}
	alter := &ddlparse.Statement{Verb: "ALTER TABLE", Span: ddlparse.Span{Source: src, End: 56}}
	drop := &ddlparse.Statement{Verb: "DROP TABLE", Span: ddlparse.Span{Source: src, Start: 58, End: int32(len(mergeSQL))}}
	return src, map[*ddlparse.Source][]*ddlparse.Statement{src: {alter, drop}}
}

func finding(rule, object string, span ddlparse.Span) Finding {
	return Finding{Rule: rule, Severity: Warning, Object: object, Span: span, Problem: Msg("`%s` is bad", object)}
}

// inShort is what the findings say, in short.
func inShort(findings []Finding) []string {
	var out []string
	for _, f := range findings {
		verb := ""
		if f.Statement != nil {
			verb = f.Statement.Verb
		}
		line := f.Rule + " " + f.Object + " in " + verb
		for range f.Places {
			line += " +"
		}
		out = append(out, line)
	}
	return out
}

func TestMerge(t *testing.T) {
	t.Parallel()
	src, statements := mergeSource()
	a, b, c, d := spanOf(src, "a INT", 0), spanOf(src, "b INT", 0), spanOf(src, "c INT", 0), spanOf(src, "d INT", 0)
	tests := map[string]struct {
		found []Finding
		want  []string
	}{
		"finds the statement": {
			[]Finding{finding("x", "u", spanOf(src, "DROP TABLE u", 0)), {Rule: "file", Span: ddlparse.Span{Source: src, Start: 56, End: 57}}},
			[]string{"x u in DROP TABLE", "file  in "},
		},
		"says a thing once": {
			[]Finding{finding("x", "t.a", a), finding("x", "T.A", a), finding("y", "t.a", a)},
			[]string{"x t.a in ALTER TABLE", "y t.a in ALTER TABLE"},
		},
		"leaves design out of what is refused": {
			[]Finding{finding("x", "t.a", a), finding("refused", "t.a", a), finding("x", "t.b", b)},
			[]string{"refused t.a in ALTER TABLE", "x t.b in ALTER TABLE"},
		},
		"lists the places of one cause": {
			[]Finding{finding("x", "t.a", a), finding("x", "t.b", b), finding("x", "t.c", c), finding("x", "t.d", d), finding("y", "t.a", a)},
			[]string{"x t.a in ALTER TABLE + + +", "y t.a in ALTER TABLE"},
		},
		"keeps three apart": {
			[]Finding{finding("x", "t.a", a), finding("x", "t.b", b), finding("x", "t.c", c)},
			[]string{"x t.a in ALTER TABLE", "x t.b in ALTER TABLE", "x t.c in ALTER TABLE"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := inShort(gather(merge(test.found, statements, map[string]Category{"refused": Syntax})))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What is said once can still be mended everywhere.
func TestGatherFixes(t *testing.T) {
	t.Parallel()
	src, statements := mergeSource()
	var found []Finding
	for _, name := range []string{"a", "b", "c", "d"} {
		f := finding("x", "t."+name, spanOf(src, name+" INT", 0))
		f.Fix = &Edit{Span: f.Span, New: name + " BIGINT"}
		found = append(found, f)
	}
	got := gather(merge(found, statements, nil))
	if len(got) != 1 || len(got[0].PlaceFixes) != 3 {
		t.Fatalf("got %d findings, want one with the corrections of three further places: %+v", len(got), got)
	}
	text, err := ApplyEdits(src.Text, append(got[0].PlaceFixes, *got[0].Fix))
	if want := strings.ReplaceAll(mergeSQL, "INT", "BIGINT"); err != nil || text != want {
		t.Errorf("got %q, %v; want %q", text, err, want)
	}
}

// A file full of tables with one flaw is one finding; where the way out differs, or the finding blocks, each is said.
func TestGatherFiles(t *testing.T) {
	t.Parallel()
	src := &ddlparse.Source{Path: "V1.sql", Text: "CREATE TABLE a; CREATE TABLE b"}
	make := func(count int, change func(i int, f *Finding)) []Finding {
		var found []Finding
		for i := range count {
			f := finding("x", string(rune('a'+i)), ddlparse.Span{Source: src, Start: int32(i), End: int32(i + 1)})
			f.Severity, f.Problem, f.Advice = Warning, Msg("`%s` is short.", f.Object), Msg("Make it long.")
			change(i, &f)
			found = append(found, f)
		}
		return found
	}
	tests := map[string]struct {
		found            []Finding
		findings, places int
	}{
		"few":          {make(5, func(int, *Finding) {}), 5, 0},
		"many":         {make(6, func(int, *Finding) {}), 1, 5},
		"advice":       {make(6, func(_ int, f *Finding) { f.Advice = Msg("Make `%s` long.", f.Object) }), 6, 0},
		"errors":       {make(6, func(_ int, f *Finding) { f.Severity = Error }), 6, 0},
		"other places": {make(6, func(_ int, f *Finding) { f.Places = []ddlparse.Span{f.Span} }), 1, 11},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := gatherFiles(test.found)
			if len(got) != test.findings || len(got[0].Places) != test.places {
				t.Errorf("got %d findings, the first with %d places; want %d and %d", len(got), len(got[0].Places), test.findings, test.places)
			}
		})
	}
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	at := func(text string) Finding {
		src := &ddlparse.Source{Path: "V1.sql", Text: text}
		span := spanOf(src, "DROP", 0)
		span.End = int32(len(text))
		return Finding{Rule: "drop-column", Object: "t.a", Span: span, Statement: &ddlparse.Statement{Span: span}}
	}
	first := at("DROP COLUMN a")
	same := map[string]Finding{
		"further down":   at("\n\nSELECT 1;\nDROP COLUMN a"),
		"white space":    at("DROP   COLUMN\n\ta"),
		"with a comment": at("DROP /* sic */ COLUMN a -- really"),
	}
	for name, f := range same {
		if f.Fingerprint() != first.Fingerprint() {
			t.Errorf("%s: the fingerprint changes", name)
		}
	}
	twice := []Finding{at("DROP COLUMN a"), at("DROP COLUMN a")}
	number(twice)
	other := at("DROP COLUMN a")
	other.Rule = "drop-table"
	different := map[string]Finding{"other text": at("DROP COLUMN 'a  b'"), "other rule": other, "second of its kind": twice[1]}
	for name, f := range different {
		if f.Fingerprint() == first.Fingerprint() {
			t.Errorf("%s: the fingerprint stays", name)
		}
	}
	if twice[0].Fingerprint() != first.Fingerprint() {
		t.Errorf("the first of several has another fingerprint than a single one")
	}
}
