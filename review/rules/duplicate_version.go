package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateMigrationVersion speaks of new files that have the version of another, as two branches make them on
// one day. What that does depends on the tool: Flyway "Found more than one migration with version",
// golang-migrate source.ErrDuplicateMigration, goose "duplicate version detected", dbmate's primary key of
// schema_migrations. Other tools go by the whole name, or are not known to mind.
var duplicateMigrationVersion = &review.Rule{
	ID:       "duplicate-migration-version",
	Title:    "Two migrations have the same version",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		known := mergedVersions(p)
		for _, m := range p.Plan.Migrations {
			if !knownByVersion(m) || merged(p, m) {
				continue
			}
			if other := known[m.Version]; other != nil {
				reportDuplicateVersion(p, m, other)
				continue
			}
			known[m.Version] = m
		}
	},
}

// knownByVersion reports whether the tool tells the migration from others by its version.
func knownByVersion(m *ddlparse.Migration) bool {
	switch m.Tool {
	case ddlparse.Flyway, ddlparse.GolangMigrate, ddlparse.Goose, ddlparse.Dbmate:
		return m.Role == ddlparse.Versioned && m.Version != ""
	}
	return false
}

// mergedVersions are the migrations that stay as they were, by version.
func mergedVersions(p *review.Pass) map[string]*ddlparse.Migration {
	known := map[string]*ddlparse.Migration{}
	for _, m := range p.Plan.History {
		if knownByVersion(m) && !moved(p, m) {
			known[m.Version] = m
		}
	}
	return known
}

func reportDuplicateVersion(p *review.Pass, m, other *ddlparse.Migration) {
	f := review.Finding{
		Span:   sourceStart(m),
		Advice: review.Msg("Give this file a version of its own, after all others."),
	}
	switch m.Tool {
	case ddlparse.Flyway:
		f.Problem = review.Msg("`%s` has the version of `%s`: Flyway finds more than one migration with it, and runs none at all.", m.Path, other.Path)
	case ddlparse.GolangMigrate:
		f.Problem = review.Msg("`%s` has the version of `%s`: golang-migrate refuses a duplicate, and runs none at all.", m.Path, other.Path)
	case ddlparse.Goose:
		f.Problem = review.Msg("`%s` has the version of `%s`: goose refuses a duplicate, and runs none at all.", m.Path, other.Path)
	default:
		f.Problem = review.Msg("`%s` has the version of `%s`: dbmate records a version once, so databases that have `%s` never run this, and new ones stop here.", m.Path, other.Path, other.Path)
	}
	p.Report(f)
}
