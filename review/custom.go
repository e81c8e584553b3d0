package review

import (
	"regexp"

	"github.com/schema-review/schema-review/ddlparse"
)

// CustomRule is a rule that a team writes in its configuration: an expression over what a change set does, and
// what to say when it is true.
type CustomRule struct {
	ID       string // "acme/tenant-id": the slash keeps it apart from the rules that come with the program
	On       []string
	When     string
	Message  map[string]string // by language: templates
	Advice   map[string]string
	Severity Severity
	Engines  []ddlparse.Kind // nil = all
	Params   []Param
	Base     string   // SQL that was there before the examples
	Bad      []string // examples that the rule must speak of
	Good     []string // and those that it must be silent about
}

// CustomProblem is what is wrong with one key of a custom rule.
type CustomProblem struct {
	Key             string // "when", "message"
	Line, Column    int    // in the key's text, from 1; zero = as a whole
	Problem, Advice Message
}

// CustomCompiler makes a rule of what a team wrote, and runs its examples. Which language the expressions are
// written in is not this package's matter.
type CustomCompiler func(CustomRule) (*Rule, []CustomProblem)

// customID is how ids of custom rules look.
var customID = regexp.MustCompile(`^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$`)
