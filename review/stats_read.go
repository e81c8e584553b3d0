package review

import (
	"errors"
	"io/fs"
	"math"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/ddlparse"
)

// maxStatsSize bounds a file of table sizes: ten thousand tables take less.
const maxStatsSize = 1 << 20

// StatsConfig says where table sizes are: a file of the repository, or the configuration itself.
type StatsConfig struct {
	Path   string
	Inline *TableStats
	Layer  string // that named the path
}

// stats reads the path of a file, or what else would stand in it.
func (r *layerReader) stats(n ast.Node) {
	if _, mapping := entriesOf(n); mapping {
		if s := r.tableStats(n); len(r.problems) == 0 {
			r.config.Stats = StatsConfig{Inline: s}
			r.set("stats", n)
		}
		return
	}
	if s, ok := r.fileGlob("stats", n); ok {
		r.config.Stats = StatsConfig{Path: s, Layer: r.layer.Name}
		r.set("stats", n)
	}
}

// ReadStats reads a file of table sizes. With problems nothing of it counts.
func ReadStats(f File) (*TableStats, []ConfigProblem) {
	r := &layerReader{
		layer:   Layer{Name: RepositoryLayer, Path: f.Path, Data: f.Data},
		source:  &ddlparse.Source{Path: f.Path, Text: string(f.Data)},
		config:  DefaultConfig(nil),
		maxSize: maxStatsSize,
	}
	root := r.parse()
	if root == nil {
		if len(r.problems) == 0 {
			r.fail(1, 1, Msg("The file is empty."), Msg("`schema-review stats` writes one."))
		}
		return nil, r.problems
	}
	s := r.tableStats(root)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return s, nil
}

// tableStats reads when the sizes were measured, and the tables.
func (r *layerReader) tableStats(n ast.Node) *TableStats {
	s := &TableStats{}
	values := r.keys(r.entries("stats", n), []string{"measured", "tables"})
	if v, has := values["measured"]; has {
		s.Measured = r.day(v)
	}
	v, has := values["tables"]
	if !has {
		r.wrong(n, Msg("`tables` is missing."), Msg("Write `tables: {orders: {rows: 1200000, bytes: 734003200}}`."))
		return s
	}
	for _, e := range r.entries("tables", v) {
		if t, ok := r.tableSize(e); ok {
			s.Tables = append(s.Tables, t)
		}
	}
	return s
}

func (r *layerReader) day(n ast.Node) string {
	text, ok := r.text("measured", n)
	if _, err := time.Parse(time.DateOnly, text); ok && err != nil {
		r.wrong(n, Msg("`measured` is no day: `%s`.", text), Msg("Write it as `2026-11-23`."))
	}
	return text
}

// tableSize reads one table: rows and bytes, or percent.
func (r *layerReader) tableSize(e *ast.MappingValueNode) (t TableSize, ok bool) {
	before := len(r.problems)
	t = TableSize{Name: tableNamed(nameOf(e.Key)), Rows: -1, Bytes: -1, Percent: -1, Span: r.span(e.Key)}
	values := r.keys(r.entries(nameOf(e.Key), e.Value), []string{"rows", "bytes", "percent"})
	if v, has := values["rows"]; has {
		t.Rows = r.atLeastZero("rows", v)
	}
	if v, has := values["bytes"]; has {
		t.Bytes = r.atLeastZero("bytes", v)
	}
	if v, has := values["percent"]; has {
		t.Percent = r.percent(v)
	}
	if len(values) == 0 && len(r.problems) == before {
		r.wrong(e.Key, Msg("The table `%s` has no size.", nameOf(e.Key)), Msg("Write `{rows: 1200000, bytes: 734003200}`, or `{percent: 12.5}`."))
	}
	return t, len(r.problems) == before
}

// tableNamed takes database.table apart.
func tableNamed(name string) ddlparse.Name {
	if database, table, ok := strings.Cut(name, "."); ok {
		return ddlparse.Name{Database: database, Name: table}
	}
	return ddlparse.Name{Name: name}
}

func (r *layerReader) atLeastZero(key string, n ast.Node) int {
	i, ok := r.number(key, n)
	if ok && i < 0 {
		r.wrong(n, Msg("`%s` can't be %d.", key, i), Msg("Write 0, or a larger number."))
	}
	return i
}

func (r *layerReader) percent(n ast.Node) float64 {
	var v float64
	switch n := n.(type) {
	case *ast.FloatNode:
		v = n.Value
	case *ast.IntegerNode:
		i, _ := r.number("percent", n)
		v = float64(i)
	default:
		r.wrongType("percent", n, "a number")
		return 0
	}
	if v < 0 || v > 100 || math.IsNaN(v) {
		r.wrong(n, Msg("`percent` must lie between 0 and 100."), Message{})
	}
	return v
}

// span is the place of a node, up to the end of its line.
func (r *layerReader) span(n ast.Node) ddlparse.Span {
	line, column := nodePlace(n)
	start := 0
	for range line - 1 {
		i := strings.IndexByte(r.source.Text[start:], '\n')
		if i < 0 {
			return ddlparse.Span{}
		}
		start += i + 1
	}
	start = min(start+column-1, len(r.source.Text))
	return ddlparse.Span{Source: r.source, Start: int32(start), End: int32(start)} //nolint:gosec // the file is smaller than maxStatsSize
}

// threshold reads the numbers that make a table large or small.
func (r *layerReader) threshold(key string, into *Threshold, n ast.Node) {
	values := r.keys(r.entries(key, n), []string{"rows", "bytes", "percent"})
	for name, place := range map[string]*int{"rows": &into.Rows, "bytes": &into.Bytes, "percent": &into.Percent} {
		if v, has := values[name]; has {
			*place = r.atLeastZero(name, v)
			r.set(key+"."+name, v)
		}
	}
}

func (r *layerReader) largeTable(n ast.Node) { r.threshold("large_table", &r.config.LargeTable, n) }
func (r *layerReader) smallTable(n ast.Node) { r.threshold("small_table", &r.config.SmallTable, n) }

// sizesOf are the table sizes that a review goes by, and what is wrong with them. A file that the organisation
// names may be missing in a repository.
func sizesOf(cs *ChangeSet, c *Config) (*TableStats, []NotReviewed) {
	if c.Stats.Path == "" {
		return c.Stats.Inline, nil
	}
	if cs.Stats == nil || errors.Is(cs.Stats.Err, fs.ErrNotExist) {
		if c.Stats.Layer == OrganisationLayer || c.Stats.Layer == FlagLayer {
			return nil, nil
		}
		return nil, []NotReviewed{{Path: c.Stats.Path, Reason: Msg("the file isn't there, so table sizes are unknown")}}
	}
	if cs.Stats.Err != nil {
		return nil, []NotReviewed{{Path: c.Stats.Path, Reason: Msg("table sizes can't be read: %s", cs.Stats.Err.Error())}}
	}
	s, problems := ReadStats(File{Path: c.Stats.Path, Data: cs.Stats.Data})
	var left []NotReviewed
	for _, p := range problems {
		left = append(left, NotReviewed{Path: p.Place(), Reason: p.Problem})
	}
	if len(left) > 0 {
		left = append(left, NotReviewed{Path: c.Stats.Path, Reason: Msg("no table size of this file is used until that is mended")})
	}
	return s, left
}
