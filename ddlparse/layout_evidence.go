package ddlparse

import "strings"

// evidence counts what speaks for a dialect.
type evidence struct {
	hard, soft int // for MySQL: what only it has, and what others read too
	foreign    [dialectCount]int
}

// proof is the count from which a dialect is believed.
const proof = 4

func (e *evidence) add(o evidence) {
	e.hard += o.hard
	e.soft += o.soft
	for d, n := range o.foreign {
		e.foreign[d] += n
	}
}

// verdict returns the dialect that the evidence shows, given what the path says. What speaks for
// MySQL wins; without evidence it is ours, unless the path names another.
func (e *evidence) verdict(path dialect) dialect {
	best := noDialect
	for d := postgres; d < dialectCount; d++ {
		if e.foreign[d] >= proof && e.foreign[d] > e.foreign[best] {
			best = d
		}
	}
	switch {
	case path.imitates():
		return path
	case e.hard > 0 && best != clickHouse:
		return mysqlFamily
	case path.foreign():
		return path
	case e.soft > 0 && best != clickHouse, path == mysqlFamily:
		return mysqlFamily
	}
	return best
}

// word weighs a word with the two before it and the text behind it.
func (e *evidence) word(last [2]string, w, behind string) {
	switch w {
	case "auto_increment", "unsigned", "charset", "mediumtext", "longtext", "tinytext", "mediumblob", "longblob", "tinyblob",
		"mediumint", "innodb", "myisam", "delimiter", "zerofill", "utf8mb4", "utf8mb4_bin", "utf8mb4_unicode_ci", "utf8mb4_general_ci":
		e.hard++
	case "engine":
		e.engine(behind)
	case "duplicate":
		e.hardIf(last[1] == "on")
	case "current_timestamp":
		e.hardIf(last == [2]string{"on", "update"})
	case "tinyint", "datetime", "modify", "change":
		e.soft += 0 // others have them too
	case "comment":
		if strings.HasPrefix(behind, "'") {
			e.soft++
		}
	default:
		e.foreignWord(last, w, behind)
	}
}

func (e *evidence) hardIf(is bool) {
	if is {
		e.hard++
	}
}
func (e *evidence) engine(behind string)                         {}
func (e *evidence) foreignWord(last [2]string, w, behind string) {}
func (e *evidence) quoted(q byte, last [2]string)                {}
func (e *evidence) mark(text string)                             {}
