package standin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// published reads a file of GitHub's, out of what .ci/npm installed.
func published(t *testing.T, path string) any {
	t.Helper()
	modules := os.Getenv("TEST_NODE_MODULES")
	if modules == "" {
		t.Skip("needs TEST_NODE_MODULES: see .ci/npm")
	}
	f, err := os.Open(filepath.Join(modules, path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// description is GitHub's OpenAPI description of its REST API.
type description struct {
	doc      obj
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

const openapi = "https://api.github.com/openapi.json"

func newDescription(t *testing.T) *description {
	t.Helper()
	doc := published(t, "@octokit/openapi/generated/api.github.com.json").(obj)
	comment := doc["components"].(obj)["schemas"].(obj)["pull-request-review-comment"].(obj)["properties"].(obj)
	for _, name := range []string{"line", "original_line", "position"} {
		comment[name].(obj)["nullable"] = true // as GitHub's webhook schema says, and its API does
	}
	nullable(doc)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	c.AssertFormat()
	if err := c.AddResource(openapi, doc); err != nil {
		t.Fatal(err)
	}
	return &description{doc, c, map[string]*jsonschema.Schema{}}
}

// nullable says in JSON Schema's words what OpenAPI 3.0 calls nullable.
func nullable(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			nullable(x)
		}
	case obj:
		for _, x := range v {
			nullable(x)
		}
		if v["nullable"] != true {
			return
		}
		delete(v, "nullable")
		if values, ok := v["enum"].([]any); ok && !slices.Contains(values, nil) {
			v["enum"] = append(values, nil)
		}
		if kind, ok := v["type"].(string); ok {
			v["type"] = []any{kind, "null"}
		}
		for _, key := range []string{"anyOf", "oneOf"} {
			if all, ok := v[key].([]any); ok {
				v[key] = append(all, obj{"type": "null"})
			}
		}
		// An installation's account is described as an organisation that is an enterprise as well.
		if all, ok := v["allOf"].([]any); ok && len(all) > 1 {
			delete(v, "allOf")
			v["anyOf"] = append(all, obj{"type": "null"})
		}
		for _, key := range []string{"$ref", "allOf"} {
			if x, ok := v[key]; ok {
				delete(v, key)
				v["anyOf"] = []any{obj{key: x}, obj{"type": "null"}}
			}
		}
	}
}

// schema is that of an answer; nil when the description has none for it, not even in general.
func (d *description) schema(t *testing.T, method, route string, status int) *jsonschema.Schema {
	t.Helper()
	operation, ok := d.doc["paths"].(obj)[route].(obj)[strings.ToLower(method)].(obj)
	if !ok {
		t.Errorf("GitHub has no %s %s", method, route)
		return nil
	}
	response, ok := operation["responses"].(obj)[fmt.Sprint(status)].(obj)
	if !ok {
		return nil
	}
	at := fmt.Sprintf("#/paths/%s/%s/responses/%d", escape(route), strings.ToLower(method), status)
	if ref, ok := response["$ref"].(string); ok {
		at = ref
		response = d.doc["components"].(obj)["responses"].(obj)[ref[strings.LastIndexByte(ref, '/')+1:]].(obj)
	}
	content, ok := response["content"].(obj)
	if !ok || content["application/json"] == nil {
		return nil
	}
	return d.compile(t, at+"/content/application~1json/schema")
}

func (d *description) compile(t *testing.T, at string) *jsonschema.Schema {
	t.Helper()
	if d.compiled[at] == nil {
		s, err := d.compiler.Compile(openapi + at)
		if err != nil {
			t.Fatal(err)
		}
		d.compiled[at] = s
	}
	return d.compiled[at]
}

func escape(path string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
}

// valid tells whether data fits a schema, and reports what doesn't.
func valid(t *testing.T, s *jsonschema.Schema, data []byte, what string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if err := s.Validate(v); err != nil {
		text := strings.Split(err.Error(), "\n")
		t.Errorf("%s: %s", what, strings.Join(text[:min(len(text), 12)], "\n"))
	}
}
