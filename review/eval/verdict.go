package eval

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// Verdict says in plain sentences what the comparison shows.
func (c *Comparison) Verdict() []review.Message {
	if c.Cases == 0 {
		return []review.Message{review.Msg("There is nothing to compare: no case is the same on both sides.")}
	}
	var said []review.Message
	for _, change := range c.Overall {
		said = append(said, change.verdict())
	}
	if len(c.Unshared) > 0 {
		said = append(said, review.Msg("Guidelines that only one side has are not in recall and F1: %s.", strings.Join(c.Unshared, ", ")))
	}
	return said
}

func (c *Change) verdict() review.Message {
	formats := verdicts[c.Figure]
	if c.By.Value == nil {
		return review.Msg(formats.unknown)
	}
	by := fmt.Sprintf("%+.2f", *c.By.Value)
	if c.By.Interval == nil {
		return review.Msg(formats.few, by, c.By.Files)
	}
	between := []any{by, fmt.Sprintf("%+.2f", c.By.Interval.Low), fmt.Sprintf("%+.2f", c.By.Interval.High)}
	switch c.Trend {
	case Better:
		return review.Msg(formats.better, between...)
	case Worse:
		return review.Msg(formats.worse, between...)
	}
	return review.Msg(formats.unclear, between...)
}

// verdictFormats are the sentences about a figure.
type verdictFormats struct{ better, worse, unclear, few, unknown string }

var verdicts = map[string]verdictFormats{
	FigurePrecision: {
		"Better in precision: %s [%s, %s].",
		"Worse in precision: %s [%s, %s].",
		"No clear difference in precision: %s [%s, %s].",
		"Precision differs by %s, but too few case files (%d) have claims to tell what that means.",
		"Precision can't be compared: one side has no claims.",
	},
	FigureRecall: {
		"Better in recall: %s [%s, %s].",
		"Worse in recall: %s [%s, %s].",
		"No clear difference in recall: %s [%s, %s].",
		"Recall differs by %s, but too few case files (%d) expect anything to tell what that means.",
		"Recall can't be compared: no case expects anything.",
	},
	FigureF1: {
		"Better in F1: %s [%s, %s].",
		"Worse in F1: %s [%s, %s].",
		"No clear difference in F1: %s [%s, %s].",
		"F1 differs by %s, but there are too few case files (%d) to tell what that means.",
		"F1 can't be compared: there are no claims, and none are expected.",
	},
	FigureFalsePerClean: {
		"Calmer where nothing is wrong: %s wrong claims per clean change set [%s, %s].",
		"Less calm where nothing is wrong: %s wrong claims per clean change set [%s, %s].",
		"No clear difference where nothing is wrong: %s wrong claims per clean change set [%s, %s].",
		"Wrong claims per clean change set differ by %s, but too few case files (%d) are clean to tell what that means.",
		"Wrong claims per clean change set can't be compared: no case is clean.",
	},
}
