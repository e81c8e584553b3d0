package main

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // carries the schema, unexported
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// TestSARIFIsValid holds the output against the schema that OASIS publishes.
func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	schema := sarifSchemaOf(t, "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif")
	rule := &review.Rule{ID: "drop-column", Title: "A column is dropped", Category: review.Destructive, Severity: review.Error}
	for name, report := range map[string]*review.Report{"everything": sample(t), "nothing": {Engine: ddlparse.DefaultEngine()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := writeSARIF(&b, report, english, []*review.Rule{rule}, sampleDesign()); err != nil {
				t.Fatal(err)
			}
			log, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(log); err != nil {
				t.Error(err)
			}
		})
	}
	if err := schema.Validate(map[string]any{"version": "2.1.0"}); err == nil {
		t.Error("the schema accepts a log without runs")
	}
}

// sarifSchemaOf reads the constant of that package that holds the schema.
func sarifSchemaOf(t *testing.T, pkg string) *jsonschema.Schema {
	t.Helper()
	dir, err := build.Import(pkg, ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	value, ok := file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit)
	if !ok {
		t.Fatal("the schema is no literal")
	}
	text, err := strconv.Unquote(value.Value)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
