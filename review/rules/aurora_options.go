package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// auroraOptions speaks of what Aurora's storage has no use for. "Aurora MySQL version 2 compatible with MySQL 5.7" and
// "Migrating data to Aurora MySQL" in the Amazon Aurora User Guide. Of other storage engines
// storage-engine-not-allowed speaks.
var auroraOptions = &review.Rule{
	ID:       "aurora-unsupported-option",
	Title:    "Table option means nothing to Aurora",
	Category: review.TableOptions,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			if list := auroraLacks(p, t); len(list) > 0 {
				reportAurora(p, t, list)
			}
		}
	},
}

// auroraLacks lists the options by name.
func auroraLacks(p *review.Pass, t *ddlparse.Table) []string {
	var list []string
	for _, option := range []string{"ROW_FORMAT", "KEY_BLOCK_SIZE", "TABLESPACE", "DATA DIRECTORY", "INDEX DIRECTORY"} {
		if lacksOnAurora(t, option) && optionIsNew(p, t, option) {
			list = append(list, option)
		}
	}
	return list
}

func reportAurora(p *review.Pass, t *ddlparse.Table, list []string) {
	f := review.Finding{
		Object:  t.Name.String(),
		Span:    t.Options.Spans[list[0]],
		Fix:     withoutOption(p, t, list[0]),
		Problem: review.Msg("`%s` has %s: Aurora has neither compressed tables nor a choice of where files are, so the statement fails or the option does nothing.", t.Name.String(), strings.Join(list, ", ")),
		Advice:  review.Msg("Leave %s out.", strings.Join(list, ", ")),
	}
	for _, option := range list[1:] {
		f.Places = append(f.Places, t.Options.Spans[option])
		if e := withoutOption(p, t, option); e != nil && f.Fix != nil {
			f.PlaceFixes = append(f.PlaceFixes, *e)
		}
	}
	p.Report(f)
}

func lacksOnAurora(t *ddlparse.Table, option string) bool {
	value := t.Options.Other[option]
	switch option {
	case "ROW_FORMAT":
		return t.Options.RowFormat == "COMPRESSED"
	case "KEY_BLOCK_SIZE":
		return value != "" && value != "0"
	case "TABLESPACE":
		return value != "" && !ownFile(value)
	}
	return value != ""
}

// optionIsNew reports whether the change set gave the table the option.
func optionIsNew(p *review.Pass, t *ddlparse.Table, option string) bool {
	before := startTable(p, t)
	if t.Temporary || t.Options.Spans[option].IsZero() {
		return false
	}
	return before == nil && p.Created(t) || before != nil && before.Options.Spans[option] != t.Options.Spans[option]
}
