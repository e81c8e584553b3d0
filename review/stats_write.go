package review

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Write writes the sizes as ReadStats reads them.
func (s *TableStats) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "# How large the tables are, for schema-review. Written by `schema-review stats`: the rows are the server's estimate.")
	if s.Measured != "" {
		fmt.Fprintln(b, "measured: "+s.Measured)
	}
	if len(s.Tables) == 0 {
		fmt.Fprintln(b, "tables: {}")
		return b.Flush()
	}
	fmt.Fprintln(b, "tables:")
	for _, t := range s.Tables {
		fmt.Fprintf(b, "  %s: {%s}\n", yamlScalar(t.Name.String()), t.numbers())
	}
	return b.Flush()
}

// numbers are those that are known.
func (t *TableSize) numbers() string {
	var list []string
	if t.Rows >= 0 {
		list = append(list, "rows: "+strconv.Itoa(t.Rows))
	}
	if t.Bytes >= 0 {
		list = append(list, "bytes: "+strconv.Itoa(t.Bytes))
	}
	if t.Percent >= 0 {
		list = append(list, "percent: "+strconv.FormatFloat(t.Percent, 'f', -1, 64))
	}
	return strings.Join(list, ", ")
}

// Shares are the same sizes as shares of all bytes, so that nobody sees how large the tables are.
func (s *TableStats) Shares() *TableStats {
	all := 0
	for _, t := range s.Tables {
		all += max(t.Bytes, 0)
	}
	shares := &TableStats{Measured: s.Measured}
	for _, t := range s.Tables {
		tenths := 0
		if all > 0 {
			tenths = int(1000*float64(max(t.Bytes, 0))/float64(all) + 0.5)
		}
		shares.Tables = append(shares.Tables, TableSize{Name: t.Name, Rows: -1, Bytes: -1, Percent: float64(tenths) / 10})
	}
	return shares
}
