package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// crashPull is a pull request, what its migration is to hold, and what people did.
type crashPull struct {
	*standin.Pull
	repo *standin.Repository
	n    int
	name string
	path string

	lines int // comment lines at the top: all below moves
	notes int // another column: a statement is edited, and what is wrong stays wrong
	bad   [4]bool

	drafted, closed bool            // at some time
	heads           map[string]bool // that it ever had
	deeds           map[problem]deed
}

// problem is what a comment tells of.
type problem struct{ Rule, Object string }

// deed is what somebody did to the comment on a problem.
type deed struct {
	what    string // "resolved", "deleted", "replaced", "edited", "replied"
	comment int64
	body    string // of the comment since then
}

func (d deed) String() string { return d.what }

const (
	crashPath = "db/migration/V1__users.sql"
	crashBase = "CREATE TABLE users (\n  id BIGINT PRIMARY KEY,\n  nickname VARCHAR(40)\n);\n"
)

// found makes the repositories.
func (c *crashTest) found() {
	for i := range 10 {
		r := c.github.NewRepository("acme", "shop"+strconv.Itoa(i))
		r.Commit("main", "The base", map[string]*string{crashPath: new(crashBase)})
		c.repos = append(c.repos, r)
	}
}

// sql is the pull request's migration: each of its statements is right or wrong.
func (p *crashPull) sql() string {
	pick := func(i int, good, bad string) string {
		if p.bad[i] {
			return bad
		}
		return good
	}
	var notes strings.Builder
	for i := range p.notes {
		fmt.Fprintf(&notes, ",\n  note_%d BIGINT NOT NULL", i)
	}
	return strings.Repeat("-- moved\n", p.lines) +
		fmt.Sprintf("CREATE TABLE plain_%d (\n  id BIGINT %s%s\n);\n", p.n, pick(0, "PRIMARY KEY", "NOT NULL"), &notes) +
		fmt.Sprintf("CREATE TABLE orders_%d (\n  id BIGINT PRIMARY KEY,\n  user_id %s NOT NULL%s,\n  FOREIGN KEY (user_id) REFERENCES users (id)\n);\n", p.n, pick(1, "BIGINT", "INT"), &notes) +
		fmt.Sprintf("CREATE TABLE prices_%d (\n  id BIGINT PRIMARY KEY,\n  price %s NOT NULL%s\n);\n", p.n, pick(2, "DECIMAL(10,2)", "FLOAT"), &notes) +
		pick(3, "", "ALTER TABLE users DROP COLUMN nickname;\n")
}

// work is what people do until nobody is killed any more. By then, all pull requests are open.
func (c *crashTest) work() {
	for !c.over() {
		if len(c.pulls)*c.kills <= int(c.done.Load())*crashPulls {
			c.openPull()
		}
		c.act(c.pulls[c.people.pick(len(c.pulls))])
		time.Sleep(c.people.between(0, 60))
	}
	for len(c.pulls) < crashPulls {
		c.openPull()
	}
}

func (c *crashTest) openPull() {
	n := len(c.pulls) + 1
	p := &crashPull{
		repo: c.repos[n%len(c.repos)], n: n, path: fmt.Sprintf("db/migration/V%d__change.sql", n+1), drafted: c.people.chance(0.1),
		heads: map[string]bool{}, deeds: map[problem]deed{},
	}
	c.vary(p)
	p.Pull = p.repo.OpenPull(standin.PullOptions{
		Head: fmt.Sprintf("change-%d", n), Title: "A change", Draft: p.drafted, Files: map[string]*string{p.path: new(p.sql())},
	})
	p.name = fmt.Sprintf("%s#%d", p.repo.FullName(), p.Number)
	p.heads[p.State().Head] = true
	c.pulls = append(c.pulls, p)
}

// vary decides anew what is wrong.
func (c *crashTest) vary(p *crashPull) {
	p.lines, p.notes = c.people.pick(4), c.people.pick(3)
	for i := range p.bad {
		p.bad[i] = c.people.chance(0.5)
	}
}

// act is one thing that somebody does.
func (c *crashTest) act(p *crashPull) {
	s, n := p.State(), c.people.pick(100)
	switch {
	case s.Merged:
	case n < 30:
		c.vary(p)
		p.Push(map[string]*string{p.path: new(p.sql())})
	case !s.Open && n < 75:
		p.Reopen()
	case !s.Open:
	case n < 38:
		c.vary(p)
		p.ForcePush(map[string]*string{p.path: new(p.sql())})
	case n < 75:
		c.answer(p)
	case n < 82:
		p.closed = true
		p.Close()
	case n < 90 && s.Draft:
		p.Ready()
	case n < 92 && !p.bad[3] && c.quiet(p):
		p.Merge()
	case n < 96:
		p.repo.Commit("main", "Meanwhile", map[string]*string{"README.md": new(fmt.Sprint("# Shop ", n, p.n))})
	default:
		all := c.app.Deliveries()
		c.app.Redeliver(all[c.people.pick(len(all))].ID)
	}
	p.heads[p.State().Head] = true
}

// quiet reports whether the newest commit was reviewed. People read before they answer; so it is known what the
// program saw.
func (c *crashTest) quiet(p *crashPull) bool {
	runs := p.repo.CheckRuns(p.State().Head)
	return len(runs) > 0 && !slices.ContainsFunc(runs, func(r standin.CheckRun) bool { return r.Status != "completed" }) &&
		slices.Contains([]string{"success", "failure"}, runs[len(runs)-1].Conclusion)
}

// answer does something to a comment that tells of a problem.
func (c *crashTest) answer(p *crashPull) {
	if !c.quiet(p) {
		return
	}
	open := map[problem]standin.Comment{}
	for _, th := range p.Threads() {
		if about := p.problemOf(th); about.Rule != "" && p.deeds[about].what == "" && isOpen(th) {
			open[about] = th.Comments[0]
		}
	}
	if len(open) == 0 {
		return
	}
	about := slices.SortedFunc(maps.Keys(open), byName)[c.people.pick(len(open))]
	p.deeds[about] = c.deed(p, open[about])
}

func (c *crashTest) deed(p *crashPull, on standin.Comment) deed {
	d := deed{comment: on.ID, body: on.Body}
	switch c.people.pick(5) {
	case 0:
		d.what = "resolved"
		p.Resolve(on.ID, "ana")
	case 1:
		d.what = "deleted"
		p.DeleteComment(on.ID, "ana")
	case 2:
		d.what, d.body = "replaced", "Never mind."
		p.EditComment(on.ID, "ana", d.body)
	case 3:
		d.what, d.body = "edited", on.Body+"\n\nMy two cents."
		p.EditComment(on.ID, "ana", d.body)
	default:
		d.what = "replied"
		p.Reply(on.ID, "ana", "Why?")
	}
	return d
}
