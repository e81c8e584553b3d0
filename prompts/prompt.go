package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// Prompt is what is sent, in the order in which it changes, so that a model can keep what comes first.
type Prompt struct {
	System  string // the same in every review
	Stable  string // the same for changes of the same kinds in a repository
	Content string // the change set
	Hash    string // of the three
}

// Prompt writes the prompt for an input.
func (l *Library) Prompt(in Input) Prompt {
	p := Prompt{System: l.templates["system"], Stable: l.stable(in), Content: l.content(in)}
	sum := sha256.Sum256([]byte(p.joined()))
	p.Hash = hex.EncodeToString(sum[:])
	return p
}

func (p Prompt) joined() string { return p.System + "\x00" + p.Stable + "\x00" + p.Content }

func (l *Library) stable(in Input) string {
	server, _, _ := strings.Cut(in.Engine, " ")
	facts := []string{l.templates[server]}
	for _, fact := range in.Facts {
		facts = append(facts, "- "+fact)
	}
	var guidelines []string
	for _, g := range in.Guidelines {
		guidelines = append(guidelines, g.text())
	}
	return l.fill("stable", map[string]string{
		"server":     in.Engine,
		"facts":      strings.TrimSpace(strings.Join(facts, "\n")),
		"language":   l.language(in.Language),
		"guidelines": strings.Join(guidelines, "\n\n"),
	})
}

// language says in which language to answer: English where there is no text for the one asked for.
func (l *Library) language(code string) string {
	if text, ok := l.templates["language-"+code]; ok {
		return text
	}
	return l.templates["language-en"]
}

// text is a guideline as it stands in the prompt. Its title is for people: the id says as much.
func (g Guideline) text() string { return "## " + g.ID + "\n" + g.told() }

func (l *Library) content(in Input) string {
	d := data{in.Nonce}
	return l.fill("content", map[string]string{
		"nonce":       in.Nonce,
		"title":       d.block("title", in.Title),
		"description": d.block("description", in.Description),
		"neighbours":  d.block("neighbours", tables(in.Neighbours)),
		"before":      d.block("before", tables(in.Before)),
		"after":       d.block("after", tables(in.After)),
		"findings":    d.block("findings", findings(in.Findings)),
		"statements":  d.block("statements", statements(in.Statements)),
	})
}

// data marks text as data with a word that its authors could not have known.
type data struct{ nonce string }

// block puts text between marks. Should the word stand in the text, it is taken out: something is put in its
// place, so that what is left and right of it can't grow together to the word again.
func (d data) block(name, text string) string {
	if d.nonce != "" {
		text = strings.ReplaceAll(text, d.nonce, "(removed)")
	}
	if text = strings.Trim(text, "\n"); text == "" {
		text = "(none)"
	}
	return "<<<" + name + " " + d.nonce + "\n" + text + "\n" + d.nonce + " " + name + ">>>"
}

func tables(list []Table) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(strings.TrimRight(t.DDL, "\n;") + ";\n")
	}
	return b.String()
}

func statements(list []Statement) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString("[" + s.ID + "] " + oneLine(s.Path) + "\n" + strings.TrimRight(s.SQL, "\n;") + ";\n\n")
	}
	return b.String()
}

func findings(list []Finding) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString("- " + oneLine(f.Statement+" "+f.Object) + ": " + oneLine(f.Message) + " (" + f.Rule + ")\n")
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// specimen has a bit of everything, so that a hash of its prompt covers the words between the templates.
func specimen() Input {
	table := Table{"t", "CREATE TABLE t (id INT)"}
	return Input{
		Engine: "engine", Facts: []string{"fact"}, Language: "en",
		Guidelines:  []Guideline{{ID: "id", Title: "title", Text: "text"}},
		Statements:  []Statement{{"S1", "path", "SQL"}},
		Before:      []Table{table},
		After:       []Table{table},
		Neighbours:  []Table{table},
		Findings:    []Finding{{"rule", "S1", "object", "message"}},
		Description: "description",
		Nonce:       "nonce",
	}
}
