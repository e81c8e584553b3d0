package ddlparse

import (
	"strconv"
	"strings"
)

// partitionBounds looks at the values of RANGE and LIST partitions as far as they can be compared as they
// are written: whole numbers, and dates of one form.
func (v *validator) partitionBounds(p *Partitioning) {
	switch p.Method {
	case "RANGE", "RANGE COLUMNS":
		v.rangeOrder(p)
	case "LIST", "LIST COLUMNS":
		v.listValues(p)
	}
}

// rangeOrder: each bound is greater than the one before, and MAXVALUE is the last.
func (v *validator) rangeOrder(p *Partitioning) {
	for i := 1; i < len(p.Parts); i++ {
		before, part := &p.Parts[i-1], &p.Parts[i]
		problem := Problem{Kind: DuplicatePartition, Number: 1493, Name: part.Name, Reason: "order", Other: before.Name, Span: part.Span, Cause: before.Span}
		switch {
		case before.unbounded():
			if p.Method == "RANGE" {
				problem.Number = 1481
			}
			problem.Reason = "maxvalue"
		case !notBelow(before.bound(), part.bound()):
			continue
		}
		v.add(problem)
		return
	}
}

// bound is the inside of VALUES LESS THAN (…).
func (p *Partition) bound() string {
	_, rest, found := strings.Cut(p.Values, "(")
	end := strings.LastIndexByte(rest, ')')
	if !found || end < 0 {
		return ""
	}
	return strings.TrimSpace(rest[:end])
}

// unbounded reports whether the partition takes whatever is greater than the bounds before it.
func (p *Partition) unbounded() bool {
	words := strings.FieldsFunc(strings.ToUpper(p.Values), func(r rune) bool { return strings.ContainsRune(" \t\r\n(),", r) })
	if len(words) < 3 || words[0] != "LESS" {
		return false
	}
	for _, w := range words[2:] {
		if w != "MAXVALUE" {
			return false
		}
	}
	return true
}

// notBelow reports whether a is certainly not less than b.
func notBelow(a, b string) bool {
	if x, err := strconv.ParseInt(a, 10, 64); err == nil {
		y, err := strconv.ParseInt(b, 10, 64)
		return err == nil && x >= y
	}
	return shape(a) == shape(b) && shape(a) != "" && a >= b
}

// shape is a date literal, or a call with nothing but one, with 0 for every digit; "" for anything else.
func shape(s string) string {
	from, to := strings.IndexByte(s, '\''), strings.LastIndexByte(s, '\'')
	if from < 0 || to <= from {
		return ""
	}
	digits := []byte(s)
	for i := from + 1; i < to; i++ {
		switch {
		case isDigit(s[i]):
			digits[i] = '0'
		case !strings.ContainsRune("-: ", rune(s[i])):
			return ""
		}
	}
	switch outside := strings.ToUpper(s[:from]) + s[to+1:]; outside {
	case "", "TO_DAYS()", "TO_SECONDS()", "UNIX_TIMESTAMP()", "YEAR()":
		if literal := string(digits[from+1 : to]); literal == "0000-00-00" || literal == "0000-00-00 00:00:00" {
			return outside + literal
		}
	}
	return ""
}

// listValues reports a value that stands twice.
func (v *validator) listValues(p *Partitioning) {
	seen := map[string]*Partition{}
	for i := range p.Parts {
		part := &p.Parts[i]
		if len(p.Columns) > 1 || strings.ContainsAny(part.bound(), "()") {
			return
		}
		for value := range strings.SplitSeq(part.bound(), ",") {
			value = plainValue(strings.TrimSpace(value))
			if first := seen[value]; first != nil && value != "" {
				v.add(Problem{Kind: DuplicatePartition, Number: 1495, Name: part.Name, Reason: "value", Value: value, Other: first.Name, Span: part.Span, Cause: first.Span})
				return
			}
			seen[value] = part
		}
	}
}

// plainValue is a whole number, NULL or a simple string in one way of writing; "" for anything else.
func plainValue(s string) string {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	if strings.EqualFold(s, "NULL") {
		return "NULL"
	}
	if len(s) > 2 && s[0] == '\'' && s[len(s)-1] == '\'' && isPlainWord(s[1:len(s)-1]) {
		return s
	}
	return ""
}
