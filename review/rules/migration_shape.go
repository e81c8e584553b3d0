package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// missingDown speaks of migrations without a way back where the merged ones have theirs.
var missingDown = &review.Rule{
	ID:       "missing-down-migration",
	Title:    "Migration has no way back",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		if !keepsWaysBack(p) {
			return
		}
		for _, steps := range stepsByMigration(p) {
			if m := steps[0].Migration; m.Role == ddlparse.Versioned && len(wayBackOf(p, m)) == 0 && len(m.Skipped) == 0 && slices.ContainsFunc(steps, commits) {
				p.Report(review.Finding{
					Span:    sourceStart(m),
					Problem: review.Msg("`%s` has no way back, unlike the migrations before it: the release can't be taken back by %s.", m.Title, toolName(m.Tool)),
					Advice:  review.Msg("Write the statements that take it back, or one that says why there are none."),
				})
			}
		}
	},
}

// keepsWaysBack reports whether most of the last merged migrations have a way back.
func keepsWaysBack(p *review.Pass) bool {
	const looked = 20
	with, all := 0, 0
	for _, m := range slices.Backward(p.Plan.History) {
		if all == looked {
			break
		}
		if m.Role != ddlparse.Versioned || m.Version == "" || len(m.Statements) == 0 {
			continue
		}
		all++
		if len(m.Down) > 0 {
			with++
		}
	}
	return all > 0 && 2*with > all
}

// emptyMigration speaks of files that run nothing: their version is recorded all the same.
var emptyMigration = &review.Rule{
	ID:       "empty-migration",
	Title:    "Migration runs nothing",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, m := range p.Plan.Migrations {
			if m.Role != ddlparse.Versioned || len(m.Statements) > 0 || len(m.Down) > 0 || len(m.Skipped) > 0 {
				continue
			}
			end := int32(min(len(m.Source.Text), 1))
			p.Report(review.Finding{
				Span:    firstLine(ddlparse.Span{Source: m.Source, End: end}),
				Problem: review.Msg("`%s` has no statement: %s records it as run, and what is added to it later never runs there.", m.Title, toolName(m.Tool)),
				Advice:  review.Msg("Write the statements, or delete the file before it is merged."),
			})
		}
	},
}

// tooManyStatements speaks of migrations that nobody reads to the end. Rows of seed data are counted by INSERT.
var tooManyStatements = &review.Rule{
	ID:       "too-many-statements",
	Title:    "Migration has very many statements",
	Category: review.Hygiene,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "max_statements", Default: 100, Doc: "How many statements one migration may have; those about tables that it makes don't count."},
	},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_statements")
		for _, steps := range stepsByMigration(p) {
			var list []*ddlparse.Step
			for _, s := range steps {
				if slices.ContainsFunc(s.Changes, func(c ddlparse.Change) bool { return !ofOwnTable(p, c) }) {
					list = append(list, s)
				}
			}
			if m := steps[0].Migration; limit > 0 && len(list) > limit && m.Role == ddlparse.Versioned {
				p.Report(review.Finding{
					Span:    firstLine(list[limit].Statement.Span),
					Problem: review.Msg("`%s` has %d statements about tables that are there already: it takes long, can't be resumed where it stops, and is hard to review.", m.Title, len(list)),
					Advice:  review.Msg("Make several migrations of it."),
				})
			}
		}
	},
}

// ofOwnTable reports whether the change is about no table, or one that the change set makes.
func ofOwnTable(p *review.Pass, c ddlparse.Change) bool {
	at := c.At()
	_, creates := c.(*ddlparse.CreateTable)
	return creates || at.Table.IsZero() || p.Created(at.After) || p.Created(at.Before) || p.Created(p.Final().Table(at.Table))
}

// fileTooLarge speaks of files with bulk data.
var fileTooLarge = &review.Rule{
	ID:       "file-too-large",
	Title:    "Migration file is very large",
	Category: review.Hygiene,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "max_bytes", Default: 2 << 20, Doc: "How many bytes a migration file may have."},
	},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_bytes")
		for m := range newTexts(p) {
			if size := len(m.Source.Text); limit > 0 && size > limit && m.Role == ddlparse.Versioned {
				p.Report(review.Finding{
					Span:    sourceStart(m),
					Problem: review.Msg("The file has %d bytes: every new environment runs all of them, and limits of tools and servers are near.", size),
					Advice:  review.Msg("Keep definitions here, and load bulk data by other means."),
				})
			}
		}
	},
}

// destructiveDown speaks of ways back that drop what users may have filled by then.
var destructiveDown = &review.Rule{
	ID:       "destructive-down-migration",
	Title:    "Way back deletes values",
	Category: review.Hygiene,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for _, m := range p.Plan.Migrations {
			for _, s := range m.Down {
				for _, c := range s.Changes {
					if name := dropsValues(c); name != "" {
						p.Report(review.Finding{
							Object:  name,
							Span:    c.At().Span,
							Problem: review.Msg("The way back drops `%s`, with all that was written to it since the migration ran.", name),
							Advice:  review.Msg("Keep a copy, or leave `%s` where it is until the release is known to be good.", name),
						})
					}
				}
			}
		}
	},
}

func dropsValues(c ddlparse.Change) string {
	switch c := c.(type) {
	case *ddlparse.DropTable:
		return c.Table.String()
	case *ddlparse.DropColumn:
		return objectOf(c.Table, c.Name)
	}
	return ""
}

// explicitCommit speaks of COMMIT and ROLLBACK where the tool has a transaction of its own around the file: goose and
// sql-migrate by default, Flyway always.
var explicitCommit = &review.Rule{
	ID:       "explicit-commit-or-rollback",
	Title:    "Migration ends the transaction of its tool",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			m, begun := steps[0].Migration, false
			if m.NoTransaction || m.Tool != ddlparse.Flyway && m.Tool != ddlparse.Goose && m.Tool != ddlparse.SQLMigrate {
				continue
			}
			for _, s := range steps {
				for _, c := range s.Changes {
					t, ok := c.(*ddlparse.Transaction)
					if !ok {
						continue
					}
					if t.Verb != "BEGIN" && !begun {
						p.Report(review.Finding{
							Span:    t.Span,
							Problem: review.Msg("%s ends the transaction that %s has open: what follows can't be rolled back together with the version.", t.Verb, toolName(m.Tool)),
							Advice:  review.Msg("Leave it out: %s commits by itself.", toolName(m.Tool)),
						})
					}
					begun = t.Verb == "BEGIN"
				}
			}
		}
	},
}

// emptyTransaction speaks of BEGIN and COMMIT around nothing that they protect. Where rows change as well,
// implicit-commit-in-transaction speaks.
var emptyTransaction = &review.Rule{
	ID:       "empty-transaction",
	Title:    "Transaction protects nothing",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			var begin *ddlparse.Transaction
			between := 0
			for _, s := range steps {
				for _, c := range s.Changes {
					t, ok := c.(*ddlparse.Transaction)
					if ok && t.Verb == "COMMIT" && begin != nil && between == 0 {
						p.Report(review.Finding{
							Span:    firstLine(begin.Span),
							Problem: review.Msg("Nothing stands between BEGIN and COMMIT: the transaction protects nothing."),
							Advice:  review.Msg("Delete both, or put the statements between them that belong together."),
						})
					}
					if ok {
						begin, between = nil, 0
						if t.Verb == "BEGIN" {
							begin = t
						}
					}
				}
				if begin == nil || !slices.ContainsFunc(s.Changes, func(c ddlparse.Change) bool { return c == ddlparse.Change(begin) }) {
					between++
				}
			}
		}
	},
}

// isolationLevel speaks of levels that change what statements lock and read.
var isolationLevel = &review.Rule{
	ID:       "isolation-level-changed",
	Title:    "Transaction isolation level is changed",
	Category: review.Hygiene,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "allowed", Default: []string{"READ COMMITTED", "REPEATABLE READ"}, Doc: "The isolation levels that migrations may set."},
	},
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			if s.Statement.Verb != "SET" {
				continue
			}
			words := strings.NewReplacer("'", "", `"`, "", "-", " ").Replace(strings.ToUpper(s.Statement.Normalized()))
			if !strings.Contains(words, "ISOLATION") {
				continue
			}
			for _, level := range []string{"READ UNCOMMITTED", "SERIALIZABLE", "READ COMMITTED", "REPEATABLE READ"} {
				if strings.HasSuffix(words, level) && !named(review.Value[[]string](p, "allowed"), level) {
					p.Report(review.Finding{
						Span:    s.Statement.Span,
						Problem: review.Msg("%s changes what every later statement of the connection locks and reads.", level),
						Advice:  review.Msg("Leave the level as it is."),
					})
				}
			}
		}
	},
}
