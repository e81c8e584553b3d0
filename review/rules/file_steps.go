package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// commits reports whether the statement ends the transaction that is open. MySQL 8.4 manual,
// "Statements That Cause an Implicit Commit". CREATE and DROP of temporary tables don't.
func commits(s *ddlparse.Step) bool {
	verb, _, _ := strings.Cut(s.Statement.Verb, " ")
	switch verb {
	case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE":
		return !onlyTemporary(s)
	}
	return false
}

func onlyTemporary(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		switch c := c.(type) {
		case *ddlparse.CreateTable:
			return c.New.Temporary
		case *ddlparse.DropTable:
			return c.Temporary || c.Before != nil && c.Before.Temporary
		}
	}
	return false
}

// stepsByMigration groups the steps by the migration that they stand in, in order. A declarative
// schema has none: its steps stand in no file that is run.
func stepsByMigration(p *review.Pass) [][]*ddlparse.Step {
	return *review.Memo(p, groupSteps)
}

// stepGroups are parts of the list of steps.
type stepGroups [][]*ddlparse.Step

func groupSteps(p *review.Pass) *stepGroups {
	var groups stepGroups
	steps := p.Steps()
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].Migration == steps[0].Migration {
			n++
		}
		if steps[0].Migration.Role != ddlparse.Declarative {
			groups = append(groups, steps[:n:n])
		}
		steps = steps[n:]
	}
	return &groups
}

// toolName is what people call the tool, "the migration tool" where none is known.
func toolName(t ddlparse.Tool) string {
	names := map[ddlparse.Tool]string{
		ddlparse.Flyway: "Flyway", ddlparse.GolangMigrate: "golang-migrate", ddlparse.Goose: "goose", ddlparse.Dbmate: "dbmate",
		ddlparse.SQLMigrate: "sql-migrate", ddlparse.Liquibase: "Liquibase", ddlparse.Prisma: "Prisma", ddlparse.Atlas: "Atlas",
	}
	if name := names[t]; name != "" {
		return name
	}
	return "the migration tool"
}
