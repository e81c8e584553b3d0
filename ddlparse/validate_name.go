package ddlparse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxIdentifier is the longest name, in characters: MySQL 8.4 manual, "Identifier Length Limits".
const maxIdentifier = 64

// identifier reports names that no server takes: too long, empty or ending in a space.
func (v *validator) identifier(kind, name string, at Span) {
	switch {
	case name == "":
		return
	case utf8.RuneCountInString(name) > maxIdentifier:
		v.add(Problem{Kind: IdentifierTooLong, Number: v.longName(kind), Name: name, Reason: kind, Value: strconv.Itoa(maxIdentifier), Span: at})
	case strings.HasSuffix(name, " "):
		v.add(Problem{Kind: InvalidIdentifier, Number: wrongName[kind], Name: name, Reason: "space", Span: at})
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
var wrongName = map[string]int{"table": 1103, "column": 1166, "index": 1280}
