package rules

import (
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// nameCollidesByCase speaks of new tables whose names differ from another one only in case. MySQL 8.4 manual,
// "Identifier Case Sensitivity". Where the server compares names without case the two are one, and other rules speak.
var nameCollidesByCase = &review.Rule{
	ID:       "name-collides-by-case",
	Title:    "Two tables differ only in upper and lower case",
	Category: review.Naming,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		byFold := map[string][]*ddlparse.Table{}
		for t := range p.Final().Tables() {
			key := strings.ToLower(t.Name.String())
			byFold[key] = append(byFold[key], t)
		}
		for t := range p.Tables() {
			if !tableNameIsNew(p, t) {
				continue
			}
			for _, other := range byFold[strings.ToLower(t.Name.String())] {
				if other.Name != t.Name && !other.External && !other.Temporary && (!tableNameIsNew(p, other) || other.Origin < t.Origin) {
					reportCollision(p, t, other)
					break
				}
			}
		}
	},
}

func reportCollision(p *review.Pass, t, other *ddlparse.Table) {
	p.Report(review.Finding{
		Object:  t.Name.String(),
		Span:    t.NameSpan,
		Related: []review.Related{{Span: other.NameSpan, Note: review.Msg("`%s` is defined here", other.Name.String())}},
		Problem: review.Msg("`%s` and `%s` are two tables only where file names have case: with lower_case_table_names=1 or 2, as on Windows and macOS, %s refuses the second (error %s).", t.Name.String(), other.Name.String(), p.Engine.Title(), review.Errno(1050)),
		Advice:  review.Msg("Give `%s` a name that differs in more than case.", t.Name.String()),
	})
}

// specialTableName speaks of names that the server or a tool for online changes keeps for itself. gh-ost and
// pt-online-schema-change name their tables so in their documentation; FTS_ is InnoDB's for full-text indexes (tried
// on MySQL 9.7 and MariaDB 10.11).
var specialTableName = &review.Rule{
	ID:       "special-table-name",
	Title:    "Table name is one that the server or a tool uses",
	Category: review.Naming,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "exempt", Default: []string{}, Doc: "Tables that may have such a name."},
	},
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			if tableNameIsNew(p, t) && !named(review.Value[[]string](p, "exempt"), t.Name.Name) {
				reportSpecialName(p, t)
			}
		}
	},
}

// toolTable matches the tables that online schema change tools make, and drop without asking.
var toolTable = regexp.MustCompile(`^_.+_(gho|ghc|del|new|old)$|^_.+_[0-9]{14}_del$`)

// fullTextTable matches those that InnoDB makes for full-text indexes.
var fullTextTable = regexp.MustCompile(`(?i)^fts_[0-9a-f]{16}_`)

func reportSpecialName(p *review.Pass, t *ddlparse.Table) {
	f := review.Finding{Object: t.Name.String(), Span: t.NameSpan, Advice: review.Msg("Choose another name while nothing uses `%s` yet.", t.Name.Name)}
	switch name := t.Name.Name; {
	case strings.EqualFold(name, "dual"):
		f.Problem = review.Msg("A table `%s` can only be read under backquotes: without them %s reads no table at all, and gives one empty row.", name, p.Engine.Title())
	case strings.HasPrefix(name, "#"):
		f.Severity = review.Warning
		f.Problem = review.Msg("`%s` looks like a table that %s makes while it alters another one: clean-up scripts drop those.", name, p.Engine.Title())
	case fullTextTable.MatchString(name):
		f.Problem = review.Msg("`%s` is named like the tables that InnoDB makes for FULLTEXT indexes: MySQL refuses it (error %s).", name, review.Errno(1103))
	case toolTable.MatchString(name) && !fromTool(p, t):
		f.Severity = review.Warning
		f.Problem = review.Msg("`%s` is named like the tables of gh-ost and pt-online-schema-change, which drop or refuse what they find under that name.", name)
	default:
		return
	}
	p.Report(f)
}

// fromTool reports whether the migration does by hand what such a tool does: it copies another table and takes its place.
func fromTool(p *review.Pass, t *ddlparse.Table) bool {
	if !strings.HasSuffix(t.Name.Name, "_new") && !strings.HasSuffix(t.Name.Name, "_old") {
		return false
	}
	base := strings.TrimPrefix(t.Name.Name, "_")
	base = base[:strings.LastIndex(base, "_")]
	n := t.Name
	n.Name = base
	return p.Final().Table(n) != nil || p.Start().Table(n) != nil
}
