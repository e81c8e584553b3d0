package review_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

const statsPath = "db/table-stats.yml"

// TestReadStats reads files of table sizes; of a file with a mistake nothing counts.
func TestReadStats(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"rows and bytes":  {"measured: 2026-11-23\ntables:\n  shop.orders: {rows: 5, bytes: 16384}\n  users: {percent: 12.5}\n  odd: {rows: 0}\n", nil},
		"empty":           {"", []string{statsPath + ":1:1: The file is empty. `schema-review stats` writes one."}},
		"no tables":       {"measured: 2026-11-23\n", []string{statsPath + ":1:1: `tables` is missing. Write `tables: {orders: {rows: 1200000, bytes: 734003200}}`."}},
		"no day":          {"measured: yesterday\ntables: {}\n", []string{statsPath + ":1:11: `measured` is no day: `yesterday`. Write it as `2026-11-23`."}},
		"unknown key":     {"tables:\n  users: {row: 5}\n", []string{statsPath + ":2:11: There is no key `row` here. Did you mean `rows`?"}},
		"negative":        {"tables:\n  users: {rows: -5}\n", []string{statsPath + ":2:17: `rows` can't be -5. Write 0, or a larger number."}},
		"text for number": {"tables:\n  users: {bytes: 5 GB}\n", []string{statsPath + ":2:18: `bytes` must be a whole number, but this is a text."}},
		"percent":         {"tables:\n  users: {percent: 101}\n", []string{statsPath + ":2:20: `percent` must lie between 0 and 100."}},
		"no size":         {"tables:\n  users: {}\n", []string{statsPath + ":2:3: The table `users` has no size. Write `{rows: 1200000, bytes: 734003200}`, or `{percent: 12.5}`."}},
		"twice":           {"tables:\n  users: {rows: 1}\n  users: {rows: 2}\n", []string{statsPath + ":3:3: This is not YAML: mapping key \"users\" already defined at [2:3]."}},
		"a list":          {"- users\n", []string{statsPath + ":1:1: `stats` must be a mapping, but this is a list.", statsPath + ":1:1: `tables` is missing. Write `tables: {orders: {rows: 1200000, bytes: 734003200}}`."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, problems := review.ReadStats(review.File{Path: statsPath, Data: []byte(tt.text)})
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if (s != nil) != (len(tt.want) == 0) {
				t.Errorf("sizes: %v", s)
			}
		})
	}
}

// TestWriteStats: what is written is read back.
func TestWriteStats(t *testing.T) {
	t.Parallel()
	name := func(database, table string) ddlparse.Name { return ddlparse.Name{Database: database, Name: table} }
	s := &review.TableStats{Measured: "2026-11-23", Tables: []review.TableSize{
		{Name: name("shop", "orders"), Rows: 3, Bytes: 900, Percent: -1},
		{Name: name("", "on"), Rows: 0, Bytes: 100, Percent: -1},
	}}
	for _, want := range []*review.TableStats{s, s.Shares(), {}} {
		var text strings.Builder
		if err := want.Write(&text); err != nil {
			t.Fatal(err)
		}
		got, problems := review.ReadStats(review.File{Path: statsPath, Data: []byte(text.String())})
		if len(problems) > 0 {
			t.Fatal(problems, text.String())
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(review.TableSize{}, "Span"), cmpopts.IgnoreUnexported(ddlparse.Name{})); diff != "" {
			t.Errorf("read back (-want +got):\n%s", diff)
		}
	}
	if got := s.Shares().Tables[0].Percent; got != 90 {
		t.Errorf("share %v, want 90", got)
	}
}

func FuzzReadStats(f *testing.F) {
	f.Add("measured: 2026-11-23\ntables:\n  shop.orders: {rows: 5, bytes: 16384}\n  users: {percent: 12.5}\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := review.ReadStats(review.File{Path: statsPath, Data: []byte(text)})
		if s == nil == (len(problems) == 0) {
			t.Errorf("sizes %v and %d problems", s, len(problems))
		}
	})
}

// sized reviews an ALTER that copies a table of unknown rows.
func sized(t *testing.T, config string, stats *review.Content) *review.Report {
	t.Helper()
	c, problems := review.LoadConfig([]review.Layer{{Name: review.RepositoryLayer, Path: ".github/schema-review.yml", Data: []byte(config)}}, rules.All(), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set := &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte("CREATE TABLE orders (id BIGINT PRIMARY KEY, n INT);\nCREATE TABLE users (id BIGINT PRIMARY KEY);\n")}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte("ALTER TABLE orders MODIFY n BIGINT;\n")}},
		Stats:   stats,
	}
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), set, c)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// TestSizes: the size of a table decides, where it is written and sound.
func TestSizes(t *testing.T) {
	t.Parallel()
	file := func(text string) *review.Content { return &review.Content{Data: []byte(text)} }
	tests := map[string]struct {
		config string
		stats  *review.Content
		want   review.Size
		left   string
	}{
		"none":          {"", nil, review.UnknownSize, ""},
		"large":         {"stats: s.yml", file("tables: {orders: {rows: 10000000}}"), review.Large, ""},
		"medium":        {"stats: s.yml", file("tables: {orders: {rows: 200000, bytes: 5}}"), review.Medium, ""},
		"small":         {"stats: s.yml", file("tables: {orders: {rows: 3, bytes: 5}}"), review.Small, ""},
		"large share":   {"stats: s.yml", file("tables: {orders: {percent: 40}}"), review.Large, ""},
		"database":      {"stats: s.yml", file("tables: {shop.ORDERS: {rows: 3}}"), review.Small, ""},
		"two databases": {"stats: s.yml", file("tables: {a.orders: {rows: 3}, b.orders: {rows: 3}}"), review.UnknownSize, ""},
		"inline":        {"stats: {tables: {orders: {rows: 3}}}", nil, review.Small, ""},
		"threshold":     {"stats: {tables: {orders: {rows: 3}}}\nlarge_table: {rows: 2}", nil, review.Large, ""},
		"not there":     {"stats: s.yml", &review.Content{Err: fs.ErrNotExist}, review.UnknownSize, "the file isn't there"},
		"broken":        {"stats: s.yml", file("tables: {orders: {rows: 3}, users: {rows: x}}"), review.UnknownSize, "must be a whole number"},
		"a typing slip": {"stats: s.yml", file("tables: {orders: {rows: 3}, usrs: {rows: 3}}"), review.UnknownSize, "did you mean `users`"},
		"foreign":       {"stats: s.yml", file("tables: {orders: {rows: 3}, audit_log_of_others: {rows: 3}}"), review.Small, "its size counts for nothing"},
		"a tool's":      {"stats: s.yml", file("tables: {orders: {rows: 3}, flyway_schema_history: {rows: 3}}"), review.Small, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := sized(t, tt.config, tt.stats)
			plan := report.Plans[0]
			if got := plan.Size(plan.Steps[0].Statement.Table); got != tt.want {
				t.Errorf("size %d, want %d", got, tt.want)
			}
			var left strings.Builder
			for _, n := range report.NotReviewed {
				left.WriteString(n.Path + ": " + n.Reason.In(english().Printer) + "\n")
			}
			if !strings.Contains(left.String(), tt.left) || tt.left == "" && left.Len() > 0 {
				t.Errorf("said %q, want %q", left.String(), tt.left)
			}
		})
	}
}
