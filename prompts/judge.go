package prompts

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the form of a judgement
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed judge.schema.json
var judgeSchema []byte

// JudgeSchema is the JSON schema of a Judgement, in the same narrow form as AnswerSchema.
func JudgeSchema() json.RawMessage { return bytes.Clone(judgeSchema) }

// Wording is a finding of a model as a judge gets it. What isn't the guideline's or ours is data.
type Wording struct {
	Engine    string // "mysql 8.4"
	Language  string // that was asked for: "en", "ja"
	Guideline string // id
	Object    string
	SQL       string // the statement, redacted

	Title, Consequence, Advice string

	Nonce string
}

// Criteria names what a judge looks at, in the order in which it is told and shown.
func Criteria() []string { return []string{"concrete", "correct", "actionable", "short", "language"} }

// Judgement is what a judge says of a wording.
type Judgement struct {
	Notes string   // why
	Fails []string // the Criteria that the wording doesn't meet, in their order
}

// Good reports whether the wording meets all criteria.
func (j Judgement) Good() bool { return len(j.Fails) == 0 }

// Meets reports whether the wording meets a criterion.
func (j Judgement) Meets(criterion string) bool { return !slices.Contains(j.Fails, criterion) }

// JudgePrompt writes the prompt for a judge. It is no part of Version: what a judge is told changes no review.
func (l *Library) JudgePrompt(w Wording) Prompt {
	d := data{w.Nonce}
	p := Prompt{System: l.templates["judge"], Content: l.fill("judge-content", map[string]string{
		"nonce":     w.Nonce,
		"engine":    w.Engine,
		"language":  languageName(w.Language),
		"guideline": l.guidelineText(w.Guideline),
		"statement": d.block("statement", w.SQL),
		"finding":   d.block("finding", w.finding()),
	})}
	sum := sha256.Sum256([]byte(p.joined()))
	p.Hash = hex.EncodeToString(sum[:])
	return p
}

// JudgeVersion is the hash of what a judge is told beside the finding and its guideline.
func (l *Library) JudgeVersion() string {
	parts := []string{l.templates["judge"], l.templates["judge-content"], string(judgeSchema), Wording{}.finding()}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

func (l *Library) guidelineText(id string) string {
	if g, known := l.guidelines[id]; known {
		return g.text()
	}
	return "(none)"
}

func languageName(code string) string {
	if code == "ja" {
		return "Japanese"
	}
	return "English"
}

func (w Wording) finding() string {
	return "object: " + oneLine(w.Object) + "\ntitle: " + oneLine(w.Title) +
		"\nconsequence: " + oneLine(w.Consequence) + "\nadvice: " + oneLine(w.Advice)
}

// maxNotes is how long the reasons of a judge may be, in characters.
const maxNotes = 2000

// DecodeJudgement reads a judgement strictly: every key of the schema, and no other.
func DecodeJudgement(text []byte) (Judgement, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var fields map[string]json.RawMessage
	if err := decoder.Decode(&fields); err != nil {
		return Judgement{}, fmt.Errorf("decode judgement: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Judgement{}, errors.New("decode judgement: text behind the JSON")
	}
	if want := len(Criteria()) + 1; len(fields) != want {
		return Judgement{}, fmt.Errorf("decode judgement: %d keys, want %d", len(fields), want)
	}
	return judgement(fields)
}

func judgement(fields map[string]json.RawMessage) (Judgement, error) {
	var j Judgement
	var notes *string
	if err := json.Unmarshal(fields["notes"], &notes); err != nil || notes == nil || utf8.RuneCountInString(*notes) > maxNotes {
		return Judgement{}, errors.New("decode judgement: no notes, or too long ones")
	}
	j.Notes = *notes
	for _, c := range Criteria() {
		switch string(fields[c]) {
		case "true":
		case "false":
			j.Fails = append(j.Fails, c)
		default:
			return Judgement{}, fmt.Errorf("decode judgement: %q is neither true nor false", c)
		}
	}
	return j, nil
}
