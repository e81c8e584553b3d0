package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dmlOnLargeTable speaks of large tables, as the stats file or the parameter tell. What reaches all rows has rules of
// its own.
var dmlOnLargeTable = &review.Rule{
	ID:       "dml-on-large-table",
	Title:    "Rows of a large table are changed in a migration",
	Category: review.Statements,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "large_tables", Default: []string{}, Doc: "Tables that count as large whatever the stats file says."}},
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			large := p.Plan.Size(w.Table) == review.Large || isLarge(p, w.Table)
			if !large || w.Verb != "UPDATE" && w.Verb != "DELETE" || w.Limit || w.Before != nil && !holdsRows(p, s, w.Before) || reachesAll(w) || w.Before != nil && coversMost(p, w) || picksRow(w) {
				continue
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    firstLine(w.Span),
				Problem: review.Msg("`%s` is large: all rows that this %s reaches stay locked until it is done, and replicas wait as long.", w.Table.String(), w.Verb),
				Advice:  review.Msg("Change the rows in batches by primary key, outside of this migration."),
			})
		}
	},
}

// insertRowLimit counts rows of VALUES.
var insertRowLimit = &review.Rule{
	ID:       "insert-row-limit",
	Title:    "INSERT has very many rows",
	Category: review.Statements,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max_rows", Default: 1000, Doc: "How many rows an INSERT may have."}},
	Check: func(p *review.Pass) {
		most := review.Value[int](p, "max_rows")
		for _, w := range review.Each[*ddlparse.Write](p) {
			if w.Rows <= most {
				continue
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    writeHead(w),
				Problem: review.Msg("This %s has more than %d rows: a statement longer than max_allowed_packet is refused (error %s), and its rows stay locked until all are written.", w.Verb, most, review.Errno(1153)),
				Advice:  review.Msg("Split it into statements of at most %d rows.", most),
			})
		}
	},
}

// insertSelect is off by default: unbatched-backfill speaks where a whole table is read.
var insertSelect = &review.Rule{
	ID:       "insert-select",
	Title:    "INSERT … SELECT locks the rows that it reads",
	Category: review.Statements,
	Severity: review.Off,
	Engines:  withLocks,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			tables, whole := w.Reads()
			for _, name := range tables {
				t := s.Before.Table(name)
				if whole || t == nil || !holdsRows(p, s, t) {
					continue
				}
				p.Report(review.Finding{
					Object:  w.Table.String(),
					Span:    writeHead(w),
					Problem: review.Msg("At its default isolation level %s locks the rows of `%s` that this %s … SELECT reads: changes of them wait until it is done.", p.Engine.Title(), name.String(), w.Verb),
					Advice:  review.Msg("Copy the rows in batches by primary key."),
				})
				break
			}
		}
	},
}
