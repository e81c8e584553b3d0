package ddlparse

import (
	"cmp"
	"path"
	"strings"
)

// fileSet is the candidates of one directory, or of a directory per version, that belong together.
type fileSet struct {
	name    string
	history bool             // files run one after the other; otherwise each says how things are
	styles  [styleCount]bool // that its files' names have
	files   []*candidate
}

// sets groups the candidates by where they are and what they are.
func (l *locator) sets() []*fileSet {
	type key struct {
		name    string
		history bool
	}
	index := make(map[key]*fileSet)
	var sets []*fileSet
	for _, c := range l.candidates {
		history := l.classify(c)
		k := key{c.Set, history}
		s := index[k]
		if s == nil {
			s = &fileSet{name: c.Set, history: history}
			index[k], sets = s, append(sets, s)
		}
		s.styles[c.name.style] = true
		s.files = append(s.files, c)
	}
	for _, s := range sets {
		if index[key{s.name, true}] != nil && !s.history {
			s.scatter()
		}
		if s.history {
			s.partWays()
			s.spreadVersions()
		}
	}
	return joinFlyway(sets)
}

// scatter makes each file a Set of its own, for schemas that stand beside a history.
func (s *fileSet) scatter() {
	for _, c := range s.files {
		if c.Tool != Skeema {
			c.Set = c.Path
		}
	}
}

// classify fills in what the names tell, and reports whether the file is one of a row.
func (l *locator) classify(c *candidate) (history bool) {
	set, version := c.folder.history()
	c.Set, c.Role, c.Down, c.Title = set, Versioned, c.name.down, c.name.title
	c.Version, c.From, c.To = c.name.version, c.name.from, c.name.to
	if c.name.role != 0 {
		c.Role = c.name.role
	}
	switch {
	case isDeclarativeTool(c.Tool):
		c.Role = Declarative
		return false
	case c.base == "migration.sql" && (c.Tool == Prisma || c.folder.inPrisma()):
		return c.prisma()
	case c.Tool == "" && isRailsStructure(c):
		c.Tool, c.Role, c.Title = RailsStruct, Declarative, c.base
		return false
	case c.name.style == flyway || c.name.style == upDown || c.name.style == callback:
		c.setTool(toolOfStyle(c.name.style))
		return true
	case c.Tool == "" && c.folder.inSkeema():
		c.Tool, c.Role, c.Set = Skeema, Declarative, c.folder.path
		return false
	}
	return c.plain(version)
}

func (c *candidate) setTool(t Tool) {
	if c.Tool == "" {
		c.Tool = t
	}
}

func (f *folder) inPrisma() bool {
	return f.parent != nil && (f.parent.prismaLock || f.parent.name == "migrations")
}

// prisma: the directory of the file is the migration.
func (c *candidate) prisma() bool {
	c.Tool, c.Set = Prisma, c.folder.parentPath()
	c.Title = path.Base(c.folder.path)
	c.Version, _ = leadingVersion(c.Title)
	return true
}

// plain classifies a file whose name follows no tool: what its name and folder tell.
func (c *candidate) plain(version string) (history bool) {
	if version != "" {
		before, _, _ := strings.Cut(c.Set, "*")
		c.Version, c.Title = version, strings.TrimPrefix(c.Path, before)
	}
	c.markDown()
	switch {
	case c.folder.atlas:
		c.setTool(Atlas)
	case c.Tool != "", c.name.style != bare, version != "":
		c.setTool(PlainSQL)
	case c.folder.purpose == histories && !namesWhole(c.name.title):
		c.setTool(PlainSQL)
		c.Version = firstVersion(c.name.title)
	default:
		return c.whole()
	}
	return true
}

// whole classifies a file that says how things are. One per release stands for itself.
func (c *candidate) whole() (history bool) {
	c.Tool, c.Role, c.Title = PlainSQL, Declarative, c.base
	if c.Down {
		c.Role = Undo
	}
	if c.folder.files == 1 && c.base == "schema.sql" {
		c.Tool = SQLDef
	}
	if v := firstVersion(c.name.title); strings.Contains(v, ".") {
		c.Set, c.Version = c.Path, v
	}
	return false
}

// markDown recognises scripts that take back: 001_users_rollback, 2026-01-02_users/down, and drop
// scripts of schemas that stand alone.
func (c *candidate) markDown() {
	last, drop := "", false
	for w := range fileWords(c.name.title) {
		last = strings.ToLower(w)
		drop = drop || last == "drop"
	}
	if c.folder.version != "" && c.name.title == "down" {
		last = "down"
	}
	switch last {
	case "down", "rollback", "undo", "revert", "uninstall", "teardown":
		c.Down, c.Role = true, Undo
	}
	if v := c.folder.version; drop && c.name.style == bare && v == "" && c.folder.purpose != histories {
		c.Down, c.Role = true, Undo
	}
}

// namesWhole reports whether a name says that the file has all of a schema.
func namesWhole(title string) bool {
	for w := range fileWords(title) {
		switch strings.ToLower(w) {
		case "schema", "structure", "dump":
			return true
		}
	}
	return false
}

func isRailsStructure(c *candidate) bool {
	return c.folder.name == "db" && (c.base == "structure.sql" || strings.HasSuffix(c.base, "_structure.sql"))
}

func isDeclarativeTool(t Tool) bool { return t == Skeema || t == SQLDef || t == RailsStruct }

func toolOfStyle(s nameStyle) Tool {
	switch s {
	case flyway, callback:
		return Flyway
	case upDown:
		return GolangMigrate
	}
	return PlainSQL
}

// joinFlyway joins the sets below one migration directory, which Flyway reads as a whole, unless
// two of them use the same version: then they are for several databases.
func joinFlyway(sets []*fileSet) []*fileSet {
	below := make(map[string][]*fileSet)
	for _, s := range sets {
		if root := flywayRoot(s); root != "" {
			below[root] = append(below[root], s)
		}
	}
	var joined []*fileSet
	for _, s := range sets {
		root := flywayRoot(s)
		family := below[root]
		switch {
		case len(family) < 2 || !disjoint(family):
			joined = append(joined, s)
		case family[0] == s:
			joined = append(joined, join(family, root))
		}
	}
	return joined
}

// flywayRoot returns the migration directory that a set of Flyway is in; a directory of a dialect
// below it counts.
func flywayRoot(s *fileSet) string {
	if !s.history || !s.styles[flyway] && !s.styles[callback] {
		return ""
	}
	below := ""
	for f := s.files[0].folder; f != nil && f.path != ""; f = f.parent {
		if dialectWord(f.name) != noDialect {
			below = f.path
		}
		if strings.HasPrefix(f.name, "migration") {
			return cmp.Or(below, f.path)
		}
	}
	return ""
}

// disjoint reports whether no two sets have the same version.
func disjoint(sets []*fileSet) bool {
	owner := make(map[string]*fileSet)
	for _, s := range sets {
		for _, c := range s.files {
			if o := owner[c.Version]; c.Version != "" && o != nil && o != s {
				return false
			}
			owner[c.Version] = s
		}
	}
	return true
}

// join makes one set of several, under the name of the directory that has them all.
func join(sets []*fileSet, name string) *fileSet {
	all := &fileSet{name: name, history: true}
	for _, s := range sets {
		for _, c := range s.files {
			c.Set = name
			all.styles[c.name.style] = true
			all.files = append(all.files, c)
		}
	}
	return all
}
