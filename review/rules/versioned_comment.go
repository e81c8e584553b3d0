package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// versionedComment speaks once per file of comments that are code on some servers in use and not on others: MySQL
// 8.4 manual, "Comments"; MariaDB, "Comment Syntax"; TiDB, "Comment Syntax". What dumps of any version hold, SET and
// the numbers below 5.7, runs everywhere.
var versionedComment = &review.Rule{
	ID:       "versioned-comment-code",
	Title:    "Comment is code on some servers only",
	Category: review.Syntax,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "allowed_tags", Default: []string{}, Doc: "Beginnings of comments that may stand in migrations, such as !80023, M! or T!."},
	},
	Check: func(p *review.Pass) {
		for m := range newTexts(p) {
			if list := versionedComments(p, m.Source); len(list) > 0 {
				reportVersionedCode(p, list)
			}
		}
	},
}

// versionedCode is an executable comment: its mark ("!80023"), its place, and whether the server runs it.
type versionedCode struct {
	tag  string
	at   ddlparse.Span
	runs bool
}

func versionedComments(p *review.Pass, src *ddlparse.Source) []versionedCode {
	if !strings.Contains(src.Text, "/*!") && !strings.Contains(src.Text, "/*M!") && !strings.Contains(src.Text, "/*T!") {
		return nil
	}
	var list []versionedCode
	end := int32(0)
	look := func(from, to int32, runs bool) {
		for i := from; i < to; i++ {
			if c, ok := versionedAt(src, i, runs); ok && matters(p, src, c) {
				list = append(list, c)
			}
		}
	}
	for _, t := range ddlparse.Tokens(ddlparse.Span{Source: src, End: int32(len(src.Text))}, p.Engine, false) {
		look(end, t.Span.Start, true) // between tokens stand the marks of comments that run
		if t.Kind == ddlparse.CommentToken {
			look(t.Span.Start, t.Span.Start+1, false)
		}
		end = t.Span.End
	}
	return list
}

// versionedAt reads the mark of an executable comment.
func versionedAt(src *ddlparse.Source, i int32, runs bool) (versionedCode, bool) {
	text := src.Text[i:]
	rest, ok := strings.CutPrefix(text, "/*")
	if !ok || !strings.HasPrefix(rest, "!") && !strings.HasPrefix(rest, "M!") && !strings.HasPrefix(rest, "T!") {
		return versionedCode{}, false
	}
	n := strings.IndexByte(rest, '!') + 1
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	close := strings.Index(text, "*/")
	if close < 0 {
		return versionedCode{}, false
	}
	return versionedCode{rest[:n], firstLine(ddlparse.Span{Source: src, Start: i, End: i + int32(close) + 2}), runs}, true
}

// matters reports whether servers in use differ about the comment, and about something that stays.
func matters(p *review.Pass, src *ddlparse.Source, c versionedCode) bool {
	if slices.Contains(review.Value[[]string](p, "allowed_tags"), c.tag) {
		return false
	}
	if number, ok := strings.CutPrefix(c.tag, "!"); ok {
		if version, _ := strconv.Atoi(number); version < 50700 || version == 999999 {
			return false
		}
	}
	inside := strings.TrimSpace(src.Text[c.at.Start+2+int32(len(c.tag)):])
	word, _, _ := strings.Cut(strings.ToUpper(inside), " ")
	switch {
	case word == "SET", word == "DEFAULT" && mentions(firstLine(c.at).Text(), "ENCRYPTION"):
		return false
	case strings.HasPrefix(c.tag, "T!") && p.Engine.IsTiDB(), strings.HasPrefix(c.tag, "M!") && p.Engine.IsMariaDB() && c.runs:
		return false // written for this server, and comments to the others
	}
	return true
}

func reportVersionedCode(p *review.Pass, list []versionedCode) {
	slices.SortStableFunc(list, func(a, b versionedCode) int {
		if a.runs != b.runs && !a.runs {
			return -1
		}
		return 0
	})
	first := list[0]
	f := review.Finding{
		Span:    first.at,
		Problem: review.Msg("To %s what stands behind `/*%s` is only a comment: nothing of it runs here, but it does on other servers.", p.Engine.Title(), first.tag),
		Advice:  review.Msg("Write the statement without the comment, or leave it out."),
	}
	if first.runs {
		f.Severity = review.Notice
		f.Problem = review.Msg("%s runs what stands behind `/*%s`, other servers take it for a comment: the same file gives them another schema.", p.Engine.Title(), first.tag)
	}
	for _, c := range list[1:] {
		f.Places = append(f.Places, c.at)
	}
	p.Report(f)
}
