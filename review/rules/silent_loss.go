package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// reduceFractionalSeconds speaks of fractions of seconds that have no room any more. MySQL 9.7 rounds them,
// MariaDB 10.11 cuts them off (tried there); TiDB rounds as MySQL does.
var reduceFractionalSeconds = &review.Rule{
	ID:       fractions,
	Title:    "Date or time column keeps fewer fractions of a second",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			f.Problem = review.Msg("`%s` goes from %s to %s: %s rounds every value and raises no error, even in strict mode, so that moments change and others become equal.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title())
			if p.Engine.IsMariaDB() {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s cuts the fractions off and raises no error, even in strict mode, so that different moments become equal.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title())
			}
			f.Advice = review.Msg("Keep %s, unless nothing orders or compares by the fractions of `%s`.", typeName(r.old), r.new.Name)
			p.Report(f)
		})
	},
}

// reduceFloatPrecision speaks of digits that FLOAT, or a smaller (M,D), has no room for.
var reduceFloatPrecision = &review.Rule{
	ID:       reduceFloat,
	Title:    "FLOAT or DOUBLE column keeps fewer digits",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			f.Problem = review.Msg("`%s` goes from %s to %s: %s rounds every value to %d digits behind the point and raises no error, even in strict mode.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), max(0, r.new.Type.Scale))
			if r.new.Type.Scale < 0 {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s keeps about 7 digits of every value instead of 15 and raises no error, even in strict mode.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title())
			}
			f.Advice = review.Msg("Keep %s; for exact figures take DECIMAL.", typeName(r.old))
			p.Report(f)
		})
	},
}

// resizeFixedBinary speaks of zero bytes that BINARY adds to values, or leaves behind. MySQL 8.4 manual, "The
// BINARY and VARBINARY Types".
var resizeFixedBinary = &review.Rule{
	ID:       fixedBinary,
	Title:    "BINARY column changes its length or type",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			if r.new.Type.Name == "binary" {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s fills every shorter value with zero bytes up to %d, and comparisons with the old bytes find nothing any more.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), r.new.Type.Length)
				f.Advice = review.Msg("Keep %s, or take VARBINARY, which adds nothing.", typeName(r.old))
			} else {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s keeps the zero bytes that fill old values up to %d and adds none to new ones, so that equal values are stored in two forms.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), r.old.Type.Length)
				f.Advice = review.Msg("If `%s` has values shorter than %d bytes, cut the zero bytes off in the same migration: UPDATE … SET %s = TRIM(TRAILING 0x00 FROM %s).", r.new.Name, r.old.Type.Length, sqlName(r.new.Name), sqlName(r.new.Name))
			}
			p.Report(f)
		})
	},
}

// setToEnumConversion speaks of sets that one member can't stand for, and of members that become their
// numbers: '20' of ENUM('10', '20') becomes 2 (tried on MySQL 9.7 and MariaDB 10.11).
var setToEnumConversion = &review.Rule{
	ID:       fromMembers,
	Title:    "ENUM or SET column becomes a number, or a SET an ENUM",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			if r.new.Type.Name == "enum" {
				f.Problem = review.Msg("`%s` goes from SET to ENUM: %s stops with error %s at the first row that has several members or none.", r.object(), p.Engine.Title(), review.Errno(1265))
				f.Advice = review.Msg("Add an ENUM column beside it, fill it with what each row is to have, and drop `%s` in a later migration.", r.new.Name)
			} else {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s replaces every member by its number in the list, whatever digits the member has, and raises no error.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title())
				f.Advice = review.Msg("Add a column of the new type beside it, fill it with what each member means, and drop `%s` in a later migration.", r.new.Name)
			}
			p.Report(f)
		})
	},
}

// enforceCheckConstraint speaks of ALTER CHECK … ENFORCED. MySQL 9.7 refuses ALGORITHM=INPLACE for it.
var enforceCheckConstraint = &review.Rule{
	ID:       "enforce-check-constraint",
	Title:    "Check constraint is enforced on existing data",
	Category: review.DataDependent,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 16) },
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.ModifyCheck](p) {
			if !c.Enforced || c.Old == nil || c.Old.Enforced || p.New(c.Old.Defined) || !h.holdsRows(s, c.Before) || preparedAny(h, s, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("%s copies `%s` to check every row against `%s`, and stops with error %s at the first one that breaks it.", p.Engine.Title(), c.Table.String(), c.Name, review.Errno(3819)),
				Advice:  review.Msg("Correct what `%s` finds in an earlier migration, and make sure that running code writes no such rows.", "SELECT * FROM "+sqlTable(c.Table)+" WHERE NOT ("+c.Old.Expr+")"),
				Related: []review.Related{{Span: c.Old.Span, Note: review.Msg("`%s` is defined here", c.Name)}},
			})
		}
	},
}

func preparedAny(h *past, s *ddlparse.Step, c *ddlparse.ModifyCheck) bool {
	for _, name := range c.Old.Columns {
		if h.prepared(s, c.Table, name) {
			return true
		}
	}
	return false
}
