package ddlparse

import "strings"

// isTableConstraint reports whether a table item is a key or constraint, not a column.
func (r *reader) isTableConstraint() bool {
	switch r.keyword(0) {
	case "CONSTRAINT", "PRIMARY", "UNIQUE", "INDEX", "KEY", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL":
		return true
	case "VECTOR", "CLUSTERING":
		return r.isAt(1, "INDEX") || r.isAt(1, "KEY")
	case "PERIOD":
		return r.isAt(1, "FOR")
	}
	return false
}

// constraint is what one table item or ADD clause defines: exactly one field is set, or none for a
// MariaDB period.
type constraint struct {
	index       *Index
	foreign     *ForeignKey
	check       *Check
	ifNotExists bool
}

// tableConstraint reads a key or constraint definition.
func (r *reader) tableConstraint() constraint {
	from := r.i
	var name string
	var named, ifNot bool
	var nameSpan Span
	if r.accept("CONSTRAINT") {
		ifNot = r.ifNotExists("add-constraint-if-not-exists")
		if !r.is("PRIMARY") && !r.is("UNIQUE") && !r.is("FOREIGN") && !r.is("CHECK") {
			name, named = r.newIdent(), true
			nameSpan = r.tokenSpan(r.i - 1)
		}
	}
	c := constraint{ifNotExists: ifNot}
	switch r.keyword(0) {
	case "FOREIGN":
		c.foreign = &ForeignKey{Name: name, Named: named}
		c.ifNotExists = r.foreignKey(c.foreign) || ifNot
		c.foreign.Span = r.span(from)
	case "CHECK":
		c.check = &Check{Name: name, Named: named, Enforced: true}
		r.check(c.check)
		c.check.Span = r.span(from)
	case "PERIOD":
		r.period(from)
	default:
		c.index = &Index{Name: name, Named: named, NameSpan: nameSpan}
		c.ifNotExists = r.tableIndex(c.index) || ifNot
		c.index.Span = r.span(from)
	}
	return c
}

func (r *reader) period(from int) {
	r.i += 2
	r.ident()
	r.skipParens()
	r.feature("application-period", from)
}

// tableIndex reads PRIMARY KEY, UNIQUE, INDEX, FULLTEXT and SPATIAL definitions; it reports IF NOT EXISTS.
func (r *reader) tableIndex(x *Index) (ifNotExists bool) {
	from := r.i
	switch r.keyword(0) {
	case "PRIMARY":
		r.i++
		r.expect("KEY")
		x.Kind = Primary
	case "UNIQUE":
		r.i++
		r.acceptAny("KEY", "INDEX")
		x.Kind = Unique
	case "FULLTEXT":
		r.i++
		r.acceptAny("KEY", "INDEX")
		x.Kind = Fulltext
	case "SPATIAL":
		r.i++
		r.acceptAny("KEY", "INDEX")
		x.Kind = Spatial
		r.feature("spatial-index", from)
	case "VECTOR":
		r.i += 2
		x.Kind = Vector
		r.feature("vector-index", from)
	case "CLUSTERING":
		r.i += 2
		x.Kind = Plain
		r.feature("clustering-key", from)
	case "KEY", "INDEX":
		r.i++
		x.Kind = Plain
	default:
		r.fail()
		return false
	}
	ifNotExists = r.ifNotExists("add-index-if-not-exists")
	r.indexBody(x)
	return ifNotExists
}

// indexBody reads [name] [USING type] (parts) options.
func (r *reader) indexBody(x *Index) {
	if !r.isPunct("(") && !r.is("USING") && !r.isTypeClause() {
		name := r.newIdent()
		if x.Kind != Primary { // the server drops the names of primary keys
			x.Name, x.Named = name, true
			x.NameSpan = r.tokenSpan(r.i - 1)
		}
	}
	r.indexType(x)
	r.indexParts(x)
	r.indexOptions(x)
	if x.Kind == Primary {
		x.Name, x.Named, x.NameSpan = PrimaryName, false, Span{}
	}
}

func (r *reader) isTypeClause() bool {
	return r.is("TYPE") && (r.isAt(1, "BTREE") || r.isAt(1, "HASH") || r.isAt(1, "RTREE"))
}

func (r *reader) indexType(x *Index) bool {
	if r.is("USING") || r.isTypeClause() {
		r.i++
		x.Using = strings.ToUpper(r.ident())
		return true
	}
	return false
}

func (r *reader) indexParts(x *Index) {
	r.expectPunct("(")
	for !r.stuck {
		if p := r.indexPart(); p.Expr != withoutOverlaps {
			x.Parts = append(x.Parts, p)
		}
		if !r.acceptPunct(",") {
			break
		}
		r.limit(0, len(x.Parts), 0)
	}
	r.expectPunct(")")
}

func (r *reader) indexPart() Part {
	from := r.i
	p := Part{}
	if r.isPunct("(") {
		p.Expr = r.parens().Text()
		if r.stuck {
			return p
		}
		p.Columns = exprColumns(r.src, r.toks[from+1:r.i-1])
		r.feature("functional-index", from)
	} else {
		p.Column = r.newIdent()
		if r.isPunct("(") {
			r.i++
			p.Prefix = r.integer()
			if p.Prefix == 0 {
				p.Prefix = zeroPrefix
			}
			r.expectPunct(")")
		}
	}
	if r.acceptAny("ASC", "DESC") == "DESC" {
		p.Desc = true
	}
	if r.accept("WITHOUT", "OVERLAPS") {
		r.feature("without-overlaps", from)
		p.Expr = withoutOverlaps // a period, no column
	}
	p.Span = r.span(from)
	return p
}

// withoutOverlaps marks the key part that names a period.
const withoutOverlaps = "WITHOUT OVERLAPS"

// zeroPrefix stands for a written prefix length of 0, which no server accepts.
const zeroPrefix = -1

// indexOptions reads what may follow the key parts.
func (r *reader) indexOptions(x *Index) {
	for !r.end() {
		from := r.i
		switch r.keyword(0) {
		case "USING", "TYPE":
			if !r.indexType(x) {
				return
			}
		case "KEY_BLOCK_SIZE":
			r.i++
			r.acceptPunct("=")
			r.numberText()
		case "WITH":
			if !r.accept("WITH", "PARSER") {
				return
			}
			x.Parser = r.ident()
		case "COMMENT":
			r.i++
			r.acceptPunct("=")
			x.Comment = r.str()
		case "VISIBLE":
			r.i++
		case "INVISIBLE":
			r.i++
			x.Invisible = true
			r.feature("invisible-index", from)
		case "IGNORED":
			r.i++
			x.Invisible = true
			r.feature("ignored-index", from)
		case "NOT":
			if !r.accept("NOT", "IGNORED") {
				return
			}
			r.feature("ignored-index", from)
		case "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE":
			r.i++
			r.acceptPunct("=")
			r.str()
			r.feature("engine-attribute", from)
		case "CLUSTERED", "NONCLUSTERED":
			x.Clustered = r.keyword(0)
			r.i++
		case "GLOBAL", "LOCAL":
			r.i++
		case "CLUSTERING":
			r.i++
			r.acceptPunct("=")
			r.ident()
		case "WHERE": // TiDB's partial index
			r.indexCondition()
			r.feature("partial-index", from)
		case "M", "DISTANCE": // MariaDB's VECTOR INDEX
			r.i++
			r.acceptPunct("=")
			r.optionValue()
		default:
			return
		}
	}
}

// indexCondition goes past WHERE and the condition of a partial index.
func (r *reader) indexCondition() {
	r.lax = true
	for r.i++; !r.end() && !r.isPunct(",") && !r.isPunct(")") && !endsCondition[r.keyword(0)]; {
		if !r.isPunct("(") {
			r.i++
		} else {
			r.skipParens()
		}
	}
}

var endsCondition = wordSet("ALGORITHM LOCK COMMENT VISIBLE INVISIBLE USING KEY_BLOCK_SIZE GLOBAL LOCAL")

// foreignKey reads FOREIGN KEY [IF NOT EXISTS] [index] (columns) REFERENCES …
func (r *reader) foreignKey(f *ForeignKey) (ifNotExists bool) {
	r.expect("FOREIGN", "KEY")
	ifNotExists = r.ifNotExists("add-foreign-key-if-not-exists")
	if !r.isPunct("(") {
		f.Index = r.ident()
	}
	f.Columns = r.columnNames()
	r.references(f)
	return ifNotExists
}

// columnNames reads (a, b, c).
func (r *reader) columnNames() []string {
	var names []string
	r.expectPunct("(")
	for !r.stuck {
		names = append(names, r.ident())
		if r.isPunct("(") {
			r.skipParens() // a prefix length, where one is allowed
		}
		r.acceptAny("ASC", "DESC")
		if !r.acceptPunct(",") {
			break
		}
	}
	r.expectPunct(")")
	return names
}

// references reads REFERENCES t (columns) [MATCH x] [ON DELETE x] [ON UPDATE x].
func (r *reader) references(f *ForeignKey) {
	from := r.i
	r.expect("REFERENCES")
	f.Parent = r.name()
	if r.isPunct("(") {
		f.ParentColumns = r.columnNames()
	}
	if r.accept("MATCH") && r.acceptAny("FULL", "PARTIAL", "SIMPLE") == "" {
		r.fail()
	}
	for !r.stuck {
		if r.accept("ON", "DELETE") {
			f.OnDelete = r.referenceOption()
		} else if r.accept("ON", "UPDATE") {
			f.OnUpdate = r.referenceOption()
		} else {
			break
		}
	}
	f.ParentSpan = r.span(from)
}

func (r *reader) referenceOption() string {
	switch {
	case r.accept("CASCADE"):
		return "CASCADE"
	case r.accept("RESTRICT"):
		return "RESTRICT"
	case r.accept("SET", "NULL"):
		return "SET NULL"
	case r.accept("SET", "DEFAULT"):
		return "SET DEFAULT"
	case r.accept("NO", "ACTION"):
		return "NO ACTION"
	}
	r.fail()
	return ""
}

// check reads CHECK (expr) [[NOT] ENFORCED].
func (r *reader) check(c *Check) {
	r.expect("CHECK")
	at := r.i
	c.Expr = r.parens().Text()
	if r.stuck {
		return
	}
	c.Columns = exprColumns(r.src, r.toks[at+1:r.i-1])
	from := r.i
	switch {
	case r.accept("NOT", "ENFORCED"):
		c.Enforced = false
		r.feature("check-not-enforced", from)
	case r.accept("ENFORCED"):
		r.feature("check-not-enforced", from)
	}
}
