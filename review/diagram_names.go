package review

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/schema-review/schema-review/ddlparse"
)

const (
	diagramLength = 64 // characters of a name
	diagramLabel  = 120
)

// diagramNames gives each table a name of its own in a diagram: two that are made safe may look the same.
type diagramNames map[string]ddlparse.Name

func (n diagramNames) of(table ddlparse.Name) string {
	base := diagramName(table.String())
	for i := 1; ; i++ {
		id := base
		if i > 1 {
			id += "_" + strconv.Itoa(i)
		}
		if owner, taken := n[id]; !taken || owner == table {
			n[id] = table
			return id
		}
	}
}

// diagramName is a name as Mermaid takes it between double quotes, without white space.
func diagramName(s string) string {
	s = strings.ReplaceAll(diagramText(clipped(s, diagramLength)), " ", "_")
	if s == "" {
		return "_"
	}
	return s
}

// diagramText is text as Mermaid takes it between double quotes. All that means something to its grammar, to its
// directives and entities, to Markdown and to HTML is replaced: only letters, digits and a few marks remain.
func diagramText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) || strings.ContainsRune("_.,:()-/… ", r) {
			return r
		}
		return '_'
	}, printable(s))
	return direction.ReplaceAllString(strings.Join(strings.Fields(s), " "), "${1}_")
}

// direction is a word that Mermaid takes for a statement wherever it stands in a line, between quotes too:
// "direction LR".
var direction = regexp.MustCompile(`(?i)(direction) `)

// attributeName is a column's name as Mermaid takes it without quotes: of ASCII letters, digits and underscores, and
// not a mark of a key. Where that is another one, the real name is the first note.
func attributeName(name string, position int) (id string, notes []string) {
	id = asciiWord(clipped(name, diagramLength), "")
	switch {
	case strings.Trim(id, "_") == "":
		id = "column_" + strconv.Itoa(position)
	case id[0] >= '0' && id[0] <= '9':
		id = "_" + id
	}
	switch strings.ToLower(id) {
	case "pk", "fk", "uk":
		id += "_"
	}
	if id != name {
		notes = append(notes, diagramText(clipped(name, diagramLength)))
	}
	return id, notes
}

// attributeType is a type as Mermaid takes it: one word without a comma. ENUM and SET stand without their members.
func attributeType(t ddlparse.Type) string {
	t.Members = nil
	word := asciiWord(typeText(t), "()")
	if word == "" || !unicode.IsLetter(rune(word[0])) {
		return "type_" + word
	}
	return word
}

// typeText is a type as people write it.
func typeText(t ddlparse.Type) string {
	members := t.Members
	t.Members = nil
	text := strings.ToUpper(t.String())
	if len(members) > 0 {
		text += "(" + strings.Join(members, ", ") + ")"
	}
	return clipped(text, diagramLabel)
}

// asciiWord puts underscores for all but ASCII letters, digits and these marks.
func asciiWord(s, marks string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(marks, r)) {
			return r
		}
		return '_'
	}, s)
}
