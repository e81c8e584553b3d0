package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unsupportedSyntax reports clauses that some servers take and the configured one doesn't.
var unsupportedSyntax = &review.Rule{
	ID:       "unsupported-syntax-for-engine",
	Title:    "Syntax is not supported by this server",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.UnsupportedSyntax, sayUnsupported),
}

func sayUnsupported(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	title, engine := review.Msg(ddlparse.FeatureTitle(pr.Name)), p.Engine.Title()
	problem = review.Msg("%s does not support %s and refuses the statement (error %s).", engine, title, review.Errno(pr.Number))
	if pr.Number == 0 {
		problem = review.Msg("%s does not support %s: it reads the clause and ignores it.", engine, title)
	}
	if advice, ok := otherSyntax[pr.Name]; ok && hasOtherSyntax(p.Engine, pr.Name) {
		return problem, advice
	}
	switch since := ddlparse.FeatureSince(pr.Name, p.Engine.Kind); since {
	case "never", "":
		return problem, review.Msg("Leave it out, or write what %s has in its place.", engine)
	default:
		return problem, review.Msg("Leave it out, or run %s %s or later; if you already do, say so with `engine` in the configuration.", productOf(p.Engine), since)
	}
}

// hasOtherSyntax is false where the server lacks the other syntax too.
func hasOtherSyntax(e ddlparse.Engine, feature string) bool {
	switch feature {
	case "invisible-index", "alter-index-visibility":
		return e.IsMariaDB()
	case "ignored-index":
		return e.Supports("invisible-index")
	case "default-function-bare":
		return e.Supports("default-expression")
	case "drop-check":
		return e.Supports("drop-constraint")
	case "check-not-enforced":
		return e.IsMariaDB()
	}
	return true
}

// otherSyntax is what to write in place of a feature, where that can be said in a sentence.
var otherSyntax = map[string]review.Message{
	"rename-column":           review.Msg("Write CHANGE with the old name, the new name and the whole definition of the column."),
	"functional-index":        review.Msg("Add a generated column with this expression and index that column."),
	"invisible-index":         review.Msg("Write IGNORED, which is what MariaDB calls an invisible index from 10.6 on."),
	"alter-index-visibility":  review.Msg("Write ALTER INDEX ... IGNORED or NOT IGNORED, which MariaDB knows from 10.6 on."),
	"ignored-index":           review.Msg("Write INVISIBLE, which is what MySQL calls an ignored index."),
	"default-function-bare":   review.Msg("Put the expression in parentheses: DEFAULT (expression)."),
	"drop-check":              review.Msg("Write DROP CONSTRAINT with the name of the check."),
	"drop-constraint":         review.Msg("Write DROP CHECK, DROP FOREIGN KEY or DROP INDEX with the name of the constraint."),
	"persistent-column":       review.Msg("Write STORED in place of PERSISTENT."),
	"algorithm-nocopy":        review.Msg("Write ALGORITHM=INPLACE."),
	"algorithm-instant":       review.Msg("Leave ALGORITHM=INSTANT out, or write ALGORITHM=INPLACE."),
	"insert-row-alias":        review.Msg("Write VALUES(column) in ON DUPLICATE KEY UPDATE in place of the row alias."),
	"json-arrow":              review.Msg("Write JSON_EXTRACT() for -> and JSON_UNQUOTE(JSON_EXTRACT()) for ->>."),
	"returning":               review.Msg("Select the rows in a statement of its own."),
	"or-replace-table":        review.Msg("Write DROP TABLE IF EXISTS and then CREATE TABLE."),
	"identified-via":          review.Msg("Write IDENTIFIED WITH in place of IDENTIFIED VIA."),
	"check-not-enforced":      review.Msg("Leave NOT ENFORCED out, or add the check once the rows satisfy it."),
	"if-not-exists-in-alter":  neverTwice,
	"if-exists-in-alter":      neverTwice,
	"add-index-if-not-exists": neverTwice, "add-constraint-if-not-exists": neverTwice, "add-foreign-key-if-not-exists": neverTwice,
	"modify-column-if-exists": neverTwice, "change-column-if-exists": neverTwice, "rename-column-if-exists": neverTwice, "alter-column-if-exists": neverTwice,
	"drop-index-if-exists-in-alter": neverTwice, "drop-foreign-key-if-exists": neverTwice, "drop-constraint-if-exists": neverTwice,
	"rename-index-if-exists": neverTwice, "if-exists-alter-table": neverTwice, "create-index-if-not-exists": neverTwice, "drop-index-if-exists": neverTwice,
	"add-partition-if-not-exists": neverTwice, "drop-partition-if-exists": neverTwice, "rename-table-if-exists": neverTwice,
}

var neverTwice = review.Msg("Leave the condition out: a migration runs once, so what exists before it is known.")
