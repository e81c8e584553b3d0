package rules

import (
	"math"
	"strconv"

	"github.com/schema-review/schema-review/ddlparse"
)

// integerLoss compares an integer type, or BIT, with another type.
func integerLoss(old, new ddlparse.Type) loss {
	low, high := wholeRange(old)
	digits := len(strconv.FormatUint(high, 10))
	switch familyOf(new) {
	case wholeFamily:
		newLow, newHigh := wholeRange(new)
		switch {
		case newLow <= low && newHigh >= high:
			return loss{}
		case newHigh-uint64(newLow) < high-uint64(low): // fewer values; unsigned arithmetic wraps rightly
			return loss{rule: narrowInteger}
		}
		return loss{rule: signedness}
	case decimalFamily:
		switch {
		case new.Length-max(0, new.Scale) < digits:
			return loss{rule: narrowInteger}
		case low < 0 && new.Unsigned:
			return loss{rule: signedness}
		}
		return loss{}
	case floatFamily:
		return loss{}
	}
	if low < 0 {
		digits++ // the minus sign
	}
	return loss{typeFamily, familyOf(new) == textFamily && capacity(new) >= digits}
}

// wholeRange is the range of an integer type or BIT.
func wholeRange(t ddlparse.Type) (low int64, high uint64) {
	if t.Name != "bit" {
		return t.IntegerRange()
	}
	bits := min(max(t.Length, 1), 64)
	return 0, math.MaxUint64 >> (64 - bits)
}

// decimalLoss compares DECIMAL with another type. Digits behind the point are rounded away with no more than
// a note.
func decimalLoss(old, new ddlparse.Type) loss {
	scale := max(0, old.Scale)
	whole := old.Length - scale
	switch familyOf(new) {
	case decimalFamily:
		newScale := max(0, new.Scale)
		switch {
		case newScale < scale || new.Length-newScale < whole:
			return loss{rule: reduceDecimal}
		case new.Unsigned && !old.Unsigned:
			return loss{rule: signedness}
		}
		return loss{}
	case wholeFamily:
		low, high := wholeRange(new)
		switch {
		case scale > 0 || whole >= len(strconv.FormatUint(high, 10)):
			return loss{rule: reduceDecimal}
		case low == 0 && !old.Unsigned:
			return loss{rule: signedness}
		}
		return loss{}
	case floatFamily:
		return loss{}
	}
	return loss{typeFamily, familyOf(new) == textFamily && capacity(new) >= old.Length+2}
}

// floatLoss compares FLOAT or DOUBLE with another type. DECIMAL is what such columns should have been.
func floatLoss(old, new ddlparse.Type) loss {
	switch familyOf(new) {
	case floatFamily, decimalFamily:
		switch {
		case new.Unsigned && !old.Unsigned:
			return loss{rule: signedness}
		case old.Name == "double" && new.Name == "float", familyOf(new) == floatFamily && new.Scale >= 0 && (old.Scale < 0 || new.Scale < old.Scale):
			return loss{rule: reduceFloat}
		}
		return loss{}
	}
	return loss{rule: typeFamily}
}
