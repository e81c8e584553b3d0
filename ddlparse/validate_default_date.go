package ddlparse

import (
	"math/big"
	"strconv"
	"strings"
)

// moment is a date and time as written; second is not kept with its fraction.
type moment struct{ year, month, day, hour, minute, second int }

// dateString looks at the default of DATE, DATETIME and TIMESTAMP. The servers read dates very freely;
// what has none of the usual forms is left alone.
func (v *validator) dateString(c *Column, text string) {
	if isDigits(text) {
		v.dateDigits(c, text)
		return
	}
	if !strings.ContainsAny(text, "0123456789") {
		v.badDefault(c, "date")
		return
	}
	if year, month, ok := strings.Cut(text, "-"); ok && len(year) == 4 && isDigits(year) && isDigits(month) && len(month) <= 2 {
		v.badDefault(c, "date") // '2020-01' has no day
		return
	}
	if m, ok := parseMoment(text); ok {
		v.moment(c, m)
	}
}

// parseMoment reads "2020-01-31", "2020-01-31 23:59", "2020-01-31T23:59:59.999999".
func parseMoment(text string) (m moment, ok bool) {
	date, clock, timed := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	parts := strings.Split(strings.ReplaceAll(date, "/", "-"), "-")
	if len(parts) != 3 || len(parts[0]) != 4 || !numbers(parts, &m.year, &m.month, &m.day) {
		return m, false
	}
	if !timed {
		return m, true
	}
	clock, fraction, fractional := strings.Cut(clock, ".")
	times := strings.Split(clock, ":")
	if fractional && (!isDigits(fraction) || len(fraction) > 6 || len(times) != 3) {
		return m, false
	}
	return m, len(times) > 1 && numbers(times, &m.hour, &m.minute, &m.second)
}

// numbers reads one or two digits (four for the first of a date) into each target.
func numbers(parts []string, targets ...*int) bool {
	if len(parts) > len(targets) {
		return false
	}
	for i, p := range parts {
		if !isDigits(p) || len(p) > 4 || i > 0 && len(p) > 2 {
			return false
		}
		*targets[i], _ = strconv.Atoi(p)
	}
	return true
}

// dateDigits reads dates without punctuation: 20200131 and 20200131235959. Shorter ones have two-digit
// years or are no dates.
func (v *validator) dateDigits(c *Column, text string) {
	if len(text) == 1 {
		v.badDefault(c, "date")
	}
	if len(text) != 8 && len(text) != 14 {
		return
	}
	var m moment
	cut := func(from, to int) int {
		if from >= len(text) {
			return 0
		}
		n, _ := strconv.Atoi(text[from:to])
		return n
	}
	m = moment{cut(0, 4), cut(4, 6), cut(6, 8), cut(8, 10), cut(10, 12), cut(12, 14)}
	v.moment(c, m)
}

// dateNumber: 0 is the zero date, 1 to 100 are no dates.
func (v *validator) dateNumber(c *Column, text string, n *big.Rat) {
	switch {
	case n.Sign() == 0:
		v.zeroDate(c)
	case n.IsInt() && n.Sign() > 0 && n.Cmp(big.NewRat(100, 1)) <= 0:
		v.badDefault(c, "date")
	case n.IsInt() && isDigits(text) && text[0] != '0':
		v.dateDigits(c, text)
	}
}

// moment refuses times that no clock shows, dates that no calendar has, and zero dates.
func (v *validator) moment(c *Column, m moment) {
	switch {
	case m.month > 12, m.day > 31, m.hour > 23, m.minute > 59, m.second > 59:
		v.badDefault(c, "date")
	case m.month == 0 || m.day == 0:
		v.zeroDate(c, m)
	case m.day > daysIn(m.year, m.month):
		v.badDefault(c, "date")
	case c.Type.Name == "timestamp" && v.outsideTimestamp(m):
		v.badDefault(c, "range")
	}
}

// zeroDate: MySQL and TiDB refuse dates with zeros in their default sql_mode (NO_ZERO_DATE,
// NO_ZERO_IN_DATE), which MariaDB's doesn't have; only a TIMESTAMP can't be zero in part.
func (v *validator) zeroDate(c *Column, m ...moment) {
	switch {
	case !v.engine.IsMariaDB():
		v.defaultProblem(c, ZeroDateDefault, 1067, "zero-date")
	case c.Type.Name == "timestamp" && len(m) == 1 && (m[0].year > 0 || m[0].month > 0 || m[0].day > 0):
		v.badDefault(c, "date")
	}
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// outsideTimestamp leaves the days at both ends alone: there the time zone decides. MariaDB's
// TIMESTAMP goes to 2106 since 11.5.
func (v *validator) outsideTimestamp(m moment) bool {
	last := 20380120
	if v.engine.MariaDB(11, 5, 0) {
		last = 21060208
	}
	day := m.year*10000 + m.month*100 + m.day
	return day < 19691231 || day > last
}

// timeString looks at the default of TIME in its usual form; 838:59:59 is the longest.
func (v *validator) timeString(c *Column, text string) {
	if !strings.ContainsAny(text, "0123456789") {
		v.badDefault(c, "date")
		return
	}
	var hour, minute, second int
	parts := strings.Split(strings.TrimPrefix(text, "-"), ":")
	if len(parts) != 3 || !numbers(parts, &hour, &minute, &second) {
		return
	}
	if hour > 838 || minute > 59 || second > 59 {
		v.badDefault(c, "date")
	}
}
