package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// recoded is a column whose character set or collation a clause changes.
type recoded struct {
	step     *ddlparse.Step
	at       *ddlparse.Clause
	span     ddlparse.Span
	old, new *ddlparse.Column
}

// eachRecoded yields the text columns that were there before and that MODIFY, CHANGE or CONVERT TO gives
// another collation.
func eachRecoded(p *review.Pass, found func(recoded)) {
	h := pastOf(p)
	for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
		if c.Restates() && c.Old != nil && c.New != nil && recodes(c.Old, c.New) && !bornHere(p, c.Old) && h.holdsRows(s, c.Before) {
			found(recoded{s, &c.Clause, c.Span, c.Old, c.New})
		}
	}
	for s, c := range review.Each[*ddlparse.SetOptions](p) {
		if !c.Convert || c.After == nil || !h.holdsRows(s, c.Before) {
			continue
		}
		for _, old := range c.Before.Columns {
			if to := c.After.Column(old.Name); to != nil && recodes(old, to) && !bornHere(p, old) {
				found(recoded{s, &c.Clause, c.Span, old, to})
			}
		}
	}
}

func recodes(old, new *ddlparse.Column) bool {
	return old.Type.IsText() && new.Type.IsText() && old.Collation != "" && new.Collation != "" && old.Collation != new.Collation
}

// recodedTables gathers the columns of one clause that the rule is about, so that CONVERT TO is said once.
func recodedTables(p *review.Pass, about func(recoded) bool, say func(first recoded, columns []*ddlparse.Column)) {
	var first recoded
	var columns []*ddlparse.Column
	flush := func() {
		if len(columns) > 0 {
			say(first, columns)
		}
		columns = nil
	}
	eachRecoded(p, func(r recoded) {
		if r.at != first.at {
			flush()
		}
		if about(r) {
			if len(columns) == 0 {
				first = r
			}
			columns = append(columns, r.new)
		}
	})
	flush()
}

// narrowCharset speaks of characters that the new character set doesn't have. In strict mode the server
// stops at them, tried on MySQL 9.7 and MariaDB 10.11.
var narrowCharset = &review.Rule{
	ID:       "narrow-charset",
	Title:    "New character set lacks characters of the old one",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		about := func(r recoded) bool {
			return !holdsAll(r.new.Charset, r.old.Charset) && !pastOf(p).prepared(r.step, r.at.Table, r.old.Name)
		}
		recodedTables(p, about, func(r recoded, columns []*ddlparse.Column) {
			t := r.at.Before
			p.Report(review.Finding{
				Object:  objectOfColumns(t, columns),
				Span:    r.span,
				Problem: review.Msg("%s changes from %s to %s, which lacks characters of the old set: %s stops with error %s at the first value with one, and running code can't write them any more.", columnPaths(t, columns), r.old.Charset, r.new.Charset, p.Engine.Title(), review.Errno(1366)),
				Advice:  review.Msg("Keep %s, or correct in an earlier migration the values that don't survive CONVERT(%s USING %s).", r.old.Charset, sqlName(r.old.Name), r.new.Charset),
			})
		})
	},
}

// holdsAll reports whether a character set has, as far as is known for certain, every character of another.
func holdsAll(set, old string) bool {
	const everything, plane0 = " utf8mb4 utf16 utf16le utf32 gb18030 ", " utf8mb3 utf8 ucs2 "
	has := func(list, name string) bool { return strings.Contains(list, " "+name+" ") }
	switch {
	case set == "" || old == "" || set == old || set == "binary" || old == "binary" || old == "ascii" || has(everything, set):
		return true
	case has(plane0, set):
		return !has(everything, old)
	}
	return has(" gbk>gb2312 cp932>sjis eucjpms>ujis ", set+">"+old)
}

// mislabelledCharsetConversion speaks of the trap of old latin1 columns that hold UTF-8 bytes. MySQL 8.4
// manual, "ALTER TABLE Statement", on CONVERT TO.
var mislabelledCharsetConversion = &review.Rule{
	ID:       "mislabelled-charset-conversion",
	Title:    "latin1 column is converted to Unicode",
	Category: review.DataDependent,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		about := func(r recoded) bool {
			return r.old.Charset == "latin1" && (r.new.Charset == "utf8mb4" || r.new.Charset == "utf8mb3")
		}
		recodedTables(p, about, func(r recoded, columns []*ddlparse.Column) {
			t := r.at.Before
			p.Report(review.Finding{
				Object:  objectOfColumns(t, columns),
				Span:    r.span,
				Problem: review.Msg("%s changes from latin1 to %s: %s converts every value, and doubles the encoding of those that are UTF-8 already, as applications with a wrong connection setting wrote them.", columnPaths(t, columns), r.new.Charset, p.Engine.Title()),
				Advice:  review.Msg("Look at some values with `%s`; if they are UTF-8 already, go through a binary type, which changes no bytes.", "SELECT "+sqlName(r.old.Name)+", HEX("+sqlName(r.old.Name)+") FROM "+sqlTable(r.at.Table)+" WHERE "+sqlName(r.old.Name)+" <> CONVERT("+sqlName(r.old.Name)+" USING ascii)"),
			})
		})
	},
}

// collationChangeOnUniqueKey speaks of keys whose values may become equal. Comparing bytes tells everything
// apart, and utf8mb3 and utf8mb4 have the same collations.
var collationChangeOnUniqueKey = &review.Rule{
	ID:       "collation-change-on-unique-key",
	Title:    "Unique key compares by another collation",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		about := func(r recoded) bool {
			return !strings.HasSuffix(r.new.Collation, "_bin") && sameRules(r.old.Collation) != sameRules(r.new.Collation) && uniqueKeyOf(r.at.After, r.new.Name) != nil
		}
		recodedTables(p, about, func(r recoded, columns []*ddlparse.Column) {
			t := r.at.Before
			x := uniqueKeyOf(r.at.After, r.new.Name)
			p.Report(review.Finding{
				Object:  objectOfColumns(t, columns),
				Span:    r.span,
				Problem: review.Msg("%s compares by %s instead of %s: %s stops with error %s if values of the unique key `%s` are equal then, which were different so far.", columnPaths(t, columns), r.new.Collation, r.old.Collation, p.Engine.Title(), review.Errno(1062), x.Name),
				Advice:  review.Msg("Look for them with `%s`, or keep the collation of the columns of `%s`.", "SELECT COUNT(*) FROM "+sqlTable(r.at.Table)+" GROUP BY CONVERT("+sqlName(r.old.Name)+" USING "+r.new.Charset+") COLLATE "+r.new.Collation+" HAVING COUNT(*) > 1", x.Name),
				Related: []review.Related{{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}},
			})
		})
	},
}

// sameRules is the collation without the version of UTF-8 it is for.
func sameRules(collation string) string {
	for _, set := range []string{"utf8mb4_", "utf8mb3_", "utf8_"} {
		if rest, ok := strings.CutPrefix(collation, set); ok {
			return rest
		}
	}
	return collation
}

// uniqueKeyOf is a unique key with the whole column, or nil.
func uniqueKeyOf(t *ddlparse.Table, column string) *ddlparse.Index {
	if t == nil {
		return nil
	}
	for _, x := range t.Indexes {
		if x.Unique() && named(x.Columns(), column) {
			return x
		}
	}
	return nil
}
