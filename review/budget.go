package review

import (
	"context"
	"unicode/utf8"
)

// Limits bound what one review may ask of a model, in tokens. Zero stands for the default.
type Limits struct {
	Review   int // all questions and answers of a review
	Question int // one question
	Answer   int // one answer
	Parallel int // questions at a time
}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		value   *int
		without int
	}{
		{&l.Review, 120_000}, {&l.Question, 24_000}, {&l.Answer, 4_000}, {&l.Parallel, 3},
	} {
		if *d.value <= 0 {
			*d.value = d.without
		}
	}
	return l
}

// Budget is what a repository may use of a model in a day. Who keeps it is not this package's matter.
type Budget interface {
	// Reserve takes tokens out of the budget; false when not so many are left.
	Reserve(ctx context.Context, repo string, tokens int) (bool, error)
	// Settle says how many of the reserved tokens were used, fewer or more.
	Settle(ctx context.Context, repo string, reserved, used int)
}

// EstimateTokens tells about how many tokens a text is: a token is some three and a half letters of English or
// SQL, and about one character of Japanese. Only the model's own count is exact.
func EstimateTokens(text string) int {
	narrow, wide := 0, 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			narrow++
		} else {
			wide++
		}
	}
	return wide + (narrow*2+6)/7
}
