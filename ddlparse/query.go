package ddlparse

import (
	"strings"

	"github.com/pingcap/tidb/pkg/parser/ast"
)

// queries are what the queries of a statement read, as far as names can clash in it: the FROM clauses, each
// with the unqualified columns that it must resolve.
type queries struct {
	scopes []scope
	// partial: some of what the queries read is not in the scopes.
	partial bool
}

// scope is one FROM clause, or the tables of an UPDATE or DELETE.
type scope struct {
	sources []source
	columns []column
}

// source is one table of a FROM clause.
type source struct {
	table Name // zero for derived tables and common table expressions
	alias string
	span  Span
}

// column is an unqualified column and which of the sources are in sight of it.
type column struct {
	name     string
	from, to int
	span     Span
}

// queries reads the FROM clauses of a statement with more than one table; nil where there is none, or
// where the judge can't read it.
func (p *fileParser) queries(r *reader, toks []token) *queries {
	if r.st.NotUnderstood != "" || len(toks) > longestQuery || !mayJoin(r) {
		return nil
	}
	node, err := p.judge.parse(r.src, r.st.Span, toks, r.edits())
	if err != nil {
		return nil
	}
	q := &queryReader{reader: r, named: map[string]bool{}}
	node.Accept(cteNames{q.named})
	node.Accept(q)
	if len(q.found.scopes) == 0 {
		return nil
	}
	return &q.found
}

// longestQuery is how many tokens a query may have to be read: each name is looked for among all of them.
const longestQuery = 5000

// mayJoin tells cheaply whether the statement is a query or change of several tables.
func mayJoin(r *reader) bool {
	switch r.st.Verb {
	case "INSERT", "REPLACE", "UPDATE", "DELETE", "CREATE VIEW", "CREATE TABLE", "SELECT", "WITH":
	default:
		return false
	}
	if r.hasAny(queryJoins) {
		return true
	}
	for _, c := range r.st.Changes {
		switch c := c.(type) {
		case *Write:
			return len(c.Tables) > 1
		case *CreateView:
			return len(c.View.Tables) > 0
		case *CreateTable:
			return len(c.SelectFrom) > 1
		}
	}
	return false
}

var queryJoins = wordSet("JOIN STRAIGHT_JOIN")

// cteNames collects the names of common table expressions, which hide tables.
type cteNames struct{ names map[string]bool }

func (c cteNames) Enter(n ast.Node) (ast.Node, bool) {
	if e, ok := n.(*ast.CommonTableExpression); ok {
		c.names[e.Name.L] = true
	}
	return n, false
}

func (c cteNames) Leave(n ast.Node) (ast.Node, bool) { return n, true }

// queryReader makes a scope of each FROM clause. It leaves GROUP BY, HAVING and ORDER BY alone: their
// names may be those of the select list.
type queryReader struct {
	*reader
	named map[string]bool
	found queries
}

func (q *queryReader) Enter(n ast.Node) (ast.Node, bool) {
	switch n := n.(type) {
	case *ast.SelectStmt:
		var parts []ast.Node
		if n.Fields != nil {
			parts = append(parts, n.Fields)
		}
		q.scope(n.From, append(parts, n.Where))
	case *ast.UpdateStmt:
		parts := []ast.Node{n.Where}
		for _, a := range n.List {
			parts = append(parts, a)
		}
		q.scope(n.TableRefs, parts)
	case *ast.DeleteStmt:
		q.scope(n.TableRefs, []ast.Node{n.Where})
	}
	return n, false
}

func (q *queryReader) Leave(n ast.Node) (ast.Node, bool) { return n, true }

// scope reads one FROM clause and the parts of the statement that it serves.
func (q *queryReader) scope(refs *ast.TableRefsClause, parts []ast.Node) {
	if refs == nil || refs.TableRefs == nil {
		return
	}
	s := &scopeReader{queryReader: q, shared: map[string]bool{}}
	s.join(refs.TableRefs)
	q.found.partial = q.found.partial || s.natural
	if s.natural || len(s.scope.sources) < 2 && q.st.Verb != "CREATE VIEW" {
		return
	}
	for _, p := range parts {
		s.columnsIn(p, 0, len(s.scope.sources))
	}
	q.found.scopes = append(q.found.scopes, s.scope)
}

// scopeReader walks one tree of joins.
type scopeReader struct {
	*queryReader
	scope   scope
	shared  map[string]bool // columns of USING: one for both sides
	natural bool
}

func (s *scopeReader) join(n ast.ResultSetNode) {
	switch n := n.(type) {
	case *ast.Join:
		from := len(s.scope.sources)
		s.join(n.Left)
		if n.Right != nil {
			s.join(n.Right)
		}
		s.natural = s.natural || n.NaturalJoin
		for _, c := range n.Using {
			s.shared[c.Name.L] = true
		}
		if n.On != nil {
			s.columnsIn(n.On.Expr, from, len(s.scope.sources))
		}
	case *ast.TableSource:
		s.source(n)
	}
}

func (s *scopeReader) source(n *ast.TableSource) {
	src := source{alias: n.AsName.O}
	if t, ok := n.Source.(*ast.TableName); ok {
		if src.alias == "" {
			src.alias = t.Name.O
		}
		if !s.named[t.Name.L] || t.Schema.O != "" {
			src.table = Name{Database: t.Schema.O, Name: t.Name.O}
			if src.table.Database == "" {
				src.table.Database = s.db
			}
		}
	}
	src.span = s.lastName(src.alias)
	s.scope.sources = append(s.scope.sources, src)
}

// columnsIn collects the unqualified columns of an expression, but not those of its subqueries.
func (s *scopeReader) columnsIn(n ast.Node, from, to int) {
	if n != nil {
		n.Accept(&columnReader{s, from, to})
	}
}

type columnReader struct {
	*scopeReader
	from, to int
}

func (c *columnReader) Enter(n ast.Node) (ast.Node, bool) {
	switch n := n.(type) {
	case *ast.SubqueryExpr, *ast.SelectStmt, *ast.SetOprStmt:
		return n, true
	case *ast.ColumnName:
		if n.Table.O == "" && !c.shared[n.Name.L] {
			c.scope.columns = append(c.scope.columns, column{n.Name.O, c.from, c.to, c.bareName(n.Name.O)})
		}
	}
	return n, false
}

func (c *columnReader) Leave(n ast.Node) (ast.Node, bool) { return n, true }

// bareName finds the first token that can be this unqualified column.
func (r *reader) bareName(name string) Span {
	for i := range r.toks {
		if r.names(i, name) && !r.dotted(i) && !(i > 0 && r.toks[i-1].is(r.src, "AS")) {
			return r.tokenSpan(i)
		}
	}
	return r.st.Span
}

// lastName finds the last token that is this name and qualifies nothing.
func (r *reader) lastName(name string) Span {
	for i := len(r.toks) - 1; i >= 0; i-- {
		if r.names(i, name) && (i+1 == len(r.toks) || !r.toks[i+1].isPunct(r.src, ".")) {
			return r.tokenSpan(i)
		}
	}
	return r.st.Span
}

func (r *reader) names(i int, name string) bool {
	t := r.toks[i]
	return (t.kind == word || t.kind == quoted) && strings.EqualFold(identText(r.src, t), name)
}

// dotted reports whether a dot or parenthesis binds the token to another one.
func (r *reader) dotted(i int) bool {
	if i > 0 && r.toks[i-1].isPunct(r.src, ".") {
		return true
	}
	return i+1 < len(r.toks) && (r.toks[i+1].isPunct(r.src, ".") || r.toks[i+1].isPunct(r.src, "("))
}
