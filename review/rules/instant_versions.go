package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// instantDDLRowVersionExhaustion counts what the history and the change set did instantly since the table's last
// rebuild: MySQL manual, "Online DDL Operations", on the limit of 64 versions, and release notes of 9.1 on 255.
var instantDDLRowVersionExhaustion = &review.Rule{
	ID: "instant-ddl-row-version-exhaustion", Title: "Instant changes of a table are nearly used up", Category: review.Locking, Severity: review.Warning,
	Engines: review.On(ddlparse.MySQL, ddlparse.Aurora),
	Params: []review.Param{
		{Name: "left", Default: 8, Doc: "Speak when so many instant changes, or fewer, are left."},
	},
	Check: func(p *review.Pass) {
		limit := p.Plan.RowVersionLimit()
		if limit == 0 {
			return
		}
		done := map[int]int{} // by the Origin of the table
		for s, o := range p.Online() {
			t := s.Before.Table(o.Table)
			switch {
			case t == nil || o.Refused != 0:
				continue
			case o.Rebuilds:
				done[t.Origin] = -p.Plan.RowVersions(t)
				continue
			case !review.CountsAsRowVersion(s, o):
				continue
			}
			done[t.Origin]++
			left := limit - p.Plan.RowVersions(t) - done[t.Origin]
			if left > review.Value[int](p, "left") || p.Plan.Size(o.Table) == review.Small {
				continue
			}
			p.Report(review.Finding{
				Object:  o.Table.String(),
				Span:    o.Clause,
				Problem: review.Msg("After this `%s` has had %d instant changes since it was last rebuilt, and %s allows %d: then ADD and DROP COLUMN rebuild the table, or fail with error %s where ALGORITHM=INSTANT is asked for.", o.Table.String(), limit-left, p.Engine.Title(), limit, review.Errno(4092)),
				Advice:  review.Msg("Rebuild it at a time of your choice, with `ALTER TABLE %s FORCE` or gh-ost, which starts the count anew.", sqlTable(o.Table)),
			})
		}
	},
}

// instantDDLUnsafeVersion: MySQL 8.0.29 to 8.0.31 could damage tables with row versions: release notes of 8.0.30 to
// 8.0.32, and Percona's "Percona XtraBackup and MySQL 5.7 … 8.0.29 and INSTANT ADD/DROP Columns".
var instantDDLUnsafeVersion = &review.Rule{
	ID: "instant-ddl-unsafe-version", Title: "Instant change on a version that can damage the table", Category: review.Locking, Severity: review.Error,
	Engines: func(e ddlparse.Engine) bool {
		return e.Kind == ddlparse.MySQL && e.Major == 8 && e.Minor == 0 && e.Patch >= 29 && e.Patch <= 31
	},
	Check: func(p *review.Pass) {
		for s, o := range p.Online() {
			if o.Refused != 0 || o.Algorithm != onlineddl.Instant || !review.CountsAsRowVersion(s, o) || addsOnlyBehind(s) {
				continue
			}
			p.Report(review.Finding{
				Object:  o.Table.String(),
				Span:    o.Clause,
				Problem: review.Msg("%s adds and drops columns instantly with row versions, which could damage `%s` after a crash until 8.0.32, and which backup tools of that time can't read.", p.Engine.Title(), o.Table.String()),
				Advice:  review.Msg("Upgrade to 8.0.32 or later first, or add `ALGORITHM=INPLACE`, which rebuilds the table while writes go on."),
				Fix:     inPlaceInstead(s),
			})
		}
	},
}

// addsOnlyBehind reports whether the statement only adds columns behind the last one.
func addsOnlyBehind(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		switch c := c.(type) {
		case *ddlparse.DropColumn:
			return false
		case *ddlparse.AddColumn:
			if c.First || c.Behind != "" {
				return false
			}
		}
	}
	return true
}

// inPlaceInstead adds the clause to an ALTER TABLE that leaves the choice to the server.
func inPlaceInstead(s *ddlparse.Step) *review.Edit {
	if clauseOf(s, "ALGORITHM") != nil || declarative(s) || s.Statement.Verb != "ALTER TABLE" {
		return nil
	}
	at := s.Statement.Span
	at.Start = at.End
	return &review.Edit{Title: "Rebuild the table instead", Span: at, New: ", ALGORITHM=INPLACE"}
}
