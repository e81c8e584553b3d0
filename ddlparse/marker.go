package ddlparse

import (
	"fmt"
	"strings"
)

// afterDashes returns what follows "--" and white space at the very start of a line.
func afterDashes(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "--")
	return strings.TrimSpace(rest), ok
}

// gooseMarker reads "-- +goose Up" and its like, in any case.
func gooseMarker(line string) marker {
	rest, ok := afterDashes(line)
	if !ok {
		return marker{}
	}
	rest, ok = strings.CutPrefix(rest, "+goose")
	if !ok {
		return marker{}
	}
	switch strings.ToLower(strings.TrimSpace(rest)) {
	case "up":
		return marker{kind: markUp}
	case "down":
		return marker{kind: markDown}
	case "statementbegin":
		return marker{kind: markBegin}
	case "statementend":
		return marker{kind: markEnd}
	case "no transaction":
		return marker{kind: markNoTx}
	case "envsub on", "envsub off":
		return marker{kind: markOther}
	}
	return marker{}
}

// sqlMigrateMarker reads "-- +migrate Up notransaction" and its like.
func sqlMigrateMarker(line string) marker {
	rest, ok := afterDashes(line)
	if !ok {
		return marker{}
	}
	words := strings.Fields(rest)
	if len(words) < 2 || words[0] != "+migrate" {
		return marker{}
	}
	noTx := len(words) > 2 && words[2] == "notransaction"
	switch words[1] {
	case "Up":
		return marker{kind: markUp, noTx: noTx}
	case "Down":
		return marker{kind: markDown, noTx: noTx}
	case "StatementBegin":
		return marker{kind: markBegin}
	case "StatementEnd":
		return marker{kind: markEnd}
	}
	return marker{}
}

// dbmateMarker reads "-- migrate:up transaction:false" and "-- migrate:down".
func dbmateMarker(line string) marker {
	rest, ok := afterDashes(line)
	if !ok {
		return marker{}
	}
	words := strings.Fields(rest)
	if len(words) == 0 {
		return marker{}
	}
	noTx := len(words) > 1 && words[1] == "transaction:false"
	switch words[0] {
	case "migrate:up":
		return marker{kind: markUp, noTx: noTx}
	case "migrate:down":
		return marker{kind: markDown, noTx: noTx}
	}
	return marker{}
}

// liquibaseMarker reads the comment lines of Liquibase formatted SQL, which may be indented.
func liquibaseMarker(line string) marker {
	rest, ok := afterDashes(strings.TrimLeft(line, " \t\uFEFF"))
	if !ok {
		return marker{}
	}
	head, tail, _ := strings.Cut(rest, " ")
	switch strings.ToLower(head) {
	case "changeset":
		return marker{kind: markChangeset, words: attributes(tail)}
	case "rollback":
		return marker{kind: markRollback, at: int32(strings.Index(strings.ToLower(line), "rollback") + len("rollback"))}
	}
	return marker{}
}

// attributes splits at white space outside of quotes, and drops the quotes.
func attributes(text string) []string {
	var words []string
	var b strings.Builder
	var quote byte
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || quote == 0 && (text[i] == ' ' || text[i] == '\t'):
			if b.Len() > 0 {
				words = append(words, b.String())
				b.Reset()
			}
		case quote != 0 && text[i] == quote:
			quote = 0
		case quote == 0 && (text[i] == '"' || text[i] == '\''):
			quote = text[i]
		default:
			b.WriteByte(text[i])
		}
	}
	return words
}

// changesetRegion reads what a changeset says of its SQL.
func changesetRegion(words []string, e Engine) region {
	r := region{}
	for i, w := range words {
		if i == 0 {
			r.changeset = w
			continue
		}
		name, value, _ := strings.Cut(w, ":")
		switch strings.ToLower(name) {
		case "enddelimiter":
			r.delimiter = strings.Trim(strings.NewReplacer(`\n`, "", `\r`, "", `\s*`, "", `\`, "").Replace(value), " ;")
		case "runintransaction":
			r.noTx = strings.EqualFold(value, "false")
		case "dbms":
			if !runsOn(value, e) {
				r.reason = fmt.Sprintf(reasonDBMS, value)
			}
		case "ignore":
			if strings.EqualFold(value, "true") {
				r.reason = "changeset is marked ignore:true"
			}
		}
	}
	return r
}

// runsOn reads Liquibase's list of databases; TiDB and Aurora are reached as mysql.
func runsOn(list string, e Engine) bool {
	name := "mysql"
	if e.IsMariaDB() {
		name = "mariadb"
	}
	positive, listed := false, false
	for item := range strings.SplitSeq(strings.ToLower(list), ",") {
		item = strings.TrimSpace(item)
		if rest, not := strings.CutPrefix(item, "!"); not {
			if rest == name {
				return false
			}
			continue
		}
		positive = true
		listed = listed || item == name || item == "all"
	}
	return listed || !positive
}
