package onlineddl

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sample is a statement of testdata/measured.txt.
type sample struct {
	name      string
	setUp     []string
	statement string
	results   []result
}

// result is what servers did with it.
type result struct {
	engines             []string
	algorithm, lock     string
	refused             int
	rebuild, metadata   bool
	validates, measured bool
}

func samples(t testing.TB) (all []sample) {
	t.Helper()
	data, err := os.ReadFile("testdata/measured.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "-"):
		case strings.HasPrefix(line, "= "):
			all = append(all, sample{name: line[2:]})
		case strings.HasPrefix(line, ": "):
			all[len(all)-1].setUp = append(all[len(all)-1].setUp, line[2:])
		case strings.HasPrefix(line, "> "):
			all[len(all)-1].statement = line[2:]
		default:
			s := &all[len(all)-1]
			s.results = append(s.results, readResult(t, line))
		}
	}
	return all
}

func readResult(t testing.TB, line string) result {
	t.Helper()
	servers, words, ok := strings.Cut(line, " | ")
	f, w := strings.Fields(servers), strings.Fields(words)
	if !ok || len(f) < 2 || len(w) < 2 {
		t.Fatalf("measured.txt: %q", line)
	}
	r := result{algorithm: w[0], lock: w[1], measured: f[1] != "documented"}
	if !r.measured {
		f = slices.Delete(f, 1, 2)
	}
	for _, v := range f[1:] {
		r.engines = append(r.engines, f[0]+" "+v)
	}
	if r.algorithm == "REJECTED" {
		r.refused, _ = strconv.Atoi(r.lock)
	}
	r.rebuild, r.metadata, r.validates = slices.Contains(w, "rebuild"), slices.Contains(w, "metadata"), slices.Contains(w, "validates")
	return r
}

// TestMeasured compares the prediction of every measured statement with what the servers did.
func TestMeasured(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range s.results {
				for _, e := range r.engines {
					all, _ := last(t, engine(t, e), strings.Join(append(slices.Clone(s.setUp), s.statement), ";\n"))
					if len(all) != 1 {
						t.Errorf("%s: %d predictions for %s", e, len(all), s.statement)
						continue
					}
					if got, want := r.like(all[0], e), r.String(); got != want {
						t.Errorf("%s: %s\n got  %s (because %q)\n want %s", e, s.statement, got, all[0].Reason, want)
					}
				}
			}
		})
	}
}

func (r result) String() string {
	if r.algorithm == "REJECTED" {
		return fmt.Sprintf("refused %d", r.refused)
	}
	return fmt.Sprintf("%s %s rebuild=%v metadata=%v validates=%v", strings.Replace(r.algorithm, "N/A", "", 1), r.lock, r.rebuild, r.metadata, r.validates)
}

// like writes a prediction as String does a result, without what was not measured: a range has one error
// number, that of its newest MySQL or MariaDB, and not every statement was tried with rows that break the new definition.
func (r result) like(p Prediction, engine string) string {
	if p.Refused != 0 {
		if engine != r.engines[len(r.engines)-1] || strings.HasPrefix(engine, "tidb") {
			return fmt.Sprintf("refused %d", r.refused)
		}
		return fmt.Sprintf("refused %d", p.Refused)
	}
	metadata := p.MetadataOnly || p.Validates && !r.validates && r.metadata
	return fmt.Sprintf("%s %s rebuild=%v metadata=%v validates=%v", p.Algorithm, p.Lock, p.Rebuilds, metadata, p.Validates && r.validates)
}
