package ddlparse

import (
	"path"
	"strings"
)

// folder is what the names say of a directory.
type folder struct {
	path     string // without a trailing slash; "" is the root
	name     string // its last part, in lower case
	parent   *folder
	files    int // candidates in it
	excluded bool
	dialect  dialect // the deepest one that a part of the path names
	purpose  purpose
	version  string // "1.10" for v1.10 and 1.10_schema, "" when it is not one of a row

	skeema, atlas, prismaLock bool

	touched bool // a candidate in it is
}

// purpose is what the name of a directory says of the SQL in it.
type purpose uint8

const (
	anything  purpose = iota
	histories         // migrations, upgrade, patches: files run one after the other
	schemas           // schema, ddl, tables: files say how things are
)

func (l *locator) folder(dir string) *folder {
	dir = strings.TrimSuffix(dir, "/")
	f, ok := l.folders[dir]
	if ok {
		return f
	}
	f = &folder{path: dir, name: strings.ToLower(path.Base(dir))}
	if dir != "" {
		parent, _ := path.Split(dir)
		if parent != dir { // "/" is its own parent
			f.parent = l.folder(parent)
		}
		f.inherit()
	}
	l.folders[dir] = f
	return f
}

// inherit fills in what the folder's own name says, and otherwise what its ancestors' do.
func (f *folder) inherit() {
	f.dialect, f.purpose, f.version = dialectOfFolder(f.name), purposeOf(f.name), folderVersion(f.name)
	f.excluded = isExcluded(f.name)
	p := f.parent
	if p == nil {
		return
	}
	f.excluded = f.excluded || p.excluded
	if f.dialect == noDialect {
		f.dialect = p.dialect
	}
	if f.purpose == anything {
		f.purpose = p.purpose
	}
	if dialectWord(p.name) == mysqlFamily && isServerVersion(f.name) {
		f.version = ""
	}
}

func (f *folder) mark(base string) {
	switch base {
	case ".skeema":
		f.skeema = true
	case "atlas.sum":
		f.atlas = true
	case "migration_lock.toml":
		f.prismaLock = true
	}
}

// inSkeema reports whether skeema reads the folder: it or an ancestor has a .skeema file.
func (f *folder) inSkeema() bool {
	for ; f != nil; f = f.parent {
		if f.skeema {
			return true
		}
	}
	return false
}

// history returns the name of the Set of the folder's files, and the version that the path tells
// where each version has a folder: upgrade/3.2.0_schema/mysql is a part of upgrade/*/mysql.
func (f *folder) history() (set, version string) {
	if f.version != "" {
		return path.Join(f.parentPath(), "*"), f.version
	}
	if p := f.parent; p != nil && p.version != "" && dialectWord(f.name) != noDialect {
		return path.Join(p.parentPath(), "*", path.Base(f.path)), p.version
	}
	return f.path, ""
}

func (f *folder) parentPath() string {
	if f.parent == nil {
		return ""
	}
	return f.parent.path
}

// folderVersion returns the version in names like v1.10, 2.0.1_schema, v060-v062, 20260102_init.
func folderVersion(name string) string {
	v, rest := leadingVersion(name)
	if rest != "" && !strings.ContainsRune("._-", rune(rest[0])) {
		return "" // 2fa, 3rdparty
	}
	return v
}

// isServerVersion tells mysql/v8 and mysql/5.7, scripts for a server, from versions of a schema.
func isServerVersion(name string) bool {
	switch strings.TrimPrefix(name, "v") {
	case "5", "5.5", "5.6", "5.7", "8", "8.0", "8.4", "9", "10", "11", "55", "56", "57", "80", "84":
		return true
	}
	return false
}

func purposeOf(name string) purpose {
	switch name {
	case "migrations", "migration", "migrate", "versioned", "versions", "upgrade", "upgrades", "updates", "update", "patches",
		"autopatches", "patch", "delta", "deltas", "changelog", "changelogs", "changeset", "changesets", "changes",
		"liquibase-changesets", "increments", "incremental", "alters":
		return histories
	case "schema", "schemas", "sql", "ddl", "db", "database", "databases", "tables", "table", "mysql", "mariadb", "tidb",
		"initdb", "initdb.d", "docker-entrypoint-initdb.d", "structure", "create":
		return schemas
	}
	for _, word := range [...]string{"migration_", "migrations_", "migration-", "migrations-"} {
		if strings.HasPrefix(name, word) {
			return histories
		}
	}
	if strings.HasSuffix(name, "migrations") || strings.HasSuffix(name, "migration") {
		return histories
	}
	return anything
}

// isExcluded reports whether SQL below a folder of this name is for tests, queries or other projects.
func isExcluded(name string) bool {
	switch name {
	case "node_modules", "vendor", "third_party", "third-party", "testdata", "test", "tests", "__tests__", "testing", "e2e",
		"fixture", "fixtures", "seed", "seeds", "seeders", "query", "queries", "mock", "mocks", "stub", "stubs", ".git":
		return true
	}
	for _, prefix := range [...]string{"integration-test", "integration_test", "test-", "test_", "e2e-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasSuffix(name, "-test") || strings.HasSuffix(name, "-tests") || strings.HasSuffix(name, "_test") || strings.HasSuffix(name, "_tests")
}
