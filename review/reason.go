package review

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// ReasonOf makes a Message of a reason that ddlparse gives. The values in it are found again, so that the
// sentence around them can be translated.
func ReasonOf(reason string) Message {
	for _, format := range ddlparse.ReasonFormats() {
		if values, ok := valuesOf(format, reason); ok {
			return Msg(format, values...)
		}
	}
	return asMessage(reason)
}

var reasonValue = regexp.MustCompile(`%[sd]`)

// valuesOf finds the values that made the text of the format.
func valuesOf(format, text string) (values []any, ok bool) {
	literals, verbs := reasonValue.Split(format, -1), reasonValue.FindAllString(format, -1)
	text, ok = strings.CutPrefix(text, literals[0])
	for i, verb := range verbs {
		end := len(text)
		if next := literals[i+1]; next != "" {
			end = strings.LastIndex(text, next)
		}
		if !ok || end < 0 {
			return nil, false
		}
		value := text[:end]
		text = text[end+len(literals[i+1]):]
		if verb == "%s" {
			values = append(values, value)
			continue
		}
		n, err := strconv.Atoi(value)
		ok = err == nil
		values = append(values, n)
	}
	return values, ok && text == ""
}
