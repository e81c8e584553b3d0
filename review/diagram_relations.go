package review

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// relations are the foreign keys of the drawn tables, and those that refer to them.
func (d *diagram) relations(p *Plan, drawn []tableChange) []string {
	var lines []string
	seen := map[string]bool{}
	add := func(child *ddlparse.Table, f *ddlparse.ForeignKey, dashed bool, note string) {
		line := d.relation(p, child, f, dashed, note)
		if !seen[line] && len(lines) < diagramRelations {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	for _, c := range drawn {
		for _, f := range foreignKeys(c.after) {
			note := ""
			if !c.created && !hasForeignKey(c.before, f) {
				note = d.voice.say("new")
			}
			add(c.after, f, false, note)
		}
		for _, f := range foreignKeys(c.before) {
			if c.after != nil && !c.created && !hasForeignKey(c.after, f) {
				add(c.after, f, true, d.voice.say("dropped"))
			}
		}
	}
	for _, c := range drawn {
		for child, f := range p.Final.Children(c.table().Name) {
			if !slices.ContainsFunc(drawn, func(o tableChange) bool { return o.after == child }) {
				add(child, f, false, "")
			}
		}
	}
	return lines
}

func foreignKeys(t *ddlparse.Table) []*ddlparse.ForeignKey {
	if t == nil {
		return nil
	}
	return t.ForeignKeys
}

// hasForeignKey reports whether a table has a foreign key of these columns to that table, whatever its name.
func hasForeignKey(t *ddlparse.Table, f *ddlparse.ForeignKey) bool {
	return slices.ContainsFunc(foreignKeys(t), func(o *ddlparse.ForeignKey) bool {
		return o.Parent == f.Parent && slices.EqualFunc(o.Columns, f.Columns, strings.EqualFold)
	})
}

// relation is a foreign key: a row of the child has one row of the parent, or none where a column may be NULL.
func (d *diagram) relation(p *Plan, child *ddlparse.Table, f *ddlparse.ForeignKey, dashed bool, note string) string {
	parent := f.Parent
	if t := p.Final.Table(parent); t != nil {
		parent = t.Name
	}
	line := map[bool]string{false: "--", true: ".."}[dashed]
	label := strings.Join(f.Columns, ", ")
	if note != "" {
		label = d.voice.say("%s (%s)", label, note)
	}
	return `  "` + d.names.of(parent) + `" ` + parentSide(child, f) + line + childSide(child, f) + ` "` +
		d.names.of(child.Name) + `" : "` + diagramText(clipped(label, diagramLabel)) + "\"\n"
}

func parentSide(child *ddlparse.Table, f *ddlparse.ForeignKey) string {
	for _, name := range f.Columns {
		if c := child.Column(name); c != nil && c.Nullable() {
			return "|o"
		}
	}
	return "||"
}

func childSide(child *ddlparse.Table, f *ddlparse.ForeignKey) string {
	for _, x := range child.Indexes {
		if x.Unique() && len(x.Parts) <= len(f.Columns) && !slices.ContainsFunc(x.Parts, func(p ddlparse.Part) bool {
			return p.Prefix > 0 || !slices.ContainsFunc(f.Columns, func(c string) bool { return strings.EqualFold(c, p.Column) })
		}) {
			return "o|"
		}
	}
	return "o{"
}

// keysOf are the marks of a column that is part of keys.
func keysOf(t *ddlparse.Table, column string) []string {
	is := func(name string) bool { return strings.EqualFold(name, column) }
	var keys []string
	if pk := t.PrimaryKey(); pk != nil && slices.ContainsFunc(pk.Columns(), is) {
		keys = append(keys, "PK")
	}
	for _, f := range t.ForeignKeys {
		if slices.ContainsFunc(f.Columns, is) {
			keys = append(keys, "FK")
			break
		}
	}
	for _, x := range t.Indexes {
		if x.Kind == ddlparse.Unique && len(x.Parts) == 1 && is(x.Parts[0].Column) {
			return append(keys, "UK")
		}
	}
	return keys
}
