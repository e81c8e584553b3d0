package ddlparse

import (
	"bytes"
	"strings"
)

// peekLength is how much of a file is looked at.
const peekLength = 64 << 10

// peek is what the start of a file tells.
type peek struct {
	tool     Tool // that its markers name
	ddl      bool
	evidence evidence
	err      error
}

// peekAt looks at the start of a file: markers of tools in comments, DDL, and words of a dialect
// outside comments and strings.
func peekAt(data []byte) *peek {
	if len(data) > peekLength {
		data = data[:peekLength]
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		data = bytes.ReplaceAll(data[2:], []byte{0}, nil) // UTF-16: what is ASCII stays
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	s := peeker{text: string(data), statement: true}
	for s.at < len(s.text) {
		s.next()
	}
	return &s.peek
}

// peeker goes through a text once.
type peeker struct {
	peek
	text      string
	at        int
	last      [2]string // words before, in lower case; "" after a mark
	statement bool      // a statement starts here
	defining  bool      // its verb is one of DDL
}

func (s *peeker) next() {
	c := s.text[s.at]
	switch {
	case isLetter(c) || c == '_' || c >= 0x80:
		s.word()
	case strings.HasPrefix(s.text[s.at:], "--"):
		s.line()
	case c == '#':
		s.evidence.soft++
		s.line()
	case strings.HasPrefix(s.text[s.at:], "/*"):
		s.blockComment()
	case c == '\'' || c == '"' || c == '`':
		s.quoted(c)
	default:
		s.mark(c)
	}
}

// word reads a word and judges it with the two before it.
func (s *peeker) word() {
	start := s.at
	for s.at < len(s.text) && (isLetter(s.text[s.at]) || isDigit(s.text[s.at]) || s.text[s.at] == '_' || s.text[s.at] >= 0x80) {
		s.at++
	}
	w := strings.ToLower(s.text[start:s.at])
	s.judge(w)
	s.evidence.word(s.last, w, strings.TrimLeft(s.text[s.at:min(s.at+32, len(s.text))], " \t\r\n"))
	s.last = [2]string{s.last[1], w}
	s.statement = false
}

// judge notes whether the word makes DDL of the statement: its verb and the kind of its object.
func (s *peeker) judge(w string) {
	switch w {
	case "create", "alter", "drop", "rename":
		s.defining = s.defining || s.statement
	case "table", "index", "view":
		switch s.last[1] {
		case "create", "alter", "drop", "rename":
			s.defining = true // SQL Server's GO ends a statement without a mark
		}
		s.ddl = s.ddl || s.defining
	case "trigger", "procedure", "function", "event", "database", "schema", "sequence":
		s.ddl = s.ddl || s.defining
	}
}

// line skips a comment to the end of the line; the markers of tools stand in such.
func (s *peeker) line() {
	end := strings.IndexByte(s.text[s.at:], '\n')
	if end < 0 {
		end = len(s.text) - s.at
	}
	if tool := toolOfComment(s.text[s.at : s.at+end]); tool != "" && s.tool == "" {
		s.tool = tool
	}
	s.at += end
}

// toolOfComment returns the tool that a line comment is a marker of.
func toolOfComment(line string) Tool {
	text := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "-# ")))
	switch {
	case strings.HasPrefix(text, "+goose "):
		return Goose
	case strings.HasPrefix(text, "+migrate "):
		return SQLMigrate
	case strings.HasPrefix(text, "migrate:up"), strings.HasPrefix(text, "migrate:down"):
		return Dbmate
	case strings.HasPrefix(text, "liquibase formatted sql"):
		return Liquibase
	}
	return ""
}

// blockComment skips a comment; an executable one is MySQL's, and its content is read.
func (s *peeker) blockComment() {
	rest := s.text[s.at+2:]
	if strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "M!") {
		s.evidence.hard++
		s.at += 3 + strings.IndexByte(rest, '!')
		s.at += len(digitsOf(s.text[s.at:]))
		return
	}
	if end := strings.Index(rest, "*/"); end >= 0 {
		s.at += 2 + end + 2
		return
	}
	s.at = len(s.text)
}

// quoted skips a string or a quoted identifier.
func (s *peeker) quoted(q byte) {
	body := s.text[s.at+1:]
	end := strings.IndexByte(body, q)
	if end < 0 {
		end = len(body)
	}
	s.evidence.quoted(q, s.last[1])
	s.at = min(s.at+1+end+1, len(s.text))
	s.last = [2]string{}
}

// mark reads one mark, or a few that tell a dialect.
func (s *peeker) mark(c byte) {
	s.evidence.mark(s.text[s.at:])
	switch {
	case c == ';':
		s.statement, s.defining, s.last = true, false, [2]string{}
	case c == '(' || c > ' ' && !isDigit(c):
		s.last = [2]string{s.last[1], ""}
	}
	s.at++
}
