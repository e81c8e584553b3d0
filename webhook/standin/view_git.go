package standin

// signature is who made a commit, and when.
func (c *commit) signature() obj {
	return obj{"name": c.author.login, "email": c.author.email(), "date": stamp(c.date)}
}

var unsigned = obj{"verified": false, "reason": "unsigned", "signature": nil, "payload": nil, "verified_at": nil}

// git is a commit as git has it.
func (r *Repository) gitCommit(c *commit) obj {
	v := obj{
		"sha": c.sha, "node_id": node("C", c.sha), "url": r.api("/git/commits/" + c.sha), "html_url": r.html("/commit/" + c.sha),
		"author": c.signature(), "committer": c.signature(), "message": c.message, "verification": unsigned,
		"tree": obj{"sha": c.tree.sha, "url": r.api("/git/trees/" + c.tree.sha)},
	}
	v["parents"] = r.parents(c, "/git/commits/")
	return v
}

func (r *Repository) parents(c *commit, path string) list {
	out := list{}
	for _, p := range c.parents {
		out = append(out, obj{"sha": p.sha, "url": r.api(path + p.sha), "html_url": r.html("/commit/" + p.sha)})
	}
	return out
}

// commitView is a commit as GitHub has it.
func (r *Repository) commitView(c *commit) obj {
	return obj{
		"sha": c.sha, "node_id": node("C", c.sha), "url": r.api("/commits/" + c.sha), "html_url": r.html("/commit/" + c.sha),
		"comments_url": r.api("/commits/" + c.sha + "/comments"),
		"author":       r.g.user(c.author), "committer": r.g.user(c.author), "parents": r.parents(c, "/commits/"),
		"commit": obj{
			"url": r.api("/git/commits/" + c.sha), "author": c.signature(), "committer": c.signature(), "message": c.message,
			"comment_count": 0, "tree": obj{"sha": c.tree.sha, "url": r.api("/git/trees/" + c.tree.sha)}, "verification": unsigned,
		},
	}
}

// loadable is how many lines of patches a response has; what comes after is shown without patch and, worse,
// with counts of zero. https://github.com/orgs/community/discussions/213491
const loadable = 20_000

// Patches of single files that are longer are left out.
const (
	longestPatch = 20_000 // lines
	largestPatch = 500_000
)

// fileViews are changed files as one response shows them.
func (r *Repository) fileViews(files []*fileDiff, at *commit) list {
	out, shown := list{}, 0
	for _, f := range files {
		c := f.change()
		v := r.fileView(f, at)
		switch {
		case shown >= loadable:
			v["additions"], v["deletions"], v["changes"] = 0, 0, 0
		case c.patch != "" && c.lines <= longestPatch && len(c.patch) <= largestPatch:
			v["patch"] = c.patch
			shown += c.lines
		}
		out = append(out, v)
	}
	return out
}

func (r *Repository) fileView(f *fileDiff, at *commit) obj {
	c := f.change()
	sha := f.new
	if sha == "" {
		sha = f.old
	}
	v := obj{
		"sha": sha, "filename": f.path, "status": f.status, "additions": c.additions, "deletions": c.deletions,
		"changes": c.additions + c.deletions, "blob_url": r.html("/blob/" + at.sha + "/" + f.path),
		"raw_url": r.html("/raw/" + at.sha + "/" + f.path), "contents_url": r.api("/contents/" + f.path + "?ref=" + at.sha),
	}
	if f.previous != "" {
		v["previous_filename"] = f.previous
	}
	return v
}
