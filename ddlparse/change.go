package ddlparse

// Change is what a statement does to the schema, or to data, whatever syntax said it: CREATE INDEX
// and ALTER TABLE … ADD INDEX are both an AddIndex. The reader makes changes as written; Apply returns
// resolved copies whose Before, After, Old and effective values are filled in.
type Change interface{ At() *Clause }

// Clause is what all changes have in common.
type Clause struct {
	Span  Span // the clause; the whole statement where the statement is the change
	Table Name // the table, view or other object it is about; zero for none

	// Before and After are the table around the whole statement: nil where it didn't exist, is
	// gone, or was never seen.
	Before, After *Table
	// Skipped: IF [NOT] EXISTS, or CREATE … IF NOT EXISTS of what is there, made it do nothing.
	Skipped bool
}

// At returns the clause itself; through it every change is a Change.
func (c *Clause) At() *Clause { return c }

// CreateDatabase is CREATE DATABASE.
type CreateDatabase struct {
	Clause
	Database    *Database
	IfNotExists bool
}

// DropDatabase is DROP DATABASE.
type DropDatabase struct {
	Clause
	Name     string
	IfExists bool
	Tables   int // how many known tables it takes along
}

// AlterDatabase changes the default character set or collation.
type AlterDatabase struct {
	Clause
	Name               string // "" = the current one
	Charset, Collation string
}

// Use is USE db.
type Use struct {
	Clause
	Name string
}

// CreateTable is CREATE TABLE in all its forms. After holds the effective result; New is as written.
type CreateTable struct {
	Clause
	New         *Table
	IfNotExists bool
	OrReplace   bool
	Like        Name // CREATE TABLE … LIKE
	Select      Span // CREATE TABLE … SELECT: the query
	SelectFrom  []Name

	Forgotten []*Check // checks that the server reads and forgets: the table doesn't have them
}

// DropTable is one table of a DROP TABLE.
type DropTable struct {
	Clause
	IfExists  bool
	Temporary bool
}

// RenameTable is one rename of RENAME TABLE, or ALTER TABLE … RENAME TO.
type RenameTable struct {
	Clause
	To       Name
	IfExists bool
}

// TruncateTable is TRUNCATE TABLE.
type TruncateTable struct{ Clause }

// AddColumn is ADD COLUMN.
type AddColumn struct {
	Clause
	Column      *Column
	IfNotExists bool
	First       bool
	Behind      string // AFTER column; "" = at the end or First
}

// DropColumn is DROP COLUMN. Column is nil when the table or column isn't known.
type DropColumn struct {
	Clause
	Name     string
	Column   *Column
	IfExists bool
}

// ModifyColumn is MODIFY, CHANGE, RENAME COLUMN or ALTER COLUMN. Old is nil when it isn't known.
type ModifyColumn struct {
	Clause
	Keyword  string // "MODIFY", "CHANGE", "RENAME COLUMN", "ALTER COLUMN"
	Name     string // the name it had
	Old, New *Column
	IfExists bool
	First    bool
	Behind   string

	// alter is what ALTER COLUMN asks for: it changes the old definition instead of restating it.
	alter func(*Column)
}

// Restates reports whether the clause gives the whole definition anew (MODIFY and CHANGE), so that
// what it leaves out is gone.
func (c *ModifyColumn) Restates() bool { return c.Keyword == "MODIFY" || c.Keyword == "CHANGE" }

// Renamed reports whether the column's name changes; case alone doesn't count.
func (c *ModifyColumn) Renamed() bool { return c.New != nil && !same(c.Name, c.New.Name) }

// AddIndex adds an index, unique key or primary key to a table that exists.
type AddIndex struct {
	Clause
	Index       *Index
	IfNotExists bool
	OrReplace   bool
}

// DropIndex drops an index or the primary key. Index is nil when it isn't known.
type DropIndex struct {
	Clause
	Name     string
	Index    *Index
	IfExists bool
	// DropKeyOrConstraint: DROP CONSTRAINT name, which may be any kind of constraint.
	AnyConstraint bool
}

// ModifyIndex renames an index or changes its visibility. Old is nil when it isn't known.
type ModifyIndex struct {
	Clause
	Name      string
	To        string // the new name, "" when only visibility changes
	Invisible bool
	Old, New  *Index
	IfExists  bool
}

// AddForeignKey adds a foreign key to a table that exists.
type AddForeignKey struct {
	Clause
	Key         *ForeignKey
	IfNotExists bool
}

// DropForeignKey drops a foreign key. Key is nil when it isn't known.
type DropForeignKey struct {
	Clause
	Name     string
	Key      *ForeignKey
	IfExists bool
}

// AddCheck adds a check constraint to a table that exists.
type AddCheck struct {
	Clause
	Check       *Check
	IfNotExists bool
}

// DropCheck drops a check constraint. Check is nil when it isn't known.
type DropCheck struct {
	Clause
	Name     string
	Check    *Check
	IfExists bool
}

// ModifyCheck changes whether a check constraint is enforced.
type ModifyCheck struct {
	Clause
	Name     string
	Enforced bool
	Old, New *Check
}

// SetOptions changes table options. Convert says CONVERT TO CHARACTER SET, which changes every text
// column too.
type SetOptions struct {
	Clause
	Options TableOptions // as written: only what the clause names is set
	Convert bool
}

// AlterPartitions changes the partitioning.
type AlterPartitions struct {
	Clause
	Action string   // "PARTITION BY", "REMOVE PARTITIONING", "ADD PARTITION", "DROP PARTITION", "TRUNCATE PARTITION", "COALESCE PARTITION", "REORGANIZE PARTITION", "EXCHANGE PARTITION", ...
	Names  []string // partitions it names; "ALL" alone
	New    *Partitioning
	Count  int  // ADD PARTITION PARTITIONS n, COALESCE PARTITION n
	With   Name // EXCHANGE PARTITION … WITH TABLE

	IfExists bool // DROP PARTITION IF EXISTS, ADD PARTITION IF NOT EXISTS
}

// AlterMode is the ALGORITHM, LOCK, FORCE, ORDER BY, WAIT or other clause that changes no definition.
type AlterMode struct {
	Clause
	Option string // "ALGORITHM", "LOCK", "FORCE", "ORDER BY", "ENABLE KEYS", ...
	Value  string // upper case
}

// CreateView is CREATE VIEW and ALTER VIEW.
type CreateView struct {
	Clause
	View        *View
	OrReplace   bool // also ALTER VIEW
	IfNotExists bool
}

// DropView is one view of a DROP VIEW.
type DropView struct {
	Clause
	IfExists bool
}

// CreateTrigger is CREATE TRIGGER.
type CreateTrigger struct {
	Clause
	Trigger     *Trigger
	OrReplace   bool
	IfNotExists bool
}

// DropTrigger is DROP TRIGGER.
type DropTrigger struct {
	Clause
	Name     Name
	IfExists bool
}

// CreateRoutine is CREATE PROCEDURE, FUNCTION or EVENT.
type CreateRoutine struct {
	Clause
	Routine     *Routine
	OrReplace   bool
	IfNotExists bool
}

// DropRoutine is DROP PROCEDURE, FUNCTION or EVENT.
type DropRoutine struct {
	Clause
	Kind     string
	Name     Name
	IfExists bool
}

// Write is a statement that changes rows.
type Write struct {
	Clause
	Verb        string   // "INSERT", "REPLACE", "UPDATE", "DELETE", "LOAD"
	Tables      []Name   // all tables named in it, the written one first
	Columns     []string // the column list of INSERT, the columns that UPDATE assigns
	ColumnSpans []Span   // their places
	ColumnList  bool     // INSERT has a column list, or the SET form
	Ignore      bool     // INSERT IGNORE, UPDATE IGNORE
	Upsert      bool     // ON DUPLICATE KEY UPDATE
	Select      bool     // INSERT … SELECT
	Where       Span     // the WHERE clause's condition, zero without
	Limit       bool
	Joined      bool // more than one table is read or written
	Set         []Assignment
	Rows        int // rows of VALUES, 0 when not known
}

// Assignment is one column = value of an UPDATE.
type Assignment struct {
	Column string
	Value  string // as written
	Span   Span
}

// SetVariable is one assignment of a SET statement.
type SetVariable struct {
	Clause
	Scope string // "GLOBAL", "SESSION", "PERSIST", "" for none or a user variable
	Name  string // lower case; user variables with their @
	Value string // as written, a single string literal unquoted
	// Literal: the value is one string literal.
	Literal bool
}

// Transaction is BEGIN, START TRANSACTION, COMMIT or ROLLBACK.
type Transaction struct {
	Clause
	Verb string // "BEGIN", "COMMIT", "ROLLBACK"
}

// Prepare is PREPARE name FROM text. The text is a string literal, or a user variable From.
type Prepare struct {
	Clause
	Name string
	From string
}

// Unanalyzable is a statement whose effect on the schema can't be known: EXECUTE of a string built at
// run time, CALL of a routine that isn't known.
type Unanalyzable struct {
	Clause
	What      string   // "EXECUTE", "CALL p", ...
	Routine   string   // the procedure of a CALL
	Arguments []string // its arguments in order, "" for all but literals
	Statement string   // the prepared statement of an EXECUTE
}
