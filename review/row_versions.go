package review

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// RowVersionLimit is how many instant changes of columns InnoDB keeps apart until a table is rebuilt, 0 for servers
// without a limit: 64 from MySQL 8.0.29 on, 255 from 9.1 on.
func (p *Plan) RowVersionLimit() int {
	switch {
	case p.Engine.MySQL(9, 1, 0):
		return 255
	case p.Engine.MySQL(8, 0, 29):
		return 64
	}
	return 0
}

// RowVersions is how many instant changes the history made to a table since it was last rebuilt.
func (p *Plan) RowVersions(t *ddlparse.Table) int { return p.rowVersions[t.Origin] }

// CountsAsRowVersion reports whether the statement makes a new row version of the table.
func CountsAsRowVersion(s *ddlparse.Step, o onlineddl.Prediction) bool {
	if o.Algorithm != onlineddl.Instant || o.Unknown || o.Refused != 0 {
		return false
	}
	for _, c := range s.Changes {
		if at := c.At(); at.Skipped || at.Before == nil || !s.Before.Same(at.Table, o.Table) {
			continue
		}
		switch c := c.(type) {
		case *ddlparse.AddColumn:
			if c.Column != nil && c.Column.Generated == nil {
				return true
			}
		case *ddlparse.DropColumn:
			if c.Column != nil && c.Column.Generated == nil {
				return true
			}
		}
	}
	return false
}

// countRowVersions looks at a step of the history. Most change no column of a table that is there, so that little
// is predicted.
func (p *Plan) countRowVersions(s *ddlparse.Step) {
	if !p.mayCount(s) {
		return
	}
	for _, o := range onlineddl.Predict(s) {
		t := s.Before.Table(o.Table)
		switch {
		case t == nil || t.Origin == 0:
		case CountsAsRowVersion(s, o):
			p.rowVersions[t.Origin]++
		case o.Rebuilds:
			delete(p.rowVersions, t.Origin)
		}
	}
}

// mayCount reports whether the step may add to a count, or end one.
func (p *Plan) mayCount(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		at := c.At()
		if at.Before == nil || at.Skipped {
			continue
		}
		switch c.(type) {
		case *ddlparse.AddColumn, *ddlparse.DropColumn:
			return true
		case *ddlparse.TruncateTable:
			delete(p.rowVersions, at.Before.Origin)
		case *ddlparse.Write:
		default:
			if p.rowVersions[at.Before.Origin] > 0 {
				return true
			}
		}
	}
	return false
}
