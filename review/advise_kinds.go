package review

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// kindsOf lists the kinds of change of a step, as guidelines name them, sorted. None: there is nothing in
// it that a guideline could speak to.
func kindsOf(s *ddlparse.Step) []string {
	var kinds []string
	for _, c := range s.Changes {
		if kind := changeKind(c); kind != "" && !c.At().Skipped {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func changeKind(c ddlparse.Change) string {
	switch c := c.(type) {
	case *ddlparse.CreateTable:
		return "create-table"
	case *ddlparse.RenameTable:
		return "rename-table"
	case *ddlparse.DropTable:
		return "drop-table"
	case *ddlparse.TruncateTable:
		return "truncate-table"
	case *ddlparse.SetOptions:
		return "set-options"
	case *ddlparse.AlterPartitions:
		return "alter-partitions"
	case *ddlparse.ModifyColumn:
		if c.Renamed() {
			return "rename-column"
		}
		return "modify-column"
	case *ddlparse.AddColumn:
		return "add-column"
	case *ddlparse.DropColumn:
		return "drop-column"
	case *ddlparse.Write:
		return "write"
	}
	return changeKindOfKey(c)
}

// changeKindOfKey is changeKind for keys, checks and stored objects.
func changeKindOfKey(c ddlparse.Change) string {
	switch c.(type) {
	case *ddlparse.AddIndex:
		return "add-index"
	case *ddlparse.ModifyIndex:
		return "modify-index"
	case *ddlparse.DropIndex:
		return "drop-index"
	case *ddlparse.AddForeignKey:
		return "add-foreign-key"
	case *ddlparse.DropForeignKey:
		return "drop-foreign-key"
	case *ddlparse.AddCheck:
		return "add-check"
	case *ddlparse.ModifyCheck:
		return "modify-check"
	case *ddlparse.DropCheck:
		return "drop-check"
	case *ddlparse.CreateView:
		return "create-view"
	case *ddlparse.DropView:
		return "drop-view"
	case *ddlparse.CreateTrigger:
		return "create-trigger"
	case *ddlparse.DropTrigger:
		return "drop-trigger"
	case *ddlparse.CreateRoutine:
		return "create-routine"
	case *ddlparse.DropRoutine:
		return "drop-routine"
	}
	return ""
}
