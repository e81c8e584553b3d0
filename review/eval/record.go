package eval

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// RecordFormat is the version of a Record as JSON.
const RecordFormat = 1

// MaxRecord is how large the file of a record may be. An answer has at most prompts.MaxAnswerSize.
const MaxRecord = 4 * prompts.MaxAnswerSize

// Record is one answer of a model as it is kept: what was asked by its hashes, what was answered in full. It has
// no headers, keys, names of hosts or words of errors.
type Record struct {
	Format   int             `json:"format"`
	Key      string          `json:"key"` // of what was asked, and the name of the file
	Case     string          `json:"case"`
	Run      int             `json:"run"`   // from 1
	Model    string          `json:"model"` // id that was asked
	Asked    Asked           `json:"asked"`
	Date     time.Time       `json:"date"`
	Answered string          `json:"answered"` // id that answered
	Way      string          `json:"way"`      // how the JSON was asked for
	Took     int64           `json:"took_ms"`
	Usage    RecordUsage     `json:"usage"`
	Failure  string          `json:"failure,omitempty"` // kind of review.ModelFailure, in the place of an answer
	Answer   json.RawMessage `json:"answer,omitempty"`
}

// Asked are the parts of a question, as hashes.
type Asked struct {
	System    string `json:"system"`
	Stable    string `json:"stable"`
	Content   string `json:"content"`
	Schema    string `json:"schema"`
	MaxTokens int    `json:"max_tokens"`
}

// RecordUsage are the tokens of an answer.
type RecordUsage struct {
	Input      int `json:"input"`
	Output     int `json:"output"`
	CacheRead  int `json:"cache_read"`
	CacheWrite int `json:"cache_write"`
	Calls      int `json:"calls"`
}

func askedOf(q review.Query) Asked {
	return Asked{hashText(q.System), hashText(q.Stable), hashText(q.Content), hashText(string(q.Schema)), q.MaxTokens}
}

func hashText(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// keyOf is the name under which the answer of a run is kept. The name of the case is not in it: what is asked is.
func keyOf(model string, run int, a Asked) string {
	return hashText(fmt.Sprintf("%q %d %q", model, run, []any{a.System, a.Stable, a.Content, a.Schema, a.MaxTokens}))
}

// newRecord keeps an answer, or the model's own failure.
func newRecord(model string, of Asking, q review.Query, g Given, err error) *Record {
	r := &Record{
		Format: RecordFormat, Case: of.Case, Run: of.Run, Model: model, Asked: askedOf(q), Date: g.At,
		Answered: g.Model, Way: g.Way, Took: g.Took.Milliseconds(), Usage: RecordUsage(g.Usage), Answer: g.JSON,
	}
	if failure, failed := errors.AsType[*review.ModelError](err); failed {
		r.Failure, r.Answer = string(failure.Kind), nil
	}
	r.Key = keyOf(model, of.Run, r.Asked)
	return r
}

// given is the answer as the model gave it.
func (r *Record) given() (Given, error) {
	g := Given{At: r.Date, Answer: review.Answer{
		JSON: r.Answer, Model: r.Answered, Way: r.Way, Usage: review.Usage(r.Usage), Took: time.Duration(r.Took) * time.Millisecond,
	}}
	if r.Failure == "" {
		return g, nil
	}
	return g, &review.ModelError{Kind: review.ModelFailure(r.Failure), Err: errors.New("so it was recorded")}
}

// encode writes the record as its file has it.
func (r *Record) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(r)
	return b.Bytes(), err
}

// ParseRecord reads the file of a record, strictly: what somebody else wrote there is no answer.
func ParseRecord(data []byte) (*Record, error) {
	var r Record
	if err := decode(data, MaxRecord, &r); err != nil {
		return nil, err
	}
	return &r, r.check()
}

func (r *Record) check() error {
	switch {
	case r.Format != RecordFormat:
		return fmt.Errorf("format %d: this version reads %d", r.Format, RecordFormat)
	case r.Case == "" || r.Run < 1 || r.Model == "" || r.Date.IsZero():
		return errors.New("a record needs case, run, model and date")
	case r.Key != keyOf(r.Model, r.Run, r.Asked):
		return errors.New("the key is not that of what was asked: the file was edited")
	case min(r.Took, int64(r.Usage.Input), int64(r.Usage.Output), int64(r.Usage.CacheRead), int64(r.Usage.CacheWrite), int64(r.Usage.Calls)) < 0:
		return errors.New("numbers below zero")
	case r.Failure != "" && !slices.Contains(ownFailures, review.ModelFailure(r.Failure)):
		return fmt.Errorf("failure %q: want none, refused, truncated or malformed", r.Failure)
	case r.Failure == "" && len(r.Answer) == 0, r.Failure != "" && len(r.Answer) > 0:
		return errors.New("want either an answer or a failure")
	}
	return nil
}

// decode reads one JSON value without keys that nobody knows.
func decode(data []byte, most int, into any) error {
	if len(data) > most {
		return fmt.Errorf("has %d bytes, at most %d are read", len(data), most)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text behind the JSON")
	}
	return nil
}
