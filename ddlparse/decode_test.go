package ddlparse

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

func TestDecodeEncodings(t *testing.T) {
	t.Parallel()
	const text = "CREATE TABLE t (\n  a int COMMENT '表示の順序',\n  b int\n)"
	tests := map[string]struct {
		encoding encoding.Encoding
		at       int // offset of the column b in the file
		col      int
	}{
		"UTF-16LE with mark": {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), 2 * (1 + 17 + 25 + 2), 5},
		"UTF-16BE with mark": {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), 2 * (1 + 17 + 25 + 2), 5},
		"UTF-16LE":           {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2 * (17 + 25 + 2), 5},
		"Shift-JIS":          {japanese.ShiftJIS, 17 + 30 + 2, 3},
		"EUC-JP":             {japanese.EUCJP, 17 + 30 + 2, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := test.encoding.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			src, err := Decode("a.sql", raw)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(src.Text, "\uFEFF"); got != text {
				t.Fatalf("got %q", got)
			}
			want := Pos{Offset: test.at, Line: 3, Col: test.col}
			if got := src.Position(strings.Index(src.Text, "b int")); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if got := src.Position(len(src.Text)).Offset; got != len(raw) {
				t.Errorf("end: got offset %d, want %d", got, len(raw))
			}
		})
	}
}

func TestDecodeKeeps(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"mark":               "\xEF\xBB\xBFSELECT 1",
		"UTF-8":              "SELECT '表'",
		"Latin-1":            "SELECT 'pr\xE9nom' -- Gr\xF6\xDFe",
		"Windows-1252":       "-- don\x92t\nSELECT 1",
		"before a backquote": "ALTER TABLE `pr\xE9` ADD a int",
		"broken":             "SELECT '\xFF\xFE\x80'",
		"empty":              "",
	}
	for name, text := range tests {
		src, err := Decode("a.sql", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if src.Text != text || src.Original != nil {
			t.Errorf("%s: got %q, want %q as it is", name, src.Text, text)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		raw  []byte
		want string
	}{
		"binary": {[]byte("PNG\x00\x01"), "NUL byte at offset 3"},
		"large":  {make([]byte, MaxFileSize+1), "more than the 64 MB"},
	}
	for name, test := range tests {
		_, err := Decode("a.sql", test.raw)
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Path != "a.sql" || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}
