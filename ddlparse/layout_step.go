package ddlparse

import (
	"cmp"
	"slices"
	"strings"
)

// stepEnds returns the versions in names like upgrade-1.0-to-1.1 and engine.51702.to.cam51800, "" for
// other names. The second may have a word before it: then it is a version of something else.
func stepEnds(stem string) (from, to string) {
	for i := 1; i+4 <= len(stem); i++ {
		if !strings.EqualFold(stem[i:i+2], "to") || !isSeparator(stem[i-1]) || !isSeparator(stem[i+2]) {
			continue
		}
		from, to = trailingVersion(stem[:i-1]), stem[i+3:]
		letters := len(to) - len(strings.TrimLeftFunc(to, func(r rune) bool { return r < 0x80 && isLetter(byte(r)) }))
		version, _ := versionParts(to[letters:], ".")
		if from == "" || version == "" {
			return "", ""
		}
		word := strings.ToLower(to[:letters])
		if word == "v" {
			word = ""
		}
		return from, word + version
	}
	return "", ""
}

func isSeparator(b byte) bool { return b == '.' || b == '-' || b == '_' || b == ' ' }

// trailingVersion returns the version that s ends with.
func trailingVersion(s string) string {
	digits := strings.TrimRight(s, "0123456789.")
	version, _ := versionParts(strings.TrimLeft(s[len(digits):], "."), ".")
	return version
}

// partWays makes a set of its own of each step that is beside the way of the others: from where another
// one starts to something else, and a patch of 7.9.1 to 7.9.2 beside the step from 7.9 to 7.10. No database runs both.
func (s *fileSet) partWays() {
	var steps []*candidate
	starts := make(map[string]bool)
	for _, c := range s.files {
		if c.From != "" && !isDigit(c.To[0]) {
			steps = append(steps, c)
		} else if c.From != "" {
			starts[c.From] = true
		}
	}
	for _, c := range steps {
		if starts[c.From] {
			c.Set = c.Path
		}
	}
	s.partPatches()
}

// partPatches finds the steps that lie within a longer one. Versions without dots can't be compared.
func (s *fileSet) partPatches() {
	var steps []*candidate
	for _, c := range s.files {
		if strings.Contains(c.From, ".") && strings.Contains(c.To, ".") && isDigit(c.To[0]) {
			steps = append(steps, c)
		}
	}
	slices.SortStableFunc(steps, func(a, b *candidate) int {
		return cmp.Or(compareVersions(a.From, b.From), compareVersions(b.To, a.To))
	})
	var around *candidate
	for _, c := range steps {
		switch {
		case around == nil || compareVersions(c.To, around.To) > 0:
			around = c
		case c.From != around.From || c.To != around.To:
			c.Set = c.Path
		}
	}
}

// spreadVersions writes versions without dots so that they sort: 59900 is 5.99.0.0, and 6000 comes after
// it. A step to a smaller number shows that a history has such versions.
func (s *fileSet) spreadVersions() {
	if !slices.ContainsFunc(s.files, leadsBack) {
		return
	}
	for _, c := range s.files {
		if c.Version == c.From && !strings.Contains(c.From, ".") && c.From != "" {
			c.Version = c.From[:1] + "." + c.From
		}
	}
}

func leadsBack(c *candidate) bool {
	dotted := strings.Contains(c.From, ".") || strings.Contains(c.To, ".")
	return c.From != "" && !dotted && isDigit(c.To[0]) && compareNumbers(c.From, c.To) > 0
}

// followSteps puts steps behind those that lead to where they start, where all files say that.
func followSteps(files []Located) {
	if len(files) == 0 || slices.ContainsFunc(files, func(l Located) bool { return l.From == "" }) {
		return
	}
	leading := make(map[string][]int)
	for i, l := range files {
		leading[l.To] = append(leading[l.To], i)
	}
	ordered, done := make([]Located, 0, len(files)), make([]bool, len(files))
	var add func(i int)
	add = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		for _, j := range leading[files[i].From] {
			add(j)
		}
		ordered = append(ordered, files[i])
	}
	for i := range files {
		add(i)
	}
	copy(files, ordered)
}
