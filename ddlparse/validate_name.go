package ddlparse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxIdentifier is the longest name, in characters: MySQL 8.4 manual, "Identifier Length Limits".
const maxIdentifier = 64

// identifier reports names that no server takes: too long, empty, ending in a space, or with characters
// that MySQL can't keep and MariaDB refuses.
func (v *validator) identifier(kind, name string, at Span) {
	p := Problem{Kind: InvalidIdentifier, Number: wrongName[kind], Name: name, Value: kind, Span: at}
	switch {
	case name == "" && kind != "column":
		return
	case name == "":
		p.Reason = "empty"
	case utf8.RuneCountInString(name) > maxIdentifier:
		p = Problem{Kind: IdentifierTooLong, Number: v.longName(kind), Name: name, Reason: kind, Value: strconv.Itoa(maxIdentifier), Span: at}
	case strings.HasSuffix(name, " "):
		p.Reason = "space"
	case hasSupplementary(name):
		p.Number, p.Reason = v.either(0, 1300), "supplementary"
	default:
		return
	}
	v.add(p)
	if kind == "table" {
		v.problems[len(v.problems)-1].Object = v.table.Name.String()
	}
}

// longName: MariaDB calls a table's long name a wrong one.
func (v *validator) longName(kind string) int {
	if kind == "table" && v.engine.IsMariaDB() {
		return 1103
	}
	return 1059
}

// wrongName is the error for a name of each kind that ends in a space.
var wrongName = map[string]int{"table": 1103, "column": 1166, "index": 1280, "database": 1102}

// isPlainWord reports whether a name is made of letters, digits and underscores only.
func isPlainWord(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || r != '_' && !isDigit(byte(r)) && !isLetter(byte(r)) })
}
