package peers

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/message"
)

// YAML is the translation as a configuration file, with comments that tell where each line comes from and what was
// left out, in the printer's language.
func (i *Imported) YAML(p *message.Printer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", p.Sprintf("Translated from the configuration of %s in %s. What has no equivalent:", i.Peer.Title, plain(i.Path)))
	for _, line := range i.Lines(p) {
		fmt.Fprintf(&b, "#   %s\n", line)
	}
	if len(i.Notes) == 0 {
		fmt.Fprintf(&b, "#   %s\n", p.Sprintf("nothing"))
	}
	return b.String() + i.body()
}

// Lines names what was left out, each with its place in the file.
func (i *Imported) Lines(p *message.Printer) []string {
	var lines []string
	for _, n := range i.Notes {
		lines = append(lines, fmt.Sprintf("%s:%d: %s", plain(i.Path), n.Line, n.What.In(p)))
	}
	return lines
}

// body is the file without its head.
func (i *Imported) body() string {
	var b strings.Builder
	if i.Engine != "" {
		b.WriteString("engine: " + i.Engine + "\n")
	}
	if i.Preset != "" {
		b.WriteString("preset: " + i.Preset + "\n")
	}
	if len(i.Rules) == 0 {
		return b.String() + "rules: {}\n"
	}
	b.WriteString("rules:\n")
	for _, s := range i.Rules {
		value := s.Severity.String()
		if len(s.Params) > 0 {
			value = "{severity: " + value
			for _, p := range s.Params {
				value += ", " + p.Name + ": " + asJSON(p.Value)
			}
			value += "}"
		}
		fmt.Fprintf(&b, "  %s: %s  # %s\n", s.ID, value, strings.Join(s.From, ", "))
	}
	return b.String()
}

// asJSON writes a value so that YAML reads it as the same.
func asJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // numbers, texts and lists of them always encode
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
