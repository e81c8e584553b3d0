package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// withoutItem takes one item out of a comma-separated list, with the comma that belongs to it. There is
// no such edit where a comment stands between, or where the item stands alone.
func withoutItem(title string, item ddlparse.Span) *review.Edit {
	if item.IsZero() {
		return nil
	}
	before := strings.TrimRight(item.Source.Text[:item.Start], " \t\r\n")
	if n := len(before) - len("ADD"); n > 0 && strings.EqualFold(before[n:], "ADD") && strings.ContainsRune(" \t\r\n,", rune(before[n-1])) {
		item.Start = int32(n) // a clause of ALTER TABLE
		before = strings.TrimRight(before[:n], " \t\r\n")
	}
	if strings.HasSuffix(before, ",") {
		item.Start = int32(len(before) - 1)
		return &review.Edit{Title: title, Span: item}
	}
	behind := item.Source.Text[item.End:]
	rest, ok := strings.CutPrefix(strings.TrimLeft(behind, " \t\r\n"), ",")
	if !ok {
		return nil
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	if strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "/*") {
		return nil
	}
	item.End += int32(len(behind) - len(rest))
	return &review.Edit{Title: title, Span: item}
}
