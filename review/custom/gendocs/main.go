// Command gendocs writes the reference part of docs/custom-rules.md: the words of `on`, and every field with the
// comment that it has in facts.go.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"reflect"
	"strings"

	"github.com/schema-review/schema-review/review/custom"
)

const (
	page  = "../../docs/custom-rules.md"
	begin = "<!-- the rest is generated from review/custom -->\n"
)

func main() {
	log.SetFlags(0)
	if err := write(); err != nil {
		log.Fatal(err)
	}
}

func write() error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	own, _, found := strings.Cut(string(text), begin)
	if !found {
		return fmt.Errorf("%s has no line %q", page, begin)
	}
	fields, err := types("facts.go")
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(own+begin+"\n"+subjects()+fields), 0o644)
}

// subjects is the table of the words of `on`.
func subjects() string {
	var b strings.Builder
	b.WriteString("## What a rule looks at\n\nEvery expression also has `server` Server, `statement` Statement, and `params.NAME` for each parameter.\n\n")
	b.WriteString("| `on` | shows | variables |\n|---|---|---|\n")
	for _, s := range custom.Subjects() {
		var variables []string
		for _, v := range s.Variables {
			name, kind, _ := strings.Cut(v, " ")
			variables = append(variables, "`"+name+"` "+kind)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.Word, strings.ReplaceAll(s.About, "|", "\\|"), strings.Join(variables, ", "))
	}
	return b.String()
}

// types are the tables of the fields of each type.
func types(file string) (string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("\n## Fields\n")
	for _, d := range parsed.Decls {
		general, ok := d.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		spec := general.Specs[0].(*ast.TypeSpec)
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| field | type | |\n|---|---|---|\n", spec.Name.Name, strings.TrimSpace(general.Doc.Text()))
		for _, f := range spec.Type.(*ast.StructType).Fields.List {
			b.WriteString(row(f))
		}
	}
	return b.String(), nil
}

func row(f *ast.Field) string {
	tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`"))
	return fmt.Sprintf("| `%s` | %s | %s |\n", tag.Get("cel"), typeOf(f.Type), strings.TrimSpace(f.Comment.Text()))
}

// typeOf is a field's type in CEL's words.
func typeOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ArrayType:
		return "list of " + typeOf(e.Elt)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
