package standin

import (
	"strings"
	"unicode/utf16"
)

// draft is a review comment before it stands, as the API takes it.
type draft struct {
	Path      string `json:"path"`
	Body      string `json:"body"`
	Line      int    `json:"line"`
	Side      string `json:"side"`
	StartLine int    `json:"start_line"`
	StartSide string `json:"start_side"`
	Position  int    `json:"position"`
	Subject   string `json:"subject_type"`
}

// problem is why a comment can't stand: a field of the thread and what is wrong with it. The two
// endpoints word it differently.
type problem struct{ field, text string }

func (p problem) sentence() string {
	return "Pull request review thread " + strings.ReplaceAll(p.field, "_", " ") + " " + p.text
}

var noHunk = problem{"diff_hunk", "can't be blank"}

// check fills in what a draft leaves to GitHub, and finds what is wrong with it. at is the commit that
// it was written for.
func (p *Pull) check(d *draft, at *commit) []problem {
	f := p.diffAt(at).byPath[d.Path]
	if f == nil {
		return []problem{{"path", "is invalid"}, noHunk}
	}
	if d.Subject == "file" {
		return nil
	}
	if d.Side == "" {
		d.Side = "RIGHT"
	}
	if d.StartSide == "" {
		d.StartSide = d.Side
	}
	c := f.change()
	if d.Line == 0 && d.Position > 0 {
		d.Side, d.Line = c.lineAt(d.Position)
	}
	return c.checkLines(d)
}

func (c *change) checkLines(d *draft) []problem {
	var out []problem
	hunk, _ := c.find(d.Side, d.Line)
	if hunk < 0 {
		out = append(out, problem{"line", "must be part of the diff"})
	}
	if d.StartLine > 0 {
		start, _ := c.find(d.StartSide, d.StartLine)
		switch {
		case d.StartSide == d.Side && d.StartLine >= d.Line:
			return []problem{{"start_line", "must precede the end line."}}
		case hunk < 0 || start != hunk:
			out = append(out, problem{"start_line", "must be part of the same hunk as the line."})
		}
	}
	if hunk < 0 {
		out = append(out, noHunk)
	}
	return out
}

// diffAt is the pull request's diff as of one of its commits.
func (p *Pull) diffAt(at *commit) *diff {
	if at == p.head {
		return p.diffed()
	}
	return p.r.objects.diff(relate(p.base, at).base, at)
}

// find gives the hunk that a line is in, and its position in the patch; -1 when it is in none.
func (c *change) find(side string, line int) (hunk, position int) {
	for h := range c.hunks {
		for _, l := range c.hunks[h].Lines {
			position++
			if side == "RIGHT" && l.Op != '-' && l.New == line || side == "LEFT" && l.Op != '+' && l.Old == line {
				return h, position
			}
			if l.NoEOL {
				position++
			}
		}
		position++ // the next hunk's header
	}
	return -1, 0
}

// lineAt is the line at a position of the patch.
func (c *change) lineAt(position int) (side string, line int) {
	at := 0
	for _, h := range c.hunks {
		for _, l := range h.Lines {
			at++
			if at == position && l.Op == '-' {
				return "LEFT", l.Old
			}
			if at == position {
				return "RIGHT", l.New
			}
			if l.NoEOL {
				at++
			}
		}
		at++
	}
	return "RIGHT", 0
}

// excerpt is the patch from the hunk's header down to a line.
func (c *change) excerpt(side string, line int) string {
	h, position := c.find(side, line)
	if h < 0 {
		return ""
	}
	first := 1
	for _, before := range c.hunks[:h] {
		first += 1 + len(before.Lines)
		for _, l := range before.Lines {
			if l.NoEOL {
				first++
			}
		}
	}
	all := strings.Split(patch(c.hunks[h:h+1]), "\n")
	return strings.Join(all[:min(len(all), position-first+2)], "\n")
}

// sentence joins problems as Rails does.
func sentence(all []string) string {
	switch len(all) {
	case 0, 1, 2:
		return strings.Join(all, " and ")
	}
	return strings.Join(all[:len(all)-1], ", ") + ", and " + all[len(all)-1]
}

// longest is how many characters a comment may have, counted as JavaScript does.
const longest = 65536

func tooLong(body string) bool { return len(utf16.Encode([]rune(body))) > longest }
