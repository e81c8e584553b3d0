package review

import (
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// directive is how a comment that speaks to us begins.
const directive = "schema-review:"

// The verbs of directives.
const (
	ignoreVerb     = "ignore"
	ignoreFileVerb = "ignore-file"
)

// Suppression is a comment beside the SQL that says which findings are accepted there, and why:
//
//	-- schema-review: ignore drop-column,rename-column nobody reads it (DBRE-123)
//	-- schema-review: ignore drop-column until 2027-03-31 the old release writes it
//
// It covers what starts on its own line, and what begins directly behind it: a whole statement, or
// the line of a column or clause. ignore-file in the comments at the top of a file covers the file.
type Suppression struct {
	Verb   string    // "ignore", "ignore-file"; anything else is a mistake
	Rules  []string  // as written, in order
	Until  time.Time // the last day on which it holds; zero = for good
	Reason string
	Span   ddlparse.Span // from "schema-review:" to the end of the reason
	// Partial: only a part of its file is under review, as in a declarative schema, so that it
	// suppresses nothing today says nothing about it.
	Partial bool

	atTop  bool  // nothing but comments before it
	line   int   // the line of code that it covers; 0 = none
	target int32 // where the code directly behind it begins; -1 = it stands behind code
}

// FindSuppressions returns the suppressions in a file's comments, mistakes included. A file without
// any costs one search of its text.
func FindSuppressions(src *ddlparse.Source) []Suppression {
	if src == nil || !strings.Contains(src.Text, directive) {
		return nil
	}
	var found []Suppression
	comments := ddlparse.Comments(src, ddlparse.DefaultEngine())
	next := nextCode(src, comments)
	codeEnd := 0 // where the last code before the comment ends
	for i, c := range comments {
		between := src.Text[previousEnd(comments, i):c.Start]
		if code := strings.TrimRight(between, white); code != "" {
			codeEnd = previousEnd(comments, i) + len(code)
		}
		for _, s := range directivesIn(c) {
			s.atTop = codeEnd == 0
			s.aim(src, codeEnd, c, next[i])
			found = append(found, s)
		}
	}
	return found
}

const white = " \t\r\n\v\f"

func previousEnd(comments []ddlparse.Span, i int) int {
	if i > 0 {
		return int(comments[i-1].End)
	}
	if len(comments) > 0 && strings.HasPrefix(comments[0].Source.Text, "\uFEFF") {
		return len("\uFEFF")
	}
	return 0
}

// nextCode tells for each comment where the code behind it begins, -1 where an empty line or the end
// of the file comes first. Comments in between don't matter.
func nextCode(src *ddlparse.Source, comments []ddlparse.Span) []int32 {
	next := make([]int32, len(comments))
	for i := len(comments) - 1; i >= 0; i-- {
		end := len(src.Text)
		if i+1 < len(comments) {
			end = int(comments[i+1].Start)
		}
		gap := src.Text[comments[i].End:end]
		code := strings.TrimLeft(gap, white)
		switch {
		case emptyLine(gap[:len(gap)-len(code)], comments[i]):
			next[i] = -1
		case code != "":
			next[i] = int32(end - len(code))
		case i+1 < len(comments):
			next[i] = next[i+1]
		default:
			next[i] = -1
		}
	}
	return next
}

// emptyLine reports whether the white space behind a comment holds an empty line.
func emptyLine(gap string, comment ddlparse.Span) bool {
	breaks := strings.Count(gap, "\n")
	if strings.HasSuffix(comment.Text(), "\n") {
		breaks++ // some comments own the end of their line
	}
	return breaks > 1
}

// aim decides what the suppression covers: its own line when code stands before it there, else the
// code directly behind it.
func (s *Suppression) aim(src *ddlparse.Source, codeEnd int, comment ddlparse.Span, next int32) {
	s.target = -1
	if codeEnd > 0 && !strings.Contains(src.Text[codeEnd:comment.Start], "\n") {
		s.line = src.Position(int(comment.Start)).Line
		return
	}
	if next >= 0 {
		s.target, s.line = next, src.Position(int(next)).Line
	}
}

// directivesIn reads the directives of a comment, one a line.
func directivesIn(comment ddlparse.Span) []Suppression {
	var found []Suppression
	start := comment.Start
	for line := range strings.Lines(comment.Text()) {
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimRight(line, white), "*/"))
		body := strings.TrimLeft(text, "-#/*! \t")
		if strings.HasPrefix(body, directive) {
			at := start + int32(strings.Index(line, body))
			span := ddlparse.Span{Source: comment.Source, Start: at, End: at + int32(len(body))}
			found = append(found, parseDirective(body[len(directive):], span))
		}
		start += int32(len(line))
	}
	return found
}

// parseDirective reads `verb rule[,rule…] [until date] reason`.
func parseDirective(text string, span ddlparse.Span) Suppression {
	verb, rest := cutWord(text)
	s := Suppression{Verb: verb, Span: span}
	for rest != "" && !strings.HasPrefix(rest, "-") { // behind a dash comes the reason
		var word string
		word, rest = cutWord(rest)
		for id := range strings.SplitSeq(word, ",") {
			if id != "" {
				s.Rules = append(s.Rules, id)
			}
		}
		if !strings.HasSuffix(word, ",") && !strings.HasPrefix(rest, ",") {
			break
		}
	}
	s.Until, rest = cutUntil(rest)
	s.Reason = strings.TrimLeft(rest, "-:–— \t")
	return s
}

// cutUntil splits `until 2027-03-31` off. Without a date behind it, the word is the reason's own.
func cutUntil(text string) (time.Time, string) {
	word, rest := cutWord(text)
	date, rest := cutWord(rest)
	if day, err := time.Parse(time.DateOnly, date); err == nil && word == "until" {
		return day, rest
	}
	return time.Time{}, text
}

// expired reports whether the last day lies behind.
func (s *Suppression) expired(today time.Time) bool { return isPast(s.Until, today) }

// cutWord splits the first word off, and the white space around it.
func cutWord(text string) (word, rest string) {
	text = strings.TrimLeft(text, white)
	end := strings.IndexAny(text, white)
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimLeft(text[end:], white)
}

// covers reports whether the finding lies where the suppression looks and is of one of its rules.
func (s *Suppression) covers(f Finding) bool {
	return slices.Contains(s.Rules, f.Rule) && s.reaches(f)
}

func (s *Suppression) reaches(f Finding) bool {
	if s.Verb == ignoreFileVerb {
		return f.Span.Path() == s.Span.Path()
	}
	if f.Span.Source != s.Span.Source || s.line == 0 {
		return false
	}
	if f.Statement != nil && f.Statement.Span.Start == s.target {
		return true
	}
	if f.Span.From().Line == s.line {
		return true
	}
	return s.target < 0 && f.Span.To().Line == s.line // behind the last line of a long clause
}
