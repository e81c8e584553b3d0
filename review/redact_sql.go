package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// RedactSQL is a statement as a model may see it: without values, passwords and what looks like a secret.
func RedactSQL(sql string, e ddlparse.Engine) string {
	src := &ddlparse.Source{Text: sql}
	r := newRedactor(e)
	var text strings.Builder
	for _, m := range ddlparse.Parse(src, ddlparse.Located{Tool: ddlparse.PlainSQL}, ddlparse.ParseOptions{Engine: e}) {
		for _, s := range m.Statements {
			text.WriteString(r.statement(s) + ";\n")
		}
	}
	return text.String()
}
