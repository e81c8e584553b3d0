package ddlparse

import (
	"bytes"
	"fmt"
	"unicode/utf8"
	"unsafe"
)

// MaxFileSize is the largest file that Decode takes; larger ones are data, not a migration.
const MaxFileSize = 64 << 20

// DecodeError says why a file can't be read as SQL text.
type DecodeError struct {
	Path   string
	Reason string // for people, one sentence without the path
}

// Error gives path and reason.
func (e *DecodeError) Error() string { return e.Path + ": " + e.Reason }

// Decode makes a Source of a file's bytes. UTF-8 stays as it is, with its byte order mark, so that
// offsets are the file's. UTF-16, Shift-JIS and EUC-JP become UTF-8 and positions still are the
// file's. Other bytes that are no UTF-8 are kept: they can only stand in strings, comments and names.
//
// The source keeps raw, which must not be changed any more: histories are read whole, and a copy of
// each file would double them.
func Decode(path string, raw []byte) (*Source, error) {
	if len(raw) > MaxFileSize {
		return nil, &DecodeError{path, fmt.Sprintf(reasonFileSize, len(raw)>>20, MaxFileSize>>20)}
	}
	if order := byteOrder(raw); order != nil {
		return fromUTF16(path, raw, order), nil
	}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return nil, &DecodeError{path, fmt.Sprintf(reasonBinary, at)}
	}
	if !utf8.Valid(raw) {
		if src := fromJapanese(path, raw); src != nil {
			return src, nil
		}
	}
	return &Source{Path: path, Text: unsafe.String(unsafe.SliceData(raw), len(raw))}, nil
}
