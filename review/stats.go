package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// TableStats are the sizes of tables as somebody measured them: `schema-review stats` writes them. They are read
// from a file of the repository, or stand in the configuration itself.
type TableStats struct {
	Measured string // the day, as in 2026-11-23; "" when it isn't told
	Tables   []TableSize
}

// TableSize is how large one table is: rows and bytes, or its share of all bytes where nobody shall see numbers.
type TableSize struct {
	Name    ddlparse.Name // without a database when it isn't told
	Rows    int           // -1 when it isn't told
	Bytes   int           // with indexes; -1 when it isn't told
	Percent float64       // of the bytes of all tables; -1 when it isn't told
	Span    ddlparse.Span // where it is written
}

// Threshold is a size; a table reaches it when one of its numbers does.
type Threshold struct{ Rows, Bytes, Percent int }

// The sizes from which a table counts as large, and below which it counts as small, unless configured.
var (
	defaultLarge = Threshold{Rows: 10_000_000, Bytes: 1 << 30, Percent: 10}
	defaultSmall = Threshold{Rows: 100_000, Bytes: 64 << 20, Percent: 1}
)

// Size tells how long work on all rows of a table takes, roughly.
type Size uint8

// The sizes. What is nowhere measured is unknown.
const (
	UnknownSize Size = iota
	Small            // work on all rows takes moments
	Medium
	Large // work on all rows takes long
)

// reaches reports whether one of the numbers is at or above the threshold.
func (t *TableSize) reaches(h Threshold) bool {
	return t.Rows >= h.Rows || t.Bytes >= h.Bytes || t.Percent >= float64(h.Percent)
}

// Stats is what was measured of a table; nil when nothing was.
func (p *Plan) Stats(table ddlparse.Name) *TableSize {
	if t := p.sizes[sizeKey(table)]; t != nil || table.Database == "" {
		return t
	}
	return p.sizes[sizeKey(ddlparse.Name{Name: table.Name})]
}

// Size is the size of a table that was there before the change set.
func (p *Plan) Size(table ddlparse.Name) Size {
	t := p.Stats(table)
	switch {
	case t == nil:
		return UnknownSize
	case t.reaches(p.large):
		return Large
	case t.reaches(p.small):
		return Medium
	}
	return Small
}

// sizeKey is how a table is found whatever the case of its name.
func sizeKey(n ddlparse.Name) string {
	return strings.ToLower(n.Database) + "." + strings.ToLower(n.Name)
}

// measure gives the plan the sizes of its tables.
func (p *Plan) measure(stats *TableStats, c *Config) {
	p.large, p.small = c.LargeTable, c.SmallTable
	if stats == nil {
		return
	}
	p.sizes = make(map[string]*TableSize, 2*len(stats.Tables))
	for i := range stats.Tables {
		t := &stats.Tables[i]
		p.sizes[sizeKey(t.Name)] = t
		// Migrations seldom name their database; a table of that name elsewhere must not count for it.
		if plain := sizeKey(ddlparse.Name{Name: t.Name.Name}); p.sizes[plain] == nil && !stats.twice(t.Name.Name) {
			p.sizes[plain] = t
		}
	}
}

// twice reports whether several databases have a table of that name.
func (s *TableStats) twice(name string) bool {
	n := 0
	for i := range s.Tables {
		if strings.EqualFold(s.Tables[i].Name.Name, name) {
			n++
		}
	}
	return n > 1
}

// SeverityFor is how bad a finding is that is about work on all rows of a table, by the table's size: Off for
// a small one, one step more for a large one. What would be an error stays a warning as long as nobody knows the
// size. Configuration that names a severity has the last word.
func (p *Pass) SeverityFor(table ddlparse.Name) Severity {
	size := p.Plan.Size(table)
	switch {
	case size == Small:
		return Off
	case p.configured:
		return p.severity
	case size == Large:
		return min(p.severity+1, Error)
	}
	return min(p.severity, Warning)
}
