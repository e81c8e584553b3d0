package ddlparse

import "strings"

// enter steps over the marker of an executable comment whose condition holds, so that what stands
// in it is read like any other text. A dump writes /*!50003 CREATE*/ /*!50003 TRIGGER … */.
func (l *lexer) enter() bool {
	n, holds := executable(l.text[l.pos:l.end], l.o.engine)
	if n == 0 || !holds {
		return false
	}
	if l.marker < 0 {
		l.marker = l.pos
	}
	l.pos += n
	l.open++
	return true
}

// executable measures the marker of an executable comment at the start of text: /*!, /*!80000,
// /*M!100301 or /*T![feature], 0 when there is none, and says whether the engine runs what follows.
func executable(text string, e Engine) (n int, holds bool) {
	switch {
	case strings.HasPrefix(text, "/*!"):
		return versionComment(text, 3, e)
	case strings.HasPrefix(text, "/*M!"):
		n, holds = versionComment(text, 4, e)
		return n, holds && e.IsMariaDB()
	case strings.HasPrefix(text, "/*T!"):
		n, holds = featured(text)
		return n, holds && e.IsTiDB()
	}
	return 0, false
}

// versionComment reads the version behind a marker: five digits, or six where the server takes six.
func versionComment(text string, at int, e Engine) (n int, holds bool) {
	end, version := at, 0
	for end < len(text) && end < at+versionDigits(text[at:], e) && isDigit(text[end]) {
		version = version*10 + int(text[end]-'0')
		end++
	}
	if end-at < 5 {
		return at, true
	}
	return end, holdsOn(version, at == 4, e)
}

// versionDigits: MySQL reads six digits only when the first is 0 or 1, MariaDB whenever there are six.
func versionDigits(text string, e Engine) int {
	if e.IsMariaDB() || e.IsMySQL() && text != "" && (text[0] == '0' || text[0] == '1') || strings.HasPrefix(text, "999999") {
		return 6
	}
	return 5
}

// holdsOn says whether a server runs /*!version. MariaDB skips the numbers of MySQL 5.7 and later in
// the comments that both read; TiDB runs all but the dump header that nothing should run.
func holdsOn(version int, mariaDB bool, e Engine) bool {
	switch {
	case e.IsTiDB():
		return version != 999999
	case e.IsMariaDB() && !mariaDB && version >= 50700 && version <= 99999:
		return false
	}
	return version <= e.versionNumber()
}

// tidbFeatures are the features that TiDB names in its own executable comments.
var tidbFeatures = map[string]bool{
	"auto_rand": true, "auto_id_cache": true, "auto_rand_base": true, "clustered_index": true,
	"force_inc": true, "placement": true, "ttl": true, "global_index": true, "pre_split": true,
	"affinity": true, "region_split": true,
}

// featured reads /*T! and /*T![a,b]; an unknown feature is for a TiDB that can do more.
func featured(text string) (n int, holds bool) {
	if len(text) < 5 || text[4] != '[' {
		return 4, true
	}
	end := strings.IndexByte(text[:min(len(text), 200)], ']')
	if end < 0 {
		return 4, false
	}
	for name := range strings.SplitSeq(text[5:end], ",") {
		if !tidbFeatures[strings.TrimSpace(name)] {
			return end + 1, false
		}
	}
	return end + 1, true
}

// comment measures the comment at the position, 0 when there is none.
func (l *lexer) comment() int {
	switch l.text[l.pos] {
	case '#':
		return l.line()
	case '-':
		if l.at(1) == '-' && (l.dashes || l.pos+2 >= l.end || l.at(2) <= ' ' || l.at(2) == 0x7F) {
			return l.line()
		}
	case '/':
		if l.at(1) == '*' {
			return l.block()
		}
	}
	return 0
}

func (l *lexer) line() int {
	if n := strings.IndexByte(l.text[l.pos:l.end], '\n'); n >= 0 {
		return n
	}
	return l.end - l.pos
}

// block measures /* … */. An executable comment that is skipped may hold plain comments.
func (l *lexer) block() int {
	text := l.text[l.pos:l.end]
	n, _ := executable(text, l.o.engine)
	end := blockEnd(text, 2)
	for n > 0 {
		inner := strings.Index(text[max(n, 2):end], "/*")
		if inner < 0 {
			break
		}
		n = blockEnd(text, max(n, 2)+inner+2)
		end = blockEnd(text, n)
	}
	return end
}

func blockEnd(text string, from int) int {
	if n := strings.Index(text[from:], "*/"); n >= 0 {
		return from + n + 2
	}
	return len(text)
}
