package main

import (
	"errors"
	"strings"

	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// failure is an error in a sentence that can be translated.
type failure struct{ review.Message }

// fail is an error that people read in their language.
func fail(format string, args ...any) error { return &failure{review.Msg(format, args...)} }

// Error is the sentence in English.
func (f *failure) Error() string { return f.In(message.NewPrinter(language.English)) }

// placedError is an error with the flag, file or key that it is about.
type placedError struct {
	of  []string // "--compare", "a.json"
	err error
}

// about says what an error is about.
func about(err error, of ...string) error { return &placedError{of, err} }

// Error is "--compare a.json: what is wrong".
func (e *placedError) Error() string { return strings.Join(e.of, " ") + ": " + e.err.Error() }

// Unwrap is what is wrong.
func (e *placedError) Unwrap() error { return e.err }

// errorIn is an error in the printer's language, as far as it has one: the words of systems stay as they are.
func errorIn(err error, p *message.Printer) string {
	switch e := err.(type) { //nolint:errorlint // each layer by itself
	case *failure:
		return e.In(p)
	case *placedError:
		return strings.Join(e.of, " ") + ": " + errorIn(e.err, p)
	case interface{ Unwrap() []error }:
		var lines []string
		for _, one := range e.Unwrap() {
			lines = append(lines, errorIn(one, p))
		}
		return strings.Join(lines, "\n")
	}
	inner := errors.Unwrap(err)
	if inner == nil {
		return err.Error()
	}
	before, found := strings.CutSuffix(err.Error(), inner.Error())
	if !found {
		return err.Error()
	}
	return before + errorIn(inner, p)
}
