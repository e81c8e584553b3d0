package rules

import (
	"path"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// editedAppliedMigration speaks of merged migrations that the change set edits, renames or deletes.
var editedAppliedMigration = &review.Rule{
	ID:       "edited-applied-migration",
	Title:    "Merged migration is changed",
	Category: review.Hygiene,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_comment_only_edits", Default: true, Doc: "Comments and white space of merged migrations may change."},
	},
	Check: func(p *review.Pass) {
		for _, e := range p.Plan.Edited {
			switch {
			case e.Before.Role != ddlparse.Versioned:
			case e.After == nil:
				reportDeleted(p, e)
			case !sameForward(e):
				reportEdited(p, e)
			case e.Renamed() && otherMigration(e):
				reportRenamed(p, e)
			case e.CommentsOnly && !e.Renamed() && !review.Value[bool](p, "allow_comment_only_edits"):
				reportCommented(p, e)
			}
		}
	},
}

// sameForward compares what runs forwards: a down section may be mended at any time.
func sameForward(e review.EditedMigration) bool {
	return len(e.Before.Statements) == len(e.After.Statements) && firstDifference(e) < 0
}

// firstDifference is the number of the first new statement that the old text doesn't have there, -1
// when all are the same.
func firstDifference(e review.EditedMigration) int {
	for i, s := range e.After.Statements {
		if i >= len(e.Before.Statements) {
			return i
		}
		if old := e.Before.Statements[i]; s.Text() != old.Text() && s.Normalized() != old.Normalized() {
			return i
		}
	}
	return -1
}

// otherMigration reports whether the tool takes the file under its new name for another one. Most
// know a migration by its version alone, Flyway by its description too, some by the whole name.
func otherMigration(e review.EditedMigration) bool {
	switch e.Before.Tool {
	case ddlparse.GolangMigrate, ddlparse.Goose, ddlparse.Dbmate:
		return e.Before.Version != e.After.Version
	case ddlparse.Prisma:
		return path.Base(path.Dir(e.Before.Path)) != path.Base(path.Dir(e.After.Path))
	case ddlparse.Liquibase:
		return e.Before.Path != e.After.Path
	}
	return path.Base(e.Before.Path) != path.Base(e.After.Path)
}

func reportDeleted(p *review.Pass, e review.EditedMigration) {
	p.Report(review.Finding{
		Span:    sourceStart(e.Before),
		Problem: review.Msg("`%s` is merged and deleted here: databases that have run it keep what it made, new ones never get it.", e.Before.Title),
		Advice:  review.Msg("Restore the file, and take back what it made in a new migration."),
	})
}

func reportEdited(p *review.Pass, e review.EditedMigration) {
	f := review.Finding{
		Span:    editedSpan(e),
		Problem: review.Msg("`%s` is merged: databases that have run it never get this edit.", e.Before.Title),
		Advice:  review.Msg("Restore the file as it was, and put the change into a new migration."),
	}
	switch e.Before.Tool {
	case ddlparse.Flyway:
		f.Problem = review.Msg("`%s` is merged: databases that have run it never get this edit, and Flyway refuses to migrate them (checksum mismatch).", e.Before.Title)
	case ddlparse.Liquibase:
		f.Problem = review.Msg("The changeset `%s` is merged: databases that have run it never get this edit, and Liquibase refuses to update them (checksum mismatch).", e.Before.Title)
	}
	p.Report(f)
}

// editedSpan is the first statement that is new or different, the file's start where one was removed.
func editedSpan(e review.EditedMigration) ddlparse.Span {
	if i := firstDifference(e); i >= 0 {
		return firstLine(e.After.Statements[i].Span)
	}
	return sourceStart(e.After)
}

func reportRenamed(p *review.Pass, e review.EditedMigration) {
	f := review.Finding{
		Span:    sourceStart(e.After),
		Problem: review.Msg("`%s` is merged as `%s`: databases that have run it under that name see a migration that they have not run.", e.After.Path, e.Before.Path),
		Advice:  review.Msg("Move the file back to `%s`.", e.Before.Path),
	}
	if e.Before.Tool == ddlparse.PlainSQL {
		f.Severity = review.Warning
	}
	p.Report(f)
}

func reportCommented(p *review.Pass, e review.EditedMigration) {
	p.Report(review.Finding{
		Span:    sourceStart(e.After),
		Problem: review.Msg("Comments or white space of `%s` change, which is merged: tools that keep a checksum of the file refuse it on databases that have run it.", e.Before.Title),
		Advice:  review.Msg("Restore the file as it was."),
	})
}
