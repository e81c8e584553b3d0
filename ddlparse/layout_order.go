package ddlparse

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// Order sorts the files of a set as their tool runs them. What goes backwards stands after the
// migration that it takes back.
func Order(files []Located) {
	slices.SortStableFunc(files, compareLocated)
	followSteps(files)
}

func compareLocated(a, b Located) int {
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	switch a.Tool {
	case Flyway, GolangMigrate, Goose, SQLMigrate:
		return byVersion(a, b)
	case Dbmate, Atlas, Prisma, Liquibase:
		return cmp.Compare(a.Path, b.Path)
	}
	return cmp.Or(compareVersioned(a, b), compareDirection(a, b), comparePaths(a.Path, b.Path))
}

// rank puts Flyway's repeatable migrations last.
func rank(l Located) int {
	if l.Role == Repeatable {
		return 1
	}
	return 0
}

// compareVersioned compares numbers; what has none comes last.
func compareVersioned(a, b Located) int {
	if (a.Version == "") != (b.Version == "") {
		return cmp.Compare(len(b.Version), len(a.Version))
	}
	return compareVersions(a.Version, b.Version)
}

// byVersion compares numbers, then forward before backward, then names.
func byVersion(a, b Located) int {
	if c := compareVersioned(a, b); c != 0 {
		return c
	}
	return cmp.Or(compareDirection(a, b), cmp.Compare(path.Base(a.Path), path.Base(b.Path)), cmp.Compare(a.Path, b.Path))
}

// compareDirection puts forward before backward.
func compareDirection(a, b Located) int {
	switch {
	case a.Down == b.Down:
		return 0
	case b.Down:
		return -1
	}
	return 1
}

// compareVersions compares numbers joined by dots; 1 and 1.0 are the same.
func compareVersions(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		if c := compareNumbers(x, y); c != 0 {
			return c
		}
	}
	return 0
}

// compareNumbers compares two runs of digits of any length by value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// comparePaths compares part by part, numbers in them as numbers, so that v1.9/b.sql stands before
// v1.10/a.sql; the extension does not count.
func comparePaths(a, b string) int {
	x, y := strings.TrimSuffix(a, path.Ext(a)), strings.TrimSuffix(b, path.Ext(b))
	for x != "" || y != "" {
		var p, q string
		p, x, _ = strings.Cut(x, "/")
		q, y, _ = strings.Cut(y, "/")
		if c := compareNatural(p, q); c != 0 {
			return c
		}
	}
	return cmp.Compare(a, b)
}

// compareNatural compares two names without regard to case, runs of digits by value.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		m, n := digitsOf(a), digitsOf(b)
		if m != "" && n != "" {
			if c := compareNumbers(m, n); c != 0 {
				return c
			}
			a, b = a[len(m):], b[len(n):]
			continue
		}
		if c := cmp.Compare(lowerASCII(a[0]), lowerASCII(b[0])); c != 0 {
			return c
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func lowerASCII(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
