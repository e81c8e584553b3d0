package rules

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var narrowIntegerType = &review.Rule{
	ID:       narrowInteger,
	Title:    "Integer column gets a smaller range",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			low, high := wholeRange(r.new.Type)
			number := review.Errno(1264)
			if r.new.Type.Name == "bit" {
				number = 1406
			}
			query := "SELECT COUNT(*) FROM " + sqlTable(r.change.Table) + " WHERE " + sqlName(r.change.Name)
			if familyOf(r.new.Type) == decimalFamily {
				digits := r.new.Type.Length - max(0, r.new.Type.Scale)
				f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value with more than %d digits before the point.",
					r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), number, digits)
				query += " NOT BETWEEN -" + strings.Repeat("9", max(1, digits)) + " AND " + strings.Repeat("9", max(1, digits))
			} else {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value outside %d to %d, and running code can't write one any more.",
					r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), number, low, high)
				query += " NOT BETWEEN " + strconv.FormatInt(low, 10) + " AND " + strconv.FormatUint(high, 10)
			}
			f.Advice = review.Msg("Keep %s; or correct in an earlier migration what `%s` counts, and release code that writes no such values.", typeName(r.old), query)
			p.Report(f)
		})
	},
}

var changeSignedness = &review.Rule{
	ID:       signedness,
	Title:    "Column changes between signed and unsigned",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first negative value.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), review.Errno(1264))
			query := "< 0"
			if _, high := wholeRange(r.new.Type); familyOf(r.new.Type) == wholeFamily && !r.new.Type.Unsigned {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value above %d.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), review.Errno(1264), high)
				query = "> " + strconv.FormatUint(high, 10)
			}
			f.Advice = review.Msg("Keep the sign as it is, or take a type that holds both ranges; `%s` must find nothing.", "SELECT COUNT(*) FROM "+sqlTable(r.change.Table)+" WHERE "+sqlName(r.change.Name)+" "+query)
			p.Report(f)
		})
	},
}

var shrinkStringLength = &review.Rule{
	ID:       shrinkString,
	Title:    "String column gets shorter",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			number, measure, most := review.Errno(1265), "CHAR_LENGTH", capacity(r.new.Type)
			if r.old.Type.IsBlob() {
				number = 1406
			}
			if !countsCharacters(r.new.Type) {
				measure = "LENGTH"
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value that is longer than %d bytes.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), number, most)
			if measure == "CHAR_LENGTH" {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value that is longer than %d characters.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), number, most)
			}
			query := "SELECT COUNT(*) FROM " + sqlTable(r.change.Table) + " WHERE " + measure + "(" + sqlName(r.change.Name) + ") > " + strconv.Itoa(most)
			f.Advice = review.Msg("Keep %s; or shorten in an earlier migration what `%s` counts, and release code that writes no longer values.", typeName(r.old), query)
			p.Report(f)
		})
	},
}

var reduceDecimalPrecisionOrScale = &review.Rule{
	ID:       reduceDecimal,
	Title:    "DECIMAL column keeps fewer digits",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			scale := 0
			if r.new.Type.Name == "decimal" {
				scale = max(0, r.new.Type.Scale)
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value with too many digits before the point.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), review.Errno(1264))
			if scale < r.old.Type.Scale {
				f.Problem = review.Msg("`%s` goes from %s to %s: %s rounds every value to %d digits behind the point and raises no error, even in strict mode.", r.object(), typeName(r.old), typeName(r.new), p.Engine.Title(), scale)
			}
			f.Advice = review.Msg("Keep at least the %d digits before and the %d behind the point that `%s` has now.", r.old.Type.Length-max(0, r.old.Type.Scale), max(0, r.old.Type.Scale), r.new.Name)
			p.Report(f)
		})
	},
}

var changeTypeFamily = &review.Rule{
	ID:       typeFamily,
	Title:    "Column changes to another kind of type",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachLoss(p, func(r retyped) {
			f := r.finding()
			f.Problem = sayFamily(p, r)
			if r.loss.keeps {
				f.Severity = review.Warning
			}
			f.Advice = review.Msg("Add a column of the new type beside `%s`, let code write both, convert the values, switch reads, and drop `%s` in a later migration.", r.change.Name, r.change.Name)
			p.Report(f)
		})
	},
}

// sayFamily words what becomes of the values.
func sayFamily(p *review.Pass, r retyped) review.Message {
	from, to := familyOf(r.old.Type), familyOf(r.new.Type)
	object, old, new, engine := r.object(), typeName(r.old), typeName(r.new), p.Engine.Title()
	switch {
	case r.loss.keeps:
		return review.Msg("`%s` goes from %s to %s: %s keeps the values, but compares and sorts them another way, and running code still reads and writes %s.", object, old, new, engine, old)
	case from == floatFamily && to == wholeFamily:
		return review.Msg("`%s` goes from %s to %s: %s rounds every value to a whole number and raises no error.", object, old, new, engine)
	case from == momentFamily && to == momentFamily && (r.new.Type.Name == "date" || r.new.Type.Name == "year"):
		return review.Msg("`%s` goes from %s to %s: %s cuts off the rest of every value with no more than a note.", object, old, new, engine)
	case r.new.Type.Name == "timestamp" && to == momentFamily:
		return review.Msg("`%s` goes from %s to %s: %s stops with error %s at the first value before 1970 or behind the range of TIMESTAMP.", object, old, new, engine, review.Errno(1292))
	}
	return review.Msg("`%s` goes from %s to %s: %s converts every row, stops at or alters the values that are no valid %s, and running code still reads and writes %s.", object, old, new, engine, new, old)
}

// typeName is a type for people. The members of ENUM and SET say nothing here.
func typeName(c *ddlparse.Column) string {
	if c.Type.Members != nil {
		return strings.ToUpper(c.Type.Name)
	}
	t := c.Type
	if t.IsInteger() && t.Length != 1 {
		t.Length = -1
	}
	return strings.ToUpper(t.String())
}
