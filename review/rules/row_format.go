package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// rowFormatNotDynamic speaks of InnoDB tables that the change set puts into an old format. MySQL 9.7 and MariaDB 10.11
// refuse FIXED there in strict mode.
var rowFormatNotDynamic = &review.Rule{
	ID:       "row-format-not-dynamic",
	Title:    "Row format is not DYNAMIC",
	Category: review.TableOptions,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params:   []review.Param{{Name: "allow", Default: []string{"DYNAMIC", "COMPRESSED"}, Doc: "The row formats that tables may have."}},
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			if formatIsNew(p, t) && isInnoDB(t) && !t.Temporary && !named(review.Value[[]string](p, "allow"), t.Options.RowFormat) {
				reportFormat(p, t)
			}
		}
	},
}

// formatIsNew reports whether the change set wrote the table's row format.
func formatIsNew(p *review.Pass, t *ddlparse.Table) bool {
	if t.Options.RowFormat == "" || t.Options.RowFormat == "DEFAULT" {
		return false
	}
	old := startTable(p, t)
	return old == nil && p.Created(t) || old != nil && old.Options.RowFormat != t.Options.RowFormat
}

func reportFormat(p *review.Pass, t *ddlparse.Table) {
	f := review.Finding{Object: t.Name.String(), Span: t.Options.Spans["ROW_FORMAT"]}
	if f.Span.IsZero() {
		f.Span = t.NameSpan
	} else if named(review.Value[[]string](p, "allow"), "DYNAMIC") {
		f.Fix = &review.Edit{Title: "Use the DYNAMIC row format", Span: f.Span, New: "ROW_FORMAT=DYNAMIC"}
	}
	format := strings.ToUpper(t.Options.RowFormat)
	switch format {
	case "COMPACT", "REDUNDANT":
		f.Problem = review.Msg("`%s` has ROW_FORMAT=%s: %s allows index keys of 767 bytes instead of 3,072 in it, and keeps the first 768 bytes of every long value in the row.", t.Name.String(), format, p.Engine.Title())
	case "FIXED":
		f.Severity = review.Error
		f.Problem = review.Msg("`%s` has ROW_FORMAT=FIXED, which InnoDB doesn't have: %s refuses the statement (error %s).", t.Name.String(), p.Engine.Title(), fixedFormatNumber(p.Engine))
	default:
		f.Problem = review.Msg("`%s` has ROW_FORMAT=%s, which is not among the allowed row formats.", t.Name.String(), format)
	}
	f.Advice = review.Msg("Use ROW_FORMAT=DYNAMIC, or leave the option out: it is the default.")
	if !named(review.Value[[]string](p, "allow"), "DYNAMIC") {
		f.Advice = review.Msg("Use one of the allowed row formats: %s.", quoted(review.Value[[]string](p, "allow")))
	}
	p.Report(f)
}

func fixedFormatNumber(e ddlparse.Engine) review.Errno {
	if e.IsMariaDB() {
		return 1005
	}
	return 1031
}
