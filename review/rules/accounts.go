package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// grantStatement speaks of every GRANT but those that excessive-grant speaks of.
var grantStatement = &review.Rule{
	ID:       "grant-statement",
	Title:    "Privileges are granted in a migration",
	Category: review.Privileges,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "GRANT") {
			if len(excess(wordsOf(s.Statement.Text()), dangerousPrivileges)) > 0 {
				continue
			}
			p.Report(review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("The migration grants privileges: accounts differ between environments, so %s refuses it where the account is missing, and nobody who looks after accounts sees the grant.", p.Engine.Title()),
				Advice:  review.Msg("Grant privileges where accounts are managed, not with the schema."),
			})
		}
	},
}

// dangerousPrivileges reach beyond the tables of one application. MySQL 8.4 manual, "Privileges Provided by MySQL".
var dangerousPrivileges = []string{"ALL", "SUPER", "FILE", "PROCESS", "SHUTDOWN", "GRANT OPTION", "ADMIN OPTION"}

var excessiveGrant = &review.Rule{
	ID:       "excessive-grant",
	Title:    "Far-reaching privileges are granted",
	Category: review.Privileges,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "deny", Default: dangerousPrivileges, Doc: "The privileges that no migration may grant."},
	},
	Check: func(p *review.Pass) {
		deny := review.Value[[]string](p, "deny")
		for s := range stepsOf(p, "GRANT") {
			words := wordsOf(s.Statement.Text())
			list := excess(words, deny)
			if len(list) == 0 {
				continue
			}
			f := review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("The migration grants %s: whoever has the account can do far more than use the application's tables.", strings.Join(list, ", ")),
				Advice:  review.Msg("Grant only what the application needs, such as SELECT, INSERT, UPDATE and DELETE on its database."),
			}
			if slices.Equal(list, []string{"ALL"}) && !strings.Contains(words, " ON *.* ") {
				f.Severity = review.Warning
				f.Problem = review.Msg("The migration grants ALL on a database: whoever has the account can drop its tables too.")
			}
			p.Report(f)
		}
	},
}

// excess lists the denied privileges that a GRANT, in words, gives, and the global level as "… ON *.*".
func excess(words string, deny []string) []string {
	head, _, _ := strings.Cut(words, " TO ")
	privileges, on, _ := strings.Cut(strings.TrimPrefix(head, "GRANT "), " ON ")
	var list []string
	for item := range strings.SplitSeq(privileges, ",") {
		item = strings.TrimSuffix(strings.TrimSpace(item), " PRIVILEGES")
		if slices.ContainsFunc(deny, func(d string) bool { return strings.EqualFold(d, item) }) {
			list = append(list, item)
		}
	}
	for _, option := range []string{"GRANT OPTION", "ADMIN OPTION"} {
		denied := slices.ContainsFunc(deny, func(d string) bool { return strings.EqualFold(d, option) })
		if denied && strings.Contains(words, " WITH "+option) && !slices.Contains(list, option) {
			list = append(list, option)
		}
	}
	if strings.TrimSpace(on) == "*.*" && len(list) == 0 && strings.TrimSpace(privileges) != "USAGE" && !strings.HasPrefix(privileges, "REPLICATION") {
		list = append(list, strings.TrimSpace(privileges)+" ON *.*")
	}
	return list
}

var revokeStatement = &review.Rule{
	ID:       "revoke-statement",
	Title:    "Privileges are revoked in a migration",
	Category: review.Privileges,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "REVOKE") {
			p.Report(review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("The migration revokes privileges: services that use the account fail from their next statement on (error %s), and %s fails where there is no such grant (error %s).", review.Errno(1142), p.Engine.Title(), review.Errno(1141)),
				Advice:  review.Msg("Revoke privileges where accounts are managed, not with the schema."),
			})
		}
	},
}

var userOrRoleChange = &review.Rule{
	ID:       "user-or-role-change",
	Title:    "Account or role is changed in a migration",
	Category: review.Privileges,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "CREATE USER", "ALTER USER", "DROP USER", "CREATE ROLE", "DROP ROLE", "RENAME", "SET") {
			verb := accountVerb(s.Statement)
			if verb == "" {
				continue
			}
			p.Report(review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("%s changes accounts of the whole server: they differ between environments, and a test database that shares the server changes the accounts of its neighbours.", verb),
				Advice:  review.Msg("Manage accounts and roles where the server is set up, not with the schema."),
			})
		}
	},
}

// accountVerb is the statement's verb if it changes an account, "" for RENAME and SET of something else.
func accountVerb(s *ddlparse.Statement) string {
	switch s.Verb {
	case "RENAME":
		return "RENAME USER"
	case "SET":
		if len(s.Text()) > len("SET PASSWORD") && strings.EqualFold(strings.Join(strings.Fields(s.Text())[:2], " "), "SET PASSWORD") {
			return "SET PASSWORD"
		}
		return ""
	}
	return s.Verb
}

// passwordInMigration never repeats what it found.
var passwordInMigration = &review.Rule{
	ID:       "password-in-migration",
	Title:    "Migration holds a password",
	Category: review.Privileges,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "CREATE USER", "ALTER USER", "GRANT", "SET") {
			at := passwordSpan(s.Statement)
			if at.IsZero() {
				continue
			}
			p.Report(review.Finding{
				Span:    at,
				Problem: review.Msg("The password stands in the file for everyone who can read the repository, its history, or the logs of the migration tool."),
				Advice:  review.Msg("Change the password, and set it from a secret store where accounts are managed; taking it out of the file does not take it out of the history."),
			})
		}
	},
}

// passwordSpan is the place of a literal password: behind IDENTIFIED … BY, or in SET PASSWORD. A hash, a
// placeholder and an empty text are none.
func passwordSpan(s *ddlparse.Statement) ddlparse.Span {
	if s.Verb == "SET" && accountVerb(s) == "" || s.Span.IsZero() {
		return ddlparse.Span{}
	}
	text := s.Text()
	for i := 0; i < len(text); i++ {
		if c := text[i]; c == '`' || c != '\'' && c != '"' {
			if c == '`' {
				i = quoteEnd(text, i)
			}
			continue
		}
		end := quoteEnd(text, i)
		if setsPassword(s.Verb, text[:i]) && isSecret(text[i+1:end]) {
			at := s.Span
			at.Start, at.End = at.Start+int32(i), at.Start+int32(end)+1
			return at
		}
		i = end
	}
	return ddlparse.Span{}
}

// setsPassword reports whether what stands before a literal makes it a password.
func setsPassword(verb, before string) bool {
	words := wordsOf(before)
	if verb == "SET" {
		return strings.HasSuffix(words, "=") || strings.HasSuffix(words, "= PASSWORD(") || strings.HasSuffix(words, "= PASSWORD (")
	}
	return strings.HasSuffix(words, " BY") && strings.Contains(words, "IDENTIFIED") && !strings.HasSuffix(words, "REPLACE BY")
}

func isSecret(text string) bool {
	for _, mark := range []string{"${", "{{", "<", "%(", ":", "@@", "__", "$("} {
		if strings.HasPrefix(text, mark) {
			return false
		}
	}
	hash := len(text) == 41 && text[0] == '*'
	return strings.TrimSpace(text) != "" && !hash
}

var wildcardHostAccount = &review.Rule{
	ID:       "wildcard-host-account",
	Title:    "Account may connect from every host",
	Category: review.Privileges,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "CREATE USER", "ALTER USER", "GRANT") {
			at := wildcardSpan(s.Statement)
			if at.IsZero() {
				continue
			}
			p.Report(review.Finding{
				Span:    at,
				Problem: review.Msg("The account's host is %s: %s lets it in from every address that reaches the server.", "'%'", p.Engine.Title()),
				Advice:  review.Msg("Name the hosts or the network that connect, such as '10.0.0.0/255.0.0.0'."),
			})
		}
	},
}

// wildcardSpan is the place of @'%'.
func wildcardSpan(s *ddlparse.Statement) ddlparse.Span {
	for _, host := range []string{"@'%'", `@"%"`, "@`%`"} {
		if i := strings.Index(s.Text(), host); i >= 0 {
			at := s.Span
			at.Start, at.End = at.Start+int32(i), at.Start+int32(i+len(host))
			return at
		}
	}
	return ddlparse.Span{}
}
