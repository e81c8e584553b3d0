package ddlparse

import (
	"strings"
	"sync"
)

// reservedWords are words that an identifier can be only in quotes, grouped by the versions that
// reserve them. They were tried on servers, word by word: information_schema.keywords marks some
// wrongly (MANUAL and PARALLEL are free). left is the MySQL version that gave the words free again.
var reservedWords = [...]struct {
	sinces
	left  since
	words string
}{
	{
		sinces{"", "", ""},
		"",
		"add all alter analyze and as asc between bigint binary blob both by call cascade case change char " +
			"character check collate column constraint continue convert create cross current_date current_time " +
			"current_timestamp current_user cursor databases day_hour day_microsecond day_minute day_second dec " +
			"decimal default delayed delete desc describe distinct distinctrow div double drop dual else elseif " +
			"enclosed escaped exists exit explain false fetch float float4 float8 for force foreign from fulltext " +
			"grant group having high_priority hour_microsecond hour_minute hour_second if ignore in index infile " +
			"inner inout insert int int1 int2 int3 int4 int8 integer interval into is iterate join key keys kill " +
			"leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext " +
			"low_priority match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond " +
			"minute_second mod natural no_write_to_binlog not null numeric on optimize optionally or order out " +
			"outer outfile partition precision primary procedure range read real references regexp release rename " +
			"repeat replace require restrict revoke right rlike schemas second_microsecond select set show " +
			"smallint spatial sql sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate " +
			"sqlwarning ssl starting straight_join table terminated then tinyblob tinyint tinytext to trailing " +
			"trigger true union unique unlock unsigned update usage use using utc_date utc_time utc_timestamp " +
			"values varbinary varchar varcharacter varying when where while with write xor year_month zerofill",
	},
	{
		sinces{"", "", never},
		"",
		"accessible asensitive before condition declare deterministic each insensitive loop " +
			"modifies purge read_write reads resignal return sensitive separator signal specific undo",
	},
	{
		sinces{"8.0", never, ""},
		"",
		"cume_dist dense_rank first_value groups lag last_value lead nth_value ntile of percent_rank rank row " +
			"window",
	},
	{
		sinces{never, "", never},
		"",
		"_filename delete_domain_id do_domain_ids ignore_domain_ids offset page_checksum parse_vcol_expr portion " +
			"ref_system_id returning stats_auto_recalc stats_persistent stats_sample_pages",
	},
	{
		sinces{"", never, ""},
		"",
		"database generated option schema stored virtual",
	},
	{
		sinces{"8.0", never, never},
		"",
		"cube empty function grouping json_table system",
	},
	{
		sinces{"", never, never},
		"",
		"get io_after_gtids io_before_gtids optimizer_costs",
	},
	{
		sinces{"8.0", "", ""},
		"",
		"except over recursive rows",
	},
	{
		sinces{never, never, ""},
		"",
		"ilike tidb_current_tso until",
	},
	{
		sinces{never, "10.10", never},
		"",
		"master_demote_to_replica master_demote_to_slave",
	},
	{
		sinces{"", "", never},
		"8.4",
		"master_ssl_verify_server_cert",
	},
	{
		sinces{"", never, never},
		"8.4",
		"master_bind",
	},
	{
		sinces{never, "", ""},
		"",
		"current_role",
	},
	{
		sinces{never, "11.7", never},
		"",
		"vector",
	},
	{
		sinces{"8.0", "10.7", ""},
		"",
		"row_number",
	},
	{
		sinces{"8.0.14", never, ""},
		"",
		"lateral",
	},
	{
		sinces{"8.0.17", never, ""},
		"8.0.19",
		"array",
	},
	{
		sinces{"8.0.17", never, never},
		"8.0.19",
		"member",
	},
	{
		sinces{"8.0.31", "", ""},
		"",
		"intersect",
	},
	{
		sinces{"8.3", never, never},
		"",
		"qualify",
	},
	{
		sinces{"8.4", never, ""},
		"",
		"tablesample",
	},
	{
		sinces{"9.2", never, never},
		"",
		"library",
	},
	{
		sinces{"9.4", never, never},
		"",
		"external",
	},
	{
		sinces{"9.6", never, never},
		"9.7",
		"sets",
	},
}

// reserved is reservedWords by lower-case word: the index of its group.
var reserved = sync.OnceValue(func() map[string]int {
	all := make(map[string]int, 320)
	for i, group := range reservedWords {
		for word := range strings.SplitSeq(group.words, " ") {
			all[word] = i
		}
	}
	return all
})

// Reserved reports whether the server takes the word as an identifier only in quotes.
func (e Engine) Reserved(word string) bool {
	i, ok := reserved()[strings.ToLower(word)]
	return ok && e.reserves(i)
}

func (e Engine) reserves(group int) bool {
	g := reservedWords[group]
	gone := e.IsMySQL() && g.left != "" && e.reached(g.left)
	return e.reached(g.of(e.Kind)) && !gone
}

// ReservedSince returns the version of this kind of server that reserved the word, "" when it always
// was reserved or never is.
func (e Engine) ReservedSince(word string) string {
	i, ok := reserved()[strings.ToLower(word)]
	if !ok {
		return ""
	}
	if s := reservedWords[i].of(e.Kind); s != never {
		return string(s)
	}
	return ""
}

// ReservedLater returns the newer version of this kind of server that reserves a word which is free
// on this one, "" when none does or a later one gave it free again.
func (e Engine) ReservedLater(word string) string {
	i, ok := reserved()[strings.ToLower(word)]
	if !ok || e.IsMySQL() && reservedWords[i].left != "" {
		return ""
	}
	s := reservedWords[i].of(e.Kind)
	if s == never || e.reached(s) {
		return ""
	}
	return string(s)
}
