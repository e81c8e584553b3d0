package review

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Fingerprint identifies the problem for the life of a pull request: the rule, the object and the
// statement's text without comments and white space; never the line or the file's name, which move.
// Where those are equal for several findings of a report, a number tells them apart, in order.
func (f Finding) Fingerprint() string {
	h := sha256.New()
	for _, part := range []string{f.Rule, strings.ToLower(f.Object), f.statementText()} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	h.Write([]byte{byte(f.ordinal), byte(f.ordinal >> 8)})
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func (f Finding) statementText() string {
	if f.Statement == nil {
		return f.Span.Path() // a finding about a file: the file is all it has
	}
	return f.Statement.Normalized()
}

// number gives each finding its place among those that are otherwise the same. The findings must be
// in the order of their places.
func number(findings []Finding) {
	seen := map[string]int{}
	for i := range findings {
		key := findings[i].Fingerprint()
		findings[i].ordinal = seen[key]
		seen[key]++
	}
}
