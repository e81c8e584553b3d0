package review

import (
	"context"
	"errors"
)

// Reviewer reviews change sets with a list of rules.
type Reviewer struct{ Rules []*Rule }

// Review reviews one change set. An error means that it could not be reviewed; what was found is in the report.
func (r *Reviewer) Review(ctx context.Context, cs *ChangeSet, c *Config) (*Report, error) {
	return nil, errors.ErrUnsupported
}
