package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// invalidPrefixLength reports index prefixes that the column can't have.
// https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html
var invalidPrefixLength = &review.Rule{
	ID:       "invalid-prefix-length",
	Title:    "Index prefix does not fit the column",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblemsWithFix(ddlparse.InvalidPrefixLength, sayPrefix, dropPrefix),
}

func sayPrefix(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	column, typ, engine, number := objectOf(pr.Table, pr.Value), strings.ToUpper(pr.Other), p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "zero":
		return review.Msg("The key `%s` takes a prefix of 0 characters of `%s`; %s refuses it (error %s).", pr.Name, column, engine, number),
			review.Msg("Leave the prefix length out, or write one of at least 1.")
	case "length":
		return review.Msg("The key `%s` takes a prefix of `%s` that is longer than the column, %s; %s refuses it (error %s).", pr.Name, column, typ, engine, number),
			review.Msg("Leave the prefix length out: the key then has the whole column.")
	}
	return review.Msg("The key `%s` takes a prefix of `%s`, which is %s; %s allows prefixes of strings only (error %s).", pr.Name, column, typ, engine, number),
		review.Msg("Leave the prefix length out: the key then has the whole column.")
}

// dropPrefix removes the length. BLOB and TEXT columns need one.
func dropPrefix(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	text := pr.Span.Text()
	from, to := strings.LastIndexByte(text, '('), strings.LastIndexByte(text, ')')
	if from < 0 || to < from || strings.Contains(pr.Other, "text") || strings.Contains(pr.Other, "blob") {
		return nil
	}
	at := pr.Span
	at.Start, at.End = at.Start+int32(from), at.Start+int32(to)+1
	return &review.Edit{Title: "Index the whole column", Span: at}
}

// blobKeyWithoutPrefix reports keys over a whole BLOB, TEXT or JSON column. Where MariaDB takes them it is
// only worth a notice: a UNIQUE one becomes a hash that no range is read from, another is cut.
// https://mariadb.com/kb/en/getting-started-with-indexes/
var blobKeyWithoutPrefix = &review.Rule{
	ID:       "blob-key-without-prefix",
	Title:    "BLOB, TEXT or JSON column is indexed without a prefix length",
	Category: review.Syntax,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.BlobKeyWithoutPrefix) {
			f := review.Finding{Object: pr.Object, Span: pr.Span, Fix: addPrefix(p, pr), Related: relatedCause(pr)}
			f.Problem, f.Advice = sayBlobKey(p, pr)
			if pr.Number == 0 {
				f.Severity = review.Notice
			}
			p.Report(f)
		}
	},
}

func sayBlobKey(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	column, typ, engine, number := objectOf(pr.Table, pr.Value), strings.ToUpper(pr.Other), p.Engine.Title(), review.Errno(pr.Number)
	advice = review.Msg("Write a prefix length behind the column, for example `%s(255)`.", pr.Value)
	switch {
	case pr.Reason == "json":
		return review.Msg("The key `%s` has the JSON column `%s`; %s refuses it (error %s).", pr.Name, column, engine, number),
			review.Msg("Index a generated column that holds the value that is searched for.")
	case pr.Number == 0 && uniqueKey(p, pr):
		return review.Msg("%s builds a hidden hash for the UNIQUE key `%s`, since `%s` is %s: it serves no range and no sorting, and MySQL refuses it (error %s).", engine, pr.Name, column, typ, review.Errno(1170)), advice
	case pr.Number == 0:
		return review.Msg("%s indexes only the start of `%s`, which is %s, in the key `%s`, and MySQL refuses the key (error %s).", engine, column, typ, pr.Name, review.Errno(1170)), advice
	}
	return review.Msg("The key `%s` has `%s`, which is %s, without a prefix length; %s refuses it (error %s).", pr.Name, column, typ, engine, number), advice
}

func uniqueKey(p *review.Pass, pr *ddlparse.Problem) bool {
	x := p.Final().Table(pr.Table).Index(pr.Name)
	return x != nil && x.Unique()
}

// addPrefix takes a length that fits keys of every row format. In a UNIQUE key it would change what is
// unique, so there the author must choose.
func addPrefix(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	x := p.Final().Table(pr.Table).Index(pr.Name)
	if pr.Number == 0 || pr.Reason == "json" || x == nil || x.Unique() || !strings.EqualFold(strings.Trim(pr.Span.Text(), "`"), pr.Value) {
		return nil
	}
	at := pr.Span
	at.Start = at.End
	return &review.Edit{Title: "Index the first 191 characters", Span: at, New: "(191)"}
}

// spatialIndexInvalid reports SPATIAL indexes over what isn't one NOT NULL geometry.
// https://dev.mysql.com/doc/refman/8.4/en/creating-spatial-indexes.html
var spatialIndexInvalid = &review.Rule{
	ID:       "spatial-index-invalid",
	Title:    "SPATIAL index is not on one NOT NULL geometry column",
	Category: review.Syntax,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check:    reportProblemsWithFix(ddlparse.SpatialIndexInvalid, saySpatial, notNullGeometry),
}

func saySpatial(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	column, engine, number := objectOf(pr.Table, pr.Value), p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "parts":
		return review.Msg("The SPATIAL index `%s` has more than one column; %s refuses it (error %s).", pr.Name, engine, number),
			review.Msg("Make a SPATIAL index for each column.")
	case "null":
		return review.Msg("The SPATIAL index `%s` is on `%s`, which allows NULL; %s refuses it (error %s).", pr.Name, column, engine, number),
			review.Msg("Declare `%s` NOT NULL.", pr.Value)
	case "order":
		return review.Msg("The SPATIAL index `%s` has an order (ASC or DESC); %s refuses it (error %s).", pr.Name, engine, number),
			review.Msg("Leave ASC or DESC out.")
	case "unique":
		return review.Msg("The UNIQUE or primary key `%s` is on the geometry `%s`; %s refuses it (error %s).", pr.Name, column, engine, number),
			review.Msg("Make it a SPATIAL index, or a key over another column.")
	}
	return review.Msg("The SPATIAL index `%s` is on `%s`, which is no geometry; %s refuses it (error %s).", pr.Name, column, engine, number),
		review.Msg("Make it an ordinary index, or give the column a spatial type.")
}

// notNullGeometry adds NOT NULL behind the type of a column that the change set defines.
func notNullGeometry(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	c := p.Final().Table(pr.Table).Column(pr.Value)
	if pr.Reason != "null" || c == nil || !p.New(c.Defined) || c.Null != ddlparse.Unspecified || c.TypeSpan.IsZero() {
		return nil
	}
	at := c.TypeSpan
	at.Start = at.End
	return &review.Edit{Title: "Declare the column NOT NULL", Span: at, New: " NOT NULL"}
}
