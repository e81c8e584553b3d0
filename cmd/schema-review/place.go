package main

import (
	"strings"
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
)

// place is where something stands, as people and tools count: line and column from 1, the column in
// characters (Unicode code points), the offset in bytes of the file from 0.
type place struct {
	Offset int `json:"offset"`
	Line   int `json:"line"`
	Column int `json:"column"`
}

const byteOrderMark = "\ufeff"

func startOf(s ddlparse.Span) place { return placeAt(s.Source, int(s.Start)) }

func endOf(s ddlparse.Span) place { return placeAt(s.Source, int(s.End)) }

func placeAt(src *ddlparse.Source, offset int) place {
	at := src.Position(offset)
	line := strings.LastIndexByte(src.Text[:offset], '\n') + 1
	if line == 0 && strings.HasPrefix(src.Text, byteOrderMark) && offset >= len(byteOrderMark) {
		line = len(byteOrderMark) // no editor counts it
	}
	return place{at.Offset, at.Line, utf8.RuneCountInString(src.Text[line:offset]) + 1}
}
