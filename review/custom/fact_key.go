package custom

import "github.com/schema-review/schema-review/ddlparse"

func indexOf(x *ddlparse.Index) Index {
	if x == nil {
		return Index{}
	}
	facts := Index{
		Exists: true, Name: x.Name, Named: x.Named, Kind: kindOf(x.Kind), Unique: x.Unique(), Columns: x.Columns(),
		Using: x.Using, Invisible: x.Invisible, Comment: x.Comment,
	}
	for _, p := range x.Parts {
		facts.Parts = append(facts.Parts, Part{Column: p.Column, Expression: p.Expr, Length: p.Prefix, Descending: p.Desc})
	}
	return facts
}

func kindOf(k ddlparse.IndexKind) string {
	switch k {
	case ddlparse.Unique:
		return "unique"
	case ddlparse.Primary:
		return "primary"
	case ddlparse.Fulltext:
		return "fulltext"
	case ddlparse.Spatial:
		return "spatial"
	case ddlparse.Vector:
		return "vector"
	}
	return "index"
}

func foreignKeyOf(k *ddlparse.ForeignKey) ForeignKey {
	if k == nil {
		return ForeignKey{}
	}
	return ForeignKey{
		Exists: true, Name: k.Name, Named: k.Named, Columns: k.Columns, Parent: k.Parent.Name, ParentColumns: k.ParentColumns,
		OnDelete: k.OnDelete, OnUpdate: k.OnUpdate,
	}
}

func checkOf(c *ddlparse.Check) Check {
	if c == nil {
		return Check{}
	}
	return Check{Exists: true, Name: c.Name, Named: c.Named, Expression: c.Expr, Columns: c.Columns, Enforced: c.Enforced}
}

func writeOf(w *ddlparse.Write) Write {
	facts := Write{
		Verb: w.Verb, Columns: w.Columns, HasWhere: !w.Where.IsZero(), HasLimit: w.Limit, Selects: w.Select, Rows: w.Rows,
	}
	for _, t := range w.Tables {
		facts.Tables = append(facts.Tables, t.Name)
	}
	return facts
}
