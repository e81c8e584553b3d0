package prompts

import (
	"cmp"
	"fmt"
	"strings"
)

// Problem is a mistake in a file of a layer. The file is left out, and what an earlier layer says of its
// name applies.
type Problem struct {
	Layer string // name of the layer
	File  string // path in the layer
	At    string // path as people know it, "" where that is Layer and File
	Line  int    // from 1; 0 where the file as a whole is meant
	// Format is an English sentence with verbs for Args; it is one of ProblemFormats, so that whoever
	// shows it can translate it.
	Format string
	Args   []any
}

// The sentences of problems.
const (
	problemUnreadable   = "The file can't be read."
	problemTooLarge     = "The file is larger than %d KiB."
	problemTooMany      = "The layer has more than %d files here; this one is left out."
	problemNotText      = "The file is not UTF-8 text."
	problemNoFront      = "The file doesn't begin with a front matter between two lines of `---`."
	problemOpenFront    = "The front matter is not closed by a line of `---`."
	problemNotPair      = "This line of the front matter is not `key: value`."
	problemUnknownKey   = "There is no key `%s`; the keys are %s."
	problemNearKey      = "There is no key `%s`. Did you mean `%s`?"
	problemTwice        = "The key `%s` stands here a second time."
	problemMissing      = "The front matter has no `%s`."
	problemNotList      = "`%s` is not a list: write `[one, two]`."
	problemUnknownValue = "`%s` has no value `%s`; the values are %s."
	problemNearValue    = "`%s` has no value `%s`. Did you mean `%s`?"
	problemID           = "The id is `%s`, but the file is named for `%s`."
	problemIDForm       = "The id `%s` is not lower case words joined by hyphens."
	problemNoText       = "There is no text below the front matter."
	problemNoTemplate   = "There is no template of that name; the templates are %s."
	problemNoPlace      = "There is no place `{{%s}}` in this template; the places are %s."
	problemPlaceLost    = "The template leaves out `{{%s}}`."
)

// ProblemFormats lists the sentences that a Problem may have.
func ProblemFormats() []string {
	return []string{
		problemUnreadable, problemTooLarge, problemTooMany, problemNotText, problemNoFront, problemOpenFront,
		problemNotPair, problemUnknownKey, problemNearKey, problemTwice, problemMissing, problemNotList,
		problemUnknownValue, problemNearValue, problemID, problemIDForm, problemNoText, problemNoTemplate,
		problemNoPlace, problemPlaceLost,
	}
}

// Error gives the problem in English, as compilers print theirs.
func (p Problem) Error() string {
	return p.Place() + ": " + fmt.Sprintf(p.Format, p.Args...)
}

// Place gives "path:line", as people know the path.
func (p Problem) Place() string {
	place := cmp.Or(p.At, strings.TrimPrefix(p.Layer+"/"+p.File, "/"))
	if p.Line == 0 {
		return place
	}
	return fmt.Sprintf("%s:%d", place, p.Line)
}
