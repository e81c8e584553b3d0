package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// outOfOrderMigration speaks of new files that sort before one that is merged already. What that does
// depends on the tool: golang-migrate README ("Migrations"), Flyway "Out of order", goose "allow-missing",
// Atlas "exec-order".
var outOfOrderMigration = &review.Rule{
	ID:       "out-of-order-migration",
	Title:    "Migration sorts before a merged one",
	Category: review.Hygiene,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_out_of_order", Default: false, Doc: "The tool is set up to run migrations that it finds behind its newest version."},
	},
	Check: func(p *review.Pass) {
		newest := newestMerged(p)
		if newest == nil || review.Value[bool](p, "allow_out_of_order") {
			return
		}
		clashes := *review.Memo(p, gatherClashes)
		for _, m := range p.Plan.Migrations {
			if m.Role == ddlparse.Versioned && clashes[m] == nil && !merged(p, m) && comesBefore(m, newest) {
				reportOutOfOrder(p, m, newest)
			}
		}
	},
}

// newestMerged is the versioned migration that the tool ran last; one that the change set renames or
// deletes is another rule's matter.
func newestMerged(p *review.Pass) *ddlparse.Migration {
	moved := map[*ddlparse.Migration]bool{}
	for _, e := range p.Plan.Edited {
		moved[e.Before] = e.After == nil || e.Renamed()
	}
	var newest *ddlparse.Migration
	for _, m := range p.Plan.History {
		if m.Role == ddlparse.Versioned && m.Version != "" && !moved[m] && (newest == nil || !comesBefore(m, newest)) {
			newest = m
		}
	}
	return newest
}

// merged reports whether the file was there before, so that only a section of it is new.
func merged(p *review.Pass, m *ddlparse.Migration) bool {
	for _, old := range p.Plan.History {
		if old.Path == m.Path {
			return true
		}
	}
	return false
}

// comesBefore asks the order of the tool. Liquibase keeps no order of files; where no tool is known, a
// date beside a running number says nothing.
func comesBefore(a, b *ddlparse.Migration) bool {
	if a.Version == "" || b.Version == "" || a.Version == b.Version || a.Tool == ddlparse.Liquibase {
		return false
	}
	if a.Tool == ddlparse.PlainSQL && (isDate(a.Version) != isDate(b.Version) || strings.Count(a.Version, ".") != strings.Count(b.Version, ".")) {
		return false
	}
	files := []ddlparse.Located{located(b), located(a)}
	ddlparse.Order(files)
	return files[0].Path == a.Path
}

func isDate(version string) bool { return len(version) >= 8 && !strings.Contains(version, ".") }

func located(m *ddlparse.Migration) ddlparse.Located {
	return ddlparse.Located{Path: m.Path, Tool: m.Tool, Role: m.Role, Version: m.Version, Title: m.Title}
}

// reportOutOfOrder is calmer about tools that run whatever they have not run yet.
func reportOutOfOrder(p *review.Pass, m, newest *ddlparse.Migration) {
	f := review.Finding{
		Span:   sourceStart(m),
		Advice: review.Msg("Give the file a version after `%s`.", newest.Title),
	}
	switch m.Tool {
	case ddlparse.GolangMigrate:
		f.Problem = review.Msg("`%s` sorts before `%s`, which is merged: golang-migrate only knows the newest version that it ran, so databases that have `%s` never run this.", m.Title, newest.Title, newest.Title)
	case ddlparse.Flyway:
		f.Problem = review.Msg("`%s` sorts before `%s`, which is merged: Flyway refuses to migrate databases that have `%s`, unless outOfOrder is set.", m.Title, newest.Title, newest.Title)
	case ddlparse.Goose:
		f.Problem = review.Msg("`%s` sorts before `%s`, which is merged: goose refuses to migrate databases that have `%s`, unless -allow-missing is given.", m.Title, newest.Title, newest.Title)
	case ddlparse.Atlas:
		f.Problem = review.Msg("`%s` sorts before `%s`, which is merged: Atlas refuses to migrate databases that have `%s`, unless --exec-order is given.", m.Title, newest.Title, newest.Title)
	default:
		f.Severity = review.Warning
		f.Problem = review.Msg("`%s` sorts before `%s`, which is merged: databases that have `%s` run this after it or not at all, new ones before it.", m.Title, newest.Title, newest.Title)
	}
	p.Report(f)
}
