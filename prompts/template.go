package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
)

// templates lists the templates with the places that each must have. A place {{name}} is filled with text
// of ours; there is no more to the language, so that no template can fail.
var templates = map[string][]string{
	"system":       nil,                                           // who the model is: the same in every review
	"stable":       {"server", "facts", "language", "guidelines"}, // the same for a repository
	"content":      {"nonce", "title", "description", "neighbours", "before", "after", "findings", "statements"},
	"language-en":  nil,
	"language-ja":  nil,
	"mysql":        nil, // what is worth knowing of a server
	"aurora-mysql": nil,
	"mariadb":      nil,
	"tidb":         nil,

	"judge":         nil, // who judges the wording of findings, and by what; no part of a review
	"judge-content": {"nonce", "engine", "language", "guideline", "statement", "finding"},
}

func (l *Library) overlayTemplate(f *file, text string) {
	name := strings.TrimSuffix(path.Base(f.path), ".md")
	places, known := templates[name]
	if !known {
		f.problem(0, problemNoTemplate, quoteAll(sortedNames(templates)))
		return
	}
	if f.checkPlaces(text, places) {
		l.templates[name] = strings.TrimSpace(text)
	}
}

// checkPlaces reports whether the text has every place once or more, and no other.
func (f *file) checkPlaces(text string, places []string) bool {
	ok := true
	for number, line := range strings.Split(text, "\n") {
		for _, name := range placesIn(line) {
			if !slices.Contains(places, name) {
				ok = f.problem(number+1, problemNoPlace, name, quoteAll(places))
			}
		}
	}
	for _, name := range places {
		if !strings.Contains(text, "{{"+name+"}}") {
			ok = f.problem(0, problemPlaceLost, name)
		}
	}
	return ok
}

func placesIn(line string) []string {
	var names []string
	for {
		_, rest, found := strings.Cut(line, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			return names
		}
		names, line = append(names, name), after
	}
}

// fill puts texts into the places of a template, all at once: what is filled in has no places.
func (l *Library) fill(name string, texts map[string]string) string {
	var pairs []string
	for place, text := range texts {
		pairs = append(pairs, "{{"+place+"}}", text)
	}
	return strings.NewReplacer(pairs...).Replace(l.templates[name])
}

// hash covers what a library can show: every template, every guideline as it is written, and the form of
// the answer. Kinds and engines decide what is shown, so they count too.
func (l *Library) hash() string {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			h.Write([]byte(p))
			h.Write([]byte{0})
		}
	}
	for _, name := range sortedNames(l.templates) {
		if !strings.HasPrefix(name, "judge") {
			write(name, l.templates[name])
		}
	}
	for _, g := range l.Guidelines() {
		write(g.text(), g.Title, g.Severity, strings.Join(g.Kinds, " "), strings.Join(g.Engines, " "))
	}
	write(l.Prompt(specimen()).joined(), string(AnswerSchema()))
	return hex.EncodeToString(h.Sum(nil))
}
