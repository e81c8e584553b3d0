package ddlparse

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/schema-review/schema-review/ddlparse/historygen"
)

// TestDifferential compares the reader with the TiDB parser: each statement that the latter parses must
// fall into the same columns, keys, constraints, options and clauses, and the place of each, parsed
// alone, must give the same syntax tree.
func TestDifferential(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*testing.T, func(path, text string)){
		"oracle":   func(t *testing.T, each func(path, text string)) { eachFile(t, "testdata/oracle", each) },
		"split":    func(t *testing.T, each func(path, text string)) { eachFile(t, "testdata/split", each) },
		"features": eachFeature,
		"generated": func(t *testing.T, each func(path, text string)) {
			for f := range historygen.Files(1000) {
				each(f.Name, string(f.Data))
			}
		},
	}
	for name, inputs := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newComparer(t)
			inputs(t, p.file)
			p.report(t, name)
			if p.elements == 0 {
				t.Error("nothing was compared")
			}
		})
	}
}

// TestDifferentialHistories is TestDifferential over histories, one folder each: the examples, or what lies
// in the folder that DDLPARSE_HISTORIES names, such as checked-out repositories.
func TestDifferentialHistories(t *testing.T) {
	t.Parallel()
	root := cmp.Or(os.Getenv("DDLPARSE_HISTORIES"), "../examples")
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			p := newComparer(t)
			eachFile(t, filepath.Join(root, f.Name()), p.file)
			p.report(t, f.Name())
		})
	}
}

func newComparer(t *testing.T) *comparer {
	t.Helper()
	e, err := ParseEngine("mysql 9.7")
	if err != nil {
		t.Fatal(err)
	}
	return &comparer{judge: newJudge(lexOptions{engine: e})}
}

func eachFile(t *testing.T, root string, each func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || d.IsDir() || ext != ".sql" && ext != ".mysql" {
			return err
		}
		if data, err := os.ReadFile(path); err == nil { // a link may lead nowhere
			each(path, string(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func eachFeature(t *testing.T, each func(path, text string)) {
	file, err := os.Open("testdata/features.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		each(row[0], row[1])
	}
}

// file compares all statements of a file, also those hidden in routines.
func (p *comparer) file(path, text string) {
	src, err := Decode(path, []byte(text))
	if err != nil {
		return
	}
	for _, m := range Parse(src, Located{Tool: toolOf(path)}, ParseOptions{Engine: p.judge.o.engine}) {
		for _, st := range append(m.Statements, m.Down...) {
			p.statement(st)
			for _, h := range st.Hidden {
				p.statement(h)
			}
		}
	}
}

// report fails for each difference, and prints one line of a table.
func (p *comparer) report(t *testing.T, name string) {
	t.Helper()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 12, 1, 1, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\tstatements %d\tparsed %d\telements %d\texact %d\t\n", name, p.statements, p.parsed, p.elements, p.exact)
	w.Flush()
	t.Log(strings.TrimSpace(b.String()))
	for _, m := range p.misses {
		t.Error(m)
	}
}

// TestLongSeed: of a long INSERT only the first tokens are kept; what is cut off is no syntax error.
func TestLongSeed(t *testing.T) {
	t.Parallel()
	text := "INSERT INTO t (a, b) VALUES " + strings.Repeat("(1, 'x'), ", 20_000) + "(1, 'x')"
	src, err := Decode("seed.sql", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	st := Parse(src, Located{}, ParseOptions{Engine: DefaultEngine(), Check: true})[0].Statements[0]
	if w, ok := soleChange[*Write](st); !ok || w.Table.Name != "t" || len(st.Problems) > 0 {
		t.Errorf("got %v, not understood: %q, problems %v", st.Changes, st.NotUnderstood, st.Problems)
	}
}
