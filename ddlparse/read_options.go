package ddlparse

import (
	"strconv"
	"strings"
)

// tableOptions reads table options, with or without commas between them; false when none is ahead.
func (r *reader) tableOptions(o *TableOptions) bool {
	any := false
	for !r.end() && r.tableOption(o) {
		any = true
		if r.isPunct(",") && !r.optionAhead(1) {
			break
		}
		r.acceptPunct(",")
	}
	return any
}

// tableOption reads one table option.
func (r *reader) tableOption(o *TableOptions) bool {
	from := r.i
	if !r.optionAhead(0) {
		return false
	}
	r.accept("DEFAULT")
	r.lax = r.lax || !commonOptions[r.keyword(0)]
	name := r.optionName()
	r.acceptPunct("=")
	value := r.optionValue()
	if r.stuck {
		return false
	}
	o.set(name, value, r.span(from))
	r.optionFeature(name, from)
	return true
}

// optionAhead reports whether a table option starts at that distance.
func (r *reader) optionAhead(ahead int) bool {
	if r.isAt(ahead, "DEFAULT") {
		ahead++
	}
	switch k := r.keyword(ahead); k {
	case "CHARACTER", "CHAR":
		return r.isAt(ahead+1, "SET")
	case "CHARSET", "COLLATE", "ENGINE", "COMMENT", "AUTO_INCREMENT", "ROW_FORMAT", "KEY_BLOCK_SIZE":
		return true
	case "DATA", "INDEX":
		return r.isAt(ahead+1, "DIRECTORY")
	case "STORAGE":
		return r.isAt(ahead+1, "ENGINE") || r.isAt(ahead+1, "DISK") || r.isAt(ahead+1, "MEMORY")
	case "START":
		return r.isAt(ahead+1, "TRANSACTION")
	case "WITH":
		return r.isAt(ahead+1, "SYSTEM")
	case "TABLESPACE", "UNION":
		return true
	case "ALGORITHM", "LOCK":
		return false
	default:
		return optionNames[k] || (k != "" || r.isQuotedAt(ahead)) && r.isPunctAt(ahead+1, "=")
	}
}

// isQuotedAt reports a quoted name: MariaDB's storage engines define options of their own.
func (r *reader) isQuotedAt(ahead int) bool {
	i := r.i + ahead
	return !r.stuck && i < len(r.toks) && r.toks[i].kind == quoted
}

// commonOptions are those whose form the reader checks itself.
var commonOptions = wordSet("ENGINE CHARSET CHARACTER COLLATE COMMENT AUTO_INCREMENT ROW_FORMAT")

// optionNames are the options that may be written without the equals sign.
var optionNames = wordSet(`AVG_ROW_LENGTH CHECKSUM COMPRESSION CONNECTION DELAY_KEY_WRITE ENCRYPTION ENCRYPTED ENCRYPTION_KEY_ID INSERT_METHOD
	MAX_ROWS MIN_ROWS PACK_KEYS PASSWORD STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES TRANSACTIONAL PAGE_CHECKSUM
	PAGE_COMPRESSED PAGE_COMPRESSION_LEVEL IETF_QUOTES AUTOEXTEND_SIZE ENGINE_ATTRIBUTE SECONDARY_ENGINE SECONDARY_ENGINE_ATTRIBUTE SEQUENCE
	SHARD_ROW_ID_BITS PRE_SPLIT_REGIONS AUTO_ID_CACHE AUTO_RANDOM_BASE PLACEMENT TTL TTL_ENABLE TTL_JOB_INTERVAL TYPE`)

func (r *reader) optionName() string {
	switch {
	case r.charsetWords():
		return "CHARSET"
	case r.accept("STORAGE", "ENGINE"):
		return "ENGINE"
	case r.accept("PLACEMENT", "POLICY"):
		return "PLACEMENT POLICY"
	case r.is("DATA") || r.is("INDEX") || r.is("START") || r.is("WITH"):
		name := r.keyword(0) + " " + r.keyword(1)
		r.i += 2
		return name
	}
	name := r.keyword(0)
	if r.isKind(quoted) {
		name = strings.ToUpper(identText(r.src, r.toks[r.i]))
	}
	r.i++
	return name
}

// optionValue reads a word, number, string or list; DEFAULT, and nothing for options without a value.
func (r *reader) optionValue() string {
	switch {
	case r.isPunct("("):
		return r.parens().Text()
	case r.isKind(str) || r.isKind(word) && r.i+1 < len(r.toks) && r.toks[r.i+1].kind == str && r.text(r.i)[0] == '_':
		return r.str()
	case r.isKind(number):
		return r.numberText()
	case r.acceptPunct("-"):
		return "-" + r.numberText()
	case r.accept("VERSIONING"), r.end():
		return ""
	}
	value := r.ident()
	if r.isPunct("+") || r.isPunct("-") { // TTL = created_at + INTERVAL 1 DAY
		for !r.end() && !r.isPunct(",") && !r.optionAhead(0) {
			r.i++
		}
	}
	return value
}

func (r *reader) optionFeature(name string, from int) {
	switch name {
	case "START TRANSACTION":
		r.feature("start-transaction-option", from)
	case "WITH SYSTEM":
		r.feature("system-versioning", from)
	case "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE":
		r.feature("engine-attribute", from)
	case "AUTOEXTEND_SIZE":
		r.feature("autoextend-size", from)
	case "PAGE_COMPRESSED":
		r.feature("page-compressed", from)
	case "ENCRYPTED":
		r.feature("encrypted", from)
	}
}

func (o *TableOptions) set(name, value string, at Span) {
	if o.Spans == nil {
		o.Spans = map[string]Span{}
	}
	o.Spans[name] = at
	switch name {
	case "ENGINE", "TYPE":
		o.Engine = value
	case "CHARSET":
		o.Charset = strings.ToLower(value)
	case "COLLATE":
		o.Collation = strings.ToLower(value)
	case "COMMENT":
		o.Comment = value
	case "ROW_FORMAT":
		o.RowFormat = strings.ToUpper(value)
	case "AUTO_INCREMENT":
		o.AutoIncrement, _ = strconv.ParseUint(value, 10, 64)
	default:
		if o.Other == nil {
			o.Other = map[string]string{}
		}
		o.Other[name] = value
	}
}
