package ddlparse

import (
	"strconv"
	"strings"
)

// ddl renders the partitioning; MySQL hides it from servers that don't know it.
func (p *Partitioning) ddl(e Engine) string {
	if p == nil {
		return ""
	}
	text := "PARTITION BY " + p.methodDDL()
	if len(p.Parts) == 0 && p.Count > 0 {
		text += "\nPARTITIONS " + strconv.Itoa(p.Count)
	}
	if p.Sub != nil {
		text += "\nSUBPARTITION BY " + p.Sub.methodDDL()
		if p.Sub.Count > 0 {
			text += "\nSUBPARTITIONS " + strconv.Itoa(p.Sub.Count)
		}
	}
	if len(p.Parts) > 0 {
		text += "\n(" + partitionsDDL(p.Parts) + ")"
	}
	if e.IsMariaDB() {
		return "\n " + text
	}
	if strings.HasSuffix(p.Method, "COLUMNS") {
		return "\n/*!50500 " + text + " */"
	}
	return "\n/*!50100 " + text + " */"
}

func (p *Partitioning) methodDDL() string {
	switch {
	case strings.HasSuffix(p.Method, "COLUMNS"):
		return p.Method + "(" + backquoteAll(p.Columns) + ")"
	case strings.HasSuffix(p.Method, "KEY"):
		return p.Method + " (" + backquoteAll(p.Columns) + ")"
	case p.Expr == "":
		return p.Method
	}
	return p.Method + " (" + p.Expr + ")"
}

func partitionsDDL(parts []Partition) string {
	written := make([]string, len(parts))
	for i, p := range parts {
		written[i] = "PARTITION " + backquote(p.Name)
		if p.Values != "" {
			written[i] += " VALUES " + p.Values
		}
	}
	return strings.Join(written, ",\n ")
}
