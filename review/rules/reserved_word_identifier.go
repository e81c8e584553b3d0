package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// reservedWordIdentifier speaks of tables and columns that must be quoted wherever they are named, on
// this server or on a later version of it. Unquoted they are a syntax error already. MySQL 8.4
// manual, "Keywords and Reserved Words".
var reservedWordIdentifier = &review.Rule{
	ID:       "reserved-word-identifier",
	Title:    "Name is a reserved word",
	Category: review.Naming,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "exempt", Default: []string{}, Doc: "Reserved words that may be used as names."},
	},
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			if t.Temporary {
				continue
			}
			if tableNameIsNew(p, t) {
				reportReserved(p, t.Name.Name, t.NameSpan, t.Name.String)
			}
			for _, c := range newlyNamed(p, t) {
				reportReserved(p, c.Name, columnNameSpan(c), func() string { return objectOf(t.Name, c.Name) })
			}
		}
	},
}

func reportReserved(p *review.Pass, name string, at ddlparse.Span, object func() string) {
	reserved, later := p.Engine.Reserved(name), ""
	if !reserved {
		later = p.Engine.ReservedLater(name)
	}
	if !reserved && later == "" || named(review.Value[[]string](p, "exempt"), name) {
		return
	}
	f := review.Finding{Object: object(), Span: at, Advice: review.Msg("Choose another name than `%s` while nothing uses it yet.", name)}
	if reserved {
		f.Problem = review.Msg("`%s` is a reserved word of %s: every statement that names it without quotes is a syntax error (error %s).", name, p.Engine.Title(), review.Errno(1064))
		p.Report(f)
	} else {
		e := ddlparse.Engine{Kind: p.Engine.Kind}
		f.Severity = review.Notice
		f.Problem = review.Msg("`%s` is free in %s, but %s %s reserves it: after an upgrade every statement that names it without quotes is a syntax error (error %s).", name, p.Engine.Title(), kindTitle(e.Kind), later, review.Errno(1064))
		p.Report(f)
	}
}

// kindTitle is the name of the server without its version.
func kindTitle(k ddlparse.Kind) string {
	return map[ddlparse.Kind]string{ddlparse.MySQL: "MySQL", ddlparse.MariaDB: "MariaDB", ddlparse.TiDB: "TiDB", ddlparse.Aurora: "MySQL"}[k]
}
