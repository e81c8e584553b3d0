package ddlparse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind names a family of servers.
type Kind string

// The server kinds that an Engine may have.
const (
	MySQL   Kind = "mysql"
	MariaDB Kind = "mariadb"
	TiDB    Kind = "tidb"
	Aurora  Kind = "aurora-mysql"
)

// Engine is a server kind and version, for example "mysql 8.4". A version part that was not given
// stands for the newest one known (Patch 99): what a team runs is usually a late patch.
type Engine struct {
	Kind                Kind
	Major, Minor, Patch int
}

// newest is the minor version taken for a major one given alone.
var newest = map[Kind]map[int]int{
	MySQL:   {5: 7, 8: 4, 9: 7},
	MariaDB: {10: 11, 11: 8, 12: 3},
	TiDB:    {6: 5, 7: 5, 8: 5},
	Aurora:  {2: 12, 3: 10},
}

// DefaultEngine is what is assumed where nobody says which server runs: the MySQL of long-term support.
func DefaultEngine() Engine { return Engine{MySQL, 8, 4, 99} }

// ParseEngine reads "mysql 8.4", "mariadb 10.11.6", "tidb 8.5" or "aurora-mysql 3".
func ParseEngine(s string) (Engine, error) {
	name, version, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	kind := Kind(strings.TrimSpace(name))
	if kind == "aurora" {
		kind = Aurora
	}
	majors, ok := newest[kind]
	if !ok {
		return Engine{}, fmt.Errorf("unknown engine %q: want one of mysql, mariadb, tidb, aurora-mysql with a version, for example %q", s, "mysql 8.4")
	}
	version = strings.TrimPrefix(strings.TrimSpace(version), "v")
	if version == "" {
		return Engine{}, fmt.Errorf("engine %q has no version: write for example %q", s, DefaultEngine().exampleOf(kind))
	}
	parts := []int{}
	for p := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 999 || len(parts) == 3 {
			return Engine{}, fmt.Errorf("engine %q: %q is not a version: write for example %q", s, version, DefaultEngine().exampleOf(kind))
		}
		parts = append(parts, n)
	}
	minor, known := majors[parts[0]]
	if !known {
		return Engine{}, fmt.Errorf("engine %q: no %s %d is known: the known ones are %s", s, kind, parts[0], knownMajors(kind))
	}
	e := Engine{kind, parts[0], minor, 99}
	if len(parts) > 1 {
		e.Minor = parts[1]
	}
	if len(parts) > 2 {
		e.Patch = parts[2]
	}
	return e, nil
}

func (Engine) exampleOf(k Kind) string {
	return map[Kind]string{MySQL: "mysql 8.4", MariaDB: "mariadb 10.11", TiDB: "tidb 8.5", Aurora: "aurora-mysql 3"}[k]
}

func knownMajors(k Kind) string {
	var all []int
	for m := range newest[k] {
		all = append(all, m)
	}
	slices.Sort(all)
	return strings.Trim(fmt.Sprint(all), "[]")
}

// String is the form that ParseEngine reads: "mysql 8.4".
func (e Engine) String() string { return string(e.Kind) + " " + e.version() }

// Title is the form for people: "MySQL 8.4".
func (e Engine) Title() string {
	names := map[Kind]string{MySQL: "MySQL", MariaDB: "MariaDB", TiDB: "TiDB", Aurora: "Aurora MySQL"}
	return names[e.Kind] + " " + e.version()
}

func (e Engine) version() string {
	v := fmt.Sprintf("%d.%d", e.Major, e.Minor)
	if e.Kind == Aurora {
		v = strconv.Itoa(e.Major)
	}
	if e.Patch != 99 {
		v += fmt.Sprintf(".%d", e.Patch)
	}
	return v
}

// IsMariaDB reports whether the server is MariaDB.
func (e Engine) IsMariaDB() bool { return e.Kind == MariaDB }

// IsTiDB reports whether the server is TiDB.
func (e Engine) IsTiDB() bool { return e.Kind == TiDB }

// IsMySQL reports whether the server is MySQL itself or Aurora, which is built on it.
func (e Engine) IsMySQL() bool { return e.Kind == MySQL || e.Kind == Aurora }

// MySQL reports whether the server is MySQL, or Aurora on top of it, of at least the given version.
func (e Engine) MySQL(major, minor, patch int) bool {
	return e.IsMySQL() && !older(e.base(), major, minor, patch)
}

// MariaDB reports whether the server is MariaDB of at least the given version.
func (e Engine) MariaDB(major, minor, patch int) bool {
	return e.IsMariaDB() && !older(e, major, minor, patch)
}

// TiDB reports whether the server is TiDB of at least the given version.
func (e Engine) TiDB(major, minor, patch int) bool {
	return e.IsTiDB() && !older(e, major, minor, patch)
}

// base is the MySQL version that Aurora stands on: Aurora 2 on 5.7, Aurora 3 on 8.0.
func (e Engine) base() Engine {
	if e.Kind != Aurora {
		return e
	}
	if e.Major < 3 {
		return Engine{MySQL, 5, 7, 99}
	}
	return Engine{MySQL, 8, 0, 39}
}

// versionNumber is the number that executable comments compare with: 80400 for MySQL 8.4.0.
// TiDB says it is MySQL 8.0.11.
func (e Engine) versionNumber() int {
	if e.IsTiDB() {
		return 80011
	}
	b := e.base()
	return b.Major*10000 + b.Minor*100 + min(b.Patch, 99)
}

func older(e Engine, major, minor, patch int) bool {
	if e.Major != major {
		return e.Major < major
	}
	if e.Minor != minor {
		return e.Minor < minor
	}
	return e.Patch < patch
}
