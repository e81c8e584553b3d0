package ddlparse

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSplit reads testdata/split: a file shows one oddity, its name says the tool ("goose_x.sql") and
// a first line "-- engine: mariadb 10.11" the engine.
func TestSplit(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/split/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src := &Source{Path: filepath.Base(file), Text: string(raw)}
			pieces := split(src, toolOf(file), optionsOf(t, src.Text))
			if message := broken(src, pieces); message != "" {
				t.Error(message)
			}
			golden(t, strings.TrimSuffix(file, ".sql")+".golden", describe(pieces))
		})
	}
}

func toolOf(file string) Tool {
	name, _, _ := strings.Cut(filepath.Base(file), "_")
	switch tool := Tool(name); tool {
	case Goose, SQLMigrate, Dbmate, Liquibase:
		return tool
	}
	return PlainSQL
}

func optionsOf(t *testing.T, text string) lexOptions {
	t.Helper()
	line, _, _ := strings.Cut(text, "\n")
	name, ok := strings.CutPrefix(line, "-- engine: ")
	if !ok {
		return lexOptions{engine: DefaultEngine()}
	}
	e, err := ParseEngine(name)
	if err != nil {
		t.Fatal(err)
	}
	return lexOptions{engine: e}
}

// describe prints pieces for golden files; gaps only count through the positions of the others.
func describe(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.kind == pieceGap {
			continue
		}
		from, to := p.span.From(), p.span.To()
		fmt.Fprintf(&b, "%s %d:%d-%d:%d", [...]string{"", "statement", "gap", "client"}[p.kind], from.Line, from.Col, to.Line, to.Col)
		if p.section == sectionDown {
			b.WriteString(" down")
		}
		if p.noTx {
			b.WriteString(" notx")
		}
		if p.changeset != "" {
			fmt.Fprintf(&b, " changeset=%s", p.changeset)
		}
		if p.reason != "" {
			fmt.Fprintf(&b, " (%s)", p.reason)
		}
		fmt.Fprintf(&b, "\n\t%q\n", p.span.Text())
		if len(p.tokens) > 0 {
			fmt.Fprintf(&b, "\ttokens: %s\n", strings.Join(texts(p.span.Source, p.tokens), " "))
		}
		for _, c := range p.comments {
			fmt.Fprintf(&b, "\tcomment: %s\n", c.Text())
		}
		for _, c := range p.inside {
			fmt.Fprintf(&b, "\tinside: %s\n", c.Text())
		}
	}
	return b.String()
}

func texts(src *Source, tokens []token) []string {
	var list []string
	for _, t := range tokens {
		list = append(list, t.text(src))
	}
	return list
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// broken says what is wrong with pieces: they must rebuild the file, and tokens rise inside them.
func broken(src *Source, pieces []piece) string {
	at := int32(0)
	for i, p := range pieces {
		if p.span.Start != at || p.span.End <= at {
			return fmt.Sprintf("piece %d covers %d-%d, want it to start at %d", i, p.span.Start, p.span.End, at)
		}
		inner := p.span.Start
		for _, t := range p.tokens {
			if t.start < inner || t.end <= t.start || t.end > p.span.End {
				return fmt.Sprintf("piece %d (%d-%d): token %d-%d after %d", i, p.span.Start, p.span.End, t.start, t.end, inner)
			}
			inner = t.end
		}
		if p.kind == pieceStatement != (len(p.tokens) > 0) {
			return fmt.Sprintf("piece %d of kind %d has %d tokens", i, p.kind, len(p.tokens))
		}
		for _, c := range append(p.comments, p.inside...) {
			if c.Start < 0 || c.End <= c.Start || int(c.End) > len(src.Text) {
				return fmt.Sprintf("piece %d: comment %d-%d", i, c.Start, c.End)
			}
		}
		at = p.span.End
	}
	if int(at) != len(src.Text) {
		return fmt.Sprintf("pieces end at %d of %d", at, len(src.Text))
	}
	return ""
}

func FuzzSplit(f *testing.F) {
	files, _ := filepath.Glob("testdata/split/*.sql")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw), uint8(0))
	}
	engines := []Engine{DefaultEngine(), {MariaDB, 10, 11, 99}, {TiDB, 8, 5, 99}}
	tools := []Tool{PlainSQL, Goose, SQLMigrate, Dbmate, Liquibase}
	f.Fuzz(func(t *testing.T, text string, choice uint8) {
		src := &Source{Path: "f.sql", Text: text}
		o := lexOptions{engine: engines[int(choice)%len(engines)], ansiQuotes: choice&64 != 0, noBackslash: choice&128 != 0}
		pieces := split(src, tools[int(choice)%len(tools)], o)
		if message := broken(src, pieces); message != "" {
			t.Errorf("%s in %q", message, text)
		}
	})
}

func FuzzTokenize(f *testing.F) {
	for _, seed := range []string{"SELECT 1e5x, .5, 0x1F, x'1F', @a.b, @@x, a->>'$.b' -- c", "/*!80000 a */ /*T![ttl] b */ `c``d` {{x}}y"} {
		f.Add(seed, uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, choice uint8) {
		src := &Source{Text: text}
		o := lexOptions{engine: DefaultEngine(), ansiQuotes: choice&1 != 0, noBackslash: choice&2 != 0}
		at := int32(0)
		for _, k := range tokenize(src, 0, int32(len(text)), o) {
			if k.start < at || k.end <= k.start || int(k.end) > len(text) {
				t.Fatalf("token %d-%d after %d in %q", k.start, k.end, at, text)
			}
			at = k.end
		}
	})
}
