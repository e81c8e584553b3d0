package standin

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// around is how many unchanged lines surround a change.
const around = 3

// change is how a file's text changed.
type change struct {
	hunks                []Hunk
	additions, deletions int
	binary               bool
	patch                string
	lines                int // of the patch
	match                []int
}

// change compares two blobs; "" is no blob.
func (o *objects) change(old, new string) *change {
	key := [2]string{old, new}
	if c := o.files[key]; c != nil {
		return c
	}
	c := compare(o.blobs[old], o.blobs[new])
	o.files[key] = c
	return c
}

func compare(old, new []byte) *change {
	if binary(old) || binary(new) {
		return &change{binary: true}
	}
	a, b := lines(string(old)), lines(string(new))
	c := &change{match: matching(a, b)}
	c.hunks = hunks(a, b, script(a, b, c.match))
	for _, h := range c.hunks {
		for _, l := range h.Lines {
			switch l.Op {
			case '+':
				c.additions++
			case '-':
				c.deletions++
			}
		}
	}
	c.patch = patch(c.hunks)
	c.lines = strings.Count(c.patch, "\n") + 1
	return c
}

// binary is git's test: a NUL among the first bytes.
func binary(data []byte) bool { return bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 }

// script is the whole of both texts as one list of lines.
func script(a, b []string, match []int) []Line {
	var out []Line
	j := 0
	add := func(to int) {
		for ; j < to; j++ {
			out = append(out, line('+', 0, j+1, b[j]))
		}
	}
	for i, m := range match {
		if m < 0 {
			out = append(out, line('-', i+1, 0, a[i]))
			continue
		}
		add(m)
		out = append(out, line(' ', i+1, m+1, a[i]))
		j = m + 1
	}
	add(len(b))
	return deletionsFirst(out)
}

func line(op byte, old, new int, text string) Line {
	trimmed := strings.TrimSuffix(text, "\n")
	return Line{Op: op, Old: old, New: new, Text: trimmed, NoEOL: trimmed == text}
}

// deletionsFirst orders each run of changed lines as git prints it.
func deletionsFirst(all []Line) []Line {
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && (all[j].Op != ' ') == (all[i].Op != ' ') {
			j++
		}
		slices.SortStableFunc(all[i:j], func(x, y Line) int { return cmp.Compare(y.Op, x.Op) })
		i = j
	}
	return all
}

// hunks cuts the script to the changes and what surrounds them.
func hunks(a, b []string, all []Line) []Hunk {
	var out []Hunk
	for i := 0; i < len(all); {
		if all[i].Op == ' ' {
			i++
			continue
		}
		from := max(0, i-around)
		end := i // after the last change of the hunk
		for j := i; j < len(all) && j <= end+2*around; j++ {
			if all[j].Op != ' ' {
				end = j + 1
			}
		}
		to := min(len(all), end+around)
		out = append(out, hunk(a, all, from, to))
		i = to
	}
	return out
}

func hunk(a []string, all []Line, from, to int) Hunk {
	h := Hunk{Lines: all[from:to]}
	for _, l := range h.Lines {
		if l.Op != '+' {
			h.OldLines++
			h.OldStart = cmp.Or(h.OldStart, l.Old)
		}
		if l.Op != '-' {
			h.NewLines++
			h.NewStart = cmp.Or(h.NewStart, l.New)
		}
	}
	// An empty side names the line before it.
	for _, l := range all[:from] {
		if h.OldLines == 0 {
			h.OldStart = max(h.OldStart, l.Old)
		}
		if h.NewLines == 0 {
			h.NewStart = max(h.NewStart, l.New)
		}
	}
	for i := h.OldStart - 2; i >= 0 && h.OldLines > 0; i-- {
		if heads(a[i]) {
			h.Heading = heading(a[i])
			break
		}
	}
	return h
}

// heads tells whether git takes a line for the title of what follows it.
func heads(line string) bool {
	if line == "" {
		return false
	}
	c := line[0]
	return c == '_' || c == '$' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func heading(line string) string {
	line = strings.TrimRight(line, " \t\r\n")
	return strings.ToValidUTF8(line[:min(len(line), 80)], "")
}

func (h Hunk) header() string {
	side := func(start, n int) string {
		if n == 1 {
			return fmt.Sprint(start)
		}
		return fmt.Sprintf("%d,%d", start, n)
	}
	s := "@@ -" + side(h.OldStart, h.OldLines) + " +" + side(h.NewStart, h.NewLines) + " @@"
	if h.Heading != "" {
		s += " " + h.Heading
	}
	return s
}

// patch is a file's diff as GitHub shows it: hunks without file names.
func patch(hunks []Hunk) string {
	var b strings.Builder
	for _, h := range hunks {
		b.WriteString(h.header() + "\n")
		for _, l := range h.Lines {
			b.WriteString(string(l.Op) + l.Text + "\n")
			if l.NoEOL {
				b.WriteString("\\ No newline at end of file\n")
			}
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
