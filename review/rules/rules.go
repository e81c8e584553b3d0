// Package rules holds the deterministic checks: a file per rule or tight family of rules, each with its page
// (pages/<id>.md) and cases (testdata/<id>.txtar). All lists them.
package rules

import "github.com/schema-review/schema-review/review"

// All returns every rule, by category and then name.
func All() []*review.Rule {
	return []*review.Rule{
		// Syntax: what the server refuses.
		columnAlreadyExists,
		duplicateIndexName,
		syntaxError,
		unknownColumn,
		unknownTable,

		// Destructive: what can't be undone.
		dropColumn,

		// Types.
		floatOrDoubleColumn,

		// Suppressions: those that do nothing.
		suppressionExpired,
		suppressionUnused,
		suppressionWithoutReason,
	}
}
