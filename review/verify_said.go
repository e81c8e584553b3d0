package review

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review/locale"
)

// overlap names the rules that decide what a guideline judges: where one of them speaks of the object, the
// model has nothing to add.
var overlap = map[string][]string{
	"default-asserts-a-fact":      {"add-not-null-column-without-default", "invalid-default-value", "zero-date-default"},
	"expand-without-backfill":     {"add-not-null-column-without-default", "constraint-before-data-fix", "drop-column", "drop-then-add-column", "rename-column", "set-not-null-on-nullable-column"},
	"foreign-vocabulary":          {"column-name-format", "reserved-word-identifier", "table-name-format"},
	"index-order":                 {"duplicate-index", "redundant-index-prefix"},
	"large-value-in-hot-table":    {"varchar-too-long"},
	"link-table-without-key":      {"drop-column-shrinks-unique-key", "drop-unique-constraint", "require-primary-key"},
	"local-time-without-zone":     {"timestamp-column"},
	"logic-in-trigger":            {"trigger-references-changed-column"},
	"missing-business-key":        {"require-primary-key"},
	"name-contradicts-meaning":    {"column-name-format", "reserved-word-identifier", "table-name-format"},
	"natural-primary-key":         {"random-uuid-primary-key", "short-integer-primary-key"},
	"no-index-for-access-path":    {"drop-unique-constraint", "drop-visible-index"},
	"one-of-many-flag":            {"unique-nullable-columns"},
	"soft-delete-with-unique-key": {"unique-nullable-columns"},
	"view-hides-a-filter":         {"drop-or-rename-breaks-view"},
	"wrong-cardinality":           {"add-unique-on-existing-columns"},
}

// unsaid: no rule says it of that object, neither by what the rule is about nor in the rule's own words.
func (v *verifier) unsaid(c *candidate) bool {
	rules := overlap[c.guideline.ID]
	for _, f := range v.report.Findings {
		if f.ByModel || !sharesTable(f.Object, c.object.path) {
			continue
		}
		same := strings.EqualFold(f.Object, c.object.path)
		switch {
		case f.Rule == c.guideline.ID, slices.Contains(rules, f.Rule) && (same || c.object.member == ""), sameWords(f, c):
			c.detail = f.Rule
			return false
		}
	}
	return true
}

// sharesTable reports whether two object paths are of one table.
func sharesTable(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".") || tableOf(a) == tableOf(b)
}

func tableOf(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return path
}

// alike is from which share of common pairs of letters on two texts say the same.
const alike = 0.6

// sameWords reports whether the claim repeats what a rule says, in any language.
func sameWords(f Finding, c *candidate) bool {
	claim := tidy(c.Consequence)
	for _, language := range locale.Languages() {
		said := f.Problem.In(locale.Printer(language))
		if similarity(claim, said) >= alike {
			return true
		}
	}
	return false
}

// similarity is the share of pairs of letters that two texts have in common, from 0 to 1.
func similarity(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for pair := range x {
		if y[pair] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

func pairs(s string) map[[2]rune]bool {
	letters := []rune(strings.ToLower(dense(s)))
	set := make(map[[2]rune]bool, len(letters))
	for i := 1; i < len(letters); i++ {
		set[[2]rune{letters[i-1], letters[i]}] = true
	}
	return set
}
