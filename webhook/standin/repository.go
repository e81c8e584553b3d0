package standin

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Repository is a repository.
type Repository struct {
	ID    int64
	Owner string
	Name  string

	g        *GitHub
	owner    *account
	parent   *Repository // of a fork
	objects  *objects
	main     string // default branch
	private  bool
	shown    frozen
	refs     map[string]*commit // branches by name
	last     int                // number of the newest pull request
	pulls    map[int]*Pull
	heads    map[string][]*Pull  // pull requests by head commit, past ones too
	suites   map[string][]*suite // by commit
	runs     map[int64]*run
	bySHA    map[string][]*run
	created  time.Time
	groups   []*MergeGroup
	compares map[[2]string]*diff
}

// NewRepository makes a repository whose branch main has one commit, without files.
func (g *GitHub) NewRepository(owner, name string) *Repository {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.newRepository(owner, name, newObjects())
	first := r.objects.commit(r.objects.tree(nil), nil, r.owner, "Initial commit", g.Clock.Now())
	r.refs[r.main] = first
	g.touch()
	return r
}

func (g *GitHub) newRepository(owner, name string, o *objects) *Repository {
	r := &Repository{
		ID: g.id(), Owner: owner, Name: name,
		g: g, owner: g.account(owner, "Organization"), objects: o, main: "main",
		refs: map[string]*commit{}, pulls: map[int]*Pull{}, heads: map[string][]*Pull{},
		suites: map[string][]*suite{}, runs: map[int64]*run{}, bySHA: map[string][]*run{}, compares: map[[2]string]*diff{}, created: g.Clock.Now(),
	}
	g.repos[strings.ToLower(r.fullName())] = r
	return r
}

// Fork makes a fork, which shares the repository's objects.
func (r *Repository) Fork(owner string) *Repository {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	return r.fork(owner)
}

func (r *Repository) fork(owner string) *Repository {
	if f := r.g.repos[strings.ToLower(owner+"/"+r.Name)]; f != nil {
		return f
	}
	f := r.g.newRepository(owner, r.Name, r.objects)
	f.owner.kind = "User"
	f.parent = r
	maps.Copy(f.refs, r.refs)
	return f
}

func (r *Repository) fullName() string { return r.Owner + "/" + r.Name }

// FullName is "owner/name".
func (r *Repository) FullName() string { return r.fullName() }

// Commit writes files (nil deletes) on a branch, in one commit, and pushes it. A new branch starts at the
// default branch. Pull requests of the branch are synchronised.
func (r *Repository) Commit(branch, message string, files map[string]*string) (sha string) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	return r.commit(branch, message, files, r.g.person("")).sha
}

func (r *Repository) commit(branch, message string, files map[string]*string, by *account) *commit {
	from := r.refs[branch]
	if from == nil {
		from = r.refs[r.main]
	}
	c := r.objects.commit(r.objects.with(from.tree, files), []*commit{from}, by, message, r.g.Clock.Now())
	r.push(branch, c, by)
	return c
}

// push moves a branch, and tells those who want to know.
func (r *Repository) push(branch string, c *commit, by *account) {
	was := r.refs[branch]
	if was == c {
		return
	}
	r.refs[branch] = c
	r.g.touch()
	if !strings.HasPrefix(branch, "gh-readonly-queue/") {
		r.openSuites(branch, was, c, by)
	}
	for _, p := range r.g.pullsFrom(r, branch) {
		p.synchronize(c, by)
	}
}

// pullsFrom are the open pull requests of a branch, in whatever repository.
func (g *GitHub) pullsFrom(head *Repository, branch string) []*Pull {
	var out []*Pull
	for _, r := range []*Repository{head, head.parent} {
		if r == nil {
			continue
		}
		for _, p := range r.heads["refs/heads/"+branch] {
			if p.open && p.headRepo == head && p.headRef == branch {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Pull) int { return int(a.id - b.id) })
	return out
}

// Head is a branch's commit, "" when there is no such branch.
func (r *Repository) Head(branch string) string {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	if c := r.refs[branch]; c != nil {
		return c.sha
	}
	return ""
}

// Read gives a file's contents at a branch or commit.
func (r *Repository) Read(rev, path string) (text string, ok bool) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	c := r.resolve(rev)
	if c == nil {
		return "", false
	}
	e, ok := c.tree.at(path)
	if !ok || e.dir != nil {
		return "", false
	}
	return string(r.objects.blobs[e.sha]), true
}

// Pull finds a pull request, nil when there is none.
func (r *Repository) Pull(number int) *Pull {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	return r.pulls[number]
}

// Pulls are all pull requests, by number.
func (r *Repository) Pulls() []*Pull {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	return r.pullList()
}

func (r *Repository) pullList() []*Pull {
	out := make([]*Pull, 0, len(r.pulls))
	for n := 1; n <= r.last; n++ {
		if p := r.pulls[n]; p != nil {
			out = append(out, p)
		}
	}
	return out
}

// DeleteBranch deletes a branch; its pull requests are closed, as on GitHub.
func (r *Repository) DeleteBranch(branch string) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	delete(r.refs, branch)
	for _, p := range r.g.pullsFrom(r, branch) {
		p.close(p.author)
	}
	r.g.touch()
}

// Delete deletes the repository.
func (r *Repository) Delete() {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	delete(r.g.repos, strings.ToLower(r.fullName()))
	r.g.touch()
}

// resolve finds a commit by its full name, or by the name of a branch or reference.
func (r *Repository) resolve(rev string) *commit {
	if rev == "" || rev == "HEAD" {
		rev = r.main
	}
	if c := r.refs[strings.TrimPrefix(strings.TrimPrefix(rev, "refs/"), "heads/")]; c != nil {
		return c
	}
	if c := r.objects.commits[rev]; c != nil {
		return c
	}
	return r.pullRef(rev)
}

// exists tells whether the repository was not deleted.
func (r *Repository) exists() bool { return r.g.repos[strings.ToLower(r.fullName())] == r }
