package webhook

import (
	"errors"
	"fmt"
	"time"
)

// What ends a task before its time without being a failure.
var (
	ErrSuperseded = errors.New("a newer commit was pushed")
	ErrLost       = errors.New("another replica has taken this job over")
)

// RetryError is a failure that passes: GitHub was down, or asked to wait.
type RetryError struct {
	After time.Duration // what GitHub asked for (retry-after, x-ratelimit-reset); 0 = back off as usual
	Err   error
}

func (e *RetryError) Error() string { return e.Err.Error() }
func (e *RetryError) Unwrap() error { return e.Err }

// GoneError says that there is nothing to review any more: the App was uninstalled or suspended, the
// repository or the pull request was deleted.
type GoneError struct {
	What string // "the installation was suspended"
	Err  error
}

func (e *GoneError) Error() string { return fmt.Sprintf("%s: %v", e.What, e.Err) }
func (e *GoneError) Unwrap() error { return e.Err }

// RefusedError is a failure that no retry mends. Sentence tells people what is wrong and what to do; it
// is shown in the check run, so it names no secrets and no internals.
type RefusedError struct {
	Sentence string
	Err      error
}

func (e *RefusedError) Error() string { return fmt.Sprintf("%s: %v", e.Sentence, e.Err) }
func (e *RefusedError) Unwrap() error { return e.Err }
