package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// definerNotAllowed speaks of accounts written into views, triggers and routines, as dumps do. MySQL 8.4
// manual, "Stored Object Access Control".
var definerNotAllowed = &review.Rule{
	ID:       "definer-not-allowed",
	Title:    "View, trigger or routine names a DEFINER",
	Category: review.Privileges,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params: []review.Param{
		{Name: "allow", Default: []string{"CURRENT_USER"}, Doc: "The accounts that may stand there, such as app@localhost."},
	},
	Check: func(p *review.Pass) {
		allow := review.Value[[]string](p, "allow")
		say := func(object string, s *ddlparse.Step) {
			at, account := definerSpan(s.Statement)
			if at.IsZero() || slices.ContainsFunc(allow, func(a string) bool { return strings.EqualFold(a, account) }) {
				return
			}
			f := review.Finding{
				Object:  object,
				Span:    at,
				Problem: review.Msg("`%s` runs with the privileges of %s: where that account is missing, %s refuses every use of it (error %s).", object, account, p.Engine.Title(), review.Errno(1449)),
				Advice:  review.Msg("Leave DEFINER out; then it is the account that runs the migration."),
			}
			if at.Source.Host == nil {
				f.Fix = &review.Edit{Title: "Leave DEFINER out", Span: at, New: ""}
			}
			p.Report(f)
		}
		for s, c := range review.Each[*ddlparse.CreateView](p) {
			say(c.View.Name.String(), s)
		}
		for s, c := range review.Each[*ddlparse.CreateTrigger](p) {
			say(c.Trigger.Name.String(), s)
		}
		for s, c := range review.Each[*ddlparse.CreateRoutine](p) {
			say(c.Routine.Name.String(), s)
		}
	},
}

// definerSpan is the place of DEFINER = account with the space behind it, and the account without quotes.
// It stands before the kind of object.
func definerSpan(s *ddlparse.Statement) (at ddlparse.Span, account string) {
	text := s.Text()
	head := strings.ToUpper(text[:min(len(text), 200)])
	i := strings.Index(head, "DEFINER")
	if i < 0 {
		return ddlparse.Span{}, ""
	}
	if kind := strings.IndexAny(head[:i], "('"); kind >= 0 {
		return ddlparse.Span{}, ""
	}
	rest := strings.TrimLeft(text[i+len("DEFINER"):], " \t\r\n")
	rest, ok := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	end := accountEnd(rest)
	if !ok || end == 0 || end == len(rest) {
		return ddlparse.Span{}, ""
	}
	account = strings.TrimSuffix(strings.Map(unquoted, rest[:end]), "()")
	behind := strings.TrimLeft(rest[end:], " \t")
	at = s.Span
	at.Start, at.End = at.Start+int32(i), at.Start+int32(len(text)-len(behind))
	return at, account
}

func unquoted(r rune) rune {
	if strings.ContainsRune("'\"` \t", r) {
		return -1
	}
	return r
}

// accountEnd is the length of 'user'@'host' at the start of the text; spaces may stand around the @.
func accountEnd(text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'' || c == '"' || c == '`':
			i = quoteEnd(text, i)
		case strings.IndexByte(" \t\r\n*", c) >= 0:
			rest := strings.TrimLeft(text[i:], " \t\r\n")
			if !strings.HasPrefix(rest, "@") && !strings.HasSuffix(strings.TrimRight(text[:i], " "), "@") {
				return i
			}
		}
	}
	return len(text)
}

// plaintextPasswordColumn speaks of columns that no current password hash fits into: bcrypt has 60
// characters, Argon2 and scrypt more.
var plaintextPasswordColumn = &review.Rule{
	ID:       "plaintext-password-column",
	Title:    "Password column is too short for a hash",
	Category: review.Privileges,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "names", Default: []string{"password", "passwd", "pwd", "user_password"}, Doc: "The names of columns that hold passwords."},
	},
	Check: func(p *review.Pass) {
		names := review.Value[[]string](p, "names")
		for t, c := range p.Columns() {
			if !countsCharacters(c.Type) || c.Type.Length >= 60 || !named(names, c.Name) || !typeIsNew(p, t, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    c.TypeSpan,
				Problem: review.Msg("`%s` holds at most %d characters: no hash made for passwords fits (bcrypt takes 60), so it holds passwords as they are, or under a hash that is broken.", objectOf(t.Name, c.Name), c.Type.Length),
				Advice:  review.Msg("Store only a hash by bcrypt, scrypt or Argon2, in VARCHAR(255)."),
			})
		}
	},
}
