package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// ConfigProblem is a mistake in configuration: where it is, what is wrong, what to do.
type ConfigProblem struct {
	Layer, Path     string
	Line, Column    int // from 1; zero for a flag
	Problem, Advice Message
	// Fatal: the layer was left out as a whole. Otherwise only this one setting was.
	Fatal bool
}

// Error gives the problem in English, as compilers print theirs.
func (p ConfigProblem) Error() string {
	return p.In(message.NewPrinter(language.English))
}

// In gives the problem in the printer's language: "path:line:column: What is wrong. What to do."
func (p ConfigProblem) In(printer *message.Printer) string {
	text := p.Place() + ": " + p.Problem.In(printer)
	if !p.Advice.IsZero() {
		text += " " + p.Advice.In(printer)
	}
	return text
}

// Place gives "path:line:column", or the flag.
func (p ConfigProblem) Place() string {
	if p.Line == 0 {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// DidYouMean is the advice for a name that isn't one of the valid ones: the nearest, or all.
func DidYouMean(name string, valid []string) Message { return didYouMean(name, valid) }

// Nearest returns the valid name that somebody who wrote name most likely meant, "" when none is near. Case does not
// count.
func Nearest(name string, valid []string) string {
	plain := make([]string, len(valid))
	for i, v := range valid {
		plain[i] = strings.ToLower(v)
	}
	if i := slices.Index(plain, prompts.Nearest(name, plain)); i >= 0 {
		return valid[i]
	}
	return ""
}

// didYouMean is the advice for a name that isn't one of the valid ones.
func didYouMean(name string, valid []string) Message {
	if near := prompts.Nearest(name, valid); near != "" {
		return Msg("Did you mean `%s`?", near)
	}
	if len(valid) == 0 {
		return Message{}
	}
	if len(valid) > 20 {
		return Msg("`schema-review rules list` names them all.")
	}
	return Msg("Write one of `%s`.", strings.Join(valid, "`, `"))
}
