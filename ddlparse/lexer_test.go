package ddlparse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenize(t *testing.T) {
	t.Parallel()
	// Tokens are written as kind:text with kinds w word, q quoted, s string, n number, p punctuation, c comment.
	tests := map[string]struct {
		text string
		o    lexOptions
		want string
	}{
		"words":                    {text: "a_1 $b é表 A$", want: "w:a_1 w:$b w:é表 w:A$"},
		"digit first":              {text: "2fa_enabled 1e5 1e 1ex", want: "w:2fa_enabled n:1e5 w:1e w:1ex"},
		"number then word":         {text: "1e5x", want: "n:1e5 w:x"},
		"numbers":                  {text: ".5 1.5 1. 1.5e-3 1E+5 0x1F 0b01 0x 0xZ 0X1F", want: "n:.5 n:1.5 n:1. n:1.5e-3 n:1E+5 n:0x1F n:0b01 w:0x w:0xZ w:0X1F"},
		"bit and hex strings":      {text: "x'1F' B'01' x'zz'", want: "n:x'1F' n:B'01' w:x s:'zz'"},
		"behind a dot":             {text: "t.2x t.1 `t`.5a 1 .5", want: "w:t p:. w:2x w:t p:. w:1 q:`t` p:. w:5a n:1 n:.5"},
		"two dots":                 {text: "A..0 1..3", want: "w:A p:. n:.0 n:1 p:. n:.3"},
		"prefixes":                 {text: "N'x' _utf8mb4'x'", want: "w:N s:'x' w:_utf8mb4 s:'x'"},
		"variables":                {text: "@a @a.b @'x y' @`z` @@g.v @ root@localhost", want: "w:@a w:@a.b w:@'x y' w:@`z` w:@@g.v p:@ w:root w:@localhost"},
		"strings":                  {text: `'a''b' 'a\'b' "a\"b" 'a\\'`, want: `s:'a''b' s:'a\'b' s:"a\"b" s:'a\\'`},
		"no backslash":             {text: `'a\' b`, o: lexOptions{noBackslash: true}, want: `s:'a\' w:b`},
		"ansi quotes":              {text: `"a""b\" c`, o: lexOptions{ansiQuotes: true}, want: `q:"a""b\" w:c`},
		"backquotes":               {text: "`a``b\\` c", want: "q:`a``b\\` w:c"},
		"unclosed":                 {text: "a 'b c", want: "w:a s:'b c"},
		"operators":                {text: "a:=b->>c->d<=>e||f&&g<<h>=i!=j<>k<=l>>m", want: "w:a p::= w:b p:->> w:c p:-> w:d p:<=> w:e p:|| w:f p:&& w:g p:<< w:h p:>= w:i p:!= w:j p:<> w:k p:<= w:l p:>> w:m"},
		"comments":                 {text: "a -- b\nc # d\n/* e */ f --g --\x01 h", want: "w:a c:-- b w:c c:# d c:/* e */ w:f p:- p:- w:g c:--\x01 h"},
		"dashes at the end":        {text: "a --", want: "w:a c:--"},
		"unclosed comment":         {text: "a /* b", want: "w:a c:/* b"},
		"byte order mark":          {text: "\xEF\xBB\xBFa", want: "w:a"},
		"backslash at a line end":  {text: "a \\\nb \\\r\nc \\N", want: "w:a w:b w:c w:\\N"},
		"placeholders":             {text: "${p}orders a.${b} {{ .T }}x {$NS}_y <%= z %>k a{{b}}c", want: "w:${p}orders w:a p:. w:${b} w:{{ .T }}x w:{$NS}_y w:<%= z %>k w:a{{b}}c"},
		"control blocks":           {text: "{{if .X}}a{{- else -}}b{{end}} <% if x %> {% for y %}", want: "c:{{if .X}} w:a c:{{- else -}} w:b c:{{end}} c:<% if x %> c:{% for y %}"},
		"placeholder in a string":  {text: "'${a}' `{$b}`", want: "s:'${a}' q:`{$b}`"},
		"braces that are none":     {text: "{d '2020-01-01'} a<b", want: "p:{ w:d s:'2020-01-01' p:} w:a p:< w:b"},
		"nested in a skipped one":  {text: "/*!99999 a /* b */ c */ d", want: "c:/*!99999 a /* b */ c */ w:d"},
		"comment in one that runs": {text: "/*!50000 a /* b */ c */ d", want: "w:a c:/* b */ w:c w:d"},
		"hint":                     {text: "SELECT /*+ NO_ICP(t) */ 1", want: "w:SELECT c:/*+ NO_ICP(t) */ n:1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.o.engine = DefaultEngine()
			if diff := cmp.Diff(test.want, tokensOf(test.text, test.o)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func tokensOf(text string, o lexOptions) string {
	src := &Source{Text: text}
	var list []string
	for _, k := range tokenize(src, 0, int32(len(text)), o) {
		list = append(list, string(" wqsnpc"[k.kind])+":"+k.text(src))
	}
	return strings.Join(list, " ")
}

// TestVersionComments holds what MySQL 9.7, MariaDB 10.11 and the TiDB parser were seen to do.
func TestVersionComments(t *testing.T) {
	t.Parallel()
	mysql, maria, tidb := Engine{MySQL, 9, 7, 4}, Engine{MariaDB, 10, 11, 19}, Engine{TiDB, 8, 5, 99}
	tests := []struct {
		text   string
		engine Engine
		want   string
	}{
		{"/*!50601 x*/", mysql, "w:x"},
		{"/*!50601 x*/", maria, "w:x"},
		{"/*!50601 x*/", tidb, "w:x"},
		{"/*! x*/", mysql, "w:x"},
		{"/*!80000 x*/", mysql, "w:x"},
		{"/*!80000 x*/", Engine{MySQL, 5, 7, 99}, "c:/*!80000 x*/"},
		{"/*!80000 x*/", Engine{Aurora, 3, 10, 99}, "w:x"},
		{"/*!80000 x*/", Engine{Aurora, 2, 12, 99}, "c:/*!80000 x*/"},
		{"/*!50700 x*/", maria, "c:/*!50700 x*/"},
		{"/*!80000 x*/", tidb, "w:x"},
		{"/*!99999 x*/", mysql, "c:/*!99999 x*/"},
		{"/*!99999 x*/", maria, "c:/*!99999 x*/"},
		{"/*!99999 x*/", tidb, "w:x"},
		{"/*!100301 x*/", mysql, "c:/*!100301 x*/"},
		{"/*!100301 x*/", maria, "w:x"},
		{"/*!080000 x*/", mysql, "w:x"},
		{"/*!506012*/", mysql, "n:2"},
		{"/*!506012*/", maria, "c:/*!506012*/"},
		{"/*!506012*/", tidb, "n:2"},
		{"/*M!100000 x*/", mysql, "c:/*M!100000 x*/"},
		{"/*M!100000 x*/", maria, "w:x"},
		{"/*M!50701 x*/", maria, "w:x"},
		{"/*M!100000 x*/", tidb, "c:/*M!100000 x*/"},
		{"/*T![auto_rand] x*/", mysql, "c:/*T![auto_rand] x*/"},
		{"/*T![auto_rand] x*/", maria, "c:/*T![auto_rand] x*/"},
		{"/*T![auto_rand] x*/", tidb, "w:x"},
		{"/*T! x*/", tidb, "w:x"},
		{"/*T![auto_rand,ttl] x*/", tidb, "w:x"},
		{"/*T![time_travel] x*/", tidb, "c:/*T![time_travel] x*/"},
		{`/*!999999\- enable */`, mysql, `c:/*!999999\- enable */`},
		{`/*!999999\- enable */`, maria, `c:/*!999999\- enable */`},
		{`/*!999999\- enable */`, tidb, `c:/*!999999\- enable */`},
	}
	for _, test := range tests {
		if got := tokensOf(test.text, lexOptions{engine: test.engine}); got != test.want {
			t.Errorf("%s on %s: got %s, want %s", test.text, test.engine, got, test.want)
		}
	}
}

func TestUnquote(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{`'a'`, `a`},
		{`'a''b'`, `a'b`},
		{`"a'b"`, `a'b`},
		{`"a""b"`, `a"b`},
		{"`a``b`", "a`b"},
		{`'\n\t\0\b\r\Z\\\'\"\x'`, "\n\t\x00\b\r\x1a\\'\"x"},
		{`'50\% a\_b'`, `50\% a\_b`},
		{"`a\\n`", `a\n`},
		{`'a\`, `a\`},
		{`'a`, `a`},
		{`'`, ``},
		{`a`, `a`},
		{``, ``},
	}
	for _, test := range tests {
		if got := unquote(test.text, false); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
	if got := unquote(`'a\n''b'`, true); got != `a\n'b` {
		t.Errorf("NO_BACKSLASH_ESCAPES: got %q", got)
	}
}

func TestIsKeyword(t *testing.T) {
	t.Parallel()
	src := &Source{Text: "Table `table` tables"}
	toks := tokenize(src, 0, int32(len(src.Text)), lexOptions{})
	for i, want := range []bool{true, false, false} {
		if got := toks[i].is(src, "TABLE"); got != want {
			t.Errorf("%s: got %v, want %v", toks[i].text(src), got, want)
		}
	}
}
