package ddlparse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// sortedIndexes gives the indexes in the order in which the servers keep them: the primary key, unique
// keys without NULL, other unique keys (those with prefixes last), plain ones, full-text ones. Within
// these MySQL puts keys on virtual columns last. The order outlives the reason for it: a column that
// loses its NULL moves its key only among those that are there.
func sortedIndexes(t *Table, e Engine) []*Index {
	sorted := slices.Clone(t.Indexes)
	slices.SortStableFunc(sorted, func(a, b *Index) int {
		return cmp.Compare(indexRank(t, a, e), indexRank(t, b, e))
	})
	return sorted
}

func indexRank(t *Table, x *Index, e Engine) int {
	rank := 0
	switch x.Kind {
	case Primary:
		return 0
	case Unique:
		rank = uniqueRank(t, x)
	case Fulltext:
		rank = 20
	default:
		rank = 10
	}
	if e.IsMySQL() && onVirtual(t, x) {
		rank++
	}
	return rank
}

func uniqueRank(t *Table, x *Index) int {
	rank, nullable := 2, false
	for _, p := range x.Parts {
		c := t.Column(p.Column)
		nullable = nullable || p.Expr != "" || c != nil && !c.NotNull
		if p.Prefix > 0 {
			rank = 4
		}
	}
	if nullable {
		rank += 4
	}
	return rank
}

func onVirtual(t *Table, x *Index) bool {
	return slices.ContainsFunc(x.Parts, func(p Part) bool {
		c := t.Column(p.Column)
		return p.Expr != "" || c != nil && c.Generated != nil && !c.Generated.Stored
	})
}

func (t *Table) indexDDL(x *Index, e Engine) string {
	words := []string{indexWords(x), "(" + t.partsDDL(x.Parts) + ")"}
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

func (t *Table) partsDDL(parts []Part) string {
	written := make([]string, len(parts))
	for i, p := range parts {
		written[i] = t.partDDL(p)
	}
	return strings.Join(written, ",")
}

func (t *Table) partDDL(p Part) string {
	text := backquote(t.columnName(p.Column))
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

// columnName is the name as the column's definition spells it; keys may spell it otherwise.
func (t *Table) columnName(name string) string {
	if c := t.Column(name); c != nil {
		return c.Name
	}
	return name
}

func (t *Table) columnNames(names []string) []string {
	spelled := make([]string, len(names))
	for i, n := range names {
		spelled[i] = t.columnName(n)
	}
	return spelled
}

func (t *Table) foreignKeyDDL(f *ForeignKey, e Engine) string {
	parent := backquote(f.Parent.Name)
	if f.Parent.Database != "" && f.Parent.Database != t.Name.Database {
		parent = backquote(f.Parent.Database) + "." + parent
	}
	text := "CONSTRAINT " + backquote(f.Name) + " FOREIGN KEY (" + strings.ReplaceAll(backquoteAll(t.columnNames(f.Columns)), ",", ", ") +
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

// tableChecks gives the checks that stand behind the keys: on MySQL all of them, on MariaDB those that
// don't stand in a column's definition.
func tableChecks(checks []*Check, e Engine) []*Check {
	return slices.DeleteFunc(sortedChecks(checks, e), func(c *Check) bool { return c.Column != "" && e.IsMariaDB() })
}

// sortedChecks gives them as the server keeps them: MySQL by name, MariaDB as defined.
func sortedChecks(checks []*Check, e Engine) []*Check {
	sorted := slices.Clone(checks)
	if !e.IsMariaDB() {
		slices.SortStableFunc(sorted, func(a, b *Check) int { return byName(a.Name, b.Name, e) })
	}
	return sorted
}

func checkDDL(c *Check, e Engine) string {
	text := "CONSTRAINT " + backquote(c.Name) + " CHECK (" + c.Expr + ")"
	if !c.Enforced && e.IsMySQL() {
		text += " " + versioned(e, 80016, "NOT ENFORCED")
	}
	return text
}
