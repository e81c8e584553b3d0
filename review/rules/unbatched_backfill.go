package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unbatchedBackfill speaks of statements that change all rows, or nearly all, of a table that was
// there before, or any that aren't picked one by one of a table that is known to be large.
var unbatchedBackfill = &review.Rule{
	ID:       "unbatched-backfill",
	Title:    "Backfill changes a whole table in one transaction",
	Category: review.Statements,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "large_tables", Default: []string{}, Doc: "Tables so large that every UPDATE, DELETE and INSERT … SELECT on them should go in batches."},
		{Name: "batch_size", Default: 10000, Doc: "How many rows a batch should have."},
	},
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			switch {
			case w.Limit || w.Before != nil && w.Before.Temporary:
			case w.Select:
				reportCopy(p, s, w)
			case (w.Verb == "UPDATE" || w.Verb == "DELETE") && holdsRows(p, s, w.Before) && reachesMost(p, w):
				reportBackfill(p, w)
			}
		}
	},
}

// reachesMost leaves what update-delete-without-where says to that rule.
func reachesMost(p *review.Pass, w *ddlparse.Write) bool {
	if reachesAll(w) {
		return fillsNewColumns(p, w)
	}
	return coversMost(p, w) || isLarge(p, w.Table) && !picksRow(w)
}

// coversMost reports whether the condition is only that a column which the change set added, or which
// the statement fills, is NULL.
func coversMost(p *review.Pass, w *ddlparse.Write) bool {
	words := strings.Fields(strings.Trim(w.Where.Text(), "()"))
	if len(words) != 3 || !strings.EqualFold(words[1], "IS") || !strings.EqualFold(words[2], "NULL") {
		return false
	}
	column := strings.Trim(words[0][strings.LastIndex(words[0], ".")+1:], "`")
	return assigns(w, column) || bornHere(p, w.Before.Column(column))
}

func isLarge(p *review.Pass, table ddlparse.Name) bool {
	return named(review.Value[[]string](p, "large_tables"), table.Name)
}

// picksRow reports whether the condition compares the first column of the primary key.
func picksRow(w *ddlparse.Write) bool {
	if key := w.Before.PrimaryKey(); key != nil && len(key.Columns()) > 0 {
		return mentions(w.Where.Text(), key.Columns()[0])
	}
	return mentions(w.Where.Text(), "id")
}

func reportBackfill(p *review.Pass, w *ddlparse.Write) {
	p.Report(review.Finding{
		Object:  w.Table.String(),
		Span:    firstLine(w.Span),
		Problem: review.Msg("This %s goes through `%s` in one transaction: %s keeps every row that it changed locked until the end, and replicas fall behind for as long as it runs.", w.Verb, w.Table.String(), p.Engine.Title()),
		Advice:  review.Msg("Run it in batches of %d rows by primary key, each committed on its own, outside of this migration.", review.Value[int](p, "batch_size")),
	})
}

// reportCopy speaks of INSERT … SELECT that reads the whole of a table which was there before; how
// large that is isn't known, unless it is listed.
func reportCopy(p *review.Pass, s *ddlparse.Step, w *ddlparse.Write) {
	tables, whole := w.Reads()
	for _, name := range tables {
		t := s.Before.Table(name)
		large := isLarge(p, name)
		if t == nil || !holdsRows(p, s, t) || !whole && !large {
			continue
		}
		f := review.Finding{
			Object:  w.Table.String(),
			Span:    writeHead(w),
			Problem: review.Msg("This %s … SELECT copies all rows of `%s` in one transaction: at its default isolation level %s locks the rows that it reads against changes, and replicas fall behind for as long as it runs.", w.Verb, name.String(), p.Engine.Title()),
			Advice:  review.Msg("Unless `%s` is small, copy it in batches of %d rows by primary key.", name.String(), review.Value[int](p, "batch_size")),
		}
		if p.Engine.IsTiDB() {
			f.Problem = review.Msg("This %s … SELECT copies all rows of `%s` in one transaction, which %s limits in size.", w.Verb, name.String(), p.Engine.Title())
		}
		if !large {
			f.Severity = review.Notice
		}
		p.Report(f)
		return
	}
}
