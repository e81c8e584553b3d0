package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

const (
	diagramTables    = 12 // changed tables in a diagram
	diagramColumns   = 30 // columns of one of them
	diagramRelations = 30 // foreign keys
)

// diagram draws the changed tables of each set of migrations, with what becomes of them, the foreign keys between
// them, and the tables next to them. https://mermaid.js.org/syntax/entityRelationshipDiagram.html
func (v Voice) diagram(r *Report) string {
	var parts []string
	size := diagramSize
	for _, p := range r.Plans {
		changes := tableChanges(p)
		if len(changes) == 0 {
			continue
		}
		part := v.erDiagram(p, changes, size)
		if len(r.Plans) > 1 {
			part = v.say("Tables of %s:", CodeSpan(clipped(p.Set, longestName))) + "\n\n" + part
		}
		if size -= units(part); size < 0 {
			break
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\n\n")
}

// erDiagram draws as many of the changes as fit, and says how many don't.
func (v Voice) erDiagram(p *Plan, changes []tableChange, size int) string {
	d := &diagram{voice: v, names: diagramNames{}}
	drawn := 0
	for _, c := range changes {
		entity := d.entity(c)
		if size -= units(entity); size < 0 || drawn == diagramTables {
			break
		}
		d.text.WriteString(entity)
		drawn++
	}
	if drawn == 0 {
		return ""
	}
	for _, relation := range d.relations(p, changes[:drawn]) {
		if size -= units(relation); size >= 0 {
			d.text.WriteString(relation)
		}
	}
	text := fenced("mermaid", "erDiagram\n"+d.text.String())
	if left := len(changes) - drawn; left > 0 {
		text += "\n\n" + v.counted(left, "%d more changed table is not in the diagram.", "%d more changed tables are not in the diagram.")
	}
	return text
}

// diagram writes Mermaid. Every text in it goes through diagramNames or diagramText.
type diagram struct {
	voice Voice
	names diagramNames
	text  strings.Builder
}

// entity is a table with its columns; of one that is dropped, the name will do.
func (d *diagram) entity(c tableChange) string {
	id := d.names.of(c.table().Name)
	head := `  "` + id + `"["` + diagramText(d.title(c)) + `"]`
	if c.after == nil {
		return head + "\n"
	}
	var b strings.Builder
	b.WriteString(head + " {\n")
	columns := columnChanges(c)
	shown := shownColumns(c, columns)
	for i, column := range columns {
		if shown[i] {
			b.WriteString("    " + d.attribute(c, column, i) + "\n")
		}
	}
	if left := len(columns) - len(shown); left > 0 {
		b.WriteString(`    more columns "` + diagramText(d.voice.say("%d more", left)) + "\"\n")
	}
	b.WriteString("  }\n")
	return b.String()
}

func (d *diagram) title(c tableChange) string {
	name := diagramName(c.table().Name.String())
	switch {
	case c.after == nil:
		return d.voice.say("%s (dropped)", name)
	case c.before == nil && c.created:
		return d.voice.say("%s (new)", name)
	case c.created:
		return d.voice.say("%s (dropped and created anew)", name)
	case c.before != nil && c.before.Name != c.after.Name:
		return d.voice.say("%s (was %s)", name, diagramName(c.before.Name.String()))
	}
	return d.voice.say("%s (changed)", name)
}

// attribute is a column: type, name, keys, and what becomes of it.
func (d *diagram) attribute(c tableChange, column columnChange, position int) string {
	of := column.after
	table := c.after
	if of == nil {
		of, table = column.before, c.before
	}
	name, notes := attributeName(of.Name, position+1)
	notes = append(notes, d.notes(c, column)...)
	line := attributeType(of.Type) + " " + name
	if keys := keysOf(table, of.Name); len(keys) > 0 {
		line += " " + strings.Join(keys, ", ")
	}
	if len(notes) > 0 {
		line += ` "` + diagramText(strings.Join(notes, d.voice.say(", "))) + `"`
	}
	return line
}

// notes say what becomes of a column. In a table that is new as a whole there is nothing to say.
func (d *diagram) notes(c tableChange, column columnChange) []string {
	before, after := column.before, column.after
	switch {
	case c.created:
		return nil
	case after == nil:
		return []string{d.voice.say("dropped")}
	case before == nil:
		return []string{d.voice.say("new")}
	}
	var notes []string
	if before.Name != after.Name {
		notes = append(notes, d.voice.say("was %s", before.Name))
	}
	if b, a := typeText(before.Type), typeText(after.Type); b != a {
		notes = append(notes, d.voice.say("was %s", b))
	}
	if before.Collation != after.Collation && before.Collation != "" {
		notes = append(notes, d.voice.say("was %s", before.Collation))
	}
	if before.NotNull != after.NotNull {
		notes = append(notes, d.voice.say("was %s", map[bool]string{true: "NOT NULL", false: "NULL"}[before.NotNull]))
	}
	if defaultText(before) != defaultText(after) {
		notes = append(notes, d.voice.say("other default"))
	}
	return notes
}

func defaultText(c *ddlparse.Column) string {
	if c.Default == nil || c.Default.Kind == ddlparse.DefaultNull {
		return "NULL"
	}
	return c.Default.Text
}
