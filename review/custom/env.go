package custom

import (
	"reflect"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"
	"github.com/schema-review/schema-review/review"
)

// mostCost bounds what one look may cost: CEL counts about one for each field that is read and each comparison.
// A loop in a loop over a table of 300 columns stays below it; a third loop is far beyond.
const mostCost = 5_000_000

// How long lists and texts are thought to be when the cost is estimated.
const (
	usualColumns = 100
	usualText    = 30
)

// variables of each family.
func (f family) variables() map[string]any {
	switch f {
	case aTable:
		return map[string]any{"table": Table{}, "before": Table{}}
	case aColumn:
		return map[string]any{"table": Table{}, "column": Column{}, "before": Column{}}
	case anIndex:
		return map[string]any{"table": Table{}, "index": Index{}, "before": Index{}}
	case aForeignKey:
		return map[string]any{"table": Table{}, "foreign_key": ForeignKey{}, "parent": Table{}}
	case aCheck:
		return map[string]any{"table": Table{}, "check": Check{}}
	case anObject:
		return map[string]any{"object": Object{}}
	}
	return map[string]any{"table": Table{}, "write": Write{}}
}

// named are the variables with their types, sorted.
func (f family) named() []string {
	var all []string
	for name, zero := range f.variables() {
		all = append(all, name+" "+reflect.TypeOf(zero).Name())
	}
	slices.Sort(all)
	return all
}

// everywhere are the variables that every expression has.
func everywhere() map[string]any {
	return map[string]any{"server": Server{}, "statement": Statement{}}
}

// factTypes are the types that an expression may see.
func factTypes() []any {
	return []any{
		reflect.TypeFor[Table](), reflect.TypeFor[Column](), reflect.TypeFor[Index](), reflect.TypeFor[Part](), reflect.TypeFor[ForeignKey](),
		reflect.TypeFor[Check](), reflect.TypeFor[Object](), reflect.TypeFor[Write](), reflect.TypeFor[Server](), reflect.TypeFor[Statement](),
	}
}

// environment is the language of a rule that looks at a family, with its parameters.
func environment(f family, params []review.Param) (*cel.Env, error) {
	options := []cel.EnvOption{
		ext.NativeTypes(append(factTypes(), ext.ParseStructTags(true))...),
		ext.Strings(), ext.Lists(), ext.Sets(),
	}
	for _, variables := range []map[string]any{f.variables(), everywhere()} {
		for name, zero := range variables {
			options = append(options, cel.Variable(name, cel.ObjectType(reflect.TypeOf(zero).String())))
		}
	}
	for _, p := range params {
		options = append(options, cel.Variable("params."+p.Name, paramType(p)))
	}
	return cel.NewEnv(options...)
}

func paramType(p review.Param) *cel.Type {
	switch p.Default.(type) {
	case int:
		return cel.IntType
	case bool:
		return cel.BoolType
	case []string:
		return cel.ListType(cel.StringType)
	}
	return cel.StringType
}

// sizes tells the estimate of the cost how long lists and texts are.
type sizes struct{}

func (sizes) EstimateSize(n cost.AstNode) *cost.SizeEstimate {
	if n.Type().Kind() == types.StringKind {
		return &cost.SizeEstimate{Min: 0, Max: usualText}
	}
	return &cost.SizeEstimate{Min: 0, Max: usualColumns}
}

func (sizes) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}
