package github

import (
	"slices"
	"strconv"
	"strings"
)

// applies reports whether the patch makes head of base. GitHub leaves patches out, or cuts them, where
// they are large, and can't write every encoding in them.
func applies(patch, base, head string) bool {
	if patch == "" {
		return base == head
	}
	p := patcher{base: splitLines(base), head: splitLines(head)}
	for line := range strings.SplitSeq(strings.TrimSuffix(patch, "\n"), "\n") {
		if !p.take(line) {
			return false
		}
	}
	return slices.Equal(p.base[p.b:], p.head[p.h:])
}

// splitLines splits into lines without their ends; what follows the last line break is none when it is empty.
func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// patcher walks along both texts.
type patcher struct {
	base, head []string
	b, h       int // lines that are behind us
}

func (p *patcher) take(line string) bool {
	if line == "" {
		return false
	}
	switch mark, text := line[0], line[1:]; mark {
	case '@':
		return p.jump(line)
	case ' ':
		return p.next(&p.b, p.base, text) && p.next(&p.h, p.head, text)
	case '-':
		return p.next(&p.b, p.base, text)
	case '+':
		return p.next(&p.h, p.head, text)
	case '\\': // "\ No newline at end of file"
		return true
	}
	return false
}

func (p *patcher) next(at *int, lines []string, text string) bool {
	if *at >= len(lines) || lines[*at] != text {
		return false
	}
	*at++
	return true
}

// jump goes to where a hunk starts: up to there both texts are the same.
func (p *patcher) jump(header string) bool {
	words := strings.Fields(header)
	if len(words) < 3 {
		return false
	}
	b, okB := hunkStart(words[1], "-")
	h, okH := hunkStart(words[2], "+")
	if !okB || !okH || b < p.b || h < p.h || b > len(p.base) || h > len(p.head) || !slices.Equal(p.base[p.b:b], p.head[p.h:h]) {
		return false
	}
	p.b, p.h = b, h
	return true
}

// hunkStart is how many lines lie before a hunk that starts at "-12,7".
func hunkStart(word, mark string) (int, bool) {
	at, ok := strings.CutPrefix(word, mark)
	first, count, counted := strings.Cut(at, ",")
	n, err := strconv.Atoi(first)
	if err != nil || !ok || n < 0 {
		return 0, false
	}
	if counted && count == "0" {
		return n, true
	}
	return max(n-1, 0), true
}
