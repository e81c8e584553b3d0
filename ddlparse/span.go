package ddlparse

import (
	"fmt"
	"sort"
	"sync"
)

// Source is one file's text. Offsets into Text are offsets into the file, unless the file had to be
// transcoded; then Original maps them back.
type Source struct {
	Path string // slash separated, relative to the repository
	Text string // UTF-8 as far as the file is; see Decode

	// Original gives the file's byte offset of each byte of Text and of its end; nil when they are the same.
	Original []int32

	// Host is the source whose string literal this one is the content of, nil for files. Original then
	// holds offsets into the host's Text, and positions and lines are the host's.
	Host *Source

	once  sync.Once
	lines []int32 // offsets in Text at which lines start
}

// Pos is a place in a file: byte offset from 0, line and column from 1, column in bytes.
type Pos struct{ Offset, Line, Col int }

// Position returns the place of the byte at offset in Text.
func (s *Source) Position(offset int) Pos {
	if s.Host != nil {
		return s.Host.Position(int(s.Original[offset]))
	}
	s.once.Do(s.index)
	line := sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset })
	start := int(s.lines[line-1])
	p := Pos{Offset: offset, Line: line, Col: offset - start + 1}
	if s.Original != nil && offset < len(s.Original) {
		p.Offset = int(s.Original[offset])
		p.Col = p.Offset - int(s.Original[start]) + 1
	}
	return p
}

// Line returns the text of the line with that number, counted from 1, without its line ending.
func (s *Source) Line(number int) string {
	if s.Host != nil {
		return s.Host.Line(number)
	}
	s.once.Do(s.index)
	if number < 1 || number > len(s.lines) {
		return ""
	}
	end := len(s.Text)
	if number < len(s.lines) {
		end = int(s.lines[number])
	}
	line := s.Text[s.lines[number-1]:end]
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	return line
}

func (s *Source) index() {
	s.lines = append(s.lines, 0)
	for i := 0; i < len(s.Text); i++ {
		if s.Text[i] == '\n' {
			s.lines = append(s.lines, int32(i+1))
		}
	}
}

// Span is a half-open range of bytes of a source. The zero Span is no place at all.
type Span struct {
	Source     *Source
	Start, End int32
}

// IsZero reports whether the span is no place.
func (s Span) IsZero() bool { return s.Source == nil }

// Text returns exactly the source in the span.
func (s Span) Text() string {
	if s.Source == nil {
		return ""
	}
	return s.Source.Text[s.Start:s.End]
}

// Path returns the path of the file the span lies in.
func (s Span) Path() string {
	if s.Source == nil {
		return ""
	}
	return s.Source.Path
}

// From returns the place of the first byte.
func (s Span) From() Pos { return s.Source.Position(int(s.Start)) }

// To returns the place behind the last byte.
func (s Span) To() Pos { return s.Source.Position(int(s.End)) }

// Contains reports whether o lies wholly in s.
func (s Span) Contains(o Span) bool {
	return s.Source == o.Source && s.Start <= o.Start && o.End <= s.End
}

// String gives "path:line:column", as compilers print places.
func (s Span) String() string {
	if s.Source == nil {
		return "-"
	}
	p := s.From()
	return fmt.Sprintf("%s:%d:%d", s.Source.Path, p.Line, p.Col)
}
