package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateEnumValue reports values of ENUM and SET that are listed twice, or are equal under the
// column's collation.
var duplicateEnumValue = &review.Rule{
	ID:       "duplicate-enum-value",
	Title:    "ENUM or SET lists a value twice",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.DuplicateEnumValue, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number, typ := p.Engine.Title(), review.Errno(pr.Number), strings.ToUpper(pr.Reason)
		if pr.Value != pr.Other {
			return review.Msg("The values `%s` and `%s` of the %s `%s` are equal under its collation; %s refuses that in strict mode (error %s).", pr.Other, pr.Value, typ, pr.Object, engine, number),
				review.Msg("Remove one of them, or give the column a collation that ends in _bin.")
		}
		return review.Msg("The %s `%s` lists the value `%s` twice; %s refuses that in strict mode (error %s).", typ, pr.Object, pr.Value, engine, number),
			review.Msg("Remove one of them.")
	}, removeMember),
}

// removeMember takes the last listing of the value out, with the comma before it. Values that need quoting
// are left to the author.
func removeMember(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	text, literal := pr.Span.Text(), "'"+pr.Value+"'"
	from := strings.LastIndex(text, literal)
	if from < 0 || strings.ContainsAny(pr.Value, "'\\") {
		return nil
	}
	before := strings.TrimRight(text[:from], " \t\r\n")
	if !strings.HasSuffix(before, ",") {
		return nil
	}
	at := pr.Span
	at.Start, at.End = at.Start+int32(len(before)-1), at.Start+int32(from+len(literal))
	return &review.Edit{Title: "Remove the second value", Span: at}
}
