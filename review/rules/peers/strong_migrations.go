package peers

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// An initializer is Ruby, of which only the lines about StrongMigrations are read: calls and assignments.
var (
	rubySwitch = regexp.MustCompile(`^StrongMigrations\.(disable_check|enable_check)\b[\s(]*(?::"?|["'])(\w+)`)
	rubyAssign = regexp.MustCompile(`^StrongMigrations\.(\w+)(?:\[[^\]]*\])?\s*(?:=|<<)\s*(.+)$`)
	rubyCall   = regexp.MustCompile(`^StrongMigrations\.(\w+)`)
	rubyNumber = regexp.MustCompile(`^["']?(\d+(?:\.\d+)*)["']?$`)
)

// Settings that have no equivalent, as they are about how migrations run and not about what they hold.
var rubySettings = []string{
	"alphabetize_schema", "auto_analyze", "check_down", "checks", "error_messages", "lock_timeout", "lock_timeout_limit",
	"lock_timeout_retries", "lock_timeout_retry_delay", "remove_invalid_indexes", "safe_by_default", "skip_database",
	"skipped_databases", "start_after", "statement_timeout", "target_postgresql_version", "target_sql_mode", "target_version",
	"transaction_timeout",
}

// strongMigrations reads an initializer of Rails.
func (r *reader) strongMigrations() {
	r.preset = "strong-migrations"
	comment := false
	for i, line := range strings.Split(r.text, "\n") {
		switch {
		case strings.HasPrefix(line, "=begin"):
			comment = true
		case strings.HasPrefix(line, "=end"):
			comment = false
		}
		line = strings.TrimSpace(line)
		if at := strings.Index(line, " #"); at >= 0 {
			line = strings.TrimSpace(line[:at])
		}
		if !comment && strings.HasPrefix(line, "StrongMigrations.") {
			r.rubyLine(i+1, line)
		}
	}
}

func (r *reader) rubyLine(number int, line string) {
	if m := rubySwitch.FindStringSubmatch(line); m != nil {
		severity := review.Error
		if m[1] == "disable_check" {
			severity = review.Off
		}
		r.set(m[2], severity, number)
		return
	}
	m := rubyCall.FindStringSubmatch(line)
	switch {
	case m == nil || m[1] == "disable_check" || m[1] == "enable_check":
		r.wrong(number, review.Msg("This line can't be understood."), review.Msg("Name one check, as in `StrongMigrations.disable_check(:add_index)`."))
	case m[1] == "add_check":
		r.note(number, review.Msg("A check of yours: write it as a custom rule."))
	case m[1] == "target_mysql_version" || m[1] == "target_mariadb_version":
		r.rubyEngine(number, line, m[1])
	case slices.Contains(rubySettings, m[1]):
		r.note(number, review.Msg("`%s` has no equivalent.", m[1]))
	default:
		r.wrong(number, review.Msg("%s has no setting `%s`.", r.peer.Title, plain(m[1])), near(m[1], slices.Concat(rubySettings, []string{"disable_check", "enable_check", "add_check", "target_mysql_version", "target_mariadb_version"})))
	}
}

func (r *reader) rubyEngine(number int, line, setting string) {
	kind := "mysql"
	if setting == "target_mariadb_version" {
		kind = "mariadb"
	}
	if m := rubyAssign.FindStringSubmatch(line); m != nil {
		if version := rubyNumber.FindStringSubmatch(strings.TrimSpace(m[2])); version != nil {
			r.relevant = true
			r.engine = kind + " " + version[1]
			return
		}
	}
	r.note(number, review.Msg("`%s` has no equivalent.", setting))
}

// near is the advice for a name that is none of those.
func near(name string, valid []string) review.Message {
	if n := review.Nearest(name, valid); n != "" {
		return review.Msg("Did you mean `%s`?", n)
	}
	return review.Message{}
}
