package ddlparse

import (
	"strconv"
	"strings"
)

// index looks at everything that one index definition says.
func (v *validator) index(x *Index) {
	v.indexName(x)
	v.duplicateParts(x)
	for i := range x.Parts {
		v.indexPart(x, &x.Parts[i])
	}
	if v.indexParts(x) {
		v.indexLength(x)
	}
}

func (v *validator) indexName(x *Index) {
	if x.Kind == Primary || !x.Named {
		return
	}
	at := place(x.NameSpan, x.Span)
	v.identifier("index", x.Name, at)
}

func (v *validator) duplicateParts(x *Index) {
	for i, p := range x.Parts {
		for _, earlier := range x.Parts[:i] {
			if p.Column != "" && same(p.Column, earlier.Column) {
				v.add(Problem{
					Kind: DuplicateColumnInIndex, Number: 1060, Name: p.Column, Value: x.Name,
					Span: place(p.Span, x.Span), Cause: earlier.Span,
				})
				return
			}
		}
	}
}

// indexParts reports whether there are not too many parts.
func (v *validator) indexParts(x *Index) bool {
	limit := v.engine.maxIndexParts()
	if len(x.Parts) <= limit || v.engine.IsTiDB() {
		return true
	}
	v.add(Problem{
		Kind: HardIndexLimits, Number: 1070, Name: x.Name, Reason: "parts", Value: strconv.Itoa(len(x.Parts)), Other: strconv.Itoa(limit),
		Span: place(x.Parts[limit].Span, x.Span),
	})
	return false
}

func (v *validator) indexProblem(x *Index, p *Part, kind ProblemKind, number int, reason string) {
	problem := Problem{Kind: kind, Number: number, Name: x.Name, Reason: reason, Value: p.Column, Span: place(p.Span, x.Span)}
	if c := v.table.Column(p.Column); c != nil {
		problem.Other, problem.Cause = c.Type.String(), c.Span
	}
	v.add(problem)
}

// indexPart compares one part with its column.
func (v *validator) indexPart(x *Index, p *Part) {
	if p.Column == "" {
		v.expressionPart(x, p)
		return
	}
	c := v.table.Column(p.Column)
	if c == nil {
		if v.table.Known() {
			v.add(Problem{Kind: KeyColumnNotFound, Number: 1072, Name: p.Column, Value: x.Name, Span: place(p.Span, x.Span)})
		}
		return
	}
	switch {
	case p.Prefix == zeroPrefix:
		v.indexProblem(x, p, InvalidPrefixLength, 1391, "zero")
	case v.engine.MySQL(9, 0, 0) && c.Type.Name == "vector":
		v.indexProblem(x, p, VectorColumn, 6134, "key")
	case v.engine.IsMySQL() && c.Type.Name == "json" && x.Kind != Spatial:
		v.indexProblem(x, p, BlobKeyWithoutPrefix, 3152, "json")
	case x.Kind == Spatial:
		v.spatialPart(x, p, c)
	case x.Kind == Fulltext:
		v.fulltextPart(x, p, c)
	case x.Kind == Vector:
	default:
		v.ordinaryPart(x, p, c)
	}
}

// expressionPart: a functional key part can't be part of a primary key or a FULLTEXT index (MySQL 8.4
// manual, "Functional Key Parts").
func (v *validator) expressionPart(x *Index, p *Part) {
	if !v.engine.MySQL(8, 0, 13) {
		return
	}
	switch x.Kind {
	case Primary:
		v.indexProblem(x, p, GeneratedInvalid, 3756, "primary-key")
		return
	case Fulltext:
		v.indexProblem(x, p, GeneratedInvalid, 3759, "fulltext")
		return
	}
	for _, name := range p.Columns {
		if v.table.Known() && v.table.Column(name) == nil && !maybeKeyword(name) && !strings.Contains(p.Expr, "`(") {
			v.add(Problem{Kind: UnknownColumn, Number: 1054, Name: name, Reason: "functional-index", Other: v.table.Name.String(), Span: place(p.Span, x.Span)})
			return
		}
	}
	if number, name := v.refusedCall(p.Expr, 3758); number != 0 {
		v.add(Problem{Kind: GeneratedInvalid, Number: number, Name: x.Name, Reason: "function", Value: name, Span: place(p.Span, x.Span)})
	}
}

// ordinaryPart looks at a part of a BTREE or HASH index.
func (v *validator) ordinaryPart(x *Index, p *Part, c *Column) {
	switch {
	case c.Type.IsBlob() || c.Type.Name == "json":
		v.blobPart(x, p, c)
	case c.Type.IsSpatial():
		v.geometryPart(x, p, c)
	default:
		v.prefix(x, p, c)
	}
	if x.Kind == Primary && c.Generated != nil && (v.engine.IsMySQL() && !c.Generated.Stored || v.engine.IsMariaDB()) {
		number := 3106
		if v.engine.IsMariaDB() {
			number = 1903
		}
		v.indexProblem(x, p, GeneratedInvalid, number, "primary-key")
	}
}

// blobPart: MySQL and TiDB want a prefix length. MariaDB makes a hash for a UNIQUE key since 10.4 and
// cuts an ordinary one, which leaves no room for other parts: then the key is too long.
func (v *validator) blobPart(x *Index, p *Part, c *Column) {
	if p.Prefix > 0 && !p.Cut || p.Cut && len(x.Parts) > 1 || !c.Type.IsBlob() {
		return
	}
	number := 1170
	switch {
	case !v.engine.IsMariaDB() || x.Kind == Primary:
	case x.Kind == Unique && !v.engine.MariaDB(10, 4, 0):
	default:
		number = 0
	}
	v.indexProblem(x, p, BlobKeyWithoutPrefix, number, "blob")
}

// prefix: no server takes a part of a number or date, though the whole length is fine. A column that was changed after the index was made is not looked at: the
// servers then shorten the prefix themselves.
func (v *validator) prefix(x *Index, p *Part, c *Column) {
	if c.Defined > x.Defined {
		return
	}
	if p.Prefix == 0 {
		return
	}
	switch c.Type.Name {
	case "char", "varchar", "binary", "varbinary":
		if c.Type.Length >= 0 && p.Prefix > c.Type.Length {
			v.indexProblem(x, p, InvalidPrefixLength, 1089, "length")
		}
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		if p.Prefix != integerBits[c.Type.Name]/8 {
			v.indexProblem(x, p, InvalidPrefixLength, 1089, "type")
		}
	case "enum", "set":
		if p.Prefix*v.bytesPerCharacter(c) > c.Type.StorageBytes(1) {
			v.indexProblem(x, p, InvalidPrefixLength, 1089, "type")
		}
	case "datetime", "timestamp", "date", "time", "decimal", "float", "double":
		if p.Prefix < 3 {
			v.indexProblem(x, p, InvalidPrefixLength, 1089, "type")
		}
	}
}

// changedIn looks again at the indexes that a changed column is in.
func (v *validator) changedIn(c *Column) {
	for _, x := range v.table.Indexes {
		if x.Defined >= c.Defined || x.Implicit {
			continue
		}
		for i := range x.Parts {
			if same(x.Parts[i].Column, c.Name) {
				v.indexPart(x, &x.Parts[i])
				v.indexLength(x)
			}
		}
	}
}
