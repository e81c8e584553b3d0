package rules

import (
	"embed"
	"encoding/json"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"golang.org/x/text/message"
)

//go:generate go run ./gendocs ../../docs

//go:embed pages/*.md
var pages embed.FS

// Page returns the Markdown page of the rule with that id, "" when there is none.
func Page(id string) string {
	text, err := pages.ReadFile("pages/" + id + ".md")
	if err != nil {
		return ""
	}
	return string(text)
}

// PageSections are the headings that every page has, in this order. Parameters are added to the
// documentation from the rule itself.
func PageSections() []string {
	return []string{"Problem", "Consequence", "Do this instead", "Engines", "Exceptions"}
}

// Section returns the text below a heading of a page, without the heading; "" when it isn't there.
func Section(page, heading string) string {
	_, rest, found := strings.Cut(page, "\n## "+heading+"\n")
	if !found {
		return ""
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return strings.TrimSpace(text)
}

// Example is one block of SQL of a page. Its fence says what it is: ```sql bad, ```sql good or
// ```sql base, with an engine behind where it matters: ```sql bad mariadb 10.11.
type Example struct {
	Kind   string // "bad": the rule speaks; "good": it doesn't; "base": merged before, for those below; "config": see Examples
	Engine string // as ParseEngine reads it, "" for any
	SQL    string
}

// Examples returns the examples of a page in order. A block of ```yaml config is the configuration for
// those below it, for rules that need one to speak.
func Examples(page string) []Example {
	var all []Example
	open := false
	for line := range strings.Lines(page) {
		fence, info, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		switch {
		case !open && fence == "```yaml" && info == "config":
			all = append(all, Example{Kind: info})
			open = true
		case !open && fence == "```sql":
			kind, engine, _ := strings.Cut(info, " ")
			all = append(all, Example{Kind: kind, Engine: engine})
			open = true
		case open && fence == "```":
			open = false
		case open:
			all[len(all)-1].SQL += line
		}
	}
	return all
}

// Documentation is a rule's page with what the rule's definition says of it: id, severity, category
// and parameters.
func Documentation(r *review.Rule) string {
	return documentation(r, Page(r.ID), locale.Printer(locale.Languages()[0]))
}

// documentation writes what the definition says in the language of the page.
func documentation(r *review.Rule, page string, p *message.Printer) string {
	title, body, _ := strings.Cut(page, "\n")
	var b strings.Builder
	b.WriteString(title + "\n\n`" + r.ID + "` · " + string(r.Category) + " · " + defaultSeverity(r, p) + "\n" + body)
	if len(r.Params) == 0 {
		return b.String()
	}
	b.WriteString("\n## " + p.Sprintf("Parameters") + "\n\n| " + p.Sprintf("name") + " | " + p.Sprintf("default") + " | |\n|---|---|---|\n")
	for _, param := range r.Params {
		b.WriteString("| `" + param.Name + "` | `" + paramValue(param.Default) + "` | " + param.DocIn(p) + " |\n")
	}
	return b.String()
}

// defaultSeverity is a severity as configuration writes it.
func defaultSeverity(r *review.Rule, p *message.Printer) string {
	if r.Severity == review.Off {
		return p.Sprintf("off unless configured")
	}
	return r.Severity.String()
}

// paramValue writes a parameter's default as it would stand in configuration.
func paramValue(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
