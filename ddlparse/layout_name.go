package ddlparse

import (
	"strings"
)

// nameStyle is the convention that a file name follows.
type nameStyle uint8

const (
	bare     nameStyle = iota // users.sql
	numbered                  // 001_users.sql, v2.10.sql, 20260102150405_users.sql
	step                      // upgrade-1.0-to-1.1.sql
	flyway                    // V1__users.sql, R__views.sql
	upDown                    // 1_users.up.sql
	callback                  // afterMigrate.sql
	styleCount
)

// fileName is what the name of a file says.
type fileName struct {
	style    nameStyle
	version  string // numbers without leading zeros, joined by dots
	from, to string // of upgrade-1.0-to-1.1
	title    string
	role     Role
	down     bool
	baseline bool    // Flyway's B
	dialect  dialect // that the name has: 1_users.mysql.up.sql
	generic  string  // the name without the dialect, where a dot sets it off
}

// isSQLName reports whether the extension is one of SQL scripts.
func isSQLName(base string) bool {
	return hasSuffixFold(base, ".sql") || hasSuffixFold(base, ".mysql")
}

func parseFileName(base string) fileName {
	stem := base
	if i := strings.LastIndexByte(base, '.'); i > 0 {
		stem = base[:i]
	}
	if n, ok := parseFlyway(stem); ok {
		return n
	}
	if n, ok := parseUpDown(stem); ok {
		return n
	}
	return parsePlain(stem)
}

// parseFlyway reads V1_2__users, U1__users, B3__all and R__views: prefix, version, two underscores.
func parseFlyway(stem string) (fileName, bool) {
	if isCallback(stem) {
		return fileName{style: callback, title: stem}, true
	}
	version, description, ok := strings.Cut(stem, "__")
	if !ok || version == "" {
		return fileName{}, false
	}
	n := fileName{style: flyway, role: Versioned}
	switch version[0] {
	case 'R':
		n.role, n.title = Repeatable, stem
		return n, version == "R" && description != ""
	case 'U':
		n.role, n.down = Undo, true
	case 'B':
		n.baseline = true
	case 'V':
	default:
		return fileName{}, false
	}
	v, rest := versionParts(version[1:], "._")
	n.version, n.title = v, version[:1]+v
	return n, v != "" && rest == ""
}

// isCallback recognises the scripts that Flyway runs at its events.
func isCallback(stem string) bool {
	event, _, _ := strings.Cut(stem, "__")
	for _, prefix := range [...]string{"before", "after"} {
		rest, ok := strings.CutPrefix(event, prefix)
		if !ok {
			continue
		}
		for _, verb := range [...]string{"Migrate", "Each", "Clean", "Validate", "Baseline", "Repair", "Info", "Undo", "Versioned", "Repeatables", "Connect", "CreateSchema"} {
			if strings.HasPrefix(rest, verb) {
				return true
			}
		}
	}
	return event == "createSchema"
}

// parseUpDown reads 1_users.up, 1_users.down and 1_users.mysql.up.
func parseUpDown(stem string) (fileName, bool) {
	n := fileName{style: upDown, role: Versioned}
	title, ok := strings.CutSuffix(stem, ".up")
	if !ok {
		if title, ok = strings.CutSuffix(stem, ".down"); !ok {
			return fileName{}, false
		}
		n.role, n.down = Undo, true
	}
	n.version, _ = leadingVersion(title)
	n.dialect, n.title = cutDialect(title)
	n.generic = strings.TrimSuffix(n.title, ".autocommit") + stem[len(title):] // popx: run without a transaction
	return n, n.version != ""
}

func parsePlain(stem string) fileName {
	n := fileName{title: stem, role: Versioned}
	n.dialect, n.generic = cutDialect(stem)
	n.from, n.to = stepEnds(stem)
	if v, rest := leadingVersion(stem); v != "" && (rest == "" || !isLetter(rest[0])) {
		n.style, n.version = numbered, v
		return n
	}
	if n.dialect == noDialect {
		n.dialect = dialectAtEdge(stem)
	}
	if isStep(stem) {
		n.style, n.version = step, firstVersion(stem)
	}
	return n
}

// isStep recognises upgrade-1.0-to-1.1 and patch_012: a word for a change, and a number.
func isStep(stem string) bool {
	change, number := false, false
	for w := range fileWords(stem) {
		number = number || len(digitsOf(w)) == len(w)
		switch strings.ToLower(w) {
		case "upgrade", "update", "patch", "migrate", "migration", "delta", "change", "alter", "upgradestep":
			change = true
		}
	}
	return change && number
}

// leadingVersion returns the version that s starts with: v1.10, 2.0.1, 20260102_150405.
func leadingVersion(s string) (version, rest string) {
	t := s
	if len(t) > 1 && (t[0] == 'v' || t[0] == 'V') {
		t = t[1:]
	}
	version, rest = versionParts(t, ".")
	if len(version) == 4 && strings.HasPrefix(rest, "-") { // 2026-01-02-150405
		return versionParts(t, "-")
	}
	if len(version) == 8 && len(rest) > 4 && rest[0] == '_' { // a date; the time may follow
		if time, after := versionParts(rest[1:], ""); len(rest)-len(after) >= 5 && len(rest)-len(after) <= 7 {
			return version + "." + time, after
		}
	}
	if version == "" {
		return "", s
	}
	return version, rest
}

// firstVersion returns the first version that stands at the start of a word of s: 7.1 in engine_7.1_to_7.2.
func firstVersion(s string) string {
	start := true
	for i := range len(s) {
		if start && isDigit(s[i]) {
			v, _ := versionParts(s[i:], ".")
			return v
		}
		start = strings.IndexByte("._- vV", s[i]) >= 0
	}
	return ""
}

// versionParts reads numbers joined by one of the separators, and writes them without leading zeros.
func versionParts(s, separators string) (version, rest string) {
	for {
		digits := digitsOf(s)
		if digits == "" {
			return version, s
		}
		if version != "" {
			version += "."
		}
		version += trimZeros(digits)
		s = s[len(digits):]
		if len(s) < 2 || strings.IndexByte(separators, s[0]) < 0 || !isDigit(s[1]) {
			return version, s
		}
		s = s[1:]
	}
}

func digitsOf(s string) string {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return s[:i]
}

func trimZeros(digits string) string {
	trimmed := strings.TrimLeft(digits, "0")
	if trimmed == "" {
		return "0"
	}
	return trimmed
}

// fileWords yields the words of a name between dots, dashes and underscores.
func fileWords(s string) func(yield func(string) bool) {
	return strings.FieldsFuncSeq(s, func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == ' ' })
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}
