package prompts_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/schema-review/schema-review/prompts"
)

const goodClaim = `{"guideline":"g","statement":"S1","object":"t.c","quote":"c INT","confidence":"high",` +
	`"title":"T","consequence":"C","advice":"A","sql":""}`

var wellFormed = prompts.Claim{
	Guideline: "g", Statement: "S1", Object: "t.c", Quote: "c INT", Confidence: "high",
	Title: "T", Consequence: "C", Advice: "A",
}

func TestDecodeAnswer(t *testing.T) {
	t.Parallel()
	got, err := prompts.DecodeAnswer([]byte(`{"claims":[` + goodClaim + "]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(prompts.Answer{Claims: []prompts.Claim{wellFormed}}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, err := prompts.DecodeAnswer([]byte(`{"claims":[]}`)); err != nil || len(got.Claims) != 0 {
		t.Errorf("no claims: got %v, %v", got, err)
	}
}

func TestDecodeAnswerRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":       ``,
		"no object":     `[]`,
		"null":          `null`,
		"no claims":     `{}`,
		"claims null":   `{"claims":null}`,
		"claim null":    `{"claims":[null]}`,
		"more keys":     `{"claims":[],"verdict":[]}`,
		"missing key":   `{"claims":[` + strings.Replace(goodClaim, `"title":"T",`, "", 1) + `]}`,
		"unknown key":   `{"claims":[` + strings.Replace(goodClaim, `"title"`, `"line":"4","title"`, 1) + `]}`,
		"other case":    `{"claims":[` + strings.Replace(goodClaim, `"title"`, `"Title"`, 1) + `]}`,
		"null value":    `{"claims":[` + strings.Replace(goodClaim, `"T"`, `null`, 1) + `]}`,
		"number":        `{"claims":[` + strings.Replace(goodClaim, `"T"`, `4`, 1) + `]}`,
		"text in front": `Here you are: {"claims":[]}`,
		"text behind":   `{"claims":[]} I hope this helps.`,
		"cut":           `{"claims":[` + goodClaim,
		"too long":      `{"claims":[]}` + strings.Repeat(" ", prompts.MaxAnswerSize),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := prompts.DecodeAnswer([]byte(text)); err == nil {
				t.Errorf("got %+v, want an error", got)
			}
		})
	}
}

func TestClaimCheck(t *testing.T) {
	t.Parallel()
	if err := wellFormed.Check(); err != nil {
		t.Errorf("a well-formed claim: %v", err)
	}
	for want, change := range map[string]func(*prompts.Claim){
		"confidence is not high, medium or low":     func(c *prompts.Claim) { c.Confidence = "certain" },
		"title is empty":                            func(c *prompts.Claim) { c.Title = "" },
		"quote is empty":                            func(c *prompts.Claim) { c.Quote = "" },
		"title is longer than 120 characters":       func(c *prompts.Claim) { c.Title = strings.Repeat("題", 121) },
		"consequence is longer than 800 characters": func(c *prompts.Claim) { c.Consequence = strings.Repeat("x", 801) },
		"sql is longer than 8000 characters":        func(c *prompts.Claim) { c.SQL = strings.Repeat("x", 8001) },
	} {
		c := wellFormed
		change(&c)
		if err := c.Check(); err == nil || err.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestAnswerSchema holds that the schema takes what DecodeAnswer takes, and keeps to what constrained
// decoding takes everywhere.
func TestAnswerSchema(t *testing.T) {
	t.Parallel()
	var document any
	if err := json.Unmarshal(prompts.AnswerSchema(), &document); err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("answer.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("answer.json")
	if err != nil {
		t.Fatal(err)
	}
	var answer any
	if err := json.Unmarshal([]byte(`{"claims":[`+goodClaim+`]}`), &answer); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(answer); err != nil {
		t.Error(err)
	}
	checkSafe(t, document)
}

// checkSafe walks the schema: only words that every constrained decoder knows, all properties required,
// none additional.
func checkSafe(t *testing.T, node any) {
	t.Helper()
	m, ok := node.(map[string]any)
	if !ok {
		return
	}
	for word := range m {
		if !strings.Contains(" type additionalProperties required properties items description enum ", " "+word+" ") {
			t.Errorf("the schema uses %q", word)
		}
	}
	if properties, ok := m["properties"].(map[string]any); ok {
		if m["additionalProperties"] != false || len(m["required"].([]any)) != len(properties) {
			t.Error("an object has optional or additional properties")
		}
		for _, p := range properties {
			checkSafe(t, p)
		}
	}
	checkSafe(t, m["items"])
}

func FuzzDecodeAnswer(f *testing.F) {
	f.Add([]byte(`{"claims":[` + goodClaim + `]}`))
	f.Add([]byte(`{"claims":[{"title":null}]}`))
	f.Add([]byte(`{"claims":[]} x`))
	f.Fuzz(func(t *testing.T, text []byte) {
		answer, err := prompts.DecodeAnswer(text)
		if err != nil {
			return
		}
		again, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := prompts.DecodeAnswer(again); len(again) <= prompts.MaxAnswerSize && (err != nil || !cmp.Equal(answer, second)) {
			t.Errorf("%q is read as %+v, and that as %+v, %v", text, answer, second, err)
		}
		for _, c := range answer.Claims {
			if c.Check() == nil && (c.Title == "" || len(c.SQL) > 4*8000) {
				t.Errorf("Check takes %+v", c)
			}
		}
	})
}
