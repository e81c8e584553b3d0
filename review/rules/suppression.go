package rules

import "github.com/schema-review/schema-review/review"

// The rules about suppressions have no Check: the report stage knows what each suppression did, and
// raises them.
var (
	suppressionWithoutReason = &review.Rule{
		ID:       review.SuppressionWithoutReason,
		Title:    "Suppression names no rule or gives no reason",
		Category: review.Suppressions,
		Severity: review.Notice,
	}
	suppressionUnused = &review.Rule{
		ID:       review.SuppressionUnused,
		Title:    "Suppression suppresses nothing",
		Category: review.Suppressions,
		Severity: review.Notice,
	}
	suppressionExpired = &review.Rule{
		ID:       review.SuppressionExpired,
		Title:    "Suppression has run out",
		Category: review.Suppressions,
		Severity: review.Notice,
	}
)
