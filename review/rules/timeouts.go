package rules

import (
	"strconv"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// requireLockWaitTimeout is off by default: many teams set it for the migration's user.
// MySQL 8.4 manual, "lock_wait_timeout".
var requireLockWaitTimeout = &review.Rule{
	ID: "require-lock-wait-timeout", Title: "DDL may wait long for its lock", Category: review.Locking, Severity: review.Off, Engines: withLocks,
	Params: []review.Param{{Name: "max_seconds", Default: 10, Doc: "How long DDL may wait for its metadata lock."}},
	Check: func(p *review.Pass) {
		most := review.Value[int](p, "max_seconds")
		for s, o := range firstUnbounded(p, "lock_wait_timeout", most) {
			p.Report(review.Finding{
				Object:  o.Table.String(),
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("Behind one long transaction this statement waits for its lock on `%s`, and every later query waits behind it, by default for a day or a year.", o.Table.String()),
				Advice:  review.Msg("Write SET SESSION lock_wait_timeout = %d before it, and run the migration again if it gives up.", most),
			})
		}
	},
}

// requireStatementTimeout is about MariaDB: MySQL's max_execution_time holds for SELECT only.
var requireStatementTimeout = &review.Rule{
	ID: "require-statement-timeout", Title: "Statements may run without end", Category: review.Locking, Severity: review.Off, Engines: review.On(ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		for s, o := range firstUnbounded(p, "max_statement_time", 0) {
			p.Report(review.Finding{
				Object:  o.Table.String(),
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("Nothing bounds how long this change of `%s` may run, and keep its locks.", o.Table.String()),
				Advice:  review.Msg("Write SET SESSION max_statement_time = … with the seconds it may take before it."),
			})
		}
	},
}

// firstUnbounded yields the first DDL of each migration on a table with rows that no SET of the variable stands before.
func firstUnbounded(p *review.Pass, variable string, most int) func(yield func(*ddlparse.Step, onlineddl.Prediction) bool) {
	return func(yield func(*ddlparse.Step, onlineddl.Prediction) bool) {
		bounded := map[*ddlparse.Migration]bool{}
		for _, s := range p.Steps() {
			if bounded[s.Migration] || declarative(s) {
				continue
			}
			for _, c := range s.Changes {
				bounded[s.Migration] = bounded[s.Migration] || bounds(c, variable, most)
			}
			for _, o := range p.Plan.Online(s) {
				if bounded[s.Migration] || o.Default == onlineddl.None || o.Unknown || !holdsRows(p, s, s.Before.Table(o.Table)) {
					continue
				}
				bounded[s.Migration] = true
				if !yield(s, o) {
					return
				}
			}
		}
	}
}

// bounds reports whether the change sets the variable to at most so many seconds, 0 for any, or is a WAIT of MariaDB.
func bounds(c ddlparse.Change, variable string, most int) bool {
	switch c := c.(type) {
	case *ddlparse.SetVariable:
		n, err := strconv.ParseFloat(c.Value, 64)
		return c.Name == variable && (most == 0 && (err != nil || n > 0) || err != nil || n <= float64(most))
	case *ddlparse.AlterMode:
		return variable == "lock_wait_timeout" && (c.Option == "WAIT" || c.Option == "NOWAIT")
	}
	return false
}
