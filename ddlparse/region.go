package ddlparse

import "strings"

// section is the part of a migration that a statement belongs to.
type section uint8

const (
	sectionUp section = iota
	sectionDown
)

// region is a part of a file between two markers of its migration tool. Markers count only on lines
// of their own, as the tools read them: a column named Download is no marker.
type region struct {
	start, end int32
	section    section
	changeset  string // of Liquibase: author:id
	delimiter  string // of Liquibase: endDelimiter
	noTx       bool
	reason     string // why the tool doesn't run it, "" when it does
}

// marker is what a marker line says.
type marker struct {
	kind  markerKind
	at    int32    // where the SQL on the marker line itself starts, for rollback
	words []string // the changeset's name and attributes
	noTx  bool
}

type markerKind uint8

const (
	markNone markerKind = iota
	markUp
	markDown
	markBegin // statement begin
	markEnd
	markNoTx
	markOther     // belongs to the tool and says nothing of the SQL
	markChangeset // Liquibase
	markRollback
)

// regions cuts a file at the markers of its tool. Marker lines are in no region.
func regions(src *Source, tool Tool, e Engine) []region {
	read := markerReader(tool)
	file := region{end: int32(len(src.Text))}
	if read == nil {
		return []region{file}
	}
	c := regionCutter{src: src, engine: e, current: region{}}
	c.preamble = tool == Goose || tool == SQLMigrate || tool == Dbmate
	for start := 0; start < len(src.Text); {
		end := len(src.Text)
		if n := strings.IndexByte(src.Text[start:], '\n'); n >= 0 {
			end = start + n + 1
		}
		if m := read(src.Text[start:end]); m.kind != markNone {
			c.cut(int32(start), int32(end), m)
		}
		start = end
	}
	if !c.any {
		return []region{file}
	}
	c.close(int32(len(src.Text)))
	return c.list
}

func markerReader(tool Tool) func(string) marker {
	switch tool {
	case Goose:
		return gooseMarker
	case SQLMigrate:
		return sqlMigrateMarker
	case Dbmate:
		return dbmateMarker
	case Liquibase:
		return liquibaseMarker
	}
	return nil
}

// regionCutter holds the region that is being read.
type regionCutter struct {
	src      *Source
	engine   Engine
	list     []region
	current  region
	preamble bool // what stands before the first marker isn't run
	any      bool
}

// cut ends the current region at a marker line and starts the next behind it.
func (c *regionCutter) cut(start, end int32, m marker) {
	if c.preamble && !c.any {
		c.current.reason = "stands before the first section, so the migration tool doesn't run it"
	}
	c.any = true
	c.close(start)
	if m.kind != markOther && m.kind != markRollback {
		c.current.reason = ""
	}
	switch m.kind {
	case markUp:
		c.current = region{noTx: m.noTx || c.current.noTx}
	case markDown:
		c.current = region{section: sectionDown, noTx: m.noTx}
	case markNoTx:
		c.current.noTx = true
	case markChangeset:
		c.current = changesetRegion(m.words, c.engine)
	case markRollback:
		c.rollback(start+m.at, end)
	}
	c.current.start = end
}

func (c *regionCutter) close(end int32) {
	if c.current.start < end {
		c.current.end = end
		c.list = append(c.list, c.current)
	}
}

// rollback adds the SQL that stands on the marker line itself.
func (c *regionCutter) rollback(start, end int32) {
	text := strings.TrimSpace(c.src.Text[start:end])
	lower := strings.ToLower(text)
	if text == "" || lower == "empty" || strings.HasPrefix(lower, "not required") || strings.HasPrefix(lower, "changeset") {
		return
	}
	r := region{start: start, end: end, section: sectionDown, changeset: c.current.changeset, delimiter: c.current.delimiter, reason: c.current.reason}
	if !strings.HasSuffix(text, ";") {
		r.reason = "a rollback over several lines is not read"
		if !strings.HasPrefix(strings.TrimLeft(c.src.Text[end:], " \t-"), "rollback") {
			r.reason = c.current.reason
		}
	}
	if n := len(c.list); n > 0 && strings.HasPrefix(c.list[n-1].reason, "a rollback") && c.list[n-1].section == sectionDown {
		r.reason = c.list[n-1].reason
	}
	c.list = append(c.list, r)
}
