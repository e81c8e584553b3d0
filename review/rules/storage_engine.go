package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// storageEngineNotAllowed speaks of tables that the change set puts into an engine outside the list.
var storageEngineNotAllowed = &review.Rule{
	ID:       "storage-engine-not-allowed",
	Title:    "Storage engine is not allowed",
	Category: review.TableOptions,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params: []review.Param{
		{Name: "allow", Default: []string{"innodb"}, Doc: "The storage engines that tables may use."},
	},
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			if engineIsNew(p, t) && !named(review.Value[[]string](p, "allow"), t.Options.Engine) {
				reportEngine(p, t)
			}
		}
		for _, c := range review.Each[*ddlparse.SetVariable](p) {
			if (c.Name == "default_storage_engine" || c.Name == "storage_engine") && namesEngine(c.Value) && !named(review.Value[[]string](p, "allow"), c.Value) {
				p.Report(review.Finding{
					Object: c.Name, Span: c.Span,
					Problem: review.Msg("From here on every table created without ENGINE is %s, which is not among the allowed storage engines.", c.Value),
					Advice:  review.Msg("Remove the SET, or write the storage engine at the tables that need it."),
				})
			}
		}
	},
}

// engineIsNew reports whether the change set chose the table's engine. A temporary table is gone with
// the connection, so it may live anywhere.
func engineIsNew(p *review.Pass, t *ddlparse.Table) bool {
	if t.Temporary || t.Options.Engine == "" {
		return false
	}
	before := startTable(p, t)
	return before == nil && p.Created(t) || before != nil && !strings.EqualFold(before.Options.Engine, t.Options.Engine)
}

// namesEngine leaves out DEFAULT and user variables.
func namesEngine(value string) bool {
	return value != "" && !strings.EqualFold(value, "DEFAULT") && !strings.HasPrefix(value, "@")
}

// engineLacks says what is lost in the engines that people still meet.
var engineLacks = map[string]string{
	"myisam":  "`%s` is in MyISAM, which has no transactions, no foreign keys and no recovery after a crash; a write locks the whole table.",
	"aria":    "`%s` is in Aria, which has no transactions and no foreign keys; a write locks the whole table.",
	"memory":  "`%s` is in MEMORY: its rows are gone when the server restarts, also on a replica alone.",
	"heap":    "`%s` is in MEMORY: its rows are gone when the server restarts, also on a replica alone.",
	"csv":     "`%s` is in CSV, which has no indexes, no transactions and no recovery after a crash.",
	"archive": "`%s` is in ARCHIVE, which can neither update nor delete rows.",
}

func reportEngine(p *review.Pass, t *ddlparse.Table) {
	f := review.Finding{
		Object:  t.Name.String(),
		Span:    engineSpan(t),
		Fix:     inInnoDB(p, t),
		Problem: review.Msg("`%s` is in %s, which is not among the allowed storage engines.", t.Name.String(), t.Options.Engine),
		Advice:  review.Msg("Use one of the allowed storage engines: %s.", quoted(review.Value[[]string](p, "allow"))),
	}
	if format := engineLacks[strings.ToLower(t.Options.Engine)]; format != "" {
		f.Problem = review.Msg(format, t.Name.String())
	}
	if named(review.Value[[]string](p, "allow"), "innodb") {
		f.Advice = review.Msg("Use ENGINE=InnoDB for `%s`.", t.Name.String())
	}
	p.Report(f)
}

func engineSpan(t *ddlparse.Table) ddlparse.Span {
	if at, ok := t.Options.Spans["ENGINE"]; ok {
		return at
	}
	return t.NameSpan
}

// inInnoDB changes the engine where no other option is bound to it.
func inInnoDB(p *review.Pass, t *ddlparse.Table) *review.Edit {
	at, ok := t.Options.Spans["ENGINE"]
	plain := t.Options.RowFormat == "" && len(t.Options.Other) == 0
	if !ok || !plain || !p.Created(t) || !named(review.Value[[]string](p, "allow"), "innodb") || engineLacks[strings.ToLower(t.Options.Engine)] == "" {
		return nil
	}
	return &review.Edit{Title: "Use InnoDB", Span: at, New: "ENGINE=InnoDB"}
}
