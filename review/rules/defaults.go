package rules

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// invalidDefaultValue reports DEFAULT clauses whose value the column can't hold.
// https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html
var invalidDefaultValue = &review.Rule{
	ID:       "invalid-default-value",
	Title:    "Default does not fit the column",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.InvalidDefault, sayInvalidDefault),
}

func sayInvalidDefault(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	value, typ := pr.Value, strings.ToUpper(pr.Other)
	switch pr.Reason {
	case "null":
		return review.Msg("`%s` is NOT NULL with DEFAULT NULL; %s refuses that (error %s).", pr.Object, engine, number),
			review.Msg("Leave DEFAULT NULL out, or allow NULL in `%s`.", pr.Name)
	case "auto-increment":
		return review.Msg("`%s` is AUTO_INCREMENT and has a default; %s refuses that (error %s).", pr.Object, engine, number),
			review.Msg("Leave the DEFAULT clause out: AUTO_INCREMENT gives the values.")
	case "precision":
		return review.Msg("`%s` is %s and its default has another number of decimals; %s refuses that (error %s).", pr.Object, typ, engine, number),
			review.Msg("Write CURRENT_TIMESTAMP with the same number in parentheses as the type has.")
	case "function":
		return review.Msg("The default of `%s` uses `%s`, which no default may use; %s refuses that (error %s).", pr.Object, value, engine, number),
			review.Msg("Let the application give the value, or a BEFORE INSERT trigger.")
	case "member":
		return review.Msg("The default `%s` of `%s` is none of the values that the column lists; %s refuses that (error %s).", value, pr.Object, engine, number),
			review.Msg("Write one of the listed values, or add `%s` to the list.", value)
	case "length":
		return review.Msg("The default `%s` of `%s` is longer than %s; %s refuses that (error %s).", value, pr.Object, typ, engine, number),
			review.Msg("Shorten the default, or make the column longer.")
	case "range":
		return review.Msg("The default `%s` of `%s` is out of the range of %s; %s refuses that (error %s).", value, pr.Object, typ, engine, number),
			review.Msg("Write a value that the type can hold, or choose a wider type.")
	case "charset":
		return review.Msg("The default of `%s` has characters that its character set utf8mb3 does not have; %s refuses that (error %s).", pr.Object, engine, number),
			review.Msg("Give `%s` the character set utf8mb4.", pr.Name)
	}
	return review.Msg("The default `%s` of `%s` is no value of %s; %s refuses that (error %s).", value, pr.Object, typ, engine, number),
		review.Msg("Write a value of the type, or leave the DEFAULT clause out.")
}

// literalDefaultOnBlob reports literals as defaults of types that take only expressions. MariaDB takes
// literals.
// https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html#data-type-defaults-explicit
var literalDefaultOnBlob = &review.Rule{
	ID:       "literal-default-on-blob-text-json",
	Title:    "BLOB, TEXT, JSON or geometry column has a literal default",
	Category: review.Syntax,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.TiDB),
	Check:    reportProblemsWithFix(ddlparse.LiteralDefaultOnBlob, sayLiteralDefault, parenthesise),
}

func sayLiteralDefault(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	problem = review.Msg("`%s` is %s, which takes no literal as its default; %s refuses that (error %s).", pr.Object, strings.ToUpper(pr.Reason), p.Engine.Title(), review.Errno(pr.Number))
	switch {
	case p.Engine.MySQL(8, 0, 13) && !spatialName(pr.Reason):
		return problem, review.Msg("Put the value in parentheses, which makes it an expression.")
	case p.Engine.IsMySQL() && !p.Engine.MySQL(8, 0, 13):
		return problem, review.Msg("Leave the DEFAULT clause out and let the application give the value; expressions are allowed from MySQL 8.0.13 on.")
	}
	return problem, review.Msg("Leave the DEFAULT clause out and let the application give the value.")
}

// spatialName reports whether the type is a geometry, which no string becomes by itself.
func spatialName(typ string) bool { return ddlparse.Type{Name: typ}.IsSpatial() || typ == "vector" }

// parenthesise makes an expression of the literal.
func parenthesise(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	text := pr.Span.Text()
	if !p.Engine.MySQL(8, 0, 13) || spatialName(pr.Reason) || !strings.EqualFold(text[:min(len(text), 8)], "DEFAULT ") {
		return nil
	}
	return &review.Edit{Title: "Put the value in parentheses", Span: pr.Span, New: text[:8] + "(" + strings.TrimSpace(text[8:]) + ")"}
}

// invalidOnUpdate reports ON UPDATE where no time can be kept, or not with those decimals.
// https://dev.mysql.com/doc/refman/8.4/en/timestamp-initialization.html
var invalidOnUpdate = &review.Rule{
	ID:       "invalid-on-update",
	Title:    "ON UPDATE does not fit the column",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.InvalidOnUpdate, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		typ, engine, number := strings.ToUpper(pr.Value), p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "precision" {
			return review.Msg("`%s` is %s and ON UPDATE has another number of decimals; %s refuses that (error %s).", pr.Object, typ, engine, number),
				review.Msg("Write ON UPDATE CURRENT_TIMESTAMP with the same number in parentheses as the type has.")
		}
		return review.Msg("`%s` is %s with ON UPDATE; %s allows that for DATETIME and TIMESTAMP only (error %s).", pr.Object, typ, engine, number),
			review.Msg("Make `%s` DATETIME, or leave the ON UPDATE clause out.", pr.Name)
	}, equalPrecision),
}

// equalPrecision writes ON UPDATE with the decimals of the column.
func equalPrecision(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	if pr.Reason != "precision" {
		return nil
	}
	digits := 0
	if _, inside, found := strings.Cut(pr.Value, "("); found {
		digits, _ = strconv.Atoi(strings.TrimSuffix(inside, ")"))
	}
	fixed := "ON UPDATE CURRENT_TIMESTAMP"
	if digits > 0 {
		fixed += "(" + strconv.Itoa(digits) + ")"
	}
	return &review.Edit{Title: "Make the precisions equal", Span: pr.Span, New: fixed}
}
