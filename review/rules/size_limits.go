package rules

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// rowSizeTooLarge reports rows over the limit that all storage engines share.
// https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html
var rowSizeTooLarge = &review.Rule{
	ID:       "row-size-too-large",
	Title:    "Row is longer than the server allows",
	Category: review.SizeLimits,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.RowTooLarge, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The columns of `%s` take up to %d bytes a row; %s allows 65,535 and refuses the definition (error %s).", pr.Table.String(), atoi(pr.Value), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Shorten the longest VARCHAR columns, or make them TEXT, which counts a few bytes only.")
	}),
}

// atoi is the number that the replay wrote down, 0 for none.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// varcharExceedsLimit reports columns that are too long by themselves. Without strict mode MySQL and MariaDB
// make them TEXT or BLOB. https://dev.mysql.com/doc/refman/8.4/en/char.html
var varcharExceedsLimit = &review.Rule{
	ID:       "varchar-exceeds-limit",
	Title:    "VARCHAR is longer than a column may be",
	Category: review.SizeLimits,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.VarcharTooLong, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` is %s, which takes more than the 65,535 bytes that a column may have; %s refuses it (error %s).", pr.Object, strings.ToUpper(pr.Value), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Declare the length that values really have, or use TEXT or MEDIUMTEXT.")
	}, asText),
}

// asText gives the type that holds as much. It can be neither a key nor have a plain default.
func asText(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	t := p.Final().Table(pr.Table)
	c := t.Column(pr.Name)
	if c == nil || c.TypeSpan != pr.Span || c.Default != nil || inIndex(t, c.Name) {
		return nil
	}
	to := "MEDIUMTEXT"
	if c.Type.Name == "varbinary" {
		to = "MEDIUMBLOB"
	}
	return &review.Edit{Title: "Make it a type that holds as much", Span: pr.Span, New: to}
}

// inIndex reports whether an index of the table has the column.
func inIndex(t *ddlparse.Table, column string) bool {
	for _, x := range t.Indexes {
		if named(x.Columns(), column) {
			return true
		}
	}
	return false
}

// hardIndexLimits reports what the server itself allows, whatever the team's own limits are.
// https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html
var hardIndexLimits = &review.Rule{
	ID:       "hard-index-limits",
	Title:    "Table or index is over the server's limits",
	Category: review.SizeLimits,
	Severity: review.Error,
	Check: reportProblems(ddlparse.HardIndexLimits, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number, has, limit := p.Engine.Title(), review.Errno(pr.Number), atoi(pr.Value), atoi(pr.Other)
		if pr.Reason == "keys" {
			return review.Msg("`%s` has %d keys; %s allows %d, the primary key included, and refuses it (error %s).", pr.Table.String(), has, engine, limit, number),
				review.Msg("Drop indexes that no query uses, or that another one starts with.")
		}
		return review.Msg("`%s` has %d columns; %s allows %d in an index and refuses it (error %s).", pr.Object, has, engine, limit, number),
			review.Msg("Keep the columns that queries filter or sort by.")
	}),
}

// enumSetHardLimits reports lists of members that the server can't store.
// https://dev.mysql.com/doc/refman/8.4/en/set.html
var enumSetHardLimits = &review.Rule{
	ID:       "enum-set-hard-limits",
	Title:    "ENUM or SET is over the server's limits",
	Category: review.SizeLimits,
	Severity: review.Error,
	Check: reportProblems(ddlparse.EnumSetLimits, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		advice = review.Msg("Keep the values in a table of their own and refer to it.")
		switch {
		case pr.Reason == "comma":
			return review.Msg("The member `%s` of the SET `%s` has a comma, which separates members; %s refuses it (error %s).", pr.Value, pr.Object, engine, number),
				review.Msg("Write the member without a comma.")
		case pr.Number == 1097:
			return review.Msg("The SET `%s` has %d members; %s allows 64 and refuses it (error %s).", pr.Object, atoi(pr.Value), engine, number), advice
		}
		return review.Msg("The ENUM `%s` has %d members; %s allows 65,535 and refuses it (error %s).", pr.Object, atoi(pr.Value), engine, number), advice
	}),
}

// charsetConversionOverflow reports what no longer fits once CONVERT TO has made characters wider. Rows are
// row-size-too-large's to say.
var charsetConversionOverflow = &review.Rule{
	ID:       "charset-conversion-index-overflow",
	Title:    "Conversion makes an index or column too long",
	Category: review.Charsets,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.ConversionOverflow) {
			f := review.Finding{Object: pr.Object, Span: pr.Span, Related: relatedCause(pr)}
			f.Problem, f.Advice = sayOverflow(p, pr)
			if pr.Number == 0 {
				f.Severity = review.Warning
			}
			p.Report(f)
		}
	},
}

func sayOverflow(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	shorter := review.Msg("Shorten the column, or give `%s` a prefix length, in a statement before this one.", pr.Name)
	switch {
	case pr.Reason == "column":
		return review.Msg("The conversion makes `%s`, %s, longer than the 65,535 bytes that a column may have; %s refuses it (error %s).", pr.Object, strings.ToUpper(pr.Value), engine, number),
			review.Msg("Shorten `%s`, or make it MEDIUMTEXT, in a statement before this one.", pr.Name)
	case pr.Number == 0:
		return review.Msg("The conversion makes `%s` take %d bytes of at most %d: %s keeps on, but the index then has less of the values, or only a hash of them.", pr.Object, atoi(pr.Value), atoi(pr.Other), engine), shorter
	}
	return review.Msg("The conversion makes `%s` take %d bytes, and %s allows %d: it refuses the statement (error %s).", pr.Object, atoi(pr.Value), engine, atoi(pr.Other), number), shorter
}
