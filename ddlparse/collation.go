package ddlparse

import (
	_ "embed"
	"strings"
	"sync"
)

// collationInfo is a collation as a server has it.
type collationInfo struct {
	Name            string // canonical: lower case, utf8_… is utf8mb3_…
	Charset         string // "" for MariaDB's short names (uca1400_ai_ci), which any Unicode set takes
	CaseInsensitive bool
	NoPad           bool // trailing spaces count in comparisons
}

//go:embed collations.csv
var collationsCSV string

// collations is the embedded table by collation: from which version of each family it exists.
var collations = sync.OnceValue(func() map[string]sinces {
	all := make(map[string]sinces, 512)
	for line := range strings.Lines(collationsCSV) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) == 4 && f[0] != "collation" {
			all[f[0]] = sinces{since(f[1]), since(f[2]), since(f[3])}
		}
	}
	return all
})

// collation looks up a collation by its name in any case.
func (e Engine) collation(name string) (collationInfo, bool) {
	written := strings.ToLower(name)
	name = written
	if rest, ok := strings.CutPrefix(name, "utf8_"); ok {
		name = "utf8mb3_" + rest
	}
	if !e.hasCollationName(written, name) {
		return collationInfo{}, false
	}
	return collationInfo{
		Name:            name,
		Charset:         collationCharset(name),
		CaseInsensitive: caseInsensitive(name),
		NoPad:           noPad(name),
	}, true
}

// hasCollationName: MySQL has had the utf8mb3_ names since 8.0.30, before that only utf8_.
func (e Engine) hasCollationName(written, canonical string) bool {
	if strings.HasPrefix(written, "utf8mb3_") && e.IsMySQL() && !e.MySQL(8, 0, 30) {
		return false
	}
	if s, ok := collations()[canonical]; ok {
		return e.reached(s.of(e.Kind))
	}
	return e.MariaDB(10, 10, 1) && isUCA1400(canonical)
}

// uca1400Charsets and uca1400Languages span MariaDB's collations of Unicode 14: every language in
// every set, with or without accents, case and padding, too many to list one by one.
const (
	uca1400Charsets  = " utf8mb3 utf8mb4 ucs2 utf16 utf32 "
	uca1400Languages = " croatian czech danish esperanto estonian german2 hungarian icelandic latvian " +
		"lithuanian persian polish roman romanian sinhala slovak slovenian spanish spanish2 swedish turkish vietnamese "
)

func isUCA1400(name string) bool {
	charset, rest, ok := strings.Cut(name, "uca1400_")
	if !ok || charset != "" && !listed(uca1400Charsets, strings.TrimSuffix(charset, "_")) {
		return false
	}
	if language, flags, _ := strings.Cut(rest, "_"); listed(uca1400Languages, language) {
		rest = flags
	}
	switch strings.TrimPrefix(rest, "nopad_") {
	case "ai_ci", "ai_cs", "as_ci", "as_cs":
		return true
	}
	return false
}

// listed reports whether word is in a list of words with spaces around each.
func listed(list, word string) bool {
	return word != "" && strings.Contains(list, " "+word+" ")
}

func collationCharset(name string) string {
	charset, _, ok := strings.Cut(name, "_")
	if ok && charset == "uca1400" {
		return ""
	}
	return charset
}

// caseInsensitive: the names say it, but for the two-level Thai ones.
func caseInsensitive(name string) bool {
	return strings.HasSuffix(name, "_ci") || strings.HasSuffix(name, "_w2")
}

func noPad(name string) bool {
	return name == "binary" || strings.Contains(name, "_0900_") || strings.Contains(name, "nopad_")
}

// collationFor is collation for a place whose character set is known: a short name gets it in front.
func (e Engine) collationFor(name, charset string) (collationInfo, bool) {
	c, ok := e.collation(name)
	if ok && c.Charset == "" {
		return e.collation(charset + "_" + c.Name)
	}
	return c, ok
}

// HasCollation reports whether the server knows the collation.
func (e Engine) HasCollation(name string) bool {
	_, ok := e.collation(name)
	return ok
}

// CollationCharset returns the character set of a collation, "" for an unknown one and for MariaDB's
// short names, which go with any Unicode set.
func (e Engine) CollationCharset(name string) string {
	c, _ := e.collation(name)
	return c.Charset
}

// NoPad reports whether the collation heeds spaces at the end of values when it compares them.
func (e Engine) NoPad(collation string) bool {
	c, _ := e.collation(collation)
	return c.NoPad
}

// IsCaseInsensitive reports whether the collation takes upper and lower case for the same.
func (e Engine) IsCaseInsensitive(collation string) bool {
	c, _ := e.collation(collation)
	return c.CaseInsensitive
}
