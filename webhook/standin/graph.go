package standin

import "container/heap"

// relation is how two commits stand to each other.
type relation struct {
	base   *commit   // best common ancestor, nil when there is none
	ahead  []*commit // reached from head and not from base, oldest first
	behind int
}

// relate walks from both commits, the deepest first: a commit comes after all that reach it, so when it
// comes it is known from which sides it is reached.
func relate(base, head *commit) relation {
	const fromBase, fromHead, both = 1, 2, 3
	sides := map[*commit]int{base: fromBase}
	sides[head] |= fromHead
	queue := &byDepth{base}
	if head != base {
		heap.Push(queue, head)
	}
	open := queue.Len() // commits in the queue that one side alone reaches
	if head == base {
		open = 0
	}
	var r relation
	for queue.Len() > 0 {
		c := heap.Pop(queue).(*commit)
		side := sides[c]
		switch side {
		case both:
			if r.base == nil {
				r.base = c
			}
		case fromHead:
			r.ahead = append(r.ahead, c)
			open--
		case fromBase:
			r.behind++
			open--
		}
		for _, p := range c.parents {
			was := sides[p]
			sides[p] |= side
			switch {
			case was == 0:
				heap.Push(queue, p)
				if side != both {
					open++
				}
			case was != both && sides[p] == both:
				open--
			}
		}
		if open == 0 && r.base != nil {
			break
		}
	}
	for i, j := 0, len(r.ahead)-1; i < j; i, j = i+1, j-1 {
		r.ahead[i], r.ahead[j] = r.ahead[j], r.ahead[i]
	}
	return r
}

func (r relation) status() string {
	switch {
	case len(r.ahead) > 0 && r.behind > 0:
		return "diverged"
	case len(r.ahead) > 0:
		return "ahead"
	case r.behind > 0:
		return "behind"
	}
	return "identical"
}

// byDepth is a heap of commits, the deepest on top.
type byDepth []*commit

func (q byDepth) Len() int           { return len(q) }
func (q byDepth) Less(i, j int) bool { return q[i].depth > q[j].depth }
func (q byDepth) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *byDepth) Push(x any)        { *q = append(*q, x.(*commit)) }
func (q *byDepth) Pop() any {
	old := *q
	c := old[len(old)-1]
	*q = old[:len(old)-1]
	return c
}
