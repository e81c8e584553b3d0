package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// requirePrimaryKey looks at what the change set leaves behind: a key that a later statement adds is
// there. A table that had none before is not the fault of this change set.
var requirePrimaryKey = &review.Rule{
	ID:       "require-primary-key",
	Title:    "Table has no primary key",
	Category: review.PrimaryKeys,
	Severity: review.Error,
	Params: []review.Param{{
		Name: "accept_unique_not_null", Default: false,
		Doc: "A unique key without columns that may be NULL is enough: InnoDB clusters the rows by it.",
	}},
	Check: func(p *review.Pass) {
		for t := range p.CreatedTables() {
			if lacksKey(p, t) && !t.Temporary {
				reportNoKey(p, t, madeAt(p, t))
			}
		}
		for _, c := range review.Each[*ddlparse.DropIndex](p) {
			if c.Name != ddlparse.PrimaryName || c.Index == nil || p.New(c.Index.Origin) || c.After == nil {
				continue
			}
			if t := p.Final().Table(c.After.Name); t != nil && !t.IsOpaque() && !p.Created(t) && lacksKey(p, t) {
				reportNoKey(p, t, c.Span)
			}
		}
	},
}

// madeAt is the name in the CREATE TABLE, which a later RENAME is not to blame for.
func madeAt(p *review.Pass, t *ddlparse.Table) ddlparse.Span {
	steps := p.Steps()
	i, made := slices.BinarySearchFunc(steps, t.Origin, func(s *ddlparse.Step, number int) int { return s.Number - number })
	if !made {
		return t.NameSpan
	}
	for _, c := range steps[i].Changes {
		if c, ok := c.(*ddlparse.CreateTable); ok && c.New != nil && !c.New.NameSpan.IsZero() {
			return c.New.NameSpan
		}
	}
	return t.NameSpan
}

// lacksKey reports whether nothing tells the table's rows apart. The storage engines named here have no
// primary keys at all.
func lacksKey(p *review.Pass, t *ddlparse.Table) bool {
	switch strings.ToUpper(t.Options.Engine) {
	case "CSV", "ARCHIVE", "BLACKHOLE", "MRG_MYISAM", "MERGE", "CONNECT", "SPIDER", "FEDERATED", "NDB", "NDBCLUSTER", "SEQUENCE":
		return false
	}
	if t.PrimaryKey() != nil {
		return false
	}
	return !review.Value[bool](p, "accept_unique_not_null") || !hasUniqueNotNull(t)
}

func hasUniqueNotNull(t *ddlparse.Table) bool {
	for _, x := range t.Indexes {
		if x.Kind == ddlparse.Unique && len(x.Columns()) == len(x.Parts) && len(nullableParts(t, x)) == 0 {
			return true
		}
	}
	return false
}

func reportNoKey(p *review.Pass, t *ddlparse.Table, at ddlparse.Span) {
	f := review.Finding{Object: t.Name.String(), Span: at}
	f.Problem = review.Msg("`%s` ends up without a primary key: replicas of %s scan the whole table for each changed row, and sql_require_primary_key refuses it (error %s).", t.Name.String(), p.Engine.Title(), review.Errno(3750))
	switch {
	case p.Engine.IsMariaDB():
		f.Problem = review.Msg("`%s` ends up without a primary key: replicas of %s scan the whole table for each changed row, and Galera can't replicate it safely.", t.Name.String(), p.Engine.Title())
	case p.Engine.IsTiDB():
		f.Problem = review.Msg("`%s` ends up without a primary key: %s stores its rows in the order of a hidden number, so inserts pile up in one region and tools can't tell rows apart.", t.Name.String(), p.Engine.Title())
	case !p.Engine.MySQL(8, 0, 13):
		f.Problem = review.Msg("`%s` ends up without a primary key: replicas of %s scan the whole table for each changed row, and Group Replication refuses writes to it.", t.Name.String(), p.Engine.Title())
	}
	f.Advice = review.Msg("Declare the columns that identify a row of `%s` as PRIMARY KEY, or add `id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY`.", t.Name.String())
	p.Report(f)
}
