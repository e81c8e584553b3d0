package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"golang.org/x/text/message"
)

// Severity is how bad a finding is. Error gates by default.
type Severity uint8

// The severities, from the calmest.
const (
	Off Severity = iota
	Notice
	Warning
	Error
)

var severityNames = []string{"off", "notice", "warning", "error"}

// String gives "off", "notice", "warning" or "error".
func (s Severity) String() string { return severityNames[s] }

// MarshalText makes severities their names in JSON and YAML.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads a severity's name.
func ParseSeverity(name string) (Severity, error) {
	for i, n := range severityNames {
		if n == name {
			return Severity(i), nil
		}
	}
	return Off, fmt.Errorf("unknown severity %q: want error, warning, notice or off", name)
}

// Message is a sentence for people: a format for golang.org/x/text/message, which is also the key
// of its translation, and the values for it. Identifiers stand in `backquotes`.
type Message struct {
	Format string
	Args   []any
}

// Msg makes a Message. Numbers are printed with the language's grouping (3,072); give error numbers
// and years as strings or Errno.
func Msg(format string, args ...any) Message { return Message{format, args} }

// asMessage makes a Message of a sentence that is complete, so that it can be translated as a whole.
func asMessage(sentence string) Message {
	if strings.Contains(sentence, "%") {
		return Msg("%s", sentence)
	}
	return Msg(sentence)
}

// In gives the sentence in the printer's language, and so the Messages among its values.
func (m Message) In(p *message.Printer) string {
	return p.Sprintf(message.Key(m.Format, m.Format), inLanguage(m.Args, p)...)
}

func inLanguage(values []any, p *message.Printer) []any {
	if !slices.ContainsFunc(values, func(v any) bool { _, ok := v.(Message); return ok }) {
		return values
	}
	values = slices.Clone(values)
	for i, v := range values {
		if m, ok := v.(Message); ok {
			values[i] = m.In(p)
		}
	}
	return values
}

// IsZero reports whether there is no sentence.
func (m Message) IsZero() bool { return m.Format == "" }

// Errno is a server error number; it is printed without grouping.
type Errno int

// String gives the bare digits.
func (e Errno) String() string { return fmt.Sprintf("%d", int(e)) }

// Finding is one problem at one place.
type Finding struct {
	Rule     string // rule or guideline id
	Severity Severity
	Object   string // object path: "orders.user_id", "orders", "" for the file
	Span     ddlparse.Span
	// Problem says what happens, to which object, on which engine; Advice the way out.
	Problem, Advice Message
	Fix             *Edit
	Related         []Related
	Statement       *ddlparse.Statement // the statement it lies in, nil for a finding about a file
	Places          []ddlparse.Span     // further places of the same cause, when it is said once for all
	PlaceFixes      []Edit              // the corrections at those places

	// ByModel: a guideline's, which a model sees and code has verified. Then Rule is the guideline's id.
	ByModel bool
	Title   string // of a model's finding: its own, in the language of the report
	// Corrected is SQL that does better, where it can't be a Fix because it is more than the lines at hand.
	Corrected string
	// Content is a hash of the object's definition: while it stays, a guideline's finding still applies.
	Content string
	Set     string // of a model's finding: the plan that has its object

	fingerprint string // set when the report is finished, with its place among findings that are the same but for the line
}

// Related is another place that matters to a finding, for example where the parent column was defined.
type Related struct {
	Span ddlparse.Span
	Note Message
}

// Edit is a mechanical correction: the span's text is replaced by New. An empty span inserts.
type Edit struct {
	Title string // a verb phrase: "Make the types equal"
	Span  ddlparse.Span
	New   string
}
