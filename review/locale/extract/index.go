package extract

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"
)

// index notes what the objects of a package are given, and what its printers are.
func (f *flow) index(p *packages.Package) {
	for _, file := range p.Syntax {
		var functions []*types.Signature // around the node
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			functions = enclosing(p.TypesInfo, stack)
			f.node(p, n, functions)
			return true
		})
	}
}

// enclosing are the signatures of the functions around a node, the outermost first.
func enclosing(info *types.Info, stack []ast.Node) []*types.Signature {
	var list []*types.Signature
	for _, n := range stack {
		switch n := n.(type) {
		case *ast.FuncDecl:
			list = append(list, info.Defs[n.Name].Type().(*types.Signature))
		case *ast.FuncLit:
			list = append(list, info.TypeOf(n).(*types.Signature))
		}
	}
	return list
}

func (f *flow) node(p *packages.Package, n ast.Node, functions []*types.Signature) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		f.assign(p, n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		var names []ast.Expr
		for _, name := range n.Names {
			names = append(names, name)
		}
		f.assign(p, names, n.Values)
	case *ast.RangeStmt:
		f.note(p, n.Value, n.X, true)
	case *ast.CompositeLit:
		f.literal(p, n)
	case *ast.ReturnStmt:
		f.results(p, n, functions[len(functions)-1])
	case *ast.CallExpr:
		f.arguments(p, n)
	}
}

func (f *flow) assign(p *packages.Package, to, from []ast.Expr) {
	if len(to) == len(from) {
		for i := range to {
			f.note(p, to[i], from[i], false)
		}
		return
	}
	if len(from) != 1 {
		return
	}
	call, ok := from[0].(*ast.CallExpr)
	if !ok {
		f.note(p, to[0], from[0], false) // v, ok := m[k]
		return
	}
	if callee := typeutil.StaticCallee(p.TypesInfo, call); callee != nil && callee.Pkg() != nil {
		for i := range to {
			f.pass(p, to[i], callee.Signature().Results().At(i))
		}
	}
}

// note says that what an expression names is given a value.
func (f *flow) note(p *packages.Package, to, from ast.Expr, elem bool) {
	if to == nil {
		return
	}
	if o := objectOf(p.TypesInfo, to); o != nil {
		f.given[o] = append(f.given[o], value{expr: from, in: p, elem: elem})
	}
}

// pass says that what an expression names is given all that another object is given.
func (f *flow) pass(p *packages.Package, to ast.Expr, from *types.Var) {
	if o := objectOf(p.TypesInfo, to); o != nil {
		name := &ast.Ident{NamePos: to.Pos(), Name: from.Name()}
		p.TypesInfo.Uses[name] = from
		f.given[o] = append(f.given[o], value{expr: name, in: p})
	}
}

// literal notes the fields of a struct.
func (f *flow) literal(p *packages.Package, lit *ast.CompositeLit) {
	t := p.TypesInfo.TypeOf(lit)
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range lit.Elts {
		field := fields.Field(i)
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			field, _ = p.TypesInfo.Uses[kv.Key.(*ast.Ident)].(*types.Var)
			e = kv.Value
		}
		v := value{expr: e, in: p}
		f.given[field.Origin()] = append(f.given[field.Origin()], v)
		if isHelp(field) {
			v.help = true
			f.todo = append(f.todo, v)
		}
	}
}

func (f *flow) results(p *packages.Package, n *ast.ReturnStmt, function *types.Signature) {
	if len(n.Results) != function.Results().Len() {
		return
	}
	for i, e := range n.Results {
		o := function.Results().At(i).Origin()
		f.given[o] = append(f.given[o], value{expr: e, in: p})
	}
}

// arguments notes what parameters are given, and takes up what is given to printers.
func (f *flow) arguments(p *packages.Package, call *ast.CallExpr) {
	signature, ok := p.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok {
		return
	}
	callee := typeutil.StaticCallee(p.TypesInfo, call)
	if callee != nil {
		signature = callee.Origin().Signature()
	}
	for i, e := range call.Args {
		n := signature.Params().Len()
		if n == 0 {
			return
		}
		o := signature.Params().At(min(i, n-1)).Origin()
		v := value{expr: e, in: p}
		f.given[o] = append(f.given[o], v)
		if callee != nil && i == keyArgument(callee) && !isSliceOfAll(signature, i) {
			v.help = callee.Pkg().Path() == flags
			f.todo = append(f.todo, v)
		}
	}
}

func isSliceOfAll(s *types.Signature, i int) bool { return s.Variadic() && i >= s.Params().Len()-1 }
