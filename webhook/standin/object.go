package standin

import (
	"crypto/sha1" // git's names are SHA-1
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// objects are git's objects; a repository and its forks share them, as on GitHub.
type objects struct {
	blobs   map[string][]byte
	trees   map[string]*tree
	commits map[string]*commit
	files   map[[2]string]*change // diffs of two blobs
}

func newObjects() *objects {
	return &objects{
		blobs:   map[string][]byte{},
		trees:   map[string]*tree{},
		commits: map[string]*commit{},
		files:   map[[2]string]*change{},
	}
}

// named names an object as git does.
func named(kind string, data []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

func (o *objects) blob(data []byte) string {
	sha := named("blob", data)
	if _, ok := o.blobs[sha]; !ok {
		o.blobs[sha] = data
	}
	return sha
}

// commit is a commit object.
type commit struct {
	sha     string
	tree    *tree
	parents []*commit
	message string
	author  *account
	date    time.Time
	depth   int // longest way to a root: a commit lies deeper than all that it can reach
}

// commit makes a commit. One that exists already gets a later date: two acts are two commits.
func (o *objects) commit(t *tree, parents []*commit, author *account, message string, date time.Time) *commit {
	c := &commit{tree: t, parents: parents, message: message, author: author, date: date.Truncate(time.Second)}
	for _, p := range parents {
		c.depth = max(c.depth, p.depth+1)
	}
	for c.sha = c.name(); o.commits[c.sha] != nil; c.sha = c.name() {
		c.date = c.date.Add(time.Second)
	}
	o.commits[c.sha] = c
	return c
}

func (c *commit) name() string {
	var b strings.Builder
	fmt.Fprintf(&b, "tree %s\n", c.tree.sha)
	for _, p := range c.parents {
		fmt.Fprintf(&b, "parent %s\n", p.sha)
	}
	who := fmt.Sprintf("%s <%s> %d +0000", c.author.login, c.author.email(), c.date.Unix())
	fmt.Fprintf(&b, "author %s\ncommitter %s\n\n%s", who, who, c.message)
	return named("commit", []byte(b.String()))
}
