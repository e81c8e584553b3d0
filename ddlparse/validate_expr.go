package ddlparse

import "strings"

// call is a function call, variable or subquery in an expression.
type call struct {
	name  string // upper case, without parentheses; "@x" for variables, "SELECT" for subqueries
	empty bool   // no arguments
}

// calls lists what an expression calls. Only words before "(" are functions, and the few that need no
// parentheses; a backquoted name before "(" is one too.
func (v *validator) calls(expr string) []call {
	src := &Source{Text: expr}
	toks := withoutComments(tokenize(src, 0, int32(len(expr)), lexOptions{engine: v.engine}))
	var found []call
	for i, t := range toks {
		if t.kind != word && t.kind != quoted || i > 0 && toks[i-1].isPunct(src, ".") {
			continue
		}
		name := strings.ToUpper(strings.Trim(t.text(src), "`"))
		opens := i+1 < len(toks) && toks[i+1].isPunct(src, "(")
		switch {
		case t.kind == word && (name[0] == '@' || name == "SELECT"):
		case opens:
		case t.kind == word && bareCalls[name]:
		default:
			continue
		}
		found = append(found, call{name, !opens || i+2 < len(toks) && toks[i+2].isPunct(src, ")")})
	}
	return found
}

// bareCalls are the functions that need no parentheses.
var bareCalls = map[string]bool{
	"CURRENT_TIMESTAMP": true, "CURRENT_DATE": true, "CURRENT_TIME": true, "CURRENT_USER": true,
	"LOCALTIME": true, "LOCALTIMESTAMP": true, "UTC_DATE": true, "UTC_TIME": true, "UTC_TIMESTAMP": true,
}

// volatile are the functions whose value depends on more than their arguments, which MySQL refuses in
// generated columns and CHECK constraints, and MariaDB in stored generated columns and CHECK
// constraints (MySQL 8.4 manual, "CREATE TABLE and Generated Columns"; each one was tried on both).
var volatile = map[string]bool{
	"NOW": true, "CURRENT_TIMESTAMP": true, "LOCALTIME": true, "LOCALTIMESTAMP": true, "CURDATE": true, "CURRENT_DATE": true,
	"CURTIME": true, "CURRENT_TIME": true, "UTC_DATE": true, "UTC_TIME": true, "UTC_TIMESTAMP": true,
	"RAND": true, "UUID": true, "UUID_SHORT": true, "USER": true, "CURRENT_USER": true, "SESSION_USER": true, "SYSTEM_USER": true,
	"DATABASE": true, "SCHEMA": true, "CONNECTION_ID": true, "LAST_INSERT_ID": true, "ROW_COUNT": true, "FOUND_ROWS": true,
	"VERSION": true, "SLEEP": true, "BENCHMARK": true, "LOAD_FILE": true, "GET_LOCK": true, "RELEASE_LOCK": true, "IS_FREE_LOCK": true,
}

// sideEffects are those of them that not even a DEFAULT expression may call.
var sideEffects = map[string]bool{
	"SLEEP": true, "BENCHMARK": true, "LOAD_FILE": true, "GET_LOCK": true, "IS_FREE_LOCK": true,
	"LAST_INSERT_ID": true, "ROW_COUNT": true, "FOUND_ROWS": true,
}

// refusedCall finds a function that MySQL refuses with that number where an expression must be
// deterministic.
func (v *validator) refusedCall(expr string, number int) (int, string) {
	for _, c := range v.calls(expr) {
		if volatile[c.name] || c.name == "SYSDATE" || c.name == "RANDOM_BYTES" || c.name == "UNIX_TIMESTAMP" && c.empty {
			return number, c.name
		}
	}
	return 0, ""
}

// variable returns the first variable of an expression, "" without one.
func (v *validator) variable(expr string) string {
	if !strings.Contains(expr, "@") {
		return ""
	}
	for _, c := range v.calls(expr) {
		if c.name[0] == '@' {
			return c.name
		}
	}
	return ""
}

// maybeKeyword reports whether an unquoted name that is no column may be something else to the server: a
// unit, a type or a word of some function's own syntax.
func maybeKeyword(name string) bool {
	return exprKeywords[strings.ToUpper(name)] || name == "" || name[0] == '@'
}

var exprKeywords = map[string]bool{
	"MICROSECOND": true, "SECOND": true, "MINUTE": true, "HOUR": true, "DAY": true, "WEEK": true, "MONTH": true, "QUARTER": true, "YEAR": true,
	"CHAR": true, "NCHAR": true, "BINARY": true, "DATE": true, "DATETIME": true, "TIME": true, "TIMESTAMP": true, "JSON": true, "DOUBLE": true, "FLOAT": true,
	"REAL": true, "SIGNED": true, "UNSIGNED": true, "PRECISION": true, "POINT": true, "LINESTRING": true, "POLYGON": true, "MULTIPOINT": true,
	"USA": true, "EUR": true, "ISO": true, "JIS": true, "INTERNAL": true, "LEVEL": true, "MODE": true, "LANGUAGE": true, "QUERY": true, "EXPANSION": true,
	"BOOLEAN": true, "AGAINST": true, "MATCH": true, "TRADITIONAL": true, "LOCAL": true, "ZONE": true, "AT": true,
}
