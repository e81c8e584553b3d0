package ddlparse

import (
	"strconv"
	"strings"
)

// maxPartitions is how many partitions a table may have, subpartitions included (MySQL 8.4 manual,
// "Restrictions and Limitations on Partitioning").
const maxPartitions = 8192

// partitioning looks at how the table is partitioned (MySQL 8.4 manual, "Partitioning Types").
func (v *validator) partitioning() {
	p := v.table.Partitions
	if p == nil || p.Method == "SYSTEM_TIME" {
		return
	}
	v.partitionLevel(p)
	if p.Sub != nil {
		v.partitionLevel(p.Sub)
	}
	v.partitionCount(p)
	v.partitionNames(p)
	v.partitionBounds(p)
	v.partitions()
}

// partitionLevel looks at the columns and the expression of the partitions, or of the subpartitions.
func (v *validator) partitionLevel(p *Partitioning) {
	for _, name := range p.Columns {
		if v.table.Column(name) == nil && !maybeKeyword(name) {
			number := 1488
			if p.Expr != "" {
				number = 1054
			}
			v.add(Problem{Kind: PartitionColumn, Number: number, Name: name, Span: place(p.ColumnsSpan, p.Span)})
			return
		}
	}
	if v.engine.IsTiDB() {
		return // its list of functions and types has not been tried
	}
	if p.Expr != "" {
		v.partitionExpression(p)
		return
	}
	for _, name := range p.Columns {
		if number := v.partitionColumnNumber(p, v.table.Column(name)); number != 0 {
			v.partitionFunction(p, number, "type", name)
			return
		}
	}
}

func (v *validator) partitionFunction(p *Partitioning, number int, reason, value string) {
	problem := Problem{Kind: PartitionFunction, Number: number, Reason: reason, Value: value, Other: p.Method, Span: place(p.ColumnsSpan, p.Span)}
	if c := v.table.Column(value); c != nil && reason != "function" {
		problem.Cause = c.Span
	}
	v.add(problem)
}

// partitionColumnNumber is the error for a column that KEY or COLUMNS partitions by. All types were tried.
func (v *validator) partitionColumnNumber(p *Partitioning, c *Column) int {
	if c == nil {
		return 0
	}
	columns := strings.HasSuffix(p.Method, "COLUMNS")
	switch c.Type.Name {
	case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob":
		return 1502
	case "json":
		if columns {
			return v.either(1659, 1502)
		}
		return 1502
	case "bit", "year", "float", "double", "decimal", "timestamp", "enum", "set":
		if columns {
			return 1659
		}
	}
	return 0
}

// partitionExpression looks at what RANGE, LIST and HASH partition by. Each function was tried on both
// servers with columns of three types (MySQL 8.4 manual, "Partitioning Limitations Relating to Functions").
func (v *validator) partitionExpression(p *Partitioning) {
	if len(p.Parts) > 0 && strings.HasPrefix(p.Parts[0].bound(), "'") {
		v.partitionFunction(p, 1697, "string", strings.Join(p.Columns, ", "))
		v.problems[len(v.problems)-1].Span = p.Parts[0].Span
		return
	}
	calls := v.calls(p.Expr)
	for _, c := range calls {
		if partitionRefuses[c.name] {
			v.partitionFunction(p, 1564, "function", c.name)
			return
		}
	}
	switch only := v.onlyColumn(p); {
	case only == nil:
		if len(p.Columns) == 0 && len(calls) == 0 {
			v.partitionFunction(p, 1486, "constant", p.Expr)
		}
	case same(identOf(p.Expr), only.Name):
		if number := v.bareColumnNumber(only); number != 0 {
			v.partitionFunction(p, number, "type", only.Name)
		}
	case len(calls) == 1:
		v.timeZone(p, only, calls[0].name)
	}
}

// onlyColumn is the one column of an expression, or nil.
func (v *validator) onlyColumn(p *Partitioning) *Column {
	if len(p.Columns) != 1 {
		return nil
	}
	return v.table.Column(p.Columns[0])
}

func identOf(expr string) string { return strings.Trim(strings.Trim(expr, " \t\r\n()"), "`") }

// bareColumnNumber: without a function only integers, BIT and YEAR give the number that is wanted.
func (v *validator) bareColumnNumber(c *Column) int {
	switch c.Type.Name {
	case "float", "double", "date", "datetime", "timestamp", "time", "char", "varchar", "binary", "varbinary", "enum", "set":
		return 1659
	case "decimal":
		return v.either(1659, 0)
	case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob", "json":
		return 1502
	}
	return 0
}

// timeZone: of a TIMESTAMP only UNIX_TIMESTAMP() gives the same in every time zone, and of a DATETIME it
// doesn't.
func (v *validator) timeZone(p *Partitioning, c *Column, function string) {
	switch c.Type.Name {
	case "timestamp":
		if function != "UNIX_TIMESTAMP" && partitionTakes[function] {
			v.partitionFunction(p, 1486, "time-zone", c.Name)
		}
	case "date", "datetime":
		if function == "UNIX_TIMESTAMP" {
			v.partitionFunction(p, 1486, "time-zone", c.Name)
		}
	}
}

// partitionTakes are the functions of dates that the servers partition by.
var partitionTakes = map[string]bool{
	"YEAR": true, "MONTH": true, "DAY": true, "DAYOFMONTH": true, "DAYOFWEEK": true, "DAYOFYEAR": true, "WEEKDAY": true, "YEARWEEK": true,
	"QUARTER": true, "HOUR": true, "MINUTE": true, "SECOND": true, "MICROSECOND": true, "TO_DAYS": true, "TO_SECONDS": true, "TIME_TO_SEC": true,
	"EXTRACT": true,
}

// partitionRefuses are functions that both servers refuse with error 1564.
var partitionRefuses = map[string]bool{
	"SQRT": true, "POW": true, "POWER": true, "ROUND": true, "TRUNCATE": true, "SIGN": true, "CRC32": true, "CONV": true, "HEX": true, "IFNULL": true,
	"NULLIF": true, "IF": true, "COALESCE": true, "GREATEST": true, "LEAST": true, "CONVERT": true, "CAST": true, "BIT_COUNT": true, "LENGTH": true,
	"CHAR_LENGTH": true, "CONCAT": true, "SUBSTRING": true, "LEFT": true, "ASCII": true, "ORD": true, "FROM_UNIXTIME": true, "JSON_EXTRACT": true,
	"LOG": true, "LN": true, "EXP": true, "TRIM": true, "LOWER": true, "UPPER": true, "REVERSE": true, "INET_ATON": true, "INET_NTOA": true,
	"ISNULL": true, "FIELD": true, "ELT": true, "LOCATE": true, "WEEK": true, "WEEKOFYEAR": true, "DATE": true, "TIME": true, "DATE_FORMAT": true,
	"LAST_DAY": true, "DAYNAME": true, "MONTHNAME": true, "TIMESTAMPDIFF": true, "PERIOD_ADD": true, "DATE_ADD": true, "STR_TO_DATE": true,
	"MAKEDATE": true, "TIMESTAMP": true,
}

func (v *validator) partitionCount(p *Partitioning) {
	n := max(p.Count, 1)
	if p.Sub != nil {
		n *= max(p.Sub.Count, 1)
	}
	if n > maxPartitions {
		v.add(Problem{Kind: TooManyPartitions, Number: 1499, Value: strconv.Itoa(n), Other: strconv.Itoa(maxPartitions), Span: p.Span})
	}
}

// partitionNames reports a name that two partitions have.
func (v *validator) partitionNames(p *Partitioning) {
	seen := make(map[string]*Partition, len(p.Parts))
	for i := range p.Parts {
		part := &p.Parts[i]
		if first := seen[fold(part.Name)]; first != nil {
			v.add(Problem{Kind: DuplicatePartition, Number: 1517, Name: part.Name, Reason: "name", Span: part.Span, Cause: first.Span})
			return
		}
		seen[fold(part.Name)] = part
	}
}

// partitions: every unique key must have all columns of the partitioning expression, whole.
func (v *validator) partitions() {
	p := v.table.Partitions
	columns := p.Columns
	if p.Sub != nil {
		columns = append(columns[:len(columns):len(columns)], p.Sub.Columns...)
	}
	for _, x := range v.table.Indexes {
		if !x.Unique() {
			continue
		}
		for _, name := range columns {
			if v.table.Column(name) != nil && !hasWhole(x, name) {
				v.add(Problem{Kind: PartitionKey, Number: 1503, Name: x.Name, Value: name, Span: x.Span, Cause: p.Span})
				return
			}
		}
	}
}

func hasWhole(x *Index, column string) bool {
	for _, p := range x.Parts {
		if same(p.Column, column) && p.Prefix == 0 {
			return true
		}
	}
	return false
}
