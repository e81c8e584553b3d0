package custom

import (
	"strings"
	"text/template"

	"github.com/schema-review/schema-review/review"
)

// words are what a message may name: {{.Table}}.
type words struct {
	Table      string         // with its database where one is written
	Column     string         // of column subjects
	Index      string         // of index subjects
	ForeignKey string         // of foreign key subjects
	Parent     string         // the table that it references
	Check      string         // of check subjects
	Object     string         // the whole path: "orders.user_id"
	Engine     string         // "MySQL 8.4"
	Params     map[string]any // {{.Params.max}}
}

// text is a message in each language that the rule has.
type text map[string]*template.Template

// textsOf reads the templates, and tries them.
func textsOf(key string, sources map[string]string, params map[string]any) (text, []review.CustomProblem) {
	t := text{}
	var problems []review.CustomProblem
	for language, source := range sources {
		made, err := template.New(key).Option("missingkey=error").Parse(source)
		if err == nil {
			err = made.Execute(&strings.Builder{}, words{Params: params})
		}
		if err != nil {
			problems = append(problems, review.CustomProblem{
				Key:     key,
				Problem: review.Msg("`%s` is not a template: %s.", key, reasonOf(err)),
				Advice:  review.Msg("It may name %s, and parameters as `{{.Params.name}}`.", "`{{.Table}}`, `{{.Column}}`, `{{.Index}}`, `{{.ForeignKey}}`, `{{.Parent}}`, `{{.Check}}`, `{{.Object}}`, `{{.Engine}}`"),
			})
		}
		t[language] = made
	}
	return t, problems
}

// reasonOf is the last part of a template's error; the parts before it name the template and the place.
func reasonOf(err error) string {
	reason := err.Error()
	if i := strings.LastIndex(reason, ">: "); i >= 0 {
		return reason[i+len(">: "):]
	}
	parts := strings.SplitN(reason, ": ", 3)
	return parts[len(parts)-1]
}

// in gives the text in a language, else in English, else in the one there is.
func (t text) in(language string, w words) review.Message {
	made := t[language]
	if made == nil {
		made = t["en"]
	}
	for _, other := range t {
		if made == nil {
			made = other
		}
	}
	var b strings.Builder
	if made == nil || made.Execute(&b, w) != nil { // it was tried when the rule was loaded
		return review.Message{}
	}
	return review.Msg("%s", strings.TrimSpace(b.String()))
}
