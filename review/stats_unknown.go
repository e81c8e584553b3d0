package review

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
)

// toolTables are those that migration tools and online schema change tools make beside the migrations.
var toolTables = regexp.MustCompile(`(?i)^(flyway_schema_history|schema_migrations|schema_version|goose_db_version|gorp_migrations|databasechangelog(lock)?|` +
	`_prisma_migrations|atlas_schema_revisions|ar_internal_metadata|_.*_(gho|ghc|del|new|old|chkpnt))$`)

// unknownTables says which sizes belong to no table of the plans. A name that is nearly that of a table without
// a size is a mistake, so that the file isn't used; others may belong to somebody else. Where the change set
// touches only some of the sets of migrations, the rest isn't known.
func unknownTables(s *TableStats, plans []*Plan, cs *ChangeSet) (left []NotReviewed, mistaken bool) {
	if s == nil || cs.partial || len(plans) == 0 {
		return nil, false
	}
	known := namesIn(plans)
	var others []TableSize
	for _, t := range s.Tables {
		name := strings.ToLower(t.Name.Name)
		if known[name] || toolTables.MatchString(name) {
			continue
		}
		if near := prompts.Nearest(name, s.without(known)); near != "" {
			left = append(left, NotReviewed{Path: t.Span.Path(), Span: t.Span, Reason: Msg("no migration makes a table `%s`, so no table size is used; did you mean `%s`?", t.Name.String(), near)})
			continue
		}
		others = append(others, t)
	}
	mistaken = len(left) > 0
	if len(others) == 1 {
		left = append(left, NotReviewed{Path: others[0].Span.Path(), Span: others[0].Span, Reason: Msg("no migration makes a table `%s`, so its size counts for nothing", others[0].Name.String())})
	} else if len(others) > 1 {
		left = append(left, NotReviewed{Path: others[0].Span.Path(), Span: others[0].Span, Reason: Msg("no migration makes a table `%s`, nor %d others, so their sizes count for nothing", others[0].Name.String(), len(others)-1)})
	}
	return left, mistaken
}

// namesIn are the tables before and behind the change set, in lower case.
func namesIn(plans []*Plan) map[string]bool {
	known := map[string]bool{}
	for _, p := range plans {
		for _, schema := range []ddlparse.Schema{p.Start, p.Final} {
			for t := range schema.Tables() {
				known[strings.ToLower(t.Name.Name)] = true
			}
		}
	}
	return known
}

// without are the known tables that have no size.
func (s *TableStats) without(known map[string]bool) (names []string) {
	sized := map[string]bool{}
	for _, t := range s.Tables {
		sized[strings.ToLower(t.Name.Name)] = true
	}
	for name := range known {
		if !sized[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
