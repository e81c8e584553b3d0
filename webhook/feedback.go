package webhook

import "context"

// Listener reads what people make of our comments.
type Listener interface {
	// Heard reads how the comments on a pull request stand now. known are those of before, by Posted.First: the ones
	// that a person deleted are told of as dismissed.
	Heard(ctx context.Context, j Job, known []string) (*Heard, error)
}

// Heard is what people made of our comments on a pull request.
type Heard struct {
	Head       string // commit
	Open       bool
	Merged     bool
	SeesHidden bool // false: which conversations people resolved is not known
	Comments   []Posted
}
