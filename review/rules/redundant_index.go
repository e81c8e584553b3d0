package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateIndex reports two indexes of one definition. Invisible ones are left out: hiding one of
// the two is the first step of dropping it.
var duplicateIndex = &review.Rule{
	ID:       "duplicate-index",
	Title:    "Two indexes have the same definition",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			indexes := firstIndexes(t)
			for i, x := range indexes {
				if twin := twinBefore(indexes[:i], x); twin != nil {
					reportDuplicate(p, t, x, twin)
				}
			}
		}
	},
}

// maxCompared bounds the comparison of each index with each: no server takes more (64, TiDB 512).
const maxCompared = 512

func firstIndexes(t *ddlparse.Table) []*ddlparse.Index {
	return t.Indexes[:min(len(t.Indexes), maxCompared)]
}

// twinBefore is the first of the indexes that is defined as x is.
func twinBefore(list []*ddlparse.Index, x *ddlparse.Index) *ddlparse.Index {
	for _, y := range list {
		if compared(x, y) && x.Unique() == y.Unique() && len(x.Parts) == len(y.Parts) && samePartsFrom(y, x) {
			return y
		}
	}
	return nil
}

// reportDuplicate speaks if the change set made one of the two. The primary key is never the one to go.
func reportDuplicate(p *review.Pass, t *ddlparse.Table, x, twin *ddlparse.Index) {
	extra, kept := x, twin
	if x.Kind == ddlparse.Primary || p.New(twin.Origin) && !p.New(x.Origin) && twin.Kind != ddlparse.Primary {
		extra, kept = twin, x
	}
	if !p.New(extra.Origin) && !p.New(kept.Origin) {
		return
	}
	at := extra
	if !p.New(extra.Origin) {
		at = kept
	}
	f := review.Finding{
		Object:  objectOf(t.Name, extra.Name),
		Span:    at.Span,
		Problem: review.Msg("`%s` has the same definition as `%s`; %s keeps both, so every write and every buffer pays twice and no query gets faster.", objectOf(t.Name, extra.Name), kept.Name, p.Engine.Title()),
		Advice:  review.Msg("Keep `%s` alone.", kept.Name),
		Related: []review.Related{{Span: kept.Span, Note: review.Msg("`%s` is defined here", kept.Name)}},
	}
	if c := t.Column(extra.Parts[0].Column); extra.Inline && c != nil && c.TypeSpan == extra.Span {
		f.Advice = review.Msg("Write BIGINT UNSIGNED NOT NULL AUTO_INCREMENT: SERIAL stands for that and a unique key beside `%s`.", kept.Name)
	}
	if at == extra && !extra.Inline {
		f.Fix = withoutItem("Drop the second definition", extra.Span)
	}
	p.Report(f)
}

// redundantIndexPrefix reports an index that another one starts with. InnoDB puts the primary key
// behind the columns of every other index, so the shorter one still finds rows in that order where the
// longer doesn't: hence "probably".
var redundantIndexPrefix = &review.Rule{
	ID:       "redundant-index-prefix",
	Title:    "Index is the beginning of another one",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Params: []review.Param{{
		Name: "exempt_primary_key_order", Default: false,
		Doc: "Leave alone an index whose longer fellow doesn't go on with the primary key, since only the shorter finds rows in the primary key's order.",
	}},
	Check: func(p *review.Pass) {
		exempt := review.Value[bool](p, "exempt_primary_key_order")
		for t := range p.Tables() {
			for _, x := range firstIndexes(t) {
				if longer := longerIndex(t, x, exempt); longer != nil && (p.New(x.Origin) || p.New(longer.Origin)) {
					reportRedundant(p, t, x, longer)
				}
			}
		}
	},
}

// longerIndex is an index of the table that starts with all of x, or nil. A FULLTEXT or SPATIAL index
// serves no other's queries, and a unique key does more than find rows.
func longerIndex(t *ddlparse.Table, x *ddlparse.Index, pkOrder bool) *ddlparse.Index {
	if x.Kind != ddlparse.Plain || x.Implicit {
		return nil
	}
	for _, y := range firstIndexes(t) {
		if y == x || y.Implicit || !compared(x, y) || !beginsWith(y, x) {
			continue
		}
		whole := len(y.Parts) == len(x.Parts)
		if whole && !y.Unique() && samePartsFrom(y, x) {
			continue // a duplicate
		}
		if !pkOrder || whole || continuesWithKey(t, x, y) {
			return y
		}
	}
	return nil
}

// beginsWith reports whether the first parts of long find what short finds: the same ones, but that the
// last may be indexed by more of its characters.
func beginsWith(long, short *ddlparse.Index) bool {
	last := len(short.Parts) - 1
	if last < 0 || len(long.Parts) <= last {
		return false
	}
	for i := range last {
		if !samePart(short.Parts[i], long.Parts[i]) {
			return false
		}
	}
	a, b := short.Parts[last], long.Parts[last]
	if a.Prefix > 0 && (b.Prefix == 0 || b.Prefix > a.Prefix) {
		b.Prefix = a.Prefix
	}
	return samePart(a, b)
}

// continuesWithKey reports whether y has, behind the parts of x, what InnoDB puts there anyway.
func continuesWithKey(t *ddlparse.Table, x, y *ddlparse.Index) bool {
	key := t.PrimaryKey()
	if key == nil {
		return true
	}
	for i, part := range y.Parts[len(x.Parts):] {
		if i >= len(key.Parts) || !samePart(part, key.Parts[i]) {
			return false
		}
	}
	return true
}

func reportRedundant(p *review.Pass, t *ddlparse.Table, x, longer *ddlparse.Index) {
	f := review.Finding{
		Object:  objectOf(t.Name, x.Name),
		Span:    x.Span,
		Problem: review.Msg("`%s` is probably not needed: `%s` starts with the same columns, so %s finds the same rows through it.", objectOf(t.Name, x.Name), longer.Name, p.Engine.Title()),
		Related: []review.Related{{Span: longer.Span, Note: review.Msg("`%s` is defined here", longer.Name)}},
	}
	if p.New(x.Origin) {
		f.Advice = review.Msg("Leave `%s` out, unless queries read its rows in the order of the primary key.", x.Name)
		if !x.Inline {
			f.Fix = withoutItem("Leave the shorter index out", x.Span)
		}
	} else {
		f.Span = longer.Span
		f.Related[0] = review.Related{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}
		f.Advice = hideFirst(p.Engine, x.Name)
	}
	p.Report(f)
}

// hideFirst tells how to drop an index that is there so that a mistake is undone in a moment.
func hideFirst(e ddlparse.Engine, index string) review.Message {
	switch hide := hidingWord(e); hide {
	case "":
		return review.Msg("Drop `%s` in a later migration, once queries are seen to use the longer index.", index)
	default:
		return review.Msg("Make `%s` %s in a migration of its own, and drop it once no query has got slower.", index, hide)
	}
}

// hidingWord is what makes the optimizer pass over an index, "" where nothing does.
func hidingWord(e ddlparse.Engine) string {
	switch {
	case e.MySQL(8, 0, 0), e.IsTiDB():
		return "INVISIBLE"
	case e.MariaDB(10, 6, 0):
		return "IGNORED"
	}
	return ""
}

// compared reports whether the two indexes are of one type, so that one could do the other's work.
func compared(x, y *ddlparse.Index) bool {
	return !x.Invisible && !y.Invisible && indexType(x) == indexType(y) && strings.EqualFold(x.Parser, y.Parser)
}

func indexType(x *ddlparse.Index) string {
	switch x.Kind {
	case ddlparse.Fulltext:
		return "FULLTEXT"
	case ddlparse.Spatial:
		return "SPATIAL"
	case ddlparse.Vector:
		return "VECTOR"
	}
	if x.Using == "" {
		return "BTREE"
	}
	return strings.ToUpper(x.Using)
}

// samePartsFrom reports whether the index starts with all parts of the other.
func samePartsFrom(long, short *ddlparse.Index) bool {
	for i, part := range short.Parts {
		if !samePart(part, long.Parts[i]) {
			return false
		}
	}
	return len(short.Parts) > 0
}

func samePart(a, b ddlparse.Part) bool {
	return strings.EqualFold(a.Column, b.Column) && a.Prefix == b.Prefix && a.Desc == b.Desc && a.Expr == b.Expr
}
