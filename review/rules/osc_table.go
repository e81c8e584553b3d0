package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// oscTool is the parameter of rules about tools for online schema changes.
var oscTool = review.Param{Name: "osc_tool", Default: "", Doc: "The tool that changes tables, if there is one: gh-ost, pt-online-schema-change or spirit."}

// toolOf is the tool that is configured, "" for none that is known.
func toolOf(p *review.Pass) string {
	tool := review.Value[string](p, "osc_tool")
	if slices.Contains([]string{"gh-ost", "pt-online-schema-change", "spirit"}, tool) {
		return tool
	}
	return ""
}

// oscIncompatibleTable speaks of statements that the tool would run: those that are not instant. What each tool
// can't is in gh-ost's doc/requirements-and-limitations.md, the manual of pt-online-schema-change and Spirit's README.
var oscIncompatibleTable = &review.Rule{
	ID: "osc-incompatible-table", Title: "Online schema change tool can't take the table", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Params: []review.Param{oscTool},
	Check: func(p *review.Pass) {
		tool := toolOf(p)
		if tool == "" {
			return
		}
		for s, o := range p.Online() {
			t := s.Before.Table(o.Table)
			if o.Refused != 0 || o.Default == onlineddl.None || o.Default == onlineddl.Instant && !renames(s) || !holdsRows(p, s, t) {
				continue
			}
			if problem := whyNot(tool, s, t); !problem.IsZero() {
				p.Report(review.Finding{
					Object: o.Table.String(), Span: firstLine(s.Statement.Span), Problem: problem,
					Advice: review.Msg("Let the server run this statement itself, in low traffic."),
				})
			}
		}
	},
}

func renames(s *ddlparse.Step) bool {
	return slices.ContainsFunc(s.Changes, func(c ddlparse.Change) bool { _, ok := c.(*ddlparse.RenameTable); return ok })
}

// whyNot says what of the table or the statement the tool can't take.
func whyNot(tool string, s *ddlparse.Step, t *ddlparse.Table) review.Message {
	referenced := false
	for child := range s.Before.Children(t.Name) {
		referenced = referenced || child != t
	}
	triggers := false
	for range s.Before.TriggersOf(t.Name) {
		triggers = true
	}
	table, percona := t.Name.String(), strings.HasPrefix(tool, "pt-")
	switch {
	case renames(s):
		return review.Msg("%s can't rename a table: it swaps the copy of `%s` for the original under the old name.", tool, table)
	case referenced && percona:
		return review.Msg("Other tables refer to `%s` by foreign keys: %s stops unless --alter-foreign-keys-method says what becomes of them.", table, tool)
	case (referenced || len(t.ForeignKeys) > 0) && !percona:
		return review.Msg("`%s` has foreign keys, or others refer to it: %s refuses such tables.", table, tool)
	case triggers:
		return review.Msg("`%s` has triggers: %s refuses such tables unless an option of its own says otherwise.", table, tool)
	case !hasUniqueKey(t):
		return review.Msg("`%s` has no primary key, nor a unique key without NULL: %s can't copy it in portions.", table, tool)
	}
	return review.Message{}
}

// hasUniqueKey reports whether a key tells all rows apart.
func hasUniqueKey(t *ddlparse.Table) bool {
	return slices.ContainsFunc(t.Indexes, func(x *ddlparse.Index) bool {
		return x.Unique() && !slices.ContainsFunc(x.Parts, func(part ddlparse.Part) bool {
			c := t.Column(part.Column)
			return c == nil || c.Nullable()
		})
	})
}
