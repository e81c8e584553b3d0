package prompts

import (
	"bytes"
	_ "embed" // the form of the answer
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

//go:embed answer.schema.json
var answerSchema []byte

// AnswerSchema is the JSON schema of an answer. It keeps to what constrained decoding takes everywhere:
// nothing optional, nothing additional, no limits on lengths or numbers; Claim.Check has those.
func AnswerSchema() json.RawMessage { return bytes.Clone(answerSchema) }

// Answer is what the model says of a change set.
type Answer struct {
	Claims []Claim `json:"claims"`
}

// Claim is one thing that the model claims. None of it is true before it was verified.
type Claim struct {
	Guideline   string `json:"guideline"`   // id
	Statement   string `json:"statement"`   // id: "S1"
	Object      string `json:"object"`      // "orders" or "orders.user_id"
	Quote       string `json:"quote"`       // of the statement
	Confidence  string `json:"confidence"`  // "high", "medium", "low"
	Title       string `json:"title"`       // one line
	Consequence string `json:"consequence"` // what happens
	Advice      string `json:"advice"`      // the way out
	SQL         string `json:"sql"`         // the corrected statement of that object, "" for none
}

// What an answer may hold. More is no review that anybody reads.
const (
	MaxAnswerSize = 256 << 10 // bytes of JSON
	MaxClaims     = 50        // claims to look at; the rest of an answer is left out
)

// limits of a claim's texts in characters.
const (
	maxName  = 200
	maxTitle = 120
	maxText  = 800
	maxSQL   = 8000
)

// DecodeAnswer reads an answer strictly: every key of the schema, and no other. A claim whose texts are
// too long or empty is still decoded; see Claim.Check.
func DecodeAnswer(text []byte) (Answer, error) {
	if len(text) > MaxAnswerSize {
		return Answer{}, fmt.Errorf("answer has %d bytes, at most %d are read", len(text), MaxAnswerSize)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	var top map[string][]map[string]*string
	if err := decoder.Decode(&top); err != nil {
		return Answer{}, fmt.Errorf("decode answer: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Answer{}, errors.New("decode answer: text behind the JSON")
	}
	claims, ok := top["claims"]
	if !ok || claims == nil || len(top) != 1 {
		return Answer{}, errors.New(`decode answer: want one key "claims"`)
	}
	return decodeClaims(claims)
}

func decodeClaims(list []map[string]*string) (Answer, error) {
	a := Answer{Claims: make([]Claim, len(list))}
	for i, fields := range list {
		targets := a.Claims[i].fields()
		for key, value := range fields {
			target, known := targets[key]
			if !known || value == nil {
				return Answer{}, fmt.Errorf("decode answer: claim %d: %q is unknown or null", i+1, key)
			}
			*target = *value
		}
		if len(fields) != len(targets) {
			return Answer{}, fmt.Errorf("decode answer: claim %d has %d of %d keys", i+1, len(fields), len(targets))
		}
	}
	return a, nil
}

func (c *Claim) fields() map[string]*string {
	return map[string]*string{
		"guideline": &c.Guideline, "statement": &c.Statement, "object": &c.Object, "quote": &c.Quote,
		"confidence": &c.Confidence, "title": &c.Title, "consequence": &c.Consequence, "advice": &c.Advice,
		"sql": &c.SQL,
	}
}

// Check says what is wrong with the form of a claim, nil when nothing is: a text that is empty or longer
// than anybody would read, or a confidence that doesn't exist.
func (c Claim) Check() error {
	switch c.Confidence {
	case "high", "medium", "low":
	default:
		return errors.New("confidence is not high, medium or low")
	}
	bounds := map[string]int{
		"guideline": maxName, "statement": maxName, "object": maxName, "title": maxTitle,
		"consequence": maxText, "advice": maxText, "quote": maxSQL,
	}
	for _, name := range sortedNames(bounds) {
		switch n := utf8.RuneCountInString(*c.fields()[name]); {
		case n == 0:
			return fmt.Errorf("%s is empty", name)
		case n > bounds[name]:
			return fmt.Errorf("%s is longer than %d characters", name, bounds[name])
		}
	}
	if utf8.RuneCountInString(c.SQL) > maxSQL {
		return fmt.Errorf("sql is longer than %d characters", maxSQL)
	}
	return nil
}
