package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// innodbPageRowSize adds up what InnoDB has to keep in the page: half a page holds a row. MySQL 9.7 and MariaDB 10.11 were
// asked for each kind of column. https://dev.mysql.com/doc/refman/8.4/en/innodb-row-format.html
var innodbPageRowSize = &review.Rule{
	ID:       "innodb-page-row-size",
	Title:    "Row doesn't fit into an InnoDB page",
	Category: review.SizeLimits,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params:   []review.Param{{Name: "page_size", Default: 16384, Doc: "innodb_page_size of the servers in bytes."}},
	Check: func(p *review.Pass) {
		limit := pageLimit(review.Value[int](p, "page_size"))
		for t := range p.Tables() {
			if !isInnoDB(t) || t.Temporary || !t.Known() || !measurable(t) {
				continue
			}
			size := pageBytes(p.Engine, t)
			if old := startTable(p, t); size > limit && size <= maxRow && (old == nil || pageBytes(p.Engine, old) <= limit) {
				reportPage(p, t, size, limit)
			}
		}
	},
}

// maxRow is the limit for all storage engines, which row-size-too-large speaks of.
const maxRow = 65535

// pageLimit is how many bytes a row may have in the page: 8,126 of 16 KB, and of 32 and 64 KB less than half.
func pageLimit(page int) int {
	if page >= 32768 {
		return 16*1024 - 1
	}
	return page/2 - 66
}

// measurable leaves out formats with other headers and smaller pages.
func measurable(t *ddlparse.Table) bool {
	switch strings.ToUpper(t.Options.RowFormat) {
	case "", "DEFAULT", "DYNAMIC", "COMPACT":
		return true
	}
	return false
}

// pageBytes is the header, the hidden columns, the bits for NULL, and the columns at their longest.
func pageBytes(e ddlparse.Engine, t *ddlparse.Table) int {
	const header, hidden = 5, 13
	total, nullable := header+hidden, 0
	if t.PrimaryKey() == nil {
		total += 6 // the number that InnoDB gives rows
	}
	for _, c := range t.Columns {
		if c.Generated != nil && !c.Generated.Stored {
			continue
		}
		if c.Nullable() {
			nullable++
		}
		total += columnInPage(e, t, c)
	}
	return total + (nullable+7)/8
}

// columnInPage is what the column takes of the page at least when its values are at their longest: of those over 255 bytes
// and of BLOB and TEXT only the start and a pointer have to be there.
func columnInPage(e ddlparse.Engine, t *ddlparse.Table, c *ddlparse.Column) int {
	most, variable := c.Type.Length, false
	switch c.Type.Name {
	case "varchar", "char":
		width := max(e.CharsetMaxLen(c.Charset), 1)
		most, variable = c.Type.Length*width, c.Type.Name == "varchar" || width > 1
	case "varbinary":
		variable = true
	case "binary":
	default:
		if !c.Type.IsBlob() && c.Type.Name != "json" && !c.Type.IsSpatial() {
			return c.Type.StorageBytes(1)
		}
		most, variable = 1<<16, true
	}
	switch {
	case !variable:
		return max(most, 0)
	case most <= 255:
		return max(most, 0) + 1
	case strings.EqualFold(t.Options.RowFormat, "COMPACT"):
		return min(most, 788) + 2
	case e.IsMariaDB():
		return 21
	}
	return 41
}

// reportPage: MySQL adds up like this only when a row comes, and lets the definition pass where short values fit.
func reportPage(p *review.Pass, t *ddlparse.Table, size, limit int) {
	f := review.Finding{
		Object: t.Name.String(), Span: widenedAt(p, t),
		Problem: review.Msg("A row of `%s` takes up to %d bytes of a page, and InnoDB allows %d: %s refuses the definition, or the first row that is too long (error %s).", t.Name.String(), size, limit, p.Engine.Title(), review.Errno(1118)),
		Advice:  review.Msg("Make some of the columns TEXT, or VARCHAR of more than 255 bytes, which may lie outside of the page, or put them into a table of their own."),
	}
	p.Report(f)
}

// widenedAt is the last column that the change set wrote, and the name of a table that it made.
func widenedAt(p *review.Pass, t *ddlparse.Table) ddlparse.Span {
	at := t.NameSpan
	for _, c := range t.Columns {
		if p.New(c.Defined) && !p.Created(t) {
			at = firstLine(c.Span)
		}
	}
	return at
}
