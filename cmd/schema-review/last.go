package main

import "github.com/schema-review/schema-review/ddlparse"

// last tells which files belong to the last n migrations of each set. Files of one version, such as
// an up and its down, are one migration; what is not run in order is no part of a history.
func last(found []ddlparse.Located, n int) func(path string) bool {
	sets := map[string][]ddlparse.Located{}
	for _, l := range found {
		if l.Role == ddlparse.Versioned || l.Role == ddlparse.Undo {
			sets[l.Set] = append(sets[l.Set], l)
		}
	}
	recent := map[string]bool{}
	for _, files := range sets {
		ddlparse.Order(files)
		markLast(files, n, recent)
	}
	return func(path string) bool { return recent[path] }
}

func markLast(files []ddlparse.Located, n int, recent map[string]bool) {
	version := "-"
	for i := len(files) - 1; i >= 0; i-- {
		f := files[i]
		if f.Version == "" || f.Version != version {
			n--
		}
		if n < 0 {
			return
		}
		version, recent[f.Path] = f.Version, true
	}
}
