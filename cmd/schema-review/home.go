package main

import (
	"path"

	"github.com/schema-review/schema-review/review"
)

// home is the folder below the top whose configuration counts: the one that was named if it has a configuration of
// its own, as a service in a repository of many may have, else the top itself, "".
func (g *ground) home() string {
	if len(g.names) == 1 && exists(g.file(path.Join(g.names[0], configPath))) {
		return path.Clean(g.names[0])
	}
	return ""
}

// rebase makes the patterns of a configuration, which count from its home, count from the top.
func rebase(c *review.Config, home string) {
	if c.AI.Guidelines != "" {
		c.AI.Guidelines = path.Join(home, c.AI.Guidelines)
	}
	for i, m := range c.Migrations {
		c.Migrations[i].Path = path.Join(home, m.Path)
	}
}
