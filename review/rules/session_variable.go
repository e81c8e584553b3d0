package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// sessionVariable speaks of settings that later migrations of the same connection run under. Tools keep one
// connection for all files; the mysql client that loads a single file doesn't matter. Of foreign_key_checks another
// rule speaks.
var sessionVariable = &review.Rule{
	ID:       "session-variable-not-restored",
	Title:    "Session variable is not set back",
	Category: review.Hygiene,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "variables", Default: []string{"sql_mode", "unique_checks", "time_zone", "sql_log_bin", "alter_algorithm", "sql_require_primary_key", "old_alter_table", "autocommit"}, Doc: "The session variables that a migration must set back."},
	},
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			for _, v := range leftChanged(p, steps) {
				p.Report(review.Finding{
					Object:  v.Name,
					Span:    v.Span,
					Problem: review.Msg("%s stays as it is set here: migrations that %s runs behind this one on the same connection run under it, others don't.", v.Name, toolName(steps[0].Migration.Tool)),
					Advice:  review.Msg("Save the old value in a variable first, SET @old = @@%s, and set it back at the end.", v.Name),
				})
			}
		}
	},
}

// leftChanged lists the last assignments that don't give a variable its old value, in order. One that sets what new
// connections have anyway, or that the variable had before, restores.
func leftChanged(p *review.Pass, steps []*ddlparse.Step) []*ddlparse.SetVariable {
	last, order := map[string]*ddlparse.SetVariable{}, []string{}
	count := map[string]int{}
	for _, s := range steps {
		if len(s.Statement.Hidden) > 0 && s.Statement.Verb != "SET" {
			continue
		}
		for _, c := range s.Changes {
			v, ok := c.(*ddlparse.SetVariable)
			if !ok || v.Scope != "SESSION" && v.Scope != "" || !named(review.Value[[]string](p, "variables"), v.Name) {
				continue
			}
			if last[v.Name] == nil {
				order = append(order, v.Name)
			}
			last[v.Name] = v
			count[v.Name]++
		}
	}
	var list []*ddlparse.SetVariable
	for _, name := range order {
		if v := last[name]; !restores(v) && count[name] == 1 {
			list = append(list, v)
		}
	}
	return list
}

// restores reports whether the value is a saved one, the server's own, or what every connection starts with.
func restores(v *ddlparse.SetVariable) bool {
	value := strings.ToUpper(strings.TrimSpace(v.Value))
	switch {
	case strings.HasPrefix(value, "@") && !strings.Contains(value, "@@SESSION"), strings.HasPrefix(value, "@@GLOBAL"), strings.Contains(value, "IFNULL(@OLD"):
		return true
	}
	switch v.Name {
	case "unique_checks", "sql_log_bin", "autocommit":
		return value == "1" || value == "ON" || value == "TRUE" || value == "DEFAULT"
	case "old_alter_table", "sql_require_primary_key":
		return value == "0" || value == "OFF" || value == "FALSE" || value == "DEFAULT"
	}
	return value == "DEFAULT"
}
