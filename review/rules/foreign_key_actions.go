package rules

import (
	"regexp"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeySetDefault speaks of an action that no server of the family carries out. MySQL 9.7 keeps the words
// and refuses to delete the parent, MariaDB 10.11 forgets the words and refuses it too: both were asked.
var foreignKeySetDefault = &review.Rule{
	ID:       "foreign-key-set-default",
	Title:    "Foreign key action is SET DEFAULT",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			if (f.OnDelete == "SET DEFAULT" || f.OnUpdate == "SET DEFAULT") && p.New(f.Origin) && !foreignKeyIgnored(p.Engine, t, f) {
				p.Report(review.Finding{
					Object:  objectOf(t.Name, f.Name),
					Span:    f.Span,
					Fix:     withoutSetDefault(f),
					Problem: review.Msg("%s doesn't set `%s` to its default: it treats SET DEFAULT as RESTRICT and refuses to delete or change a row of `%s` that is still referred to (error %s).", p.Engine.Title(), objectOf(t.Name, f.Columns[0]), f.Parent.String(), review.Errno(1451)),
					Advice:  review.Msg("Leave SET DEFAULT out, use SET NULL, or write the default in the application before the row of `%s` goes.", f.Parent.String()),
				})
			}
		}
	},
}

var setDefaultAction = regexp.MustCompile(`(?i)\s+ON\s+(DELETE|UPDATE)\s+SET\s+DEFAULT`)

// withoutSetDefault writes what the server does: the action goes, whichever stand beside it.
func withoutSetDefault(f *ddlparse.ForeignKey) *review.Edit {
	if f.ParentSpan.IsZero() {
		return nil
	}
	text := f.ParentSpan.Text()
	return &review.Edit{Title: "Leave SET DEFAULT out", Span: f.ParentSpan, New: setDefaultAction.ReplaceAllString(text, "")}
}
