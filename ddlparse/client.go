package ddlparse

import (
	"fmt"
	"strings"
)

// command handles what a client keeps for itself, and reports whether the token was part of it.
func (s *splitter) command(t token) bool {
	if s.empty() {
		return s.firstWord(t)
	}
	switch c := s.src.Text[t.start]; {
	case (c == 'd' || c == 'D') && t.is(s.src, "DELIMITER") && s.resets(t):
		s.finish()
		s.setDelimiter(t)
		return true
	case c == '-' && s.isDashes(t):
		s.reason = reasonDashes
		s.toLineEnd(t)
		return true
	case len(s.arena)-s.from == 2 && s.usesLine(t):
		s.finish()
		s.token(t)
		return true
	}
	return false
}

// firstWord handles commands at the start of a statement.
func (s *splitter) firstWord(t token) bool {
	if s.isDashes(t) {
		s.client(t.start, s.toLineEnd(t), reasonDashes)
		return true
	}
	if t.kind != word {
		return s.src.Text[t.start] == '\\' && s.escape(t)
	}
	if t.is(s.src, "DELIMITER") {
		s.setDelimiter(t)
		return true
	}
	if s.src.Text[t.start] == '\\' {
		return s.escape(t)
	}
	return s.isCommand(t) && s.clientLine(t, fmt.Sprintf(reasonCommand, strings.ToLower(t.text(s.src))))
}

// escape handles \. file, \! command and psql's \connect.
func (s *splitter) escape(t token) bool {
	return s.clientLine(t, "a command of the database client, which no server gets")
}

// clientLine makes a client piece of the token and the rest of its line.
func (s *splitter) clientLine(t token, reason string) bool {
	s.client(t.start, s.toLineEnd(t), reason)
	return true
}

// isCommand recognises the words that start a command of the mysql client and no statement.
func (s *splitter) isCommand(t token) bool {
	switch t.end - t.start {
	case 3:
		return t.is(s.src, "TEE")
	case 4:
		return t.is(s.src, "EXIT") || t.is(s.src, "QUIT")
	case 5:
		return t.is(s.src, "NOTEE") || t.is(s.src, "PAGER")
	case 6:
		return t.is(s.src, "SOURCE") || t.is(s.src, "SYSTEM") || t.is(s.src, "PROMPT")
	case 7:
		return t.is(s.src, "NOPAGER")
	case 8:
		return t.is(s.src, "WARNINGS")
	case 9:
		return t.is(s.src, "NOWARNING")
	}
	return false
}

// toLineEnd moves the lexer behind the token's line and returns the offset of its last visible byte.
func (s *splitter) toLineEnd(t token) int32 {
	text := s.src.Text[t.start:s.in.end]
	if n := strings.IndexByte(text, '\n'); n >= 0 {
		text = text[:n]
	}
	s.lex.pos = int(t.start) + len(text)
	return t.start + int32(len(strings.TrimRight(text, " \t\r")))
}

// isDashes recognises "--x" at the start of a line: no comment for MySQL, and no SQL for anyone.
func (s *splitter) isDashes(t token) bool {
	if s.src.Text[t.start] != '-' || !strings.HasPrefix(s.src.Text[t.start:s.in.end], "--") {
		return false
	}
	return s.lineStart(t.start, true)
}

// lineStart reports whether the offset starts a line, after white space if that is allowed.
func (s *splitter) lineStart(at int32, indented bool) bool {
	i := at
	for indented && i > s.in.start && (s.src.Text[i-1] == ' ' || s.src.Text[i-1] == '\t') {
		i--
	}
	return i == s.in.start || s.src.Text[i-1] == '\n'
}

// usesLine reports whether the third token follows a "USE db" that ended with its line, as the mysql
// client allows.
func (s *splitter) usesLine(t token) bool {
	current := s.arena[s.from:]
	if !current[0].is(s.src, "USE") || s.track.inside() {
		return false
	}
	return strings.IndexByte(s.src.Text[current[1].end:t.start], '\n') >= 0
}

// resets reports whether a DELIMITER in the midst of a statement is the client's command and not a
// column of that name: it starts its line, and all that follows is one odd word.
func (s *splitter) resets(t token) bool {
	if !s.lineStart(t.start, true) {
		return false
	}
	rest, _, _ := strings.Cut(s.src.Text[t.end:s.in.end], "\n")
	argument := strings.TrimSpace(rest)
	return argument != "" && !strings.ContainsAny(argument, " \t,()'`=") && strings.ContainsAny(argument, `;$/|@#!%^&~\`)
}

// setDelimiter reads the argument of DELIMITER, which may stand on the next line.
func (s *splitter) setDelimiter(t token) {
	text := s.src.Text[t.end:s.in.end]
	lead := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	end := lead
	for end < len(text) && text[end] > ' ' {
		end++
	}
	argument := strings.Trim(text[lead:end], "'\"`")
	if argument == ";" {
		argument = ""
	}
	s.lex.delimiter = argument
	first := t
	first.start += int32(lead) + t.end - t.start
	s.toLineEnd(first)
	s.before, s.previous = nil, -1
}
