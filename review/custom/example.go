package custom

import (
	"context"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// examples runs the rule's own examples: it must speak of the bad ones and be silent about the good ones.
func (c *compiler) examples(rule *review.Rule) {
	for _, bad := range c.spec.Bad {
		c.example(rule, "bad", bad, true)
	}
	for _, good := range c.spec.Good {
		c.example(rule, "good", good, false)
	}
}

func (c *compiler) example(rule *review.Rule, key, sql string, speaks bool) {
	report, err := tryOn(rule, c.spec, sql)
	switch {
	case err != nil:
		c.wrong(key, review.Msg("The example can't be reviewed: %s.", err.Error()), review.Message{})
	case len(report.RuleErrors) > 0:
		c.wrong(key, review.Msg("The rule fails on its example: %s.", report.RuleErrors[0].Err), review.Msg("`has_…` and `exists` fields tell what is there."))
	case len(report.NotReviewed) > 0:
		c.wrong(key, review.Msg("The example `%s` is not understood.", report.NotReviewed[0].What), review.Msg("Write SQL that the server would run."))
	case speaks && len(report.Findings) == 0:
		c.wrong(key, review.Msg("The rule says nothing of its bad example."), review.Msg("Mend `when`, or the example."))
	case !speaks && len(report.Findings) > 0:
		c.wrong(key, review.Msg("The rule speaks of `%s` in its good example.", report.Findings[0].Object), review.Msg("Mend `when`, or the example."))
	}
}

// tryOn reviews an example with the rule alone.
func tryOn(rule *review.Rule, spec review.CustomRule, sql string) (*review.Report, error) {
	on := *rule
	on.Severity = max(rule.Severity, review.Notice) // a rule that is off is tried, too
	config := review.DefaultConfig([]*review.Rule{&on})
	config.Engine = exampleEngine(spec.Engines)
	set := &review.ChangeSet{Changed: []review.Changed{{Path: "V2__example.sql", Head: []byte(sql)}}}
	if spec.Base != "" {
		set.History = []review.File{{Path: "V1__base.sql", Data: []byte(spec.Base)}}
	}
	return (&review.Reviewer{Rules: []*review.Rule{&on}}).Review(context.Background(), set, config)
}

// exampleEngine is the server for the examples: of the first kind that the rule is for, in a version that is
// supported for long.
func exampleEngine(kinds []ddlparse.Kind) ddlparse.Engine {
	if len(kinds) > 0 {
		version := map[ddlparse.Kind]string{ddlparse.Aurora: "3", ddlparse.MariaDB: "11.4", ddlparse.TiDB: "8.5"}[kinds[0]]
		if e, err := ddlparse.ParseEngine(string(kinds[0]) + " " + version); err == nil {
			return e
		}
	}
	return ddlparse.DefaultEngine()
}
