package ddlparse

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// byteOrder recognises UTF-16, by its mark or by the NUL halves of ASCII text; nil for anything else.
func byteOrder(raw []byte) binary.ByteOrder {
	switch {
	case len(raw) < 2 || len(raw)%2 != 0:
		return nil
	case raw[0] == 0xFF && raw[1] == 0xFE:
		return binary.LittleEndian
	case raw[0] == 0xFE && raw[1] == 0xFF:
		return binary.BigEndian
	}
	var nul [2]int
	head := raw[:min(len(raw), 1024)]
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half >= 4 && nul[0] == 0 && nul[1]*4 > half*3:
		return binary.LittleEndian
	case half >= 4 && nul[1] == 0 && nul[0]*4 > half*3:
		return binary.BigEndian
	}
	return nil
}

// fromUTF16 keeps the byte order mark as U+FEFF, which the tokenizer steps over.
func fromUTF16(path string, raw []byte, order binary.ByteOrder) *Source {
	var t transcript
	for i := 0; i+1 < len(raw); {
		r, size := rune(order.Uint16(raw[i:])), 2
		if utf16.IsSurrogate(r) && i+3 < len(raw) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(raw[i+2:]))); pair != utf8.RuneError {
				r, size = pair, 4
			}
		}
		t.add(r, i)
		i += size
	}
	return t.source(path, len(raw))
}

// transcript collects decoded text with the file's offset of each of its bytes.
type transcript struct {
	text     []byte
	original []int32
}

func (t *transcript) add(r rune, at int) {
	before := len(t.text)
	t.text = utf8.AppendRune(t.text, r)
	for range len(t.text) - before {
		t.original = append(t.original, int32(at))
	}
}

func (t *transcript) source(path string, size int) *Source {
	return &Source{Path: path, Text: string(t.text), Original: append(t.original, int32(size))}
}

// fromJapanese reads EUC-JP or Shift-JIS, nil when the bytes are neither. EUC-JP is tried first:
// Shift-JIS takes almost any EUC-JP text for half-width katakana.
func fromJapanese(path string, raw []byte) *Source {
	if src := transcode(path, raw, japanese.EUCJP, widthEUC); src != nil {
		return src
	}
	return transcode(path, raw, japanese.ShiftJIS, widthShiftJIS)
}

// transcode decodes all bytes or nothing. Western text can look like Shift-JIS by chance, so kana
// must be there, or no kanji may touch a Latin letter before it.
func transcode(path string, raw []byte, from encoding.Encoding, width func(byte) int) *Source {
	decoded, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return nil
	}
	var t transcript
	at, kana, touching := 0, false, false
	for _, r := range string(decoded) {
		if r == utf8.RuneError || at >= len(raw) {
			return nil
		}
		kana = kana || r >= 0x3040 && r <= 0x30FF
		touching = touching || r >= utf8.RuneSelf && at > 0 && isLetter(raw[at-1]) && (at < 2 || raw[at-2] < utf8.RuneSelf)
		t.add(r, at)
		at += width(raw[at])
	}
	if at != len(raw) || touching && !kana {
		return nil
	}
	return t.source(path, len(raw))
}

func widthShiftJIS(c byte) int {
	if c < 0x80 || c >= 0xA1 && c <= 0xDF {
		return 1
	}
	return 2
}

func widthEUC(c byte) int {
	switch {
	case c < 0x80:
		return 1
	case c == 0x8F:
		return 3
	}
	return 2
}
