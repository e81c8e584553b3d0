package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestColour(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		terminal, never bool
		env             map[string]string
		want            bool
	}{
		"terminal":   {terminal: true, want: true},
		"pipe":       {},
		"--no-color": {terminal: true, never: true},
		"NO_COLOR":   {terminal: true, env: map[string]string{"NO_COLOR": "1"}},
		"dumb":       {terminal: true, env: map[string]string{"TERM": "dumb"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := console{outTerm: c.terminal, getenv: func(k string) string { return c.env[k] }}.colour(c.never)
			if got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestHugeFile: a dump of 100 MB is named, not read.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "V1__dump.sql")
	if err := os.WriteFile(file, []byte("CREATE TABLE t (id INT);\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 100<<20); err != nil {
		t.Fatal(err)
	}
	var out, complaint bytes.Buffer
	code := run(context.Background(), []string{"review", dir}, console{out: &out, err: &complaint, getenv: func(string) string { return "" }})
	if code != exitFine || !strings.Contains(out.String(), "V1__dump.sql (larger than 64 MB)") {
		t.Errorf("exit code %d\n%s%s", code, &out, &complaint)
	}
}
