package ddlparse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// sortedIndexes gives the indexes in the order in which the servers keep them: the primary key, unique
// keys without NULL, other unique keys (those with prefixes last), plain ones, full-text ones.
func sortedIndexes(t *Table) []*Index {
	sorted := slices.Clone(t.Indexes)
	slices.SortStableFunc(sorted, func(a, b *Index) int {
		return cmp.Compare(indexRank(t, a), indexRank(t, b))
	})
	return sorted
}

func indexRank(t *Table, x *Index) int {
	switch x.Kind {
	case Primary:
		return 0
	case Unique:
		return uniqueRank(t, x)
	case Fulltext:
		return 10
	}
	return 9
}

func uniqueRank(t *Table, x *Index) int {
	rank := 1
	for _, p := range x.Parts {
		c := t.Column(p.Column)
		if p.Expr != "" || c != nil && !c.NotNull {
			rank |= 4
		}
		if p.Prefix > 0 {
			rank |= 2
		}
	}
	return rank
}

func indexDDL(x *Index, e Engine) string {
	words := []string{indexWords(x), "(" + partsDDL(x.Parts) + ")"}
	if x.Kind != Fulltext && x.Kind != Spatial && x.Using != "" {
		words = append(words, "USING "+x.Using)
	}
	if x.Comment != "" {
		words = append(words, "COMMENT "+quote(x.Comment))
	}
	if x.Parser != "" {
		words = append(words, "/*!50100 WITH PARSER "+backquote(x.Parser)+" */")
	}
	if x.Invisible && e.IsMariaDB() {
		words = append(words, "IGNORED")
	} else if x.Invisible {
		words = append(words, versioned(e, 80000, "INVISIBLE"))
	}
	return strings.Join(words, " ")
}

func indexWords(x *Index) string {
	name := " " + backquote(x.Name)
	switch x.Kind {
	case Primary:
		return "PRIMARY KEY"
	case Unique:
		return "UNIQUE KEY" + name
	case Fulltext:
		return "FULLTEXT KEY" + name
	case Spatial:
		return "SPATIAL KEY" + name
	case Vector:
		return "VECTOR KEY" + name
	}
	return "KEY" + name
}

func partsDDL(parts []Part) string {
	written := make([]string, len(parts))
	for i, p := range parts {
		written[i] = partDDL(p)
	}
	return strings.Join(written, ",")
}

func partDDL(p Part) string {
	text := backquote(p.Column)
	if p.Column == "" {
		text = "(" + p.Expr + ")"
	}
	if p.Prefix > 0 {
		text += "(" + strconv.Itoa(p.Prefix) + ")"
	}
	if p.Desc {
		text += " DESC"
	}
	return text
}

// sortedForeignKeys gives them by name, as the servers list them.
func sortedForeignKeys(keys []*ForeignKey, e Engine) []*ForeignKey {
	sorted := slices.Clone(keys)
	slices.SortStableFunc(sorted, func(a, b *ForeignKey) int { return byName(a.Name, b.Name, e) })
	return sorted
}

// byName: MySQL compares constraint names without case, MariaDB byte by byte.
func byName(a, b string, e Engine) int {
	if e.IsMariaDB() {
		return strings.Compare(a, b)
	}
	return strings.Compare(fold(a), fold(b))
}

func foreignKeyDDL(f *ForeignKey, database string, e Engine) string {
	parent := backquote(f.Parent.Name)
	if f.Parent.Database != "" && f.Parent.Database != database {
		parent = backquote(f.Parent.Database) + "." + parent
	}
	text := "CONSTRAINT " + backquote(f.Name) + " FOREIGN KEY (" + strings.ReplaceAll(backquoteAll(f.Columns), ",", ", ") +
		") REFERENCES " + parent + " (" + strings.ReplaceAll(backquoteAll(f.ParentColumns), ",", ", ") + ")"
	return text + actionDDL("DELETE", f.OnDelete, e) + actionDDL("UPDATE", f.OnUpdate, e)
}

// actionDDL leaves out what the server takes for its default: NO ACTION on MySQL, RESTRICT on MariaDB.
func actionDDL(event, action string, e Engine) string {
	implied := "NO ACTION"
	if e.IsMariaDB() {
		implied = "RESTRICT"
	}
	if action == "" || action == implied {
		return ""
	}
	return " ON " + event + " " + action
}

// tableChecks gives the checks that stand behind the keys: on MySQL all of them, by name; on MariaDB
// those of the table, as defined.
func tableChecks(checks []*Check, e Engine) []*Check {
	var list []*Check
	for _, c := range checks {
		if c.Column == "" || !e.IsMariaDB() {
			list = append(list, c)
		}
	}
	if !e.IsMariaDB() {
		slices.SortStableFunc(list, func(a, b *Check) int { return byName(a.Name, b.Name, e) })
	}
	return list
}

func checkDDL(c *Check, e Engine) string {
	text := "CONSTRAINT " + backquote(c.Name) + " CHECK (" + c.Expr + ")"
	if !c.Enforced && e.IsMySQL() {
		text += " " + versioned(e, 80016, "NOT ENFORCED")
	}
	return text
}
