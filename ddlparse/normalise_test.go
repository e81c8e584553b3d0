package ddlparse

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// normaliser brings a CREATE TABLE of a server and one of ours to the same words. It drops only what
// says nothing about the schema: counters, spellings of expressions, the wrapping of version comments.
type normaliser struct {
	collations map[string]string // default collation of each character set, from the server
}

// normalise gives one line per column, key, constraint, the options, and the partitioning.
func (n normaliser) normalise(ddl string) []string {
	head, tail, _ := strings.Cut(ddl, "\n) ")
	options, partitions, _ := strings.Cut(tail, "\n")
	optionWords, charset, collation := n.options(options)
	lines := []string{}
	for _, line := range strings.Split(head, "\n")[1:] {
		words := splitDDL(unsaid.ReplaceAllString(strings.TrimSuffix(line, ","), ""))
		if strings.HasPrefix(words[0], "`") {
			words = n.column(words, charset, collation)
		}
		lines = append(lines, plainWords(words))
	}
	lines = append(lines, fmt.Sprintf("options: %s charset=%s collate=%s", optionWords, charset, collation))
	if partitions != "" {
		lines = append(lines, plainPartitions(partitions))
	}
	return lines
}

// unsaid is what nobody wrote: what a key keeps of a table option that the table has lost, and the check
// that stands for JSON on MariaDB.
var unsaid = regexp.MustCompile(" KEY_BLOCK_SIZE=\\d+| CHECK \\(json_valid\\(`(?:[^`]|``)*`\\)\\)$")

var ddlWord = regexp.MustCompile("`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*'|/\\*!\\d*|\\*/|[\\w$.\u0080-\U0010ffff]+|->>?|[<>=!|&:]+|\\S")

func splitDDL(text string) []string { return ddlWord.FindAllString(text, -1) }

var autoIncrement = regexp.MustCompile(`AUTO_INCREMENT=\d+ ?`)

func (n normaliser) options(text string) (rest, charset, collation string) {
	words := []string{}
	for _, w := range regexp.MustCompile(`[A-Z_ ]+=(?:'(?:[^'\\]|''|\\.)*'|[^ ]+)`).FindAllString(autoIncrement.ReplaceAllString(text, ""), -1) {
		name, value, _ := strings.Cut(strings.TrimSpace(w), "=")
		switch name {
		case "DEFAULT CHARSET":
			charset = value
		case "COLLATE":
			collation = value
		default:
			words = append(words, name+"="+strings.Trim(value, `'"`))
		}
	}
	if collation == "" {
		collation = n.collations[charset]
	}
	return strings.Join(words, " "), charset, collation
}

// column writes the effective character set and collation of a text column behind its type.
func (n normaliser) column(words []string, charset, collation string) []string {
	name, typ, rest := words[0], words[1], words[2:]
	if !(Type{Name: typ}).IsText() {
		return words
	}
	params := []string{}
	if len(rest) > 0 && rest[0] == "(" {
		end := 0
		for rest[end] != ")" {
			end++
		}
		params, rest = rest[:end+1], rest[end+1:]
	}
	if len(rest) > 2 && rest[0] == "CHARACTER" && rest[1] == "SET" {
		charset, collation, rest = rest[2], n.collations[rest[2]], rest[3:]
	}
	if len(rest) > 1 && rest[0] == "COLLATE" {
		collation, rest = rest[1], rest[2:]
		charset, _, _ = strings.Cut(collation, "_")
	}
	out := append([]string{name, typ}, params...)
	return append(append(out, "CHARACTER", "SET", charset, "COLLATE", collation), rest...)
}

// spellings are the names that servers give to functions, by those that people write.
var spellings = map[string]string{
	"ucase": "upper", "lcase": "lower", "substring": "substr", "current_date": "curdate", "now": "current_timestamp",
	"!=": "<>", "character_length": "char_length", "localtimestamp": "current_timestamp", "localtime": "current_timestamp",
	"dayofmonth": "day", "->": ",", "->>": ",", "json_extract": "", "year4": "year", "date_add": "",
}

// plainWords drops quotes, parentheses and version comments; names keep their case unless they stand in
// an expression.
func plainWords(words []string) string {
	out := []string{}
	depth, expression := 0, -1
	for i, w := range words {
		switch {
		case w == "(":
			depth++
			if expression < 0 && i > 0 && opensExpression(words[i-1]) {
				expression = depth
			}
			continue
		case w == ")":
			if depth == expression {
				expression = -1
			}
			depth--
			continue
		case strings.HasPrefix(w, "/*!"), w == "*/", isIntroducer(words, i):
			continue
		}
		out = appendWord(out, w, expression >= 0)
	}
	return strings.Join(out, " ")
}

// opensExpression tells from the word before a parenthesis whether an expression stands in it.
func opensExpression(before string) bool {
	switch before {
	case "AS", "CHECK", "DEFAULT", "(", ",":
		return true
	}
	return false
}

func isIntroducer(words []string, i int) bool {
	return strings.HasPrefix(words[i], "_") && i+1 < len(words) && strings.HasPrefix(words[i+1], "'")
}

var quotedNumber = regexp.MustCompile(`^'-?[0-9.]+'$`)

func appendWord(out []string, w string, expression bool) []string {
	switch {
	case quotedNumber.MatchString(w):
		return append(out, strings.Trim(w, "'"))
	case strings.HasPrefix(w, "'"):
		return append(out, w)
	case strings.HasPrefix(w, "`") && !expression:
		return append(out, w)
	}
	w = strings.ToLower(strings.Trim(w, "`"))
	if s, ok := spellings[w]; ok {
		w = s
	}
	if w == "" {
		return out
	}
	return append(out, w)
}

var partitionNoise = regexp.MustCompile(`COMMENT = '(?:[^'\\]|''|\\.)*'|ENGINE = \w+`)

func plainPartitions(text string) string {
	out := []string{}
	words := splitDDL(partitionNoise.ReplaceAllString(text, ""))
	for i, w := range words {
		if w == "(" || w == ")" || strings.HasPrefix(w, "/*!") || w == "*/" || isIntroducer(words, i) {
			continue
		}
		out = appendWord(out, w, true)
	}
	return "partitions: " + strings.Join(out, " ")
}

func TestNormalise(t *testing.T) {
	t.Parallel()
	n := normaliser{map[string]string{"latin1": "latin1_swedish_ci", "utf8mb4": "utf8mb4_0900_ai_ci"}}
	server := "CREATE TABLE `t` (\n  `Id` int NOT NULL DEFAULT '3',\n  `a` varchar(5) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,\n" +
		"  `g` int GENERATED ALWAYS AS ((`Id` + 1)) STORED,\n  KEY `K` (`a`(3),(lower(`Id`)))\n" +
		") ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin\n/*!50100 PARTITION BY HASH (`Id`)\nPARTITIONS 4 */"
	ours := "CREATE TABLE `t` (\n  `Id` int NOT NULL DEFAULT 3,\n  `a` varchar(5) CHARACTER SET latin1 DEFAULT NULL,\n" +
		"  `g` int GENERATED ALWAYS AS (ID+1) STORED,\n  KEY `K` (`a`(3),(LOWER(id)))\n" +
		") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin\n/*!50100 PARTITION BY HASH (id)\nPARTITIONS 4 */"
	if diff := cmp.Diff(n.normalise(server), n.normalise(ours)); diff != "" {
		t.Errorf("the same table differs (-server +ours):\n%s", diff)
	}
	for name, change := range map[string][2]string{
		"name":       {"`Id` int", "`ID` int"},
		"collation":  {"utf8mb4_bin", "utf8mb4_general_ci"},
		"key":        {"`a`(3)", "`a`(4)"},
		"key name":   {"KEY `K`", "KEY `k`"},
		"expression": {"+ 1", "+ 2"},
		"partitions": {"PARTITIONS 4", "PARTITIONS 5"},
		"null":       {"NOT NULL ", ""},
	} {
		if cmp.Equal(n.normalise(server), n.normalise(strings.Replace(server, change[0], change[1], 1))) {
			t.Errorf("%s: a difference is lost", name)
		}
	}
}
