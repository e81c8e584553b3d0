package review

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// Fingerprint identifies the problem for the life of a pull request: the rule, the object and the
// statement's text without comments and white space; never the line or the file's name, which move.
// Where those are equal for several findings of a report, a number tells them apart, in order.
func (f Finding) Fingerprint() string {
	if f.fingerprint != "" {
		return f.fingerprint
	}
	return f.digest(f.statementText(), 0)
}

func (f Finding) digest(statement string, ordinal int) string {
	h := sha256.New()
	for _, part := range []string{f.Rule, strings.ToLower(f.Object), statement} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	h.Write([]byte{byte(ordinal), byte(ordinal >> 8)})
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func (f Finding) statementText() string {
	if f.Statement == nil {
		return f.Span.Path() // a finding about a file: the file is all it has
	}
	sum := sha256.Sum256([]byte(f.Statement.Normalized()))
	return string(sum[:])
}

// number gives each finding its place among those that are otherwise the same. The findings must be
// in the order of their places. A statement with thousands of findings is read once.
func number(findings []Finding) {
	texts := map[*ddlparse.Statement]string{}
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		text, known := texts[f.Statement]
		if !known || f.Statement == nil {
			text = f.statementText()
			texts[f.Statement] = text
		}
		key := f.digest(text, 0)
		f.fingerprint = key
		if n := seen[key]; n > 0 {
			f.fingerprint = f.digest(text, n)
		}
		seen[key]++
	}
}
