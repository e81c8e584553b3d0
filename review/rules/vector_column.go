package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// vectorColumn reports what MySQL doesn't let a VECTOR column be. Servers without the type are the matter of
// unsupported-syntax-for-engine. Tried on MySQL 9.7.
var vectorColumn = &review.Rule{
	ID:       "vector-column-compatibility",
	Title:    "VECTOR column can't be used so",
	Category: review.Types,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora),
	Check: reportProblems(ddlparse.VectorColumn, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "dimensions" {
			return review.Msg("`%s` is %s, and a vector has at most %d dimensions; %s refuses it (error %s).", pr.Object, pr.Value, 16383, engine, number),
				review.Msg("Store shorter vectors, or use BLOB.")
		}
		return review.Msg("The key `%s` has the column `%s`, which is a vector; %s refuses keys of vectors (error %s).", pr.Name, pr.Value, engine, number),
			review.Msg("Leave `%s` out of the key: MySQL compares vectors row by row, an index of them needs another server.", pr.Value)
	}),
}
