package review

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
)

// left stands where a part of a text was left out.
const left = "[redacted]"

// secretShapes are what credentials, addresses and keys look like in prose. The first group, if any, stays.
var secretShapes = []*regexp.Regexp{
	regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`),
	regexp.MustCompile(`(://)[^\s/@]+@`),
	regexp.MustCompile(`[A-Za-z0-9._%+\-ａ-ｚＡ-Ｚ０-９．＿]+[@＠][A-Za-z0-9\-ａ-ｚＡ-Ｚ０-９]+(?:[.．][A-Za-z0-9\-ａ-ｚＡ-Ｚ０-９]+)+`),
	regexp.MustCompile(`(?i)((?:pass(?:word|wd|phrase|code)?|\bpwd?|secret|token|credentials?|api[_ -]?key|access[_ -]?key|private[_ -]?key|パスワード|暗証番号|秘密鍵|トークン|キー)[^\s:：=＝は]{0,12}\s*(?::|：|=>?|＝|->|「)\s*["「']?)[!-&(-~]{4,}`),
	regexp.MustCompile(`(?i)((?:password|passphrase|passcode|secret|token|api[_ -]?key|パスワード|暗証番号|秘密鍵|トークン)\s*(?:is|was|は|が)\s*["「']?)[!-~]*[0-9!#$%^&*@][!-&(-~]*`),
	regexp.MustCompile(`(?i)(\bbearer\s+)[A-Za-z0-9._~+/=\-]{8,}`),
	knownKeys,
}

// knownKeys are keys that their makers gave a shape: of AWS, GitHub, GitLab, Slack, Stripe, Google and
// SendGrid, and JSON web tokens.
var knownKeys = regexp.MustCompile(`\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_\-]{16,}|` +
	`\bxox[abeprs]-[A-Za-z0-9\-]{10,}|\b[spr]k[_-][A-Za-z0-9_\-]{16,}|\bAIza[A-Za-z0-9_\-]{20,}|\bSG\.[A-Za-z0-9_\-.]{20,}|\beyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*`)

var (
	keyWords   = regexp.MustCompile(`[A-Za-z0-9+/=_\-]{16,}`)
	personal   = regexp.MustCompile(`[0-9０-９](?:[ .\-－ー]?[0-9０-９]){8,}`)
	dates      = regexp.MustCompile(`^(?:19|20)[0-9]{2}[-.](?:0[1-9]|1[0-2])[-.][0-3][0-9]`)
	dateValues = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?$|^[0-9]{2}:[0-9]{2}(?::[0-9]{2})?$`)
)

// MaskText is prose without the parts that look like credentials, addresses, keys, or the numbers of people.
// The rest of it stays as it is, in every language.
func MaskText(s string) string {
	for _, shape := range secretShapes {
		with := left
		if shape.NumSubexp() > 0 {
			with = "${1}" + left
		}
		s = shape.ReplaceAllString(s, with)
	}
	s = keyWords.ReplaceAllStringFunc(s, func(word string) string {
		if keyLike(word) {
			return left
		}
		return word
	})
	return personal.ReplaceAllStringFunc(s, func(number string) string {
		if dates.MatchString(number) {
			return number
		}
		return left
	})
}

// keyLike reports whether a word looks drawn by lot: no word of a language, and no name that people write.
func keyLike(word string) bool {
	var upper, lower, digits, joints int
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case unicode.IsDigit(r):
			digits++
		case r == '_' || r == '-':
			joints++
		}
	}
	switch {
	case digits < 2, upper+lower < 2:
		return false
	case joints == 4 && len(word) == 36: // a UUID
		return true
	case joints > 0:
		return upper > 1 && lower > 1 && digits > 2 && len(word) >= 24
	case upper > 0 && lower > 0:
		return len(word) >= 20
	}
	return digits >= 4
}

// maskComment is an SQL comment without what looks like a secret. Where SQL is commented out, its strings go.
func maskComment(s string) string {
	open, inside, end := cutMarks(s)
	upper := strings.ToUpper(inside)
	for _, word := range []string{"IDENTIFIED", "VALUES", "INSERT", "PASSWORD"} {
		if strings.Contains(upper, word) {
			inside = maskStrings(inside)
			break
		}
	}
	return open + MaskText(inside) + end
}

// cutMarks splits a comment's marks off, and the line end that some own.
func cutMarks(s string) (open, inside, end string) {
	body := strings.TrimRight(s, "\r\n")
	end, s = s[len(body):], body
	if rest, ok := strings.CutPrefix(s, "/*"); ok {
		inside, closed := strings.CutSuffix(rest, "*/")
		if closed {
			end = "*/" + end
		}
		return "/*", inside, end
	}
	return "", s, end
}

// maskStrings leaves the strings out of what may be SQL.
func maskStrings(s string) string {
	var b strings.Builder
	src, at := &ddlparse.Source{Text: s}, int32(0)
	marks := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("-#! \t", r) })
	from := int32(max(marks, 0))
	for _, t := range ddlparse.Tokens(ddlparse.Span{Source: src, Start: from, End: int32(len(s))}, ddlparse.DefaultEngine(), false) {
		if t.Kind == ddlparse.StringToken {
			b.WriteString(s[at:t.Span.Start] + "'redacted'")
			at = t.Span.End
		}
	}
	return b.String() + s[at:]
}

// maskName leaves out names that are no names: addresses, keys, and the hosts of accounts.
func maskName(s string) string {
	switch {
	case strings.HasPrefix(s, "@'"), strings.HasPrefix(s, `@"`):
		return "@'redacted'"
	case strings.HasPrefix(s, "`"):
		if strings.Contains(s, "@") && MaskText(s) != s || knownKeys.MatchString(s) {
			return "`redacted`"
		}
	case knownKeys.MatchString(s):
		return "redacted"
	}
	return s
}

const longestValue = 32 // characters of a value that may stay

// plainValue reports whether a literal is a word or two, or a date, as members and defaults are.
func plainValue(s string) bool {
	if dateValues.MatchString(s) {
		return true
	}
	if utf8.RuneCountInString(s) > longestValue || digitsIn(s) > longestDigits+2 || MaskText(s) != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(" _-./+,%$ー・()[]{}", r)
	})
}

func digitsIn(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// secretNames are parts of names of columns and options whose values nobody else may see.
var secretNames = []string{"passw", "pwd", "passphrase", "secret", "token", "apikey", "api_key", "access_key", "private_key", "credential", "connection", "identified", "パスワード", "暗証", "秘密"}

func namesSecret(name string) bool {
	name = strings.ToLower(name)
	for _, part := range secretNames {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
