package peers

import (
	"errors"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/schema-review/schema-review/review"
)

// squawkFile is .squawk.toml (crates/squawk/src/config.rs).
type squawkFile struct {
	ExcludedPaths       []string       `toml:"excluded_paths"`
	ExcludedRules       []string       `toml:"excluded_rules"`
	IncludedRules       []string       `toml:"included_rules"`
	PgVersion           any            `toml:"pg_version"`
	AssumeInTransaction bool           `toml:"assume_in_transaction"`
	UploadToGitHub      map[string]any `toml:"upload_to_github"`
}

var squawkKeys = []string{"excluded_paths", "excluded_rules", "included_rules", "pg_version", "assume_in_transaction", "upload_to_github"}

// squawk reads which rules are excluded, and which ones are included that are off by themselves.
func (r *reader) squawk() {
	var file squawkFile
	d := toml.NewDecoder(strings.NewReader(r.text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		r.wrongTOML(err)
		return
	}
	for _, name := range file.ExcludedRules {
		r.set(squawkName(name), review.Off, r.quotedLine(name))
	}
	for _, name := range file.IncludedRules {
		r.set(squawkName(name), review.Warning, r.quotedLine(name))
	}
	for _, path := range file.ExcludedPaths {
		r.note(r.quotedLine(path), review.Msg("Files can't be excluded: `migrations` says where yours are. `%s` is left out.", plain(path)))
	}
	for _, key := range []string{"pg_version", "assume_in_transaction", "upload_to_github"} {
		if at := strings.Index(r.text, key); at >= 0 && (file.PgVersion != nil || key != "pg_version") {
			r.note(r.lineOf(at), review.Msg("`%s` has no equivalent.", key))
		}
	}
}

// squawkName is the name of a rule; one is known by two.
func squawkName(name string) string {
	if name == "prefer-timestamptz" {
		return "prefer-timestamp-tz"
	}
	return name
}

// quotedLine is the line on which a text stands in quotes.
func (r *reader) quotedLine(s string) int {
	for _, quoted := range []string{strconv.Quote(s), "'" + s + "'"} {
		if i := strings.Index(r.text, quoted); i >= 0 {
			return r.lineOf(i)
		}
	}
	return 1
}

func (r *reader) wrongTOML(err error) {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		for _, e := range strict.Errors {
			line, _ := e.Position()
			name := strings.Join(e.Key(), ".")
			r.wrong(line, review.Msg("There is no key `%s` here.", plain(name)), near(name, squawkKeys))
		}
		return
	}
	line := 1
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ = at.Position()
	}
	r.wrong(line, review.Msg("This is not the TOML of squawk: %s.", plain(strings.TrimPrefix(err.Error(), "toml: "))), r.elsewhere())
}
