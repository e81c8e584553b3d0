package rules

import (
	"path"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateMigrationVersion speaks of two files with one version, as two branches make that count on from
// the same file. Flyway, golang-migrate (source.ErrDuplicateMigration) and goose refuse such a directory;
// dbmate keeps versions in a primary key. sql-migrate, Prisma and Liquibase go by whole names.
var duplicateMigrationVersion = &review.Rule{
	ID:       "duplicate-migration-version",
	Title:    "Two migrations have the same version",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for m, other := range *review.Memo(p, gatherClashes) {
			reportClash(p, m, other)
		}
	},
}

// versionClashes are the new migrations whose version another file has, and that file.
type versionClashes map[*ddlparse.Migration]*ddlparse.Migration

func gatherClashes(p *review.Pass) *versionClashes {
	clashes := versionClashes{}
	owners, habit := versionOwners(p)
	for _, m := range newVersions(p) {
		key := versionKey(m)
		if key == "" || habit && m.Tool == ddlparse.PlainSQL {
			continue
		}
		if other := owners[key]; other == nil {
			owners[key] = m
		} else if other.Path != m.Path {
			clashes[m] = other
		}
	}
	return &clashes
}

// versionOwners are the merged migrations by version, without those that the change set moves or deletes.
// Where merged files share versions already, that is how these people count; where none is merged nobody knows.
func versionOwners(p *review.Pass) (owners map[string]*ddlparse.Migration, habit bool) {
	moved := map[*ddlparse.Migration]bool{}
	for _, e := range p.Plan.Edited {
		moved[e.Before] = e.After == nil || e.Renamed()
	}
	owners = make(map[string]*ddlparse.Migration, len(p.Plan.History))
	for _, m := range p.Plan.History {
		key := versionKey(m)
		if key == "" || moved[m] {
			continue
		}
		habit = habit || owners[key] != nil && owners[key].Path != m.Path
		owners[key] = m
	}
	return owners, habit || len(owners) == 0
}

// newVersions are the migrations that the change set adds, or moves to another name.
func newVersions(p *review.Pass) []*ddlparse.Migration {
	var list []*ddlparse.Migration
	for _, e := range p.Plan.Edited {
		if e.Renamed() {
			list = append(list, e.After)
		}
	}
	for _, m := range p.Plan.Migrations {
		if m.Role == ddlparse.Versioned && !merged(p, m) {
			list = append(list, m)
		}
	}
	return list
}

// versionKey is what must not occur twice; "" where the tool doesn't mind. Flyway's baselines stand beside
// versions, and 1 and 1.0 are the same to it. Of other tools files in one directory count.
func versionKey(m *ddlparse.Migration) string {
	if m.Version == "" || m.Role != ddlparse.Versioned {
		return ""
	}
	switch m.Tool {
	case ddlparse.Flyway:
		version := m.Version
		for strings.HasSuffix(version, ".0") {
			version = strings.TrimSuffix(version, ".0")
		}
		if strings.HasPrefix(m.Title, "B") {
			return "B" + version
		}
		return version
	case ddlparse.GolangMigrate, ddlparse.Goose, ddlparse.Dbmate, ddlparse.Atlas:
		return path.Dir(m.Path) + "/" + m.Version
	case ddlparse.PlainSQL:
		return plainKey(m)
	}
	return ""
}

// plainKey is for files that merely start with a number. Numbers of releases and dates are no versions of
// a migration: several files may have them.
func plainKey(m *ddlparse.Migration) string {
	base := strings.TrimLeft(path.Base(m.Path), "vV")
	if base == "" || base[0] < '0' || base[0] > '9' || strings.Contains(m.Version, ".") || len(m.Version) == len("20260102") {
		return ""
	}
	return path.Dir(m.Path) + "/" + m.Version
}

func reportClash(p *review.Pass, m, other *ddlparse.Migration) {
	f := review.Finding{
		Span:    sourceStart(m),
		Advice:  review.Msg("Give `%s` a version of its own, after the newest one.", path.Base(m.Path)),
		Related: []review.Related{{Span: sourceStart(other), Note: review.Msg("`%s` has the version too", path.Base(other.Path))}},
	}
	a, b := path.Base(other.Path), path.Base(m.Path)
	switch m.Tool {
	case ddlparse.Flyway:
		f.Problem = review.Msg("`%s` and `%s` have the same version: Flyway finds more than one migration with it and refuses to run any.", a, b)
	case ddlparse.GolangMigrate:
		f.Problem = review.Msg("`%s` and `%s` have the same version: golang-migrate stops at the duplicate file and runs no migration.", a, b)
	case ddlparse.Goose:
		f.Problem = review.Msg("`%s` and `%s` have the same version: goose stops at the duplicate version and runs no migration.", a, b)
	case ddlparse.Dbmate:
		f.Problem = review.Msg("`%s` and `%s` have the same version: dbmate knows migrations by their version, so databases that have one never run the other.", a, b)
	default:
		f.Severity = review.Warning
		f.Problem = review.Msg("`%s` and `%s` have the same version: tools that know migrations by their version run one of them, or refuse both.", a, b)
	}
	p.Report(f)
}
