package rules

import (
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// literalExceedsPacket measures statements. Their own defaults of max_allowed_packet: MySQL 5.7 4 MB, MariaDB 16 MB,
// MySQL 8.0 and TiDB 64 MB, which no file that is read here reaches.
var literalExceedsPacket = &review.Rule{
	ID:       "literal-exceeds-packet",
	Title:    "Statement is longer than a packet may be",
	Category: review.SizeLimits,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "max_bytes", Default: 0, Doc: "max_allowed_packet of the servers in bytes; 0 stands for the default of the engine."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_bytes")
		if limit <= 0 {
			limit = defaultPacket(p.Engine)
		}
		for _, s := range p.Steps() {
			size := len(s.Statement.Span.Text())
			if size <= limit || declarative(s) {
				continue
			}
			p.Report(review.Finding{
				Object:  s.Statement.Table.String(),
				Span:    firstPart(s.Statement.Span),
				Problem: review.Msg("This statement has %d bytes; with max_allowed_packet at %d, %s refuses it and closes the connection (error %s).", size, limit, p.Engine.Title(), review.Errno(1153)),
				Advice:  review.Msg("Split it into several statements, or load the rows from a file."),
			})
		}
	},
}

func defaultPacket(e ddlparse.Engine) int {
	switch {
	case e.IsMariaDB():
		return 16 << 20
	case e.IsMySQL() && !e.MySQL(8, 0, 3):
		return 4 << 20
	}
	return 64 << 20
}

// firstPart is the start of the statement's first line: a line can be as long as the file.
func firstPart(s ddlparse.Span) ddlparse.Span {
	s = firstLine(s)
	for s.End > s.Start+80 || s.End > s.Start && !utf8.RuneStart(s.Source.Text[s.End]) {
		s.End--
	}
	return s
}
