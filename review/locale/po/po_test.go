package po_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale/po"
)

func TestRead(t *testing.T) {
	t.Parallel()
	src := "msgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n\n# noted\n#: a.go b.go\n#, fuzzy\nmsgid \"one\"\nmsgstr \"一\"\n\nmsgid \"\"\n\"two\\n\"\n\"\\\"lines\\\"\"\nmsgstr \"\"\n"
	want := &po.File{Language: "ja", Entries: []po.Entry{
		{Key: "one", Text: "一", Files: []string{"a.go", "b.go"}, Notes: []string{"noted"}, Fuzzy: true},
		{Key: "two\n\"lines\""},
	}}
	got, err := po.Read([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := po.Read(po.Write(got))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again); diff != "" {
		t.Errorf("written and read again (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ src, want string }{
		"no text":        {"msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"c\"\n", `line 2: msgid "a" has no msgstr`},
		"an open string": {"msgid \"a\nmsgstr \"c\"\n", "line 1: not a string in double quotes: \"a"},
		"twice":          {"msgid \"a\"\nmsgstr \"c\"\n\nmsgid \"a\"\nmsgstr \"d\"", `the last entry: msgid "a" stands here a second time`},
		"plural forms":   {"msgid \"a\"\nmsgid_plural \"b\"\n", `line 2: "msgid_plural" is not expected here`},
		"a string alone": {"\"a\"\n", `line 1: a string without msgid: "a"`},
		"obsolete":       {"#~ msgid \"a\"\n", `line 1: a comment of a kind that is not known: #~ msgid "a"`},
	} {
		if _, err := po.Read([]byte(test.src)); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("msgid \"a\"\nmsgstr \"\"\n\"b\\n\"\n")
	f.Fuzz(func(t *testing.T, src string) {
		got, err := po.Read([]byte(strings.ToValidUTF8(src, "")))
		if err != nil {
			return
		}
		again, err := po.Read(po.Write(got))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got.Entries, again.Entries); diff != "" {
			t.Errorf("written and read again (-want +got):\n%s", diff)
		}
	})
}
