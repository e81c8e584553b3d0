package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"
)

// value is an expression that something is given, and the package that it stands in.
type value struct {
	expr ast.Expr
	in   *packages.Package
	elem bool // what is given is an element of it
	help bool // it is help of a command, which may be made of parts; then it stays as it is
}

// flow knows what every variable, parameter, field and result of the module may be given.
type flow struct {
	root    string
	given   map[types.Object][]value
	seen    map[types.Object]bool
	todo    []value
	found   map[string][]token.Position
	unclear []string
}

func newFlow(root string) *flow {
	return &flow{root: root, given: map[types.Object][]value{}, seen: map[types.Object]bool{}, found: map[string][]token.Position{}}
}

// follow goes from the printers back to the constants.
func (f *flow) follow() {
	for len(f.todo) > 0 {
		v := f.todo[0]
		f.todo = f.todo[1:]
		f.resolve(v)
	}
}

// resolve finds the constants that a value can be.
func (f *flow) resolve(v value) {
	e := ast.Unparen(v.expr)
	info := v.in.TypesInfo
	if c := info.Types[e].Value; c != nil && c.Kind() == constant.String {
		if s := constant.StringVal(c); s != "" && s != "%s" {
			f.found[s] = append(f.found[s], v.in.Fset.Position(e.Pos()))
		}
		return
	}
	switch e := e.(type) {
	case *ast.CompositeLit:
		f.elements(e, v)
	case *ast.IndexExpr:
		f.todo = append(f.todo, value{expr: e.X, in: v.in, elem: true})
	case *ast.CallExpr:
		f.call(e, v)
	default:
		if o := objectOf(info, e); o != nil {
			f.object(o, v)
			return
		}
		f.dark(v)
	}
}

// elements are those of a list or map, when one of them is wanted.
func (f *flow) elements(lit *ast.CompositeLit, v value) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		f.todo = append(f.todo, value{expr: e, in: v.in})
	}
}

// call is what a function returns, or what a conversion is of.
func (f *flow) call(e *ast.CallExpr, v value) {
	info := v.in.TypesInfo
	if info.Types[e.Fun].IsType() {
		f.todo = append(f.todo, value{expr: e.Args[0], in: v.in, elem: v.elem})
		return
	}
	callee := typeutil.StaticCallee(info, e)
	switch {
	case callee == nil:
		f.dark(v)
	case keyArgument(callee) >= 0: // what it is given is taken up where it is called
	case callee.FullName() == "fmt.Sprintf": // whoever translates it finds the format again
		f.todo = append(f.todo, value{expr: e.Args[0], in: v.in})
	case callee.Signature().Results().Len() > 0 && f.given[callee.Signature().Results().At(0)] != nil:
		f.object(callee.Signature().Results().At(0), v)
	default:
		f.dark(v)
	}
}

// object takes up all that an object may be given, once.
func (f *flow) object(o types.Object, v value) {
	if f.seen[o] {
		return
	}
	f.seen[o] = true
	for _, g := range f.given[o] {
		g.elem, g.help = g.elem || v.elem, v.help
		f.todo = append(f.todo, g)
	}
}

// dark notes a value that can't be followed.
func (f *flow) dark(v value) {
	if v.help {
		return
	}
	at := v.in.Fset.Position(v.expr.Pos())
	at.Filename = f.relative(at.Filename)
	f.unclear = append(f.unclear, at.String()+": "+types.ExprString(v.expr))
}

func (f *flow) relative(path string) string {
	if r, err := filepath.Rel(f.root, path); err == nil {
		return filepath.ToSlash(r)
	}
	return path
}

// objectOf is the variable, parameter or field that an expression names.
func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if o, ok := info.ObjectOf(e).(*types.Var); ok {
			return o.Origin()
		}
	case *ast.SelectorExpr:
		if o, ok := info.ObjectOf(e.Sel).(*types.Var); ok {
			return o.Origin()
		}
	}
	return nil
}
