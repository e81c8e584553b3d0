package ddlparse

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/pingcap/tidb/pkg/parser"
	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/mysql"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // literal values, without TiDB itself
)

// judge asks the TiDB parser for its opinion of a statement. It is safe for concurrent use: parsers
// are not, so each call takes one out of the pool.
type judge struct{ o lexOptions }

// parsers are kept for all judges: making one costs as much as reading two files.
var parsers = sync.Pool{New: func() any { return parser.New() }}

// edit replaces bytes of a source with as many others, in the text that the judge sees only.
type edit struct {
	span        Span
	replacement string
}

// errNotParsed says that the parser was not asked, or gave no answer.
var errNotParsed = errors.New("not parsed")

func newJudge(o lexOptions) *judge {
	return &judge{o: o}
}

// check reports whether a statement parses. If it doesn't, it says where in the source the token
// stands that the parser stumbled over, and the token itself. What can't be proven wrong is right:
// statements with placeholders, oddly large ones, and errors that aren't about syntax.
func (j *judge) check(src *Source, span Span, toks []token, edits []edit) (ok bool, at int32, near string) {
	if len(toks) == 0 || span.End-span.Start > maxStatement || guard(src, toks) != "" {
		return true, 0, ""
	}
	text, certain := judged(src, span, toks, edits)
	_, err := j.ask(text)
	offset, syntax := errorOffset(text, err)
	if err == nil || !syntax || !certain {
		return true, 0, ""
	}
	at, near = offending(src, toks, span.Start+int32(offset))
	return false, at, near
}

// parse returns the syntax tree of a statement. Offsets in it count from the start of the span.
func (j *judge) parse(src *Source, span Span, toks []token, edits []edit) (ast.StmtNode, error) {
	if reason := guard(src, toks); reason != "" {
		return nil, fmt.Errorf("%w: %s", errNotParsed, reason)
	}
	if span.End-span.Start > maxStatement {
		return nil, fmt.Errorf("%w: more than %d KB", errNotParsed, maxStatement>>10)
	}
	text, _ := judged(src, span, toks, edits)
	nodes, err := j.ask(text)
	if err != nil {
		return nil, err
	}
	if len(nodes) != 1 {
		return nil, fmt.Errorf("%w: %d statements", errNotParsed, len(nodes))
	}
	return nodes[0], nil
}

// ask runs a parser. One that panicked isn't used again.
func (j *judge) ask(text string) (nodes []ast.StmtNode, err error) {
	p := parsers.Get().(*parser.Parser)
	defer func() {
		if r := recover(); r != nil {
			nodes, err = nil, fmt.Errorf("%w: %v", errNotParsed, r)
		}
	}()
	p.SetParserConfig(parser.ParserConfig{EnableWindowFunction: true})
	p.SetSQLMode(j.mode())
	result, _, err := p.ParseSQL(text)
	nodes = append(nodes, result...) // the parser uses the slice again
	parsers.Put(p)
	return nodes, err
}

func (j *judge) mode() mysql.SQLMode {
	var m mysql.SQLMode
	if j.o.ansiQuotes {
		m |= mysql.ModeANSIQuotes
	}
	if j.o.noBackslash {
		m |= mysql.ModeNoBackslashEscapes
	}
	return m
}

// errorOffset finds the offending token: the message quotes the text from there on, cut at 2,048 bytes
// with the whole length behind it. Errors of another form aren't about syntax.
func errorOffset(text string, err error) (offset int, syntax bool) {
	if err == nil || errors.Is(err, errNotParsed) {
		return 0, false
	}
	message := err.Error()
	if !strings.HasPrefix(message, "line ") {
		return 0, false
	}
	_, rest, found := strings.Cut(message, ` near "`)
	if !found {
		return 0, false
	}
	if head, ok := strings.CutSuffix(rest, ")"); ok {
		if n := strings.LastIndex(head, "(total length "); n >= 0 {
			length, bad := strconv.Atoi(head[n+len("(total length "):])
			return len(text) - length, bad == nil && length <= len(text)
		}
	}
	rest, ok := strings.CutSuffix(rest, `" `)
	return len(text) - len(rest), ok && strings.HasSuffix(text, rest)
}

// offending returns the token at or behind an offset; the end of the statement has none.
func offending(src *Source, toks []token, offset int32) (at int32, near string) {
	for _, t := range toks {
		if t.end > offset {
			return t.start, t.text(src)
		}
	}
	return toks[len(toks)-1].end, ""
}
