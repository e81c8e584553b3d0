package rules

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// columnCharsetDiffersFromTable leaves ascii and binary collations alone, which a column has for a reason.
var columnCharsetDiffersFromTable = &review.Rule{
	ID:       "column-charset-differs-from-table",
	Title:    "Column has another character set or collation than its table",
	Category: review.Charsets,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		differs := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return c.Type.IsText() && c.Collation != "" && t.Options.Collation != "" && !strings.EqualFold(c.Collation, t.Options.Collation) &&
				!columnClause(c, "COLLATE", "CHARACTER SET").IsZero() && !meantByCharset(c.Charset, c.Collation) && !isUTF8MB3(c.Charset, c.Collation) && charsetIsNew(p, t, c)
		}
		columnsOfTables(p, differs, func(t *ddlparse.Table, list []*ddlparse.Column) {
			c := list[0]
			f := review.Finding{
				Object:  objectOfColumns(t, list),
				Span:    columnClause(c, "COLLATE", "CHARACTER SET"),
				Problem: review.Msg("%s has collation %s, its table has %s: a change of the table's default leaves the column as it is, and comparisons between the two convert or fail on %s.", columnPaths(t, list), c.Collation, t.Options.Collation, p.Engine.Title()),
				Advice:  review.Msg("Leave the clause out, so that the column has what its table has."),
			}
			for _, other := range list[1:] {
				f.Places = append(f.Places, columnClause(other, "COLLATE", "CHARACTER SET"))
			}
			p.Report(f)
		})
	},
}

// meantByCharset: bytes, ASCII tokens and exact comparison are chosen for a column.
func meantByCharset(charset, collation string) bool {
	return charset == "ascii" || charset == "binary" || strings.HasSuffix(collation, "_bin") || strings.HasSuffix(collation, "_cs")
}

// writesCharset reports whether the table's options say how its text compares.
func writesCharset(t *ddlparse.Table) bool {
	return !t.Options.Spans["CHARSET"].IsZero() || !t.Options.Spans["COLLATE"].IsZero()
}

func hasText(t *ddlparse.Table) bool {
	for _, c := range t.Columns {
		if c.Type.IsText() {
			return true
		}
	}
	return false
}

// mixedCollationsInSchema compares a new table with most others, where both say how they compare.
var mixedCollationsInSchema = &review.Rule{
	ID:       "mixed-collations-in-schema",
	Title:    "Table compares text otherwise than the tables around it",
	Category: review.Charsets,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "min_tables", Default: 3, Doc: "How many other tables must have one collation for it to count as the usual one."}},
	Check: func(p *review.Pass) {
		for t := range p.CreatedTables() {
			if !writesCharset(t) || !hasText(t) || t.Temporary || meantByCharset(t.Options.Charset, t.Options.Collation) || isUTF8MB3(t.Options.Charset, t.Options.Collation) {
				continue
			}
			usual, n := usualCollation(p, t)
			if usual == "" || n < review.Value[int](p, "min_tables") || strings.EqualFold(usual, t.Options.Collation) {
				continue
			}
			at := t.Options.Spans["COLLATE"]
			if at.IsZero() {
				at = t.Options.Spans["CHARSET"]
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    at,
				Problem: review.Msg("`%s` has collation %s, but %d other tables have %s: joins between their text columns fail or use no index on %s (error %s).", t.Name.String(), t.Options.Collation, n, usual, p.Engine.Title(), review.Errno(1267)),
				Advice:  review.Msg("Write COLLATE=%s.", usual),
			})
		}
	},
}

// usualCollation is what more than half of the tables that were there before have, of those of the table's database
// that say it.
func usualCollation(p *review.Pass, t *ddlparse.Table) (string, int) {
	counts := (*review.Memo(p, countCollations))[t.Name.Database]
	all := 0
	for _, n := range counts {
		all += n
	}
	for collation, n := range counts {
		if 2*n > all {
			return collation, n
		}
	}
	return "", 0
}

// collationCounts tells for each database how many tables have a collation.
type collationCounts map[string]map[string]int

func countCollations(p *review.Pass) *collationCounts {
	databases := collationCounts{}
	for o := range p.Final().Tables() {
		if p.New(o.Origin) || o.IsOpaque() || !writesCharset(o) || !hasText(o) {
			continue
		}
		if databases[o.Name.Database] == nil {
			databases[o.Name.Database] = map[string]int{}
		}
		databases[o.Name.Database][strings.ToLower(o.Options.Collation)]++
	}
	return &databases
}

// databaseWithoutCharset: what is left out is the server's, and a later change touches no table that is there.
var databaseWithoutCharset = &review.Rule{
	ID:       "database-without-charset",
	Title:    "Database names no character set, or changes it",
	Category: review.Charsets,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.CreateDatabase](p) {
			if namesCharset(c.Span) || strings.Contains(c.Span.Text(), "{") {
				continue
			}
			at := c.Span
			at.Start = at.End
			p.Report(review.Finding{
				Object:  c.Database.Name,
				Span:    c.Span,
				Problem: review.Msg("The database `%s` names no character set, so its tables get what the server is set up with, here the default of %s.", c.Database.Name, p.Engine.Title()),
				Advice:  review.Msg("Write CHARACTER SET utf8mb4, with a collation if it matters."),
				Fix:     &review.Edit{Title: "Name utf8mb4", Span: at, New: " CHARACTER SET utf8mb4"},
			})
		}
		for _, c := range review.Each[*ddlparse.AlterDatabase](p) {
			if c.Charset+c.Collation == "" || !hasTables(p.Start(), c.Name) {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Name,
				Span:    c.Span,
				Problem: review.Msg("ALTER DATABASE changes what new tables get on %s, and leaves those that are there: new and old tables compare text differently from now on.", p.Engine.Title()),
				Advice:  review.Msg("Convert the tables too, or name character set and collation in each CREATE TABLE."),
			})
		}
	},
}

func hasTables(s ddlparse.Schema, database string) bool {
	for t := range s.Tables() {
		if database == "" || t.Name.Database == "" || strings.EqualFold(t.Name.Database, database) {
			return true
		}
	}
	return false
}

// collationLeftToServerDefault speaks where the servers that a project names would choose differently.
var collationLeftToServerDefault = &review.Rule{
	ID:       "collation-left-to-server-default",
	Title:    "Table's collation depends on the server",
	Category: review.Charsets,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "targets", Default: []string{}, Doc: "The other servers that run these migrations, as in `engine`; none = there are no others."}},
	Check: func(p *review.Pass) {
		engines := []ddlparse.Engine{p.Engine}
		for _, name := range review.Value[[]string](p, "targets") {
			e, err := ddlparse.ParseEngine(name)
			if err != nil {
				p.Fail(fmt.Errorf("targets: %w", err))
				return
			}
			engines = append(engines, e)
		}
		for t := range p.CreatedTables() {
			at := t.Options.Spans["CHARSET"]
			if at.IsZero() || !t.Options.Spans["COLLATE"].IsZero() || !hasText(t) {
				continue
			}
			if other, ok := differingDefault(engines, t.Options.Charset); ok {
				reportLeftCollation(p, t, at, other)
			}
		}
	},
}

// differingDefault is the first of the engines that gives the character set another collation than the first does.
func differingDefault(engines []ddlparse.Engine, charset string) (ddlparse.Engine, bool) {
	for _, e := range engines[1:] {
		if d := e.DefaultCollation(charset); d != "" && !strings.EqualFold(d, engines[0].DefaultCollation(charset)) {
			return e, true
		}
	}
	return ddlparse.Engine{}, false
}

func reportLeftCollation(p *review.Pass, t *ddlparse.Table, at ddlparse.Span, other ddlparse.Engine) {
	charset, own := t.Options.Charset, p.Engine.DefaultCollation(t.Options.Charset)
	f := review.Finding{
		Object:  t.Name.String(),
		Span:    at,
		Problem: review.Msg("`%s` names %s without a collation: %s takes %s, %s takes %s.", t.Name.String(), charset, p.Engine.Title(), own, other.Title(), other.DefaultCollation(charset)),
		Advice:  review.Msg("Name a collation that all of the servers have."),
	}
	if other.HasCollation(own) {
		at.Start = at.End
		f.Fix = &review.Edit{Title: "Name the collation", Span: at, New: " COLLATE=" + own}
	}
	p.Report(f)
}

// padAttributeChange looks at indexed columns; of unique keys collation-change-on-unique-key speaks.
// https://dev.mysql.com/doc/refman/8.4/en/charset-binary-collations.html#charset-binary-collations-trailing-space-comparisons
var padAttributeChange = &review.Rule{
	ID:       "pad-attribute-change",
	Title:    "Trailing spaces begin or cease to matter",
	Category: review.Charsets,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		about := func(r recoded) bool {
			changes := p.Engine.NoPad(r.old.Collation) != p.Engine.NoPad(r.new.Collation) && r.new.Type.Name != "char" && collationIsWritten(p, r.at.Before, r.old)
			return changes && r.at.After != nil && inIndex(r.at.After, r.new.Name) && uniqueKeyOf(r.at.After, r.new.Name) == nil
		}
		recodedTables(p, about, func(r recoded, columns []*ddlparse.Column) {
			f := review.Finding{
				Object:  objectOfColumns(r.at.Before, columns),
				Span:    r.span,
				Problem: review.Msg("%s compares by %s instead of %s: %s heeds spaces at the end from now on, so values that were stored with some are no longer found.", columnPaths(r.at.Before, columns), r.new.Collation, r.old.Collation, p.Engine.Title()),
				Advice:  review.Msg("Trim the values first, or keep the collation."),
			}
			if !p.Engine.NoPad(r.new.Collation) {
				f.Problem = review.Msg("%s compares by %s instead of %s: %s ignores spaces at the end from now on, so values that differ in them only are found together.", columnPaths(r.at.Before, columns), r.new.Collation, r.old.Collation, p.Engine.Title())
			}
			p.Report(f)
		})
	},
}
