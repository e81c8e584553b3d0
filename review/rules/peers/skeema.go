package peers

import (
	"maps"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// skeema reads an option file: lines `option=value` below `[environment]`, comments behind # or ;. Only options of
// `skeema lint` count, and the server's flavor. The values of all environments are taken.
func (r *reader) skeema() {
	r.preset = "skeema"
	allow := map[string][]value{}
	var lints []option
	for i, line := range strings.Split(r.text, "\n") {
		o, ok := r.option(i+1, line)
		switch {
		case !ok:
		case o.name == "flavor":
			r.engine = strings.Replace(o.value, ":", " ", 1)
		case o.name == "errors" || o.name == "warnings":
			r.note(o.line, review.Msg("`%s` lists linters by names that Skeema gave up in 1.3.", o.name))
		case strings.HasPrefix(o.name, "lint-"):
			lints = append(lints, o)
		case strings.HasPrefix(o.name, "allow-"):
			r.allow(allow, o)
		}
	}
	for _, o := range lints {
		r.lint(allow, o)
	}
	for _, name := range slices.Sorted(maps.Keys(allow)) {
		r.set(name, skeemaDefault(name), r.lineOf(strings.Index(r.text, "allow-"+name)), allow[name]...)
	}
}

// option is a line of an option file.
type option struct {
	line        int
	name, value string
	filled      bool // there is an equals sign
}

// option reads a line; false for one that holds none.
func (r *reader) option(number int, line string) (option, bool) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' || line[0] == ';' {
		return option{}, false
	}
	if line[0] == '[' {
		if !strings.HasSuffix(uncommented(line), "]") {
			r.wrong(number, review.Msg("A bracket is not closed."), review.Message{})
		}
		return option{}, false
	}
	name, text, filled := strings.Cut(uncommented(line), "=")
	name = strings.TrimPrefix(strings.ReplaceAll(strings.TrimSpace(strings.ToLower(name)), "_", "-"), "loose-")
	if skipped, ok := strings.CutPrefix(name, "skip-"); ok {
		name, text, filled = skipped, "ignore", true
	}
	return option{number, name, strings.Trim(strings.TrimSpace(text), `"'`), filled}, true
}

// uncommented cuts a comment off the end of a line.
func uncommented(line string) string {
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

var skeemaLevels = map[string]review.Severity{
	"error": review.Error, "warning": review.Warning, "ignore": review.Off,
	"": review.Off, "0": review.Off, "false": review.Off, "off": review.Off,
}

func (r *reader) lint(allow map[string][]value, o option) {
	if !o.filled {
		r.wrong(o.line, review.Msg("`%s` has no value.", plain(o.name)), review.Msg("Write one of `%s`.", "ignore`, `warning`, `error"))
		return
	}
	severity, ok := skeemaLevels[strings.ToLower(o.value)]
	if !ok {
		r.wrong(o.line, review.Msg("`%s` can't be `%s`.", plain(o.name), plain(o.value)), review.Msg("Write one of `%s`.", "ignore`, `warning`, `error"))
		return
	}
	name := strings.TrimPrefix(o.name, "lint-")
	r.set(name, severity, o.line, allow[name]...)
	delete(allow, name)
}

// unquoted takes the quotes off a name: 'app'@'%'.
var unquoted = strings.NewReplacer("'", "", "`", "", `"`, "")

// allow keeps a list of what a linter permits, for the linter of the same name.
func (r *reader) allow(lists map[string][]value, o option) {
	name := strings.TrimPrefix(o.name, "allow-")
	if name == "unsafe" { // of `skeema push`
		return
	}
	var items []string
	for item := range strings.SplitSeq(o.value, ",") {
		if item = unquoted.Replace(strings.TrimSpace(item)); item != "" {
			items = append(items, item)
		}
	}
	if name == "definer" && slices.Contains(items, "%@%") { // anybody
		return
	}
	lists[name] = []value{{o.name, items}}
}

// skeemaDefault is the severity of a linter that the file does not set.
func skeemaDefault(name string) review.Severity {
	switch name {
	case "definer":
		return review.Error
	case "pk-type":
		return review.Off
	}
	return review.Warning
}
