package standin

import "cmp"

// relocate finds the lines of all threads in the diff as it is now. A thread whose line was changed, or
// is no longer shown in the diff, is outdated; one whose line comes back is not any more.
func (p *Pull) relocate() {
	for _, t := range p.threads {
		t.relocate()
	}
}

func (t *thread) relocate() {
	f := t.p.diffed().byPath[t.path]
	if t.file {
		return
	}
	t.line, t.start, t.position = 0, 0, 0
	if f == nil {
		return
	}
	line := t.now(f, t.side, t.origLine)
	start := t.now(f, cmp.Or(t.startSide, t.side), t.origStart)
	hunk, position := f.change().find(t.side, line)
	if line == 0 || hunk < 0 || t.origStart > 0 && start == 0 {
		return
	}
	if in, _ := f.change().find(cmp.Or(t.startSide, t.side), start); in != hunk {
		start = 0
	}
	t.line, t.start, t.position, t.at = line, start, position, t.p.head
}

// now is the number that a line of the commit that the thread was written for has by now, 0 when it is gone.
func (t *thread) now(f *fileDiff, side string, line int) int {
	if line == 0 {
		return 0
	}
	was, is := t.origCommit, f.new
	path := t.path
	if side == "LEFT" {
		was, is = relate(t.p.base, t.origCommit).base, f.old
		path = cmp.Or(f.previous, t.path)
	}
	e, ok := was.tree.at(path)
	switch {
	case !ok:
		return 0
	case e.sha == is:
		return line
	}
	c := f.o.change(e.sha, is)
	if line > len(c.match) || c.match[line-1] < 0 {
		return 0
	}
	return c.match[line-1] + 1
}
