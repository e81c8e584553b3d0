package review

import "github.com/schema-review/schema-review/ddlparse"

// Plan is the change set as steps over the schema it starts from.
type Plan struct {
	Engine ddlparse.Engine

	Start, Final ddlparse.Schema
	Steps        []*ddlparse.Step  // of the change set, in order
	FirstStep    int               // number of the first of them; objects with Origin >= FirstStep are new
	Touched      []*ddlparse.Table // tables of Final that Steps created or changed, in order of first touch

	History     []*ddlparse.Migration // at the base, in the order in which the tool ran them
	Migrations  []*ddlparse.Migration // of the change set, in order
	Edited      []EditedMigration     // files of the base that the change set edits, renames or deletes
	NotReviewed []NotReviewed
}

// EditedMigration is a migration of the base that the change set edits, renames or deletes.
type EditedMigration struct {
	Before *ddlparse.Migration
	After  *ddlparse.Migration // nil when it was deleted
	// CommentsOnly: the statements are the same, only comments and white space differ.
	CommentsOnly bool
}

// NotReviewed is something the review left out, and why.
type NotReviewed struct {
	Path   string
	Span   ddlparse.Span // zero when it is the whole file
	What   string        // "CREATE PROCEDURE add_user", "" for the whole file
	Reason Message
}
