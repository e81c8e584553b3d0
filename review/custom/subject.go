package custom

import (
	"iter"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// family is a kind of thing to look at: it decides which variables an expression has.
type family string

const (
	aTable      family = "table"
	aColumn     family = "column"
	anIndex     family = "index"
	aForeignKey family = "foreign_key"
	aCheck      family = "check"
	anObject    family = "object"
	aWrite      family = "write"
)

// sight is one thing that a rule looks at.
type sight struct {
	vars   map[string]any
	words  words
	object string
	span   ddlparse.Span
}

// subject is a word of `on`.
type subject struct {
	word   string
	family family
	about  string // for the documentation
	walk   func(*review.Pass, string) iter.Seq[sight]
}

// subjects are all words: first what a change set leaves behind, then what it does.
var subjects = []subject{
	{"table", aTable, "each table that the change set creates or changes, as it is afterwards", leftTables},
	{"column", aColumn, "each column that it defines, with CREATE TABLE or ALTER TABLE, as it is afterwards", leftColumns},
	{"index", anIndex, "each index or key that it defines", leftIndexes},
	{"foreign-key", aForeignKey, "each foreign key that it defines", leftForeignKeys},
	{"check", aCheck, "each CHECK constraint that it defines", leftChecks},
	{"create-table", aTable, "CREATE TABLE; the table as it is after the change set", createdTables},
	{"alter-table", aTable, "each statement that changes a table that was there before, in whatever way, also when its definition isn't known; the table as it was is `before`", alteredTables},
	{"rename-table", aTable, "RENAME TABLE", changes(tableChange[*ddlparse.RenameTable])},
	{"drop-table", aTable, "DROP TABLE; the table is `before`", changes(tableChange[*ddlparse.DropTable])},
	{"truncate-table", aTable, "TRUNCATE TABLE", changes(tableChange[*ddlparse.TruncateTable])},
	{"set-options", aTable, "ALTER TABLE with table options", changes(tableChange[*ddlparse.SetOptions])},
	{"alter-partitions", aTable, "ALTER TABLE … PARTITION", changes(tableChange[*ddlparse.AlterPartitions])},
	{"add-column", aColumn, "ALTER TABLE … ADD COLUMN", changes(addColumn)},
	{"modify-column", aColumn, "MODIFY, CHANGE and ALTER COLUMN without another name; the column as it was is `before`", changes(modifyColumn)},
	{"rename-column", aColumn, "RENAME COLUMN, and CHANGE with another name", changes(renameColumn)},
	{"drop-column", aColumn, "DROP COLUMN; the column is `before`", changes(dropColumn)},
	{"add-index", anIndex, "CREATE INDEX and ALTER TABLE … ADD INDEX, UNIQUE, PRIMARY KEY", changes(addIndex)},
	{"drop-index", anIndex, "DROP INDEX, DROP PRIMARY KEY; the index is `before`", changes(dropIndex)},
	{"add-foreign-key", aForeignKey, "ALTER TABLE … ADD FOREIGN KEY", changes(addForeignKey)},
	{"add-check", aCheck, "ALTER TABLE … ADD CHECK", changes(addCheck)},
	{"create-view", anObject, "CREATE VIEW", changes(createView)},
	{"create-trigger", anObject, "CREATE TRIGGER", changes(createTrigger)},
	{"create-routine", anObject, "CREATE PROCEDURE, FUNCTION or EVENT", changes(createRoutine)},
	{"write", aWrite, "INSERT, REPLACE, UPDATE, DELETE, LOAD", changes(write)},
}

// Subject is a word of `on` and what it stands for.
type Subject struct {
	Word, About string
	Variables   []string // with their types: "table Table"
}

// Subjects are all words of `on`.
func Subjects() []Subject {
	all := make([]Subject, len(subjects))
	for i, s := range subjects {
		all[i] = Subject{Word: s.word, About: s.about, Variables: s.family.named()}
	}
	return all
}

// subjectNamed finds a word.
func subjectNamed(word string) (subject, bool) {
	i := slices.IndexFunc(subjects, func(s subject) bool { return s.word == word })
	if i < 0 {
		return subject{}, false
	}
	return subjects[i], true
}

// subjectWords lists all words.
func subjectWords() []string {
	all := make([]string, len(subjects))
	for i, s := range subjects {
		all[i] = s.word
	}
	return all
}

// changes walks the changes of a change set with what one of them shows.
func changes[C ddlparse.Change](show func(*looker, C) (sight, bool)) func(*review.Pass, string) iter.Seq[sight] {
	return func(p *review.Pass, word string) iter.Seq[sight] {
		return func(yield func(sight) bool) {
			for step, c := range review.Each[C](p) {
				l := &looker{pass: p, facts: tablesOf(p), step: step, kind: word}
				if s, ok := show(l, c); ok && !yield(l.finish(s, c.At())) {
					return
				}
			}
		}
	}
}
