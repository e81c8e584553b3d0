package rules

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// indexTooLong reports keys over the storage engine's limits. MariaDB refuses only some of them; of the
// others it silently indexes less than the definition says.
var indexTooLong = &review.Rule{
	ID:       "index-too-long",
	Title:    "Index is longer than the server allows",
	Category: review.SizeLimits,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.IndexTooLong) {
			reportTooLong(p, pr)
		}
		if p.Engine.IsMariaDB() {
			reportCutIndexes(p)
		}
	},
}

func reportTooLong(p *review.Pass, pr *ddlparse.Problem) {
	f := review.Finding{Object: pr.Object, Span: pr.Span}
	f.Problem, f.Advice = sayTooLong(p, pr)
	if pr.Number == 0 {
		f.Severity = review.Warning
	}
	if !pr.Cause.IsZero() {
		f.Related = []review.Related{{Span: pr.Cause, Note: review.Msg("the column is defined here")}}
	}
	f.Fix = shorterPart(p, pr)
	p.Report(f)
}

func sayTooLong(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	bytes, _ := strconv.Atoi(pr.Value)
	limit, _ := strconv.Atoi(pr.Other)
	advice = review.Msg("Index the first characters of the column only, as column(n), or make the column shorter.")
	if pr.Number == 0 {
		return review.Msg("`%s` takes %d bytes of at most %d: %s keeps it as a hash, which finds equal values only and no ranges or order.", pr.Object, bytes, limit, engine), advice
	}
	return review.Msg("`%s` takes %d bytes, and %s allows %d: it refuses the index (error %s).", pr.Object, bytes, engine, limit, number), advice
}

// shorterPart gives an ordinary index of one column the longest prefix that fits. A unique key would
// mean something else with one.
func shorterPart(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	t := p.Final().Table(pr.Table)
	x := t.Index(pr.Name)
	if pr.Reason != "bytes" || x == nil || x.Kind != ddlparse.Plain || len(x.Parts) != 1 || x.Parts[0].Prefix > 0 || x.Parts[0].Desc {
		return nil
	}
	part := x.Parts[0]
	c := t.Column(part.Column)
	limit, err := strconv.Atoi(pr.Other)
	if c == nil || err != nil || part.Span != pr.Span || strings.ContainsAny(part.Span.Text(), "( ") {
		return nil
	}
	width := max(1, p.Engine.CharsetMaxLen(c.Charset))
	behind := part.Span
	behind.Start = behind.End
	return &review.Edit{Title: "Index the part that fits", Span: behind, New: "(" + strconv.Itoa(limit/width) + ")"}
}

// reportCutIndexes finds the parts that have a prefix which nobody wrote.
func reportCutIndexes(p *review.Pass) {
	for t, x := range p.Indexes() {
		if x.Kind != ddlparse.Plain || !p.New(x.Origin) || !isInnoDB(t) {
			continue
		}
		for _, part := range x.Parts {
			c := t.Column(part.Column)
			if c == nil || part.Prefix <= 0 || part.Span.IsZero() || strings.Contains(part.Span.Text(), "(") || c.Type.IsBlob() {
				continue
			}
			behind := part.Span
			behind.Start = behind.End
			f := review.Finding{
				Object:   objectOf(t.Name, x.Name),
				Span:     part.Span,
				Severity: review.Warning,
				Problem:  review.Msg("%s indexes only the first %d characters of `%s` in `%s` and says so in a note (%s) that migration tools don't show.", p.Engine.Title(), part.Prefix, c.Name, objectOf(t.Name, x.Name), review.Errno(1071)),
				Advice:   review.Msg("Write the prefix length that you want, or make `%s` shorter.", c.Name),
			}
			if !part.Desc {
				f.Fix = &review.Edit{Title: "Write the prefix that the server takes", Span: behind, New: "(" + strconv.Itoa(part.Prefix) + ")"}
			}
			p.Report(f)
		}
	}
}
