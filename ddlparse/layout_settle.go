package ddlparse

import (
	"fmt"
	"strings"
)

// samples is how many files of a history are looked at, at most, for its dialect and tool.
const samples = 12

// settle decides which files of a set are migrations of ours.
func (l *locator) settle(s *fileSet) {
	if s.history {
		l.settleHistory(s)
		return
	}
	for _, c := range s.files {
		l.settleWhole(c)
	}
}

// settleHistory decides for all files at once: a history is of one tool and one dialect.
func (l *locator) settleHistory(s *fileSet) {
	files := l.running(s)
	if len(files) == 0 {
		return
	}
	provider, d := l.prismaProvider(s)
	known := l.sample(files, d)
	switch {
	case known.nothing:
		return
	case known.dialect.foreign():
		for _, c := range files {
			l.leave(c, known.dialect.reason())
		}
		return
	}
	for _, c := range files {
		c.Provider = provider
		if known.tool != "" && (c.Tool == PlainSQL || c.Tool == Atlas) {
			c.Tool = known.tool
		}
		l.found = append(l.found, c.Located)
	}
}

// running returns the files that the tool of the set runs on MySQL; the others are left alone.
func (l *locator) running(s *fileSet) []*candidate {
	var files []*candidate
	specific := mysqlVariants(s)
	for _, c := range s.files {
		switch reason := whyNotRun(s, c, specific); {
		case c.name.dialect.foreign():
			l.leave(c, c.name.dialect.reason())
		case reason != "":
			l.leave(c, reason)
		default:
			files = append(files, c)
		}
	}
	return files
}

func whyNotRun(s *fileSet, c *candidate, specific map[string]string) string {
	switch {
	case c.name.style == callback:
		return "a callback of Flyway, not a migration"
	case c.name.baseline && s.hasUpTo(c.Version):
		return "a Flyway baseline; the migrations it sums up are here"
	case c.Tool != Flyway && s.styles[flyway], c.Tool == Flyway && c.name.style != flyway:
		return "Flyway runs no file of this name: it wants V<version>__<description>.sql"
	case c.Tool != GolangMigrate && s.styles[upDown]:
		return "golang-migrate runs no file of this name: it wants <version>_<title>.up.sql"
	case c.name.dialect == noDialect && specific[c.name.generic] != "" && c.name.generic != "":
		return fmt.Sprintf(reasonReplaced, specific[c.name.generic])
	case s.styles[numbered] && c.name.style == bare && c.folder.version == "" && !c.told && c.Tool == PlainSQL:
		return "has no number, and its neighbours do"
	}
	return ""
}

// mysqlVariants maps names to the file that replaces them on MySQL: 1_users.up -> 1_users.mysql.up.sql.
func mysqlVariants(s *fileSet) map[string]string {
	variants := make(map[string]string)
	for _, c := range s.files {
		if c.name.dialect == mysqlFamily && c.name.generic != "" {
			variants[c.name.generic] = c.base
		}
	}
	return variants
}

// hasUpTo reports whether the set has versioned migrations up to a version.
func (s *fileSet) hasUpTo(version string) bool {
	for _, c := range s.files {
		if !c.name.baseline && c.Role == Versioned && c.Version != "" && compareVersions(c.Version, version) <= 0 {
			return true
		}
	}
	return false
}

// findings is what the contents of a history tell.
type findings struct {
	dialect dialect
	tool    Tool
	nothing bool // no DDL, in files whose names prove nothing
}

// sample looks at as many files as it takes to tell the dialect, the tool and whether there is DDL.
func (l *locator) sample(files []*candidate, d dialect) findings {
	first := files[0]
	if d != noDialect || first.told && !l.options.Explicit {
		return l.sampleTool(files, d)
	}
	hint := l.hint(first)
	named := first.Tool != PlainSQL && first.Tool != Atlas
	if hint == mysqlFamily && named {
		return findings{dialect: mysqlFamily}
	}
	var all evidence
	var known findings
	ddl := named || first.told
	for i := range min(samples, len(files)) {
		p := l.look(files[spread(i, len(files))])
		all.add(p.evidence)
		ddl = ddl || p.ddl
		if known.tool == "" {
			known.tool = p.tool
		}
		if ddl && (hint == mysqlFamily || hint.imitates() || all.hard > 0 || hint.foreign() && i >= 2) {
			break
		}
	}
	known.dialect, known.nothing = all.verdict(hint), !ddl && known.tool == ""
	return known
}

// sampleTool finds the tool alone: the dialect is known, or the files were configured.
func (l *locator) sampleTool(files []*candidate, d dialect) findings {
	known := findings{dialect: d}
	if first := files[0]; first.Tool == PlainSQL || first.Tool == Atlas {
		known.tool = l.look(first).tool
	}
	return known
}

// spread returns the i-th of n places to look at: the first, the last, then others between.
func spread(i, n int) int {
	switch i {
	case 0:
		return 0
	case 1:
		return n - 1
	}
	if n <= samples {
		return i - 1
	}
	return i * (n - 1) / samples
}

// hint is the dialect that the path tells. On the command line only the file's own name counts.
func (l *locator) hint(c *candidate) dialect {
	switch {
	case c.name.dialect != noDialect:
		return c.name.dialect
	case c.told && c.folder.dialect.foreign():
		return noDialect
	}
	return c.folder.dialect
}

// prismaProvider reads the database that a migration_lock.toml names.
func (l *locator) prismaProvider(s *fileSet) (provider string, d dialect) {
	first := s.files[0]
	if first.Tool != Prisma || first.folder.parent == nil || !first.folder.parent.prismaLock {
		return "", noDialect
	}
	data, err := l.open(strings.TrimPrefix(s.name+"/migration_lock.toml", "/"))
	if err != nil {
		return "", noDialect
	}
	provider = lockedProvider(string(data))
	if d = dialectWord(provider); d == noDialect && provider != "" {
		d = otherDialect
	}
	return provider, d
}

// lockedProvider returns the value of the line provider = "mysql".
func lockedProvider(toml string) string {
	for line := range strings.Lines(toml) {
		key, value, ok := strings.Cut(line, "=")
		if ok && strings.TrimSpace(key) == "provider" {
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return ""
}

// settleWhole decides for one file that says how things are.
func (l *locator) settleWhole(c *candidate) {
	if c.Tool == Skeema || c.told && !l.options.Explicit {
		l.found = append(l.found, c.Located)
		return
	}
	if !c.told && !l.mayBeSchema(c) {
		return
	}
	p := l.look(c)
	d := c.name.dialect
	if !d.foreign() {
		d = p.evidence.verdict(l.hint(c))
	}
	switch {
	case p.err != nil:
		l.leave(c, fmt.Sprintf(reasonUnreadable, p.err))
	case !p.ddl && !c.told && p.tool == "":
	case d.foreign():
		l.leave(c, d.reason())
	default:
		l.found = append(l.found, c.withMarker(p.tool).Located)
	}
}

// withMarker turns a file with the marker of a tool into one of that tool's history.
func (c *candidate) withMarker(t Tool) *candidate {
	if t != "" {
		c.Tool, c.Role, c.Set = t, Versioned, c.folder.path
	}
	return c
}

// mayBeSchema reports whether the folder or the name suggests DDL: others are not opened.
func (l *locator) mayBeSchema(c *candidate) bool {
	if c.folder.purpose != anything || c.Tool != PlainSQL {
		return true
	}
	for w := range fileWords(c.name.title) {
		switch strings.ToLower(w) {
		case "schema", "ddl", "structure", "init", "initial", "create", "table", "tables", "database", "db", "migration", "migrations", "migrate",
			"upgrade", "update", "setup", "install", "dump", "mysql", "mariadb":
			return true
		}
	}
	return false
}
