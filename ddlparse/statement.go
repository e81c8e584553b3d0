package ddlparse

// Migration is one file, or one section of a file, that a migration tool would run as a whole.
type Migration struct {
	Path    string
	Source  *Source
	Version string // as the tool reads it from the file name: "1.10", "20260102150405"; "" for none
	Title   string // what people call it: "V12", "0007_orders", the file name
	Tool    Tool
	Role    Role

	Statements []*Statement // forward statements in order
	Down       []*Statement // of the down or rollback sections; checked for syntax, never replayed
	Skipped    []Skipped    // what was not read, and why
	// NoTransaction: a directive of the tool says to run it outside a transaction.
	NoTransaction bool
}

// Skipped is a part of a file that was not read.
type Skipped struct {
	Span   Span
	Reason string // for people, one clause: "psql meta-command"
}

// Tool is the migration tool whose conventions a file follows.
type Tool string

// The migration tools that are recognised.
const (
	PlainSQL      Tool = "sql"
	Flyway        Tool = "flyway"
	GolangMigrate Tool = "golang-migrate"
	Goose         Tool = "goose"
	Dbmate        Tool = "dbmate"
	SQLMigrate    Tool = "sql-migrate"
	Liquibase     Tool = "liquibase"
	Prisma        Tool = "prisma"
	Atlas         Tool = "atlas"
	RailsStruct   Tool = "rails-structure"
	Skeema        Tool = "skeema"
	SQLDef        Tool = "sqldef"
)

// Role is what a file is to its tool.
type Role uint8

// The roles of files.
const (
	Versioned   Role = iota + 1 // run once, in order
	Repeatable                  // run again when changed, after the versioned ones
	Undo                        // runs backwards only
	Declarative                 // says how the schema should be; the difference is what runs
)

// Statement is one SQL statement of a migration.
type Statement struct {
	Span     Span   // first word up to the delimiter, which is not part of it
	Verb     string // "CREATE TABLE", "ALTER TABLE", "INSERT", "SET"...; upper case, "" when there is none
	Comments []Span // the comments directly before it, and those behind it on its last line

	Table Name // the table of ALTER TABLE

	// Changes are what it does, as written; before Apply they know nothing of the schema.
	Changes []Change
	// Problems can be seen in the text alone.
	Problems []*Problem
	// NotUnderstood says why nothing is known of its effect, "" when it was understood. Objects then
	// lists the tables it names, which become opaque.
	NotUnderstood string
	Objects       []Name
	// Features are the clauses that not every engine knows.
	Features []Feature

	// Conditional: found in the body of a routine or in a prepared string; it may or may not run.
	Conditional bool
	Hidden      []*Statement // the conditional statements found in this one

	ifExists bool     // ALTER TABLE IF EXISTS
	queries  *queries // its FROM clauses, where names can clash in them; only of checked statements
}

// Text returns exactly the statement's source, without its delimiter.
func (s *Statement) Text() string { return s.Span.Text() }

// Feature is a piece of syntax that only some engines or versions accept.
type Feature struct {
	Name string // key into the table in features.go: "functional-index", "rename-column"
	Span Span
}

// Step is a statement with what it does to the schema it meets.
type Step struct {
	Number        int // from 1, rising over the replay; objects carry it as Origin and Defined
	Migration     *Migration
	Statement     *Statement
	Changes       []Change // resolved: Before, After, Old and effective values are filled in
	Before, After Schema
	Problems      []*Problem
	// NoForeignKeyChecks: the session has switched foreign_key_checks off when the statement runs.
	NoForeignKeyChecks bool
}
