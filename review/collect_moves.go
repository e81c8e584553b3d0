package review

import "slices"

// pairMoves makes one move of a deleted file and a new one with the same content: git sees that only
// once the new file is staged.
func pairMoves(changed []Changed) []Changed {
	deleted := map[string]int{} // by content
	for i, c := range changed {
		if c.Head == nil && len(c.Base) > 0 {
			deleted[string(c.Base)] = i
		}
	}
	if len(deleted) == 0 {
		return changed
	}
	paired := map[int]bool{}
	for i, c := range changed {
		from, ok := deleted[string(c.Head)]
		if !ok || c.Base != nil || paired[from] {
			continue
		}
		changed[i].OldPath, changed[i].Base = changed[from].Path, changed[from].Base
		paired[from] = true
	}
	i := -1
	return slices.DeleteFunc(changed, func(Changed) bool {
		i++
		return paired[i]
	})
}
