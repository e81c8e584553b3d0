package custom

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"github.com/schema-review/schema-review/review"
)

// What CEL says of names that it doesn't know (checker/errors.go).
var (
	unknownField = regexp.MustCompile(`^undefined field '([^']*)'`)
	unknownName  = regexp.MustCompile(`^undeclared reference to '([^']*)'`)
)

// explain says what is wrong with an expression, at its place, with the nearest name.
func (c *compiler) explain(f family, e *cel.Error) review.CustomProblem {
	p := review.CustomProblem{
		Key: "when", Line: e.Location.Line(), Column: e.Location.Column() + 1,
		Problem: review.Msg("`when` is not a CEL expression: %s.", strings.TrimSuffix(firstLine(e), ".")),
		Advice:  review.Msg("docs/custom-rules.md shows the language and all fields."),
	}
	if m := unknownField.FindStringSubmatch(e.Message); m != nil {
		p.Problem = review.Msg("There is no field `%s` here.", m[1])
		p.Advice = review.DidYouMean(m[1], c.fieldsNear(f, m[1]))
	}
	if m := unknownName.FindStringSubmatch(e.Message); m != nil {
		p.Problem = review.Msg("There is nothing called `%s` here.", m[1])
		p.Advice = review.DidYouMean(m[1], c.names(f))
	}
	return p
}

func firstLine(e *common.Error) string {
	line, _, _ := strings.Cut(e.Message, "\n")
	return line
}

// names are the variables of an expression.
func (c *compiler) names(f family) []string {
	names := slices.Concat(slices.Collect(maps.Keys(f.variables())), slices.Collect(maps.Keys(everywhere())))
	for _, p := range c.spec.Params {
		names = append(names, "params."+p.Name)
	}
	slices.Sort(names)
	return names
}

// fieldsNear are the names of fields that may have been meant: those of the variable before the dot, else all.
func (c *compiler) fieldsNear(f family, name string) []string {
	types := factTypes()
	for variable, zero := range f.variables() {
		if strings.Contains(c.spec.When, variable+"."+name) {
			types = []any{reflect.TypeOf(zero)}
		}
	}
	var names []string
	for _, t := range types {
		for field := range t.(reflect.Type).Fields() {
			names = append(names, field.Tag.Get("cel"))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
