package prompts

import (
	"slices"
	"strings"
)

// front is the front matter of a file: lines of "key: value" between two lines of "---". It is a small
// part of YAML, so that a file reads the same here, in an editor and on a forge, and nothing else does.
type front struct {
	values map[string]string
	lines  map[string]int // line of each key
	body   string         // what stands below
	end    int            // line of the closing mark
}

// readFront splits a text into front matter and body. Keys must be among those given.
func (f *file) readFront(text string, keys []string) (front, bool) {
	lines := strings.Split(text, "\n")
	fm := front{values: map[string]string{}, lines: map[string]int{}}
	if strings.TrimRight(lines[0], " ") != "---" {
		f.problem(1, problemNoFront)
		return fm, false
	}
	ok := true
	for i, line := range lines[1:] {
		line = strings.TrimRight(line, " ")
		if line == "---" {
			fm.end, fm.body = i+2, strings.TrimSpace(strings.Join(lines[i+2:], "\n"))
			return fm, ok
		}
		if line != "" && !strings.HasPrefix(line, "#") {
			ok = f.readPair(&fm, line, i+2, keys) && ok
		}
	}
	f.problem(1, problemOpenFront)
	return fm, false
}

func (f *file) readPair(fm *front, line string, number int, keys []string) bool {
	key, value, found := strings.Cut(line, ":")
	switch _, twice := fm.values[key]; {
	case !found || strings.TrimSpace(key) != key || key == "":
		return f.problem(number, problemNotPair)
	case !f.oneOf(number, key, keys):
		return false
	case twice:
		return f.problem(number, problemTwice, key)
	}
	fm.values[key], fm.lines[key] = unquote(strings.TrimSpace(value)), number
	return true
}

// oneOf reports whether the key is valid, and says what was meant when it isn't.
func (f *file) oneOf(line int, key string, keys []string) bool {
	if slices.Contains(keys, key) {
		return true
	}
	if near := Nearest(key, keys); near != "" {
		return f.problem(line, problemNearKey, key, near)
	}
	return f.problem(line, problemUnknownKey, key, quoteAll(keys))
}

// value returns a key's value, which must be one of the valid ones.
func (f *file) value(fm front, key string, valid []string) (string, bool) {
	return fm.values[key], f.validValue(fm.lines[key], key, fm.values[key], valid)
}

// list returns the values of a key that holds "[one, two]".
func (f *file) list(fm front, key string, valid []string) ([]string, bool) {
	inside, opened := strings.CutPrefix(fm.values[key], "[")
	inside, closed := strings.CutSuffix(inside, "]")
	if !opened || !closed {
		return nil, f.problem(fm.lines[key], problemNotList, key)
	}
	var list []string
	ok := true
	for item := range strings.SplitSeq(inside, ",") {
		item = unquote(strings.TrimSpace(item))
		ok = f.validValue(fm.lines[key], key, item, valid) && ok
		list = append(list, item)
	}
	return list, ok
}

func (f *file) validValue(line int, key, value string, valid []string) bool {
	if slices.Contains(valid, value) {
		return true
	}
	if near := Nearest(value, valid); near != "" {
		return f.problem(line, problemNearValue, key, value, near)
	}
	return f.problem(line, problemUnknownValue, key, value, quoteAll(valid))
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

func quoteAll(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
