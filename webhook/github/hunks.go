package github

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// hunk is a part of a file that a pull request shows: its lines on the right side can be commented on.
type hunk struct {
	first, last int // lines from 1, both included; last < first: nothing is left of it
	added       []int
}

func (h hunk) contains(first, last int) bool { return h.first <= first && last <= h.last }

// adds reports whether the pull request wrote the line.
func (h hunk) adds(line int) bool {
	_, found := slices.BinarySearch(h.added, line)
	return found
}

var hunkHeader = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// parseHunks reads the hunks of one file's patch, as the pull request's list of files has it. What lies
// in a hunk is counted rather than taken from its header: a patch can be cut short.
func parseHunks(patch string) []hunk {
	var hunks []hunk
	var next, left int // line on the right side that comes next, and how many may come
	for text := range strings.Lines(patch) {
		if at := hunkHeader.FindStringSubmatch(text); at != nil {
			next, left = number(at[1], 0), number(at[2], 1)
			hunks = append(hunks, hunk{first: next, last: next - 1})
			continue
		}
		if len(hunks) == 0 || left <= 0 || text[0] == '-' || text[0] == '\\' {
			continue
		}
		h := &hunks[len(hunks)-1]
		h.last = next
		if text[0] == '+' {
			h.added = append(h.added, next)
		}
		next, left = next+1, left-1
	}
	return slices.DeleteFunc(hunks, func(h hunk) bool { return h.last < h.first || h.first < 1 })
}

// number is a number of lines; what is left out or too large to be one is something else.
func number(s string, otherwise int) int {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return otherwise
	}
	return int(n)
}
