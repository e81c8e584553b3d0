package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyTypeMismatch stands at the child's column if the change set wrote it: that is what to correct.
var foreignKeyTypeMismatch = &review.Rule{
	ID:       "foreign-key-type-mismatch",
	Title:    "Foreign key and referenced column have different types",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.ForeignKeyType) {
			child, parent := typeWords(pr.Child), typeWords(pr.Parent)
			f := pairFinding(p, pr)
			f.Problem = review.Msg("`%s` is %s, `%s` is %s; %s refuses the foreign key (error %s).", f.Object, child, pr.Other, parent, p.Engine.Title(), review.Errno(pr.Number))
			f.Advice = review.Msg("Make `%s` %s.", f.Object, parent)
			if f.Span == pr.Child.TypeSpan && !pr.Child.AutoIncrement && pr.Child.Default == nil {
				f.Fix = &review.Edit{Title: "Make the types equal", Span: f.Span, New: parent}
			}
			p.Report(f)
		}
	},
}

// foreignKeyCollationMismatch is the same for how strings compare. An error is only what the migrations
// say themselves; a collation that comes from the server's default is a warning, and nothing is said of tables
// that were made elsewhere.
var foreignKeyCollationMismatch = &review.Rule{
	ID:       "foreign-key-collation-mismatch",
	Title:    "Foreign key and referenced column have different collations",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.ForeignKeyCollation) {
			sure, known := collationsWritten(p, pr)
			if !known {
				continue
			}
			f := pairFinding(p, pr)
			f.Problem = review.Msg("`%s` has collation %s, `%s` has %s; %s refuses the foreign key (error %s).", f.Object, pr.Child.Collation, pr.Other, pr.Parent.Collation, p.Engine.Title(), review.Errno(pr.Number))
			if !sure {
				f.Severity = review.Warning
				f.Problem = review.Msg("Where the database has the default collation of %s, `%s` has %s and `%s` has %s, and the foreign key is refused (error %s).", p.Engine.Title(), f.Object, pr.Child.Collation, pr.Other, pr.Parent.Collation, review.Errno(pr.Number))
			}
			f.Advice = review.Msg("Give `%s` CHARACTER SET %s COLLATE %s.", f.Object, pr.Parent.Charset, pr.Parent.Collation)
			if f.Span == pr.Child.TypeSpan {
				f.Fix = likeParent(pr)
			}
			p.Report(f)
		}
	},
}

// collationsWritten reports whether both collations are written somewhere, and whether they are known at
// all: the defaults of a table that no migration makes are not.
func collationsWritten(p *review.Pass, pr *ddlparse.Problem) (sure, known bool) {
	child := p.Final().Table(pr.Table)
	f := child.ForeignKey(pr.Name)
	if f == nil {
		return false, true
	}
	parent := p.Final().Table(f.Parent)
	if parent == nil {
		return false, true
	}
	ours, theirs := collationIsWritten(p, child, pr.Child), collationIsWritten(p, parent, pr.Parent)
	return ours && theirs, (ours || !child.External) && (theirs || !parent.External)
}

// pairFinding is a finding about the two columns of a foreign key.
func pairFinding(p *review.Pass, pr *ddlparse.Problem) review.Finding {
	f := review.Finding{
		Object:  objectOf(pr.Table, pr.Child.Name),
		Span:    pr.Span,
		Related: []review.Related{{Span: pr.Cause, Note: review.Msg("`%s` is defined here", pr.Other)}},
	}
	if p.New(pr.Child.Defined) && !pr.Child.TypeSpan.IsZero() && pr.Child.TypeSpan.Source == pr.Span.Source {
		f.Span = pr.Child.TypeSpan
		f.Related = append(f.Related, review.Related{Span: pr.Span, Note: review.Msg("the foreign key is here")})
	}
	return f
}

// typeWords is the type as people write it: keywords upper case, without the width of integers. Members of
// ENUM and SET are left as they are.
func typeWords(c *ddlparse.Column) string {
	t := c.Type
	if t.IsInteger() && !t.Zerofill {
		t.Length = -1
	}
	if t.Members == nil {
		return strings.ToUpper(t.String())
	}
	return strings.ToUpper(t.Name) + strings.TrimPrefix(t.String(), t.Name)
}

// likeParent names the parent's character set and collation behind the child's type; not where the
// definition names its own, in another place.
func likeParent(pr *ddlparse.Problem) *review.Edit {
	c := pr.Child
	for _, keyword := range []string{"CHARACTER SET", "COLLATE"} {
		at := c.Attribute(keyword)
		if !at.IsZero() && keyword == "COLLATE" && c.Charset == pr.Parent.Charset && c.Attribute("CHARACTER SET").IsZero() {
			return &review.Edit{Title: "Make the collations equal", Span: at, New: "COLLATE " + pr.Parent.Collation}
		}
		if !at.IsZero() {
			return nil
		}
	}
	behind := c.TypeSpan
	behind.Start = behind.End
	return &review.Edit{Title: "Make the collations equal", Span: behind, New: " CHARACTER SET " + pr.Parent.Charset + " COLLATE " + pr.Parent.Collation}
}

// isInnoDB reports whether the table is kept by InnoDB, which alone has foreign keys.
func isInnoDB(t *ddlparse.Table) bool {
	return t.Options.Engine == "" || strings.EqualFold(t.Options.Engine, "InnoDB")
}
