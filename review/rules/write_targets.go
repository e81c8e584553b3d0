package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dmlSubqueryOnTarget: MariaDB takes UPDATE (10.3) and DELETE (11.1, and simple ones before) that read their own
// table; MySQL takes it only in a derived table. Tried on MySQL 9.7 and MariaDB 10.11.
var dmlSubqueryOnTarget = &review.Rule{
	ID:       "dml-subquery-on-target",
	Title:    "UPDATE or DELETE reads its own table in a subquery",
	Category: review.Statements,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" && w.Verb != "DELETE" || s.Statement.Conditional || s.Before.View(w.Table) != nil {
				continue
			}
			if at := ownSubquery(p.Engine, w); !at.IsZero() {
				p.Report(review.Finding{
					Object:  w.Table.String(),
					Span:    at,
					Problem: review.Msg("This %s reads `%s` in a subquery while it changes it: %s refuses that with error %s.", w.Verb, w.Table.String(), p.Engine.Title(), review.Errno(1093)),
					Advice:  review.Msg("Read the table in a derived table, FROM (SELECT … FROM %s) AS t, or join it.", w.Table.String()),
				})
			}
		}
	},
}

// ownSubquery finds FROM or JOIN and the written table directly in a subquery of the condition or of a value. In a
// derived table, FROM (SELECT …), it is read beforehand. A statement that joins may name it by an alias.
func ownSubquery(e ddlparse.Engine, w *ddlparse.Write) ddlparse.Span {
	if w.Table.IsZero() {
		return ddlparse.Span{}
	}
	tokens := withoutCommentTokens(ddlparse.Tokens(w.Span, e, false))
	from := slices.IndexFunc(tokens, func(t ddlparse.Token) bool { return wordIs(t, "WHERE") || wordIs(t, "SET") })
	if from < 0 {
		return ddlparse.Span{}
	}
	derived, depth := 0, 0 // derived: the depth at which a derived table began, 0 for none
	for i := from + 1; i+1 < len(tokens); i++ {
		switch t := tokens[i]; {
		case markIs(t, "("):
			depth++
			if derived == 0 && (wordIs(tokens[i-1], "FROM") || wordIs(tokens[i-1], "JOIN") || wordIs(tokens[i-1], "AS") || markIs(tokens[i-1], ",") && wordIs(tokens[i+1], "SELECT")) {
				derived = depth
			}
		case markIs(t, ")"):
			if depth == derived {
				derived = 0
			}
			depth--
		case wordIs(t, "WITH"):
			return ddlparse.Span{} // a common table expression may be read beforehand
		case depth > 0 && derived == 0 && (wordIs(t, "FROM") || wordIs(t, "JOIN")) && namesTable(tokens[i+1:], w.Table):
			return tokens[i+1].Span
		}
	}
	return ddlparse.Span{}
}

// namesTable reports whether the tokens start with the table as the statement writes it.
func namesTable(tokens []ddlparse.Token, n ddlparse.Name) bool {
	if len(tokens) > 1 && markIs(tokens[1], ".") {
		return len(tokens) > 2 && n.Database != "" && tokens[0].Value() == n.Database && tokens[2].Value() == n.Name
	}
	return nameToken(tokens[0]) && tokens[0].Value() == n.Name
}

// multiTableUpdateDelete is off by default: a join is often the clearest way.
var multiTableUpdateDelete = &review.Rule{
	ID:       "multi-table-update-delete",
	Title:    "UPDATE or DELETE joins tables",
	Category: review.Statements,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" && w.Verb != "DELETE" || !w.Joined || w.Before != nil && !holdsRows(p, s, w.Before) {
				continue
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    firstLine(w.Span),
				Problem: review.Msg("This %s works on a join: %s locks rows of every joined table, and takes no LIMIT with which it could go in batches.", w.Verb, p.Engine.Title()),
				Advice:  review.Msg("Pick the rows by a subquery or by ranges of the primary key of `%s`.", w.Table.String()),
			})
		}
	},
}

// updateDeleteWithLimit is about LIMIT whose rows nothing fixes.
var updateDeleteWithLimit = &review.Rule{
	ID:       "update-delete-with-limit",
	Title:    "UPDATE or DELETE with LIMIT picks rows at will",
	Category: review.Statements,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "forbid_always", Default: false, Doc: "Speak of LIMIT also where ORDER BY says which rows come first."}},
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" && w.Verb != "DELETE" || !w.Limit || w.Before != nil && !holdsRows(p, s, w.Before) {
				continue
			}
			limit, ordered := outerLimit(p.Engine, w.Span)
			if limit.IsZero() || ordered && !review.Value[bool](p, "forbid_always") || limit.Text() == "1" && singleRow(w) && !ordered && namesUniqueKey(w) {
				continue
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    limit,
				Problem: review.Msg("Which rows this %s reaches is not said: %s takes those that it meets first, and with statement-based replication a replica may take others.", w.Verb, p.Engine.Title()),
				Advice:  review.Msg("Add ORDER BY with the primary key, or let the condition alone pick the rows."),
			})
		}
	},
}

// namesUniqueKey reports whether the condition names all columns of a unique key: LIMIT 1 is only for safety then.
func namesUniqueKey(w *ddlparse.Write) bool {
	if w.Before == nil {
		return mentions(w.Where.Text(), "id")
	}
	return slices.ContainsFunc(wholeUniqueKeys(w.Before), func(x *ddlparse.Index) bool {
		return !slices.ContainsFunc(x.Columns(), func(c string) bool { return !mentions(w.Where.Text(), c) })
	})
}

// outerLimit is the count behind the outermost LIMIT, and whether ORDER BY stands before it.
func outerLimit(e ddlparse.Engine, s ddlparse.Span) (count ddlparse.Span, ordered bool) {
	depth := 0
	tokens := withoutCommentTokens(ddlparse.Tokens(s, e, false))
	for i, t := range tokens {
		switch {
		case markIs(t, "("):
			depth++
		case markIs(t, ")"):
			depth--
		case depth == 0 && wordIs(t, "ORDER"):
			ordered = true
		case depth == 0 && wordIs(t, "LIMIT") && i+1 < len(tokens):
			return tokens[i+1].Span, ordered
		}
	}
	return ddlparse.Span{}, ordered
}

// limitWithoutOrderBy is about the query of INSERT … SELECT.
var limitWithoutOrderBy = &review.Rule{
	ID:       "limit-without-order-by",
	Title:    "Rows to insert are picked by LIMIT alone",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			tables, _ := w.Reads()
			if !w.Select || len(tables) == 0 || strings.EqualFold(tables[0].Name, "dual") {
				continue
			}
			limit, ordered := outerLimit(p.Engine, w.Span)
			if limit.IsZero() || ordered || limit.Text() == "0" || limit.Text() == "1" {
				continue
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    limit,
				Problem: review.Msg("Which rows of `%s` this %s copies is not said: servers may pick different ones.", tables[0].String(), w.Verb),
				Advice:  review.Msg("Add ORDER BY with a unique key."),
			})
		}
	},
}

// insertOrderByRand: MySQL 8.4 manual, "Determination of Safe and Unsafe Statements in Binary Logging".
var insertOrderByRand = &review.Rule{
	ID:       "insert-order-by-rand",
	Title:    "INSERT … SELECT sorts by RAND()",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if !w.Select {
				continue
			}
			tokens := withoutCommentTokens(ddlparse.Tokens(w.Span, p.Engine, false))
			for i := range tokens {
				if i > 1 && i+1 < len(tokens) && wordIs(tokens[i], "RAND") && wordIs(tokens[i-1], "BY") && markIs(tokens[i+1], "(") {
					p.Report(review.Finding{
						Object:  w.Table.String(),
						Span:    tokens[i].Span,
						Problem: review.Msg("ORDER BY RAND() makes %s sort all rows by chance: every server gets other rows, and a large table takes long.", p.Engine.Title()),
						Advice:  review.Msg("Pick the rows by a condition that gives the same ones everywhere."),
					})
				}
			}
		}
	},
}
