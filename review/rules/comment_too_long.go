package rules

import (
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// The lengths of comments in characters. https://dev.mysql.com/doc/refman/8.4/en/create-table.html; MySQL 9.7 and
// MariaDB 10.11 were asked.
const (
	maxTableComment = 2048
	maxPartComment  = 1024 // of a column or index
)

// commentTooLong measures the comments that the change set writes.
var commentTooLong = &review.Rule{
	ID:       "comment-too-long",
	Title:    "Comment is too long",
	Category: review.SizeLimits,
	Severity: review.Error,
	Params:   []review.Param{{Name: "max", Default: 0, Doc: "The team's own limit in characters, for all comments; 0 leaves it to the server."}},
	Check: func(p *review.Pass) {
		written := writtenComments(p)
		for t := range p.Tables() {
			if p.Created(t) || written[t.Options.Spans["COMMENT"]] {
				checkComment(p, comment{t.Name.String(), t.Options.Comment, t.Options.Spans["COMMENT"], t.NameSpan, maxTableComment, 1628})
			}
		}
		for t, c := range p.Columns() {
			if old := startTable(p, t).Column(c.Name); old == nil || old.Comment != c.Comment {
				checkComment(p, comment{objectOf(t.Name, c.Name), c.Comment, c.Attribute("COMMENT"), c.Span, maxPartComment, 1629})
			}
		}
		for t, x := range p.Indexes() {
			checkComment(p, comment{objectOf(t.Name, x.Name), x.Comment, ddlparse.Span{}, x.Span, maxPartComment, 1688})
		}
	},
}

type comment struct {
	object, text string
	span, around ddlparse.Span
	limit        int
	number       review.Errno
}

// writtenComments are the places of table comments in ALTER TABLE.
func writtenComments(p *review.Pass) map[ddlparse.Span]bool {
	written := map[ddlparse.Span]bool{}
	for _, c := range review.Each[*ddlparse.SetOptions](p) {
		if at := c.Options.Spans["COMMENT"]; !at.IsZero() {
			written[at] = true
		}
	}
	return written
}

func checkComment(p *review.Pass, c comment) {
	length := utf8.RuneCountInString(c.text)
	own := review.Value[int](p, "max")
	f := review.Finding{Object: c.object, Span: c.span}
	if f.Span.IsZero() {
		f.Span = firstLine(c.around)
	}
	switch {
	case length > c.limit:
		f.Problem = review.Msg("The comment of `%s` has %d characters; %s allows %d and refuses the statement in strict mode (error %s).", c.object, length, p.Engine.Title(), c.limit, c.number)
		f.Advice = review.Msg("Shorten it to %d characters; without strict mode the server cuts the rest off.", c.limit)
	case own > 0 && length > own:
		f.Problem = review.Msg("The comment of `%s` has %d characters, more than the %d that are allowed here.", c.object, length, own)
		f.Advice = review.Msg("Shorten it to %d characters.", own)
	default:
		return
	}
	p.Report(f)
}
