package ddlparse

import "strings"

// pieceKind says what a piece of a file is.
type pieceKind uint8

const (
	pieceStatement pieceKind = iota + 1
	pieceGap                 // white space, comments, delimiters, markers
	pieceClient              // what no server would get: a client's command, a part the tool doesn't run
)

// piece is a part of a file; the pieces of a file concatenate to it.
type piece struct {
	kind      pieceKind
	span      Span // of a statement: first token to the end of the last, without the delimiter
	section   section
	changeset string
	comments  []Span  // directly before it, and behind it on its last line
	inside    []Span  // comments between its tokens
	tokens    []token // without comments; executable comments resolved; of a huge INSERT the first ones
	reason    string  // why a client piece is no statement; of a statement: what was read past
	noTx      bool
}

// reasonDashes says that a line such as "--DROP …" was left out of a statement.
const reasonDashes = "`--` without white space behind it starts no comment in MySQL; read as one, as some migration runners do"

// maxSeedTokens bounds the tokens kept of an INSERT or REPLACE: nothing is asked of row 10,000 on.
const maxSeedTokens = 1 << 16

// split cuts a file into statements and what lies between them.
func split(src *Source, tool Tool, o lexOptions) []piece {
	s := &splitter{src: src, o: o, track: tracker{src: src}}
	s.dashes = tool == Liquibase
	s.pieces = make([]piece, 0, min(2*strings.Count(src.Text, ";")+4, 1<<12))
	for _, r := range regions(src, tool, o.engine) {
		s.region(r)
	}
	s.gap(int32(len(src.Text)))
	return s.pieces
}

// splitter holds the piece that is being read.
type splitter struct {
	src    *Source
	o      lexOptions
	dashes bool
	pieces []piece
	done   int32 // pieces cover the file up to here

	lex   *lexer
	in    region
	track tracker
	arena []token // tokens of several statements share one allocation
	from  int     // where the current statement's tokens start in the arena

	start, end int32 // the current statement, with the markers of executable comments around it
	before     []Span
	inside     []Span
	pending    []Span // comments since the last token
	reason     string
	previous   int  // index of the last statement in pieces, -1 for none
	sameLine   bool // no line has ended since the previous statement
	scanned    int32
}

// region splits one region.
func (s *splitter) region(r region) {
	s.in, s.previous = r, -1
	if r.reason != "" {
		s.skip(r)
		return
	}
	s.lex = newLexer(s.src, r.start, r.end, s.o)
	s.lex.delimiter, s.lex.dashes = r.delimiter, s.dashes
	s.before = nil
	s.reset()
	for {
		t, ok := s.lex.next()
		if !ok {
			break
		}
		s.token(t)
	}
	s.finish()
}

// skip makes one piece of a region that the tool doesn't run.
func (s *splitter) skip(r region) {
	text := s.src.Text[r.start:r.end]
	lead := len(text) - len(strings.TrimLeft(text, " \t\r\n\uFEFF"))
	tail := len(strings.TrimRight(text, " \t\r\n"))
	if lead < tail && s.hasTokens(r) {
		s.client(r.start+int32(lead), r.start+int32(tail), r.reason)
	}
}

func (s *splitter) hasTokens(r region) bool {
	l := newLexer(s.src, r.start, r.end, s.o)
	l.dashes = s.dashes
	for {
		t, ok := l.next()
		if !ok || t.kind != comment {
			return ok
		}
	}
}

func (s *splitter) reset() {
	s.from = len(s.arena)
	s.inside, s.pending, s.reason = nil, nil, ""
	s.track.reset()
}

func (s *splitter) empty() bool { return len(s.arena) == s.from }

// token takes the next token of the region.
func (s *splitter) token(t token) {
	switch {
	case t.kind == comment:
		s.comment(t)
	case t.kind == delimiterMark:
		s.finish()
	case s.ends(t):
		s.finish()
	case s.command(t):
	default:
		s.add(t)
	}
}

// ends reports whether the token ends the current statement and is no part of it.
func (s *splitter) ends(t token) bool {
	switch s.src.Text[t.start] {
	case ';':
		return !s.track.inside()
	case '\\':
		c := s.src.Text[t.end-1]
		return t.kind == word && (c == 'g' || c == 'G') && !s.empty()
	}
	return false
}

func (s *splitter) add(t token) {
	if len(s.arena)-s.from >= maxSeedTokens && isSeed(s.src, s.arena[s.from]) {
		s.end = t.end
		return
	}
	first := s.empty()
	if first {
		s.start = t.start
		if s.lex.marker >= 0 {
			s.start = int32(s.lex.marker)
		}
		s.before, s.pending = append(s.before, s.pending...), nil
	} else if len(s.pending) > 0 {
		s.inside, s.pending = append(s.inside, s.pending...), nil
	}
	s.grow()
	s.arena = append(s.arena, t)
	s.end = t.end
	if first || s.track.state != trackNothing {
		s.track.add(t, first)
	}
}

// grow moves the current statement's tokens to a new block when the old one is full, so that the
// tokens of finished statements stay where they are.
func (s *splitter) grow() {
	if len(s.arena) < cap(s.arena) {
		return
	}
	size := min(len(s.src.Text)/5+16, 1<<13)
	current := s.arena[s.from:]
	s.arena = append(make([]token, 0, max(size, 2*len(current))), current...)
	s.from = 0
}

// comment puts a comment where it belongs: behind the previous statement on its last line, or
// before or inside the current one.
func (s *splitter) comment(t token) {
	span := Span{s.src, t.start, t.end}
	if !s.empty() {
		s.pending = append(s.pending, span)
		return
	}
	if s.previous >= 0 && s.onLastLine(t.start) {
		p := &s.pieces[s.previous]
		p.comments = append(p.comments, span)
		return
	}
	s.before = append(s.before, span)
}

// onLastLine reports whether no line ended between the previous statement and the offset.
func (s *splitter) onLastLine(at int32) bool {
	if s.sameLine && at > s.scanned {
		s.sameLine = strings.IndexByte(s.src.Text[s.scanned:at], '\n') < 0
		s.scanned = at
	}
	return s.sameLine
}

// finish ends the current statement, if there is one.
func (s *splitter) finish() {
	if s.empty() {
		s.reset()
		return
	}
	end := s.end
	if left := int32(s.lex.left); left > end && s.start < left {
		end = left
	}
	s.gap(s.start)
	s.pieces = append(s.pieces, piece{
		kind: pieceStatement, span: Span{s.src, s.start, end}, section: s.in.section, changeset: s.in.changeset,
		comments: append(s.before, s.pending...), inside: s.inside, tokens: s.arena[s.from:len(s.arena):len(s.arena)],
		reason: s.reason, noTx: s.in.noTx,
	})
	s.done, s.previous, s.sameLine, s.scanned = end, len(s.pieces)-1, true, end
	s.before = nil
	s.reset()
}

// gap covers the file up to an offset.
func (s *splitter) gap(to int32) {
	if s.done < to {
		s.pieces = append(s.pieces, piece{kind: pieceGap, span: Span{s.src, s.done, to}, section: s.in.section, changeset: s.in.changeset})
		s.done = to
	}
}

// client adds a piece that no server gets.
func (s *splitter) client(start, end int32, reason string) {
	s.gap(start)
	s.pieces = append(s.pieces, piece{
		kind: pieceClient, span: Span{s.src, start, end}, section: s.in.section, changeset: s.in.changeset,
		comments: s.before, reason: reason, noTx: s.in.noTx,
	})
	s.done, s.before, s.previous = end, nil, -1
}
