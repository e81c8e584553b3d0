package ddlparse

import "strings"

// placeholderLimit bounds how far a placeholder may reach: it is a name, not a program.
const placeholderLimit = 400

// placeholder measures a template's placeholder at the start of text: ${schema}, {{ .Table }},
// {$NAMESPACE}, <%= name %>. Control blocks such as {{if .X}} or <% end %> stand for nothing.
func placeholder(text string) (n int, control bool) {
	switch {
	case len(text) < 3:
		return 0, false
	case text[0] == '$' && text[1] == '{', text[0] == '{' && text[1] == '$':
		return enclosed(text, "}"), false
	case text[0] == '{' && text[1] == '{':
		n = enclosed(text, "}}")
		return n, n > 0 && isControl(text[2:n-2])
	case text[0] == '{' && text[1] == '%':
		n = enclosed(text, "%}")
		return n, n > 0
	case text[0] == '<' && text[1] == '%':
		n = enclosed(text, "%>")
		return n, n > 0 && text[2] != '='
	}
	return 0, false
}

func enclosed(text, end string) int {
	n := strings.Index(text[2:min(len(text), placeholderLimit)], end)
	if n < 0 || strings.IndexByte(text[2:2+n], ';') >= 0 {
		return 0
	}
	return 2 + n + len(end)
}

// isControl recognises the inside of {{ }} that prints nothing of its own: Go templates, Jinja,
// Handlebars and Mustache.
func isControl(inside string) bool {
	inside = strings.Trim(inside, "-~ \t\r\n")
	if inside == "" || strings.IndexByte("#/^!>", inside[0]) >= 0 {
		return true
	}
	first, _, _ := strings.Cut(inside, " ")
	switch first {
	case "if", "else", "end", "range", "with", "define", "template", "block", "break", "continue":
		return true
	}
	return strings.Contains(inside, ":=")
}
