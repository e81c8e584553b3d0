package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// allColumnsNullable looks at new tables with enough columns outside of keys to tell.
var allColumnsNullable = &review.Rule{
	ID:       "all-columns-nullable",
	Title:    "Every column outside of keys takes NULL",
	Category: review.Defaults,
	Severity: review.Off,
	Params:   []review.Param{{Name: "min_columns", Default: 3, Doc: "Tables with fewer columns outside of keys are left alone."}},
	Check: func(p *review.Pass) {
		for t := range p.CreatedTables() {
			n, nullable := 0, 0
			for _, c := range t.Columns {
				if c.Generated != nil || c.AutoIncrement || inIndex(t, c.Name) {
					continue
				}
				n++
				if c.Nullable() {
					nullable++
				}
			}
			if n != nullable || n < review.Value[int](p, "min_columns") || t.Temporary {
				continue
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    t.NameSpan,
				Problem: review.Msg("All %d columns of `%s` outside of keys take NULL, so %s stores rows that say nothing.", n, t.Name.String(), p.Engine.Title()),
				Advice:  review.Msg("Declare NOT NULL what every row has."),
			})
		}
	},
}

// onUpdateTimestampAsBusinessTime goes by names: those of times at which a row was changed are fine.
var onUpdateTimestampAsBusinessTime = &review.Rule{
	ID:       "on-update-timestamp-as-business-time",
	Title:    "ON UPDATE overwrites a time that isn't named for it",
	Category: review.Defaults,
	Severity: review.Notice,
	Params: []review.Param{{
		Name:    "audit_names",
		Default: []string{"update", "upd", "modif", "mtime", "change", "edit", "touch", "sync", "refresh", "revis", "timestamp", "version", "last"},
		Doc:     "Parts of names of columns that say when a row was last changed.",
	}},
	Check: func(p *review.Pass) {
		names := review.Value[[]string](p, "audit_names")
		for t, c := range p.Columns() {
			at := c.Attribute("ON UPDATE")
			if at.IsZero() || c.OnUpdate == "" || isAuditName(c.Name, names) {
				continue
			}
			if old := oldColumn(p, t, c); old != nil && old.OnUpdate != "" {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    at,
				Problem: review.Msg("%s sets `%s` to the present whenever any other column of the row changes.", p.Engine.Title(), objectOf(t.Name, c.Name)),
				Advice:  review.Msg("Leave ON UPDATE out unless `%s` is the time of the last change.", c.Name),
			})
		}
	},
}

func isAuditName(name string, parts []string) bool {
	name = strings.ToLower(name)
	return name == "ts" || slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(name, part) })
}

// randomFunctions are those that MySQL 9.7 refused in ADD COLUMN (1674); it took CONNECTION_ID() and NOW().
var randomFunctions = regexp.MustCompile(`(?i)\b(?:(UUID|UUID_SHORT|UUID_V4|UUID_V7|SYS_GUID|RAND|RANDOM_BYTES|USER|SESSION_USER|SYSTEM_USER|SYSDATE)\s*\(|(CURRENT_USER)\b)`)

// nondeterministicDefault speaks of columns that are added with one: in CREATE TABLE only rows that come later get it,
// and those are replicated as rows. Asked of MySQL 9.7, with and without rows, and of MariaDB 10.11.
// https://dev.mysql.com/doc/refman/8.4/en/replication-features-functions.html
var nondeterministicDefault = &review.Rule{
	ID:       "nondeterministic-default",
	Title:    "Column is added with a default that differs each time",
	Category: review.Defaults,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 13) || e.IsMariaDB() },
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AddColumn](p) {
			d := c.Column.Default
			if d == nil || d.Kind != ddlparse.DefaultExpression || declarative(s) {
				continue
			}
			if found := randomFunctions.FindStringSubmatch(withoutStrings(d.Text)); found != nil {
				reportRandomDefault(p, s, c, strings.ToUpper(found[1]+found[2]))
			}
		}
	},
}

// withoutStrings drops string literals.
func withoutStrings(sql string) string { return stringLiteral.ReplaceAllString(sql, "''") }

var stringLiteral = regexp.MustCompile(`'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"`)

func reportRandomDefault(p *review.Pass, s *ddlparse.Step, c *ddlparse.AddColumn, function string) {
	f := review.Finding{
		Object: objectOf(c.Table, c.Column.Name),
		Span:   c.Column.Default.Span,
		Advice: review.Msg("Add `%s` without the default, set it with ALTER COLUMN … SET DEFAULT, and fill existing rows with an UPDATE.", c.Column.Name),
	}
	switch {
	case p.Engine.IsMySQL():
		f.Severity = review.Error
		f.Problem = review.Msg("`%s` is added with a default that calls %s, whose value differs each time; %s refuses that, also for an empty table (error %s).", objectOf(c.Table, c.Column.Name), function, p.Engine.Title(), review.Errno(1674))
	case holdsRows(p, s, c.Before):
		f.Problem = review.Msg("`%s` is added with a default that calls %s: %s replicates the statement itself, so replicas give the existing rows other values.", objectOf(c.Table, c.Column.Name), function, p.Engine.Title())
	default:
		return
	}
	p.Report(f)
}

// quotedNumericDefault is about text that people write: SHOW CREATE TABLE of MySQL puts quotes around numbers, that of
// MariaDB doesn't.
var quotedNumericDefault = &review.Rule{
	ID:       "quoted-numeric-default",
	Title:    "Default of a number is written as a string",
	Category: review.Defaults,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		columnsOfTables(p, func(t *ddlparse.Table, c *ddlparse.Column) bool { return quotesNumber(p, t, c) }, func(t *ddlparse.Table, list []*ddlparse.Column) {
			f := review.Finding{
				Object:  objectOfColumns(t, list),
				Span:    list[0].Default.Span,
				Problem: review.Msg("The default of %s is a number in quotes, which %s converts.", columnPaths(t, list), p.Engine.Title()),
				Advice:  review.Msg("Write the number without quotes."),
			}
			for i, c := range list {
				e := review.Edit{Title: "Write the number", Span: c.Default.Span, New: strings.TrimSpace(c.Default.Text)}
				if i == 0 {
					f.Fix = &e
					continue
				}
				f.Places, f.PlaceFixes = append(f.Places, e.Span), append(f.PlaceFixes, e)
			}
			p.Report(f)
		})
	},
}

func quotesNumber(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	if c.Default == nil || c.Default.Kind != ddlparse.DefaultString || !c.Type.IsNumeric() || c.Default.Span.IsZero() {
		return false
	}
	if old := oldColumn(p, t, c); old != nil && old.Default != nil && old.Default.Text == c.Default.Text {
		return false
	}
	_, err := strconv.ParseFloat(strings.TrimSpace(c.Default.Text), 64)
	return err == nil && strings.Trim(c.Default.Text, " +-.0123456789eE") == ""
}

// A comparison of NULL is NULL, which no check refuses; these are comparisons, and these words deal with NULL.
var (
	comparison  = regexp.MustCompile(`(?i)[<>=]|\b(BETWEEN|IN|LIKE|REGEXP|RLIKE)\b`)
	handlesNull = regexp.MustCompile(`(?i)<=>|\b(NULL|COALESCE|IFNULL|ISNULL|NVL|CASE|IF|JSON_VALID)\b`)
)

// checkConstraintNullTrap: https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
var checkConstraintNullTrap = &review.Rule{
	ID:       "check-constraint-null-trap",
	Title:    "CHECK lets NULL pass",
	Category: review.Defaults,
	Severity: review.Off,
	Engines:  func(e ddlparse.Engine) bool { return !e.IsMySQL() || e.MySQL(8, 0, 16) },
	Check: func(p *review.Pass) {
		for t, k := range p.Checks() {
			text := withoutStrings(k.Expr)
			if !p.New(k.Origin) || !k.Enforced || !comparison.MatchString(text) || handlesNull.MatchString(text) {
				continue
			}
			if names := nullableOf(t, k.Columns); len(names) > 0 {
				p.Report(review.Finding{
					Object:  objectOf(t.Name, k.Name),
					Span:    k.Span,
					Problem: review.Msg("The check `%s` is met on %s whenever %s is NULL, since a comparison with NULL is not false.", objectOf(t.Name, k.Name), p.Engine.Title(), quoted(names)),
					Advice:  review.Msg("Declare %s NOT NULL, or say in the condition what NULL means.", quoted(names)),
				})
			}
		}
	},
}

func nullableOf(t *ddlparse.Table, columns []string) []string {
	var names []string
	for _, name := range columns {
		if c := t.Column(name); c != nil && c.Nullable() {
			names = append(names, c.Name)
		}
	}
	return names
}
