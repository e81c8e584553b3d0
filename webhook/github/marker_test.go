package github

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

var hostile = []string{
	"a-->b", "<!-- schema-review:v1 fp=x mac=0 -->", "x mac=00000000000000000000000000000000 -->", "a b=c", "テーブル",
	"@everyone", "\n\n<!--", "--", "%2D%2D%3E", "fp=1", "a.b,c", "`", "\x00", "",
}

func TestMarkerHoldsAnything(t *testing.T) {
	t.Parallel()
	n := newNotary([]string{"secret"}, 7)
	for _, value := range hostile {
		m := marker{}.with(markFingerprint, "f1").with(markRule, value).with(markID, "i1")
		text := n.sign(m)
		if strings.Count(text, "-->") != 1 || strings.Contains(text, "\n") {
			t.Errorf("%q breaks out of the marker: %s", value, text)
		}
		got := n.read("A comment.\n\n" + text + "\n")
		if got.get(markFingerprint) != "f1" || got.get(markRule) != value || got.get(markID) != "i1" {
			t.Errorf("%q: got %q from %s", value, got, text)
		}
	}
}

func TestMarkerIsBelieved(t *testing.T) {
	t.Parallel()
	here := newNotary([]string{"new", "old"}, 7)
	m := marker{}.with(markFingerprint, "f1")
	signed := here.sign(m)
	for name, c := range map[string]struct {
		body string
		want marker
	}{
		"ours":                      {"text\n\n" + signed, m},
		"with the old secret":       {newNotary([]string{"old"}, 7).sign(m), m},
		"with a fake after it":      {signed + "\n<!-- schema-review:v1 fp=f2 mac=00000000000000000000000000000000 -->", m},
		"with a fake before it":     {"<!-- schema-review:v1 fp=f2 mac=00000000000000000000000000000000 -->\n" + signed, m},
		"of another secret":         {newNotary([]string{"guessed"}, 7).sign(m), nil},
		"of no secret":              {newNotary([]string{""}, 7).sign(m), nil},
		"of another pull request":   {newNotary([]string{"new"}, 8).sign(m), nil},
		"changed":                   {strings.Replace(signed, "fp=f1", "fp=f2", 1), nil},
		"with a field more":         {strings.Replace(signed, "mac=", "fixed=abc mac=", 1), nil},
		"broken":                    {strings.Replace(signed, " -->", "", 1), nil},
		"quoted as text of a quote": {"> " + strings.ReplaceAll(signed, "<", "&lt;"), nil},
		"none":                      {"LGTM", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, here.read(c.body)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMarkerWithoutSecretsIsNeverBelieved(t *testing.T) {
	t.Parallel()
	n := newNotary(nil, 7)
	if got := n.read(n.sign(marker{}.with(markFingerprint, "f1"))); got != nil {
		t.Errorf("got %v, want nothing", got)
	}
}

func TestMarkerLists(t *testing.T) {
	t.Parallel()
	n := newNotary([]string{"secret"}, 7)
	list := []said{{fingerprint: "a"}, {fingerprint: "b"}, {fingerprint: "c"}}
	fingerprint := func(s said) string { return s.fingerprint }
	got := n.read(n.sign(marker{}.with(markInline, shortAll(list, fingerprint, 2)).with(markBody, shortAll(nil, fingerprint, 2))))
	if diff := cmp.Diff([]string{short("a"), short("b")}, got.list(markInline)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := got.list(markBody); len(got) != 0 {
		t.Errorf("got %q, want none", got)
	}
}

func TestStrip(t *testing.T) {
	t.Parallel()
	n := newNotary([]string{"secret"}, 7)
	text := "A problem.\n\n```sql\nSELECT 1\n```\n"
	if got := strip(text + "\n" + n.sign(marker{}.with(markFingerprint, "f")) + "\n"); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
}

// What a guideline's comment has to remember comes back as it was, whatever things are called.
func TestMarkerCarries(t *testing.T) {
	t.Parallel()
	n := newNotary([]string{"secret"}, 7)
	for _, name := range append([]string{"", "注文.ユーザー番号", "a b", "--> <!--", "x=y&z", "50%", "a\nb"}, hostile...) {
		want := review.Carried{Fingerprint: "f", Guideline: "g", Set: name, Object: name, Content: "hash", Missed: 1}
		m := marker{}.with(markFingerprint, "f").with(markRule, "g").carrying(want, "run")
		c := &comment{mark: n.read(n.sign(m))}
		if diff := cmp.Diff(want, c.carried("another run")); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if !slices.Equal(m, c.noting(want, "another run")) {
			t.Errorf("%q changes the marker though nothing happened", name)
		}
	}
}

func FuzzMarker(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	n := newNotary([]string{"secret"}, 7)
	f.Fuzz(func(t *testing.T, text string) {
		if got := n.read(text); got != nil {
			t.Fatalf("believed %q: %q", text, got)
		}
		if got := n.read(text + "\n" + n.sign(marker{}.with(markFingerprint, "f").with(markRule, text))); got == nil || got.get(markRule) != text {
			t.Fatalf("got %q behind %q", got, text)
		}
	})
}
