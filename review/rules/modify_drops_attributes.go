package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// modifyDropsAttributes speaks of what MODIFY and CHANGE take away by not repeating it. MySQL 8.4 manual,
// "ALTER TABLE Statement", "Renaming, Redefining, and Reordering Columns":
// https://dev.mysql.com/doc/refman/8.4/en/alter-table.html
var modifyDropsAttributes = &review.Rule{
	ID:       "modify-drops-attributes",
	Title:    "MODIFY or CHANGE drops attributes of the column",
	Category: review.Compatibility,
	Severity: review.Error,
	Params: []review.Param{{
		Name:    "attributes",
		Default: []string{"NOT NULL", "DEFAULT", "ON UPDATE", "COMMENT", "AUTO_INCREMENT", "CHARACTER SET", "COLLATE", "SRID", "GENERATED", "INVISIBLE"},
		Doc:     "The attributes whose silent loss is reported.",
	}},
	Check: func(p *review.Pass) {
		wanted := review.Value[[]string](p, "attributes")
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !c.Restates() || declarative(s) || c.Old == nil || c.New == nil || p.Created(c.Before) || bornHere(p, c.Old) {
				continue
			}
			lost := lostAttributes(p, s, c)
			if purposeIsLoss(c, lost) {
				continue
			}
			lost = slices.DeleteFunc(lost, func(a lostAttribute) bool {
				return mended(p, c, a) || !slices.ContainsFunc(wanted, func(w string) bool { return strings.EqualFold(w, a.keyword) })
			})
			if len(lost) > 0 {
				p.Report(sayLost(p, c, lost))
			}
		}
	},
}

// lostAttribute is an attribute of the old definition that the new one lacks.
type lostAttribute struct {
	keyword string
	sql     string // as it would have to be repeated, "" when nobody can say
	has     func(*ddlparse.Column) bool
}

// lostAttributes compares the definitions. What the new type can't have, and what NULL, DEFAULT NULL or
// COMMENT ” take away by name, isn't lost by oversight.
func lostAttributes(p *review.Pass, s *ddlparse.Step, c *ddlparse.ModifyColumn) []lostAttribute {
	var lost []lostAttribute
	for _, a := range attributesOf(p, s, c) {
		if a.has(c.Old) && !a.has(c.New) {
			lost = append(lost, a)
		}
	}
	return lost
}

// attributesOf lists the attributes that the new definition could have repeated.
func attributesOf(p *review.Pass, s *ddlparse.Step, c *ddlparse.ModifyColumn) []lostAttribute {
	old, new := c.Old, c.New
	generated := new.Generated != nil
	var list []lostAttribute
	add := func(possible bool, keyword, sql string, has func(*ddlparse.Column) bool) {
		if possible {
			list = append(list, lostAttribute{keyword, sql, has})
		}
	}
	charset := old.Charset != "" && new.Charset != ""
	add(charset && (old.ExplicitCharset != "" || old.ExplicitCollation != "") && old.Charset != new.Charset && unsaidCharset(new), "CHARACTER SET", charsetSQL(old),
		func(o *ddlparse.Column) bool { return o.Charset == old.Charset })
	add(charset && old.ExplicitCollation != "" && old.Charset == new.Charset && unsaidCharset(new), "COLLATE", "COLLATE "+old.Collation,
		func(o *ddlparse.Column) bool { return o.Collation == old.Collation })
	add(!generated && old.Null == ddlparse.ExplicitNotNull && new.Null == ddlparse.Unspecified && !defaultsToNull(new), "NOT NULL", "NOT NULL",
		func(o *ddlparse.Column) bool { return o.NotNull })
	add(!generated && statesDefault(old) && !new.AutoIncrement && takesDefault(p.Engine, old, new), "DEFAULT", defaultSQL(old, new),
		func(o *ddlparse.Column) bool { return o.Default != nil })
	add(old.OnUpdate != "" && (new.Type.Name == "timestamp" || new.Type.Name == "datetime"), "ON UPDATE", "ON UPDATE "+old.OnUpdate,
		func(o *ddlparse.Column) bool { return o.OnUpdate != "" })
	add(old.AutoIncrement && new.Type.IsInteger() && new.Default == nil && !generated && !keyChanges(p, s, c), "AUTO_INCREMENT", "AUTO_INCREMENT",
		func(o *ddlparse.Column) bool { return o.AutoIncrement })
	add(new.Attribute("VISIBLE").IsZero(), "INVISIBLE", "INVISIBLE", func(o *ddlparse.Column) bool { return o.Invisible })
	add(new.Type.IsSpatial(), "SRID", "SRID "+old.SRID, func(o *ddlparse.Column) bool { return o.SRID != "" })
	add(new.Default == nil, "GENERATED", "", func(o *ddlparse.Column) bool { return o.Generated != nil })
	add(new.Attribute("COMMENT").IsZero(), "COMMENT", "COMMENT "+sqlString(old.Comment), func(o *ddlparse.Column) bool { return o.Comment != "" })
	return list
}

// unsaidCharset reports whether a definition leaves character set and collation to the table.
func unsaidCharset(c *ddlparse.Column) bool {
	return c.ExplicitCharset == "" && c.ExplicitCollation == ""
}

// statesDefault reports whether the definition gives a default of its own, other than NULL.
func statesDefault(c *ddlparse.Column) bool {
	return c.Default != nil && !c.Default.Implicit && c.Default.Kind != ddlparse.DefaultNull
}

func defaultsToNull(c *ddlparse.Column) bool {
	return c.Default != nil && c.Default.Kind == ddlparse.DefaultNull
}

// takesDefault reports whether the old default could stand in the new definition: a literal default is
// refused for BLOB, TEXT and JSON on MySQL, and a type of another kind has its own values.
func takesDefault(e ddlparse.Engine, old, new *ddlparse.Column) bool {
	if e.IsMySQL() && (new.Type.IsBlob() || new.Type.Name == "json" || new.Type.IsSpatial()) {
		return false
	}
	return familyOf(old.Type) == familyOf(new.Type) || familyOf(old.Type) <= floatFamily && familyOf(new.Type) <= floatFamily
}

func charsetSQL(c *ddlparse.Column) string {
	charset := "CHARACTER SET " + c.Charset
	if c.ExplicitCollation != "" {
		charset += " COLLATE " + c.Collation
	}
	return charset
}

// defaultSQL is the old clause, where its value is one for the new type too.
func defaultSQL(old, new *ddlparse.Column) string {
	if old.Default == nil || old.Default.Span.IsZero() || strings.Contains(old.Default.Span.Text(), "\n") {
		return ""
	}
	if old.Type.Name != new.Type.Name && (old.Default.Kind == ddlparse.DefaultNow || new.Type.IsTemporal() || new.Type.Members != nil) {
		return ""
	}
	return "DEFAULT " + old.Default.Span.Text()
}

// keyChanges reports whether the change set, from this statement on, takes the column out of the key that
// AUTO_INCREMENT needs, or numbers another column: the attribute must go first.
func keyChanges(p *review.Pass, s *ddlparse.Step, c *ddlparse.ModifyColumn) bool {
	for _, x := range c.After.Columns {
		if x.AutoIncrement && !strings.EqualFold(x.Name, c.New.Name) {
			return true
		}
	}
	for step, d := range review.Each[*ddlparse.DropIndex](p) {
		if step.Number >= s.Number && p.Start().Same(d.Table, c.Table) && d.Index != nil && slices.ContainsFunc(d.Index.Columns(), func(n string) bool { return strings.EqualFold(n, c.New.Name) }) {
			return true
		}
	}
	return false
}

// purposeIsLoss reports whether losing one attribute is all that the clause does, so that it must be meant.
func purposeIsLoss(c *ddlparse.ModifyColumn, lost []lostAttribute) bool {
	if len(lost) != 1 || c.First || c.Behind != "" || c.Old.Name != c.New.Name {
		return false
	}
	for _, a := range lost {
		if a.keyword == "CHARACTER SET" || a.keyword == "COLLATE" {
			return false // leaving them out never says that the table's are wanted
		}
	}
	return sameButLost(c.Old, c.New)
}

// sameButLost reports whether the new definition says nothing that the old one didn't.
func sameButLost(old, new *ddlparse.Column) bool {
	switch {
	case typeName(old) != typeName(new), !slices.Equal(old.Type.Members, new.Type.Members), old.Collation != new.Collation:
		return false
	case new.NotNull && !old.NotNull, new.AutoIncrement && !old.AutoIncrement, new.OnUpdate != "" && old.OnUpdate == "":
		return false
	case new.Comment != "" && new.Comment != old.Comment, new.Default != nil && (old.Default == nil || old.Default.Text != new.Default.Text):
		return false
	}
	return new.Invisible == old.Invisible || old.Invisible
}

// mended reports whether the column has the attribute again when the change set is done, or is gone.
func mended(p *review.Pass, c *ddlparse.ModifyColumn, a lostAttribute) bool {
	final := finalColumn(p, &c.Clause, c.New.Name)
	return final == nil || final.Defined != c.New.Defined && a.has(final)
}

// sayLost names all lost attributes in one finding. A lost comment breaks nothing.
func sayLost(p *review.Pass, c *ddlparse.ModifyColumn, lost []lostAttribute) review.Finding {
	names := make([]string, len(lost))
	for i, a := range lost {
		names[i] = a.keyword
		if a.sql != "" && len(a.sql) <= 60 {
			names[i] = a.sql
		}
	}
	f := review.Finding{
		Object:  objectOf(c.Table, c.New.Name),
		Span:    c.Span,
		Problem: review.Msg("%s states `%s` anew without `%s`: %s drops what isn't repeated, without a word.", c.Keyword, objectOf(c.Table, c.Name), strings.Join(names, "`, `"), p.Engine.Title()),
		Advice:  review.Msg("Repeat the whole definition; where the loss is meant, say so: NULL, DEFAULT NULL, COMMENT '', VISIBLE, or the new character set."),
		Related: []review.Related{{Span: c.Old.Span, Note: review.Msg("`%s` is defined here", objectOf(c.Table, c.Name))}},
		Fix:     repeatAttributes(c, lost),
	}
	if len(lost) == 1 && lost[0].keyword == "COMMENT" {
		f.Severity = review.Warning
	}
	return f
}

// repeatAttributes writes the definition with what it lost: the character set behind the type, where it must
// stand, the rest at the end.
func repeatAttributes(c *ddlparse.ModifyColumn, lost []lostAttribute) *review.Edit {
	at, typeSpan := c.New.Span, c.New.TypeSpan
	if at.Source.Host != nil || !at.Contains(typeSpan) {
		return nil
	}
	for _, keyword := range []string{"REFERENCES", "CHECK", "GENERATED"} {
		if !c.New.Attribute(keyword).IsZero() {
			return nil // what is behind these belongs to them
		}
	}
	behindType, end := "", ""
	for _, a := range lost {
		switch {
		case a.sql == "" || strings.Contains(a.sql, "\n"):
			return nil
		case a.keyword == "CHARACTER SET" || a.keyword == "COLLATE":
			behindType += " " + a.sql
		default:
			end += " " + a.sql
		}
	}
	text := at.Source.Text
	return &review.Edit{
		Title: "Repeat what would be lost", Span: at,
		New: text[at.Start:typeSpan.End] + behindType + text[typeSpan.End:at.End] + end,
	}
}
