package store

import (
	"strconv"
	"strings"
)

// values is a list of rows for VALUES, with its arguments. Numbers are bounded by the batch; a row has few.
type values struct {
	casts []string // types, where the statement doesn't tell Postgres
	args  []any
	text  strings.Builder
}

func (v *values) add(row ...any) {
	if len(v.args) > 0 {
		v.text.WriteString(", ")
	}
	for i, a := range row {
		v.args = append(v.args, a)
		mark := "$" + strconv.Itoa(len(v.args))
		if v.casts != nil {
			mark = "CAST(" + mark + " AS " + v.casts[i] + ")"
		}
		v.text.WriteString(map[bool]string{true: "(", false: ", "}[i == 0] + mark)
	}
	v.text.WriteByte(')')
}

func (v *values) list() string { return v.text.String() }
