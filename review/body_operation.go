package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

const (
	operationClauses = 3   // clauses of an ALTER TABLE that are named
	operationLength  = 120 // characters of an operation
)

// operation is a statement in a few words: its verb, its object, and the clauses of an ALTER TABLE.
func operation(r row) string {
	words := r.statement.Verb
	if name := objectOf(r); name != "" {
		words += " " + name
	}
	var clauses []string
	if r.statement.Verb == "ALTER TABLE" {
		for _, c := range r.changes {
			if clause := clauseOf(c); clause != "" {
				clauses = append(clauses, clause)
			}
		}
	}
	if len(clauses) > operationClauses {
		clauses = append(clauses[:operationClauses], "…")
	}
	words = strings.TrimSpace(words + " " + strings.Join(clauses, ", "))
	if words == "" {
		words = r.statement.Text()
	}
	return CodeSpan(clipped(words, operationLength))
}

// objectOf names what a statement is about.
func objectOf(r row) string {
	if t := r.statement.Table; !t.IsZero() {
		return t.String()
	}
	if len(r.changes) == 0 {
		return ""
	}
	switch c := r.changes[0].(type) {
	case *ddlparse.CreateDatabase:
		return c.Database.Name
	case *ddlparse.DropDatabase:
		return c.Name
	case *ddlparse.AlterDatabase:
		return c.Name
	case *ddlparse.Use:
		return c.Name
	case *ddlparse.SetVariable:
		return c.Name
	case *ddlparse.CreateView:
		return c.View.Name.String()
	case *ddlparse.CreateTrigger:
		return c.Trigger.Name.String()
	case *ddlparse.CreateRoutine:
		return c.Routine.Name.String()
	case *ddlparse.DropTrigger:
		return c.Name.String()
	case *ddlparse.DropRoutine:
		return c.Name.String()
	case *ddlparse.AddIndex:
		return c.Index.Name + " ON " + c.Table.String()
	case *ddlparse.DropIndex:
		return c.Name + " ON " + c.Table.String()
	case *ddlparse.RenameTable:
		return c.Table.String() + " TO " + c.To.String()
	}
	return r.changes[0].At().Table.String()
}

// clauseOf is a clause of ALTER TABLE in a few words, "" for one that changes no definition.
func clauseOf(c ddlparse.Change) string {
	switch c := c.(type) {
	case *ddlparse.AddColumn:
		return "ADD COLUMN " + c.Column.Name
	case *ddlparse.DropColumn:
		return "DROP COLUMN " + c.Name
	case *ddlparse.ModifyColumn:
		if c.Renamed() {
			return c.Keyword + " " + c.Name + " TO " + c.New.Name
		}
		return c.Keyword + " " + c.Name
	case *ddlparse.AddIndex:
		return "ADD " + kindOf(c.Index) + " " + c.Index.Name
	case *ddlparse.DropIndex:
		if c.Name == ddlparse.PrimaryName {
			return "DROP PRIMARY KEY"
		}
		return "DROP INDEX " + c.Name
	case *ddlparse.ModifyIndex:
		return "INDEX " + c.Name
	case *ddlparse.AddForeignKey:
		return "ADD FOREIGN KEY " + c.Key.Name
	case *ddlparse.DropForeignKey:
		return "DROP FOREIGN KEY " + c.Name
	case *ddlparse.AddCheck:
		return "ADD CHECK " + c.Check.Name
	case *ddlparse.DropCheck:
		return "DROP CHECK " + c.Name
	case *ddlparse.RenameTable:
		return "RENAME TO " + c.To.String()
	case *ddlparse.AlterPartitions:
		return c.Action
	case *ddlparse.SetOptions:
		return "table options"
	}
	return ""
}

// kindOf is the kind of an index as ADD names it.
func kindOf(x *ddlparse.Index) string {
	switch x.Kind {
	case ddlparse.Primary:
		return "PRIMARY KEY"
	case ddlparse.Unique:
		return "UNIQUE KEY"
	case ddlparse.Fulltext:
		return "FULLTEXT INDEX"
	case ddlparse.Spatial:
		return "SPATIAL INDEX"
	case ddlparse.Vector:
		return "VECTOR INDEX"
	}
	return "INDEX"
}
