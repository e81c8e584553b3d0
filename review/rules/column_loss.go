package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// loss says which rule speaks of a change of type: one of narrow-integer-type, change-signedness,
// shrink-string-length, reduce-decimal-precision-or-scale, reduce-float-precision, reduce-fractional-seconds,
// resize-fixed-binary, set-to-enum-conversion and change-type-family, or none. A type change has
// one cause, so only the most precise of them speaks.
type loss struct {
	rule  string
	keeps bool // every value survives; only its meaning to code and comparisons changes
}

// The names of the rules that lossOf chooses among.
const (
	narrowInteger = "narrow-integer-type"
	signedness    = "change-signedness"
	shrinkString  = "shrink-string-length"
	reduceDecimal = "reduce-decimal-precision-or-scale"
	typeFamily    = "change-type-family"
	reduceFloat   = "reduce-float-precision"
	fractions     = "reduce-fractional-seconds"
	fixedBinary   = "resize-fixed-binary"
	fromMembers   = "set-to-enum-conversion"
)

// retyped is a column whose type the change set takes values away from.
type retyped struct {
	step     *ddlparse.Step
	change   *ddlparse.ModifyColumn
	old, new *ddlparse.Column
	loss     loss
}

// object is the column's path under its new name.
func (r retyped) object() string { return objectOf(r.change.Table, r.new.Name) }

// finding is a finding about the new type.
func (r retyped) finding() review.Finding {
	return review.Finding{Object: r.object(), Span: r.new.TypeSpan}
}

// eachLoss calls found for the type changes that are the running rule's: of columns that were there
// before, whose values nothing in the change set adapted.
func eachLoss(p *review.Pass, found func(retyped)) {
	h := pastOf(p)
	for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
		r := retyped{s, c, c.Old, c.New, loss{}}
		if !c.Restates() || c.Old == nil || c.New == nil || c.Old.Generated != nil || c.New.Generated != nil {
			continue
		}
		r.loss = lossOf(p.Engine, r.old, r.new)
		if r.loss.rule != p.Rule.ID || bornHere(p, c.Old) || !h.holdsRows(s, c.Before) || h.prepared(s, c.Table, c.Name) || h.onlyBack(r) {
			continue
		}
		found(r)
	}
}

// onlyBack reports whether the change set only returns to what the column was, or leaves the family of types
// for a moment, as one does to correct a wrong character set.
func (h *past) onlyBack(r retyped) bool {
	p := h.p
	if start := h.startColumn(r.step, r.change.Before, r.change.Name); start != nil && start.Defined != r.old.Defined && lossOf(p.Engine, start, r.new).rule == "" {
		return true
	}
	final := finalColumn(p, &r.change.Clause, r.new.Name)
	return r.loss.rule == typeFamily && final != nil && final.Defined != r.new.Defined && lossOf(p.Engine, r.old, final).rule == ""
}

// lossOf compares two definitions of a column.
func lossOf(e ddlparse.Engine, old, new *ddlparse.Column) loss {
	a, b := old.Type, new.Type
	switch familyOf(a) {
	case wholeFamily:
		return integerLoss(a, b)
	case decimalFamily:
		return decimalLoss(a, b)
	case floatFamily:
		return floatLoss(a, b)
	case textFamily, bytesFamily:
		return stringLoss(e, old, new)
	case membersFamily:
		return membersLoss(a, b)
	case momentFamily:
		return momentLoss(a, b)
	}
	return otherLoss(a, b)
}

// family is a group of types whose values are of one kind.
type family uint8

const (
	otherFamily family = iota
	wholeFamily
	decimalFamily
	floatFamily
	textFamily
	bytesFamily
	membersFamily
	momentFamily
)

func familyOf(t ddlparse.Type) family {
	switch {
	case t.IsInteger() || t.Name == "bit":
		return wholeFamily
	case t.Name == "decimal":
		return decimalFamily
	case t.Name == "float" || t.Name == "double":
		return floatFamily
	case t.Name == "enum" || t.Name == "set":
		return membersFamily
	case t.IsText():
		return textFamily
	case t.IsBinary():
		return bytesFamily
	case t.IsTemporal():
		return momentFamily
	}
	return otherFamily
}
