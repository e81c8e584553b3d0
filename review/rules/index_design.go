package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// uniquePrefixIndex speaks of unique keys that compare the start of a value only. BLOB and TEXT columns can't have
// others on MySQL, but the start is compared there, too. https://dev.mysql.com/doc/refman/8.4/en/create-index.html
var uniquePrefixIndex = &review.Rule{
	ID:       "unique-prefix-index",
	Title:    "Unique key compares the start of a column only",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			if !x.Unique() || !p.New(x.Origin) || restatesUnique(p, t, x) {
				continue
			}
			for _, part := range x.Parts {
				if c := t.Column(part.Column); c != nil && part.Prefix > 0 && !part.Cut && part.Prefix < wholeLength(c) {
					p.Report(review.Finding{
						Object:  objectOf(t.Name, x.Name),
						Span:    part.Span,
						Problem: review.Msg("`%s` compares the first %d characters of `%s` only: %s refuses two values that begin alike as duplicates.", objectOf(t.Name, x.Name), part.Prefix, c.Name, p.Engine.Title()),
						Advice:  review.Msg("Index the whole column, or make a unique key of a generated column with a hash of `%s`.", c.Name),
					})
				}
			}
		}
	},
}

// wholeLength is the declared length of a column, unbounded for BLOB and TEXT.
func wholeLength(c *ddlparse.Column) int {
	if c.Type.IsBlob() || c.Type.Length < 0 {
		return 1 << 30
	}
	return c.Type.Length
}

// spatialWithoutSRID speaks of SPATIAL indexes that the optimizer never uses (warning 3674).
// https://dev.mysql.com/doc/refman/8.4/en/spatial-index-optimization.html
var spatialWithoutSRID = &review.Rule{
	ID:       "spatial-index-without-srid",
	Title:    "SPATIAL index on a column without SRID",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 0) },
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			if x.Kind != ddlparse.Spatial || len(x.Parts) != 1 {
				continue
			}
			c := t.Column(x.Parts[0].Column)
			if c == nil || c.SRID != "" || !c.Type.IsSpatial() || !p.New(x.Origin) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("`%s` is on `%s`, which has no SRID: the optimizer of %s never uses the index (warning %s).", objectOf(t.Name, x.Name), c.Name, p.Engine.Title(), review.Errno(3674)),
				Advice:  review.Msg("Declare the spatial reference system of `%s`, for example SRID 4326 for longitude and latitude.", c.Name),
				Related: []review.Related{{Span: c.Span, Note: review.Msg("`%s` is defined here", c.Name)}},
			})
		}
	},
}
