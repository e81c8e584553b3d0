package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// zeroDateDefault reports defaults that are no day of the calendar: where the server refuses them, and,
// quieter, where it takes them. MySQL 8.4 manual, "Server SQL Modes", NO_ZERO_DATE:
// https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html
var zeroDateDefault = &review.Rule{
	ID:       "zero-date-default",
	Title:    "Default value is a zero date",
	Category: review.Defaults,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		refused := map[string]bool{}
		for _, pr := range p.Problems(ddlparse.ZeroDateDefault) {
			refused[strings.ToLower(pr.Object)] = true
			f := review.Finding{Object: pr.Object, Span: pr.Span}
			f.Problem = review.Msg("`%s` has the default `%s`, which is no date: %s refuses it in its default sql_mode (error %s), and later every other ALTER of the table.", pr.Object, pr.Value, p.Engine.Title(), review.Errno(pr.Number))
			f.Advice = zeroDateAdvice(pr.Name)
			if c := p.Final().Table(pr.Table).Column(pr.Name); c != nil {
				f.Fix = nullDefault(c)
			}
			p.Report(f)
		}
		for t, c := range p.Columns() {
			object := objectOf(t.Name, c.Name)
			if refused[strings.ToLower(object)] || !zeroDate(c) || zeroDate(startTable(p, t).Column(c.Name)) {
				continue
			}
			f := review.Finding{Object: object, Span: c.Default.Span, Severity: review.Warning, Advice: zeroDateAdvice(c.Name), Fix: nullDefault(c)}
			f.Problem = review.Msg("`%s` has the default `%s`, which is no date: %s takes it, but no client library has a value for it, and MySQL refuses the table (error %s).", object, c.Default.Text, p.Engine.Title(), review.Errno(1067))
			if !p.Engine.IsMariaDB() {
				f.Problem = review.Msg("`%s` has the default `%s`, which is no date: %s takes it only because this migration weakens sql_mode, and refuses every later ALTER of the table without that (error %s).", object, c.Default.Text, p.Engine.Title(), review.Errno(1067))
			}
			p.Report(f)
		}
	},
}

func zeroDateAdvice(column string) review.Message {
	return review.Msg("Let `%s` be NULL where there is no date; or leave the DEFAULT out, or take CURRENT_TIMESTAMP.", column)
}

// zeroDate reports whether month or day of the column's default is zero.
func zeroDate(c *ddlparse.Column) bool {
	if c == nil || c.Default == nil || c.Default.Implicit {
		return false
	}
	if n := c.Type.Name; n != "date" && n != "datetime" && n != "timestamp" {
		return false
	}
	if c.Default.Kind == ddlparse.DefaultNumber {
		return strings.Trim(c.Default.Text, "0.") == ""
	}
	if c.Default.Kind != ddlparse.DefaultString {
		return false
	}
	date, _, _ := strings.Cut(c.Default.Text, " ")
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return len(date) >= 8 && strings.Trim(date, "0") == ""
	}
	return strings.Trim(parts[1], "0") == "" || strings.Trim(parts[2], "0") == ""
}

// nullDefault makes the default NULL, where the column takes NULL.
func nullDefault(c *ddlparse.Column) *review.Edit {
	if !zeroDate(c) || c.Default.Span.IsZero() || c.Default.Span.Source.Host != nil || c.NotNull || c.Type.Name == "timestamp" && c.Null != ddlparse.ExplicitNull {
		return nil
	}
	return &review.Edit{Title: "Make the default NULL", Span: c.Default.Span, New: "NULL"}
}
