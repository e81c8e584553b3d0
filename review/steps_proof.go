package review

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// proves replays the steps in place of the statement: the server must take each of them, they must lead to the same
// table, and at most the last of them may be as costly as the statement.
func (p *Plan) proves(s *ddlparse.Step, o onlineddl.Prediction, steps []OnlineStep) bool {
	table := s.After.Table(o.Table)
	if table == nil {
		return false
	}
	slow, sound := 0, true
	final, _ := ddlparse.Replay(s.Before, s.Number, p.migrationOf(steps), func(step *ddlparse.Step) {
		sound = sound && step.Statement.NotUnderstood == "" && len(step.Problems) == 0 && len(step.Statement.Problems) == 0
		for _, o := range onlineddl.Predict(step) {
			sound = sound && !o.Unknown && o.Refused == 0
			if !o.MetadataOnly || !o.WritesGoOn {
				slow++
			}
		}
	})
	split := len(steps) == 2
	return sound && (slow == 0 || slow == 1 && split) && sameDefinition(table, final.Table(o.Table), p.Engine)
}

// migrationOf parses the steps.
func (p *Plan) migrationOf(steps []OnlineStep) []*ddlparse.Migration {
	var text strings.Builder
	for _, step := range steps {
		for _, sql := range step.SQL {
			text.WriteString(sql + ";\n")
		}
	}
	src, err := ddlparse.Decode("steps.sql", []byte(text.String()))
	if err != nil {
		return nil
	}
	at := ddlparse.Located{Path: src.Path, Tool: ddlparse.PlainSQL, Role: ddlparse.Versioned}
	return ddlparse.Parse(src, at, ddlparse.ParseOptions{Engine: p.Engine})
}

// sameDefinition compares definitions but for the order of columns.
func sameDefinition(a, b *ddlparse.Table, e ddlparse.Engine) bool {
	return b != nil && slices.Equal(sortedLines(a.DDL(e)), sortedLines(b.DDL(e)))
}

func sortedLines(ddl string) []string {
	var lines []string
	for line := range strings.Lines(ddl) {
		lines = append(lines, strings.TrimSuffix(strings.TrimSpace(line), ","))
	}
	slices.Sort(lines)
	return lines
}
