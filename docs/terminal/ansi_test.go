package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRuns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		line string
		want []run
	}{
		"plain":      {"a b", []run{{style{}, "a b", 0, 3}}},
		"a colour":   {"x\x1b[31mred\x1b[0m y", []run{{style{}, "x", 0, 1}, {style{colour: "#ff7b72"}, "red", 1, 3}, {style{}, " y", 4, 2}}},
		"two codes":  {"\x1b[1;2mz", []run{{style{bold: true, dim: true}, "z", 0, 1}}},
		"wide":       {"返金\x1b[2m!", []run{{style{}, "返金", 0, 4}, {style{dim: true}, "!", 4, 1}}},
		"empty":      {"", nil},
		"ends there": {"a\x1b[", []run{{style{}, "a", 0, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, runs(test.line), cmp.AllowUnexported(run{}, style{})); diff != "" {
				t.Errorf("runs(%q) (-want +got):\n%s", test.line, diff)
			}
		})
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	red := style{colour: "#ff7b72"}
	for name, test := range map[string]struct {
		line string
		want [][]run
	}{
		"fits":        {"ab cd", [][]run{{{style{}, "ab cd", 0, 5}}}},
		"too long":    {"ab cde f", [][]run{{{style{}, "ab ", 0, 3}}, {{style{}, "cde f", 0, 5}}}},
		"in a colour": {"a \x1b[31mb cdef", [][]run{{{style{}, "a ", 0, 2}, {red, "b ", 2, 2}}, {{red, "cdef", 0, 4}}}},
		"one word":    {"abcdefg h", [][]run{{{style{}, "abcdefg ", 0, 8}}, {{style{}, "h", 0, 1}}}},
		"wide":        {"返 金", [][]run{{{style{}, "返 金", 0, 5}}}},
		"empty":       {"", [][]run{nil}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, fold(runs(test.line), 5), cmp.AllowUnexported(run{}, style{})); diff != "" {
				t.Errorf("fold(%q) (-want +got):\n%s", test.line, diff)
			}
		})
	}
}

func TestDrawIsXML(t *testing.T) {
	t.Parallel()
	d := xml.NewDecoder(strings.NewReader(draw([]string{`a < "b" & \x1b[31mc`, "", "返金"}, 80)))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	lines := []string{"a", "", "b", "c", "d", "", "e", "end"}
	want := []string{"a", "", "\x1b[2m… 5 more lines …\x1b[0m", "", "end"}
	if diff := cmp.Diff(want, shorten(lines, 4, 1)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := shorten(lines, 7, 1); len(got) != len(lines) {
		t.Errorf("got %q, want all lines", got)
	}
}
