package standin

import (
	"encoding/base64"
	"net/http"
	"strings"
)

func noCommit(rev string) *answer {
	return refusal(http.StatusUnprocessableEntity, "No commit found for SHA: "+rev)
}

// largestTree is how many entries a tree's answer has.
// https://docs.github.com/rest/git/trees#get-a-tree
const largestTree = 100_000

func getTree(q *request) *answer {
	t := q.repo.treeOf(q.PathValue("tree_sha"))
	if t == nil {
		return notFound()
	}
	entries := t.entries()
	if q.URL.Query().Has("recursive") {
		entries = t.all()
	}
	cut := q.repo.g.cut(len(entries))
	out := make([]treeEntry, cut)
	for i, e := range entries[:cut] {
		out[i] = treeEntry{Path: e.name, Mode: e.mode(), Type: e.kind(), SHA: e.sha, URL: q.repo.api("/git/" + e.kind() + "s/" + e.sha)}
		if e.dir == nil {
			out[i].Size = &entries[i].size
		}
	}
	return ok(obj{"sha": t.sha, "url": q.repo.api("/git/trees/" + t.sha), "tree": out, "truncated": cut < len(entries)})
}

// treeEntry is a struct, not an object: trees are long.
type treeEntry struct {
	Path string `json:"path"`
	Mode string `json:"mode"`
	Type string `json:"type"`
	SHA  string `json:"sha"`
	Size *int   `json:"size,omitempty"`
	URL  string `json:"url"`
}

// cut is how many entries of a tree are shown.
func (g *GitHub) cut(n int) int {
	if g.treeLimit > 0 {
		return min(n, g.treeLimit)
	}
	return min(n, largestTree)
}

// TruncateTrees makes trees' answers end after so many entries; 0 = GitHub's own limit.
func (g *GitHub) TruncateTrees(entries int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.treeLimit = entries
}

// treeOf finds a tree by its own name, or that of a commit, branch or reference.
func (r *Repository) treeOf(rev string) *tree {
	if t := r.objects.trees[rev]; t != nil {
		return t
	}
	if c := r.resolve(rev); c != nil {
		return c.tree
	}
	return nil
}

func getBlob(q *request) *answer {
	sha := q.PathValue("file_sha")
	data, found := q.repo.objects.blobs[sha]
	if !found {
		return notFound()
	}
	return ok(obj{
		"sha": sha, "node_id": node("B", sha), "size": len(data), "url": q.repo.api("/git/blobs/" + sha),
		"content": wrap(base64.StdEncoding.EncodeToString(data)), "encoding": "base64",
	})
}

// wrap breaks base64 into lines, as GitHub does.
func wrap(s string) string {
	var b strings.Builder
	for len(s) > 60 {
		b.WriteString(s[:60] + "\n")
		s = s[60:]
	}
	if s != "" {
		b.WriteString(s + "\n")
	}
	return b.String()
}

func getGitCommit(q *request) *answer {
	c := q.repo.objects.commits[q.PathValue("commit_sha")]
	if c == nil {
		return notFound()
	}
	return ok(q.repo.gitCommit(c))
}

func getRef(q *request) *answer {
	ref := q.PathValue("ref")
	c := q.repo.refs[strings.TrimPrefix(ref, "heads/")]
	if !strings.HasPrefix(ref, "heads/") {
		c = q.repo.pullRef("refs/" + ref)
	}
	if c == nil {
		return notFound()
	}
	return ok(obj{
		"ref": "refs/" + ref, "node_id": node("REF", ref), "url": q.repo.api("/git/refs/" + ref),
		"object": obj{"type": "commit", "sha": c.sha, "url": q.repo.api("/git/commits/" + c.sha)},
	})
}

func getCommit(q *request) *answer {
	c := q.repo.resolve(q.PathValue("ref"))
	if c == nil {
		return noCommit(q.PathValue("ref"))
	}
	v := q.repo.commitView(c)
	from := &commit{tree: &tree{}}
	if len(c.parents) > 0 {
		from = c.parents[0]
	}
	d := q.repo.objects.diff(from, c)
	v["files"] = q.repo.fileViews(d.files[:min(len(d.files), 300)], c)
	additions, deletions := 0, 0
	for _, f := range d.files {
		additions += f.change().additions
		deletions += f.change().deletions
	}
	v["stats"] = obj{"additions": additions, "deletions": deletions, "total": additions + deletions}
	return ok(v)
}

// compared is how many files a comparison shows.
const compared = 300

func getComparison(q *request) *answer {
	r := q.repo
	from, to, found := strings.Cut(q.PathValue("basehead"), "...")
	base, head := r.resolveAcross(from), r.resolveAcross(to)
	if !found || base == nil || head == nil {
		return notFound()
	}
	rel := relate(base, head)
	if rel.base == nil {
		return refusal(http.StatusNotFound, "No common ancestor between "+from+" and "+to+".")
	}
	start, end, page, size := q.window(len(rel.ahead), 250, 250)
	commits := list{}
	for _, c := range rel.ahead[start:end] {
		commits = append(commits, r.commitView(c))
	}
	files := []*fileDiff{}
	if page == 1 {
		files = r.compareFiles(rel.base, head)
	}
	url := r.api("/compare/" + from + "..." + to)
	a := ok(obj{
		"url": url, "html_url": r.html("/compare/" + from + "..." + to), "permalink_url": r.html("/compare/" + base.sha + "..." + head.sha),
		"diff_url": r.html("/compare/" + from + "..." + to + ".diff"), "patch_url": r.html("/compare/" + from + "..." + to + ".patch"),
		"base_commit": r.commitView(base), "merge_base_commit": r.commitView(rel.base), "status": rel.status(),
		"ahead_by": len(rel.ahead), "behind_by": rel.behind, "total_commits": len(rel.ahead), "commits": commits,
		"files": r.fileViews(files[:min(len(files), compared)], head),
	})
	if link := q.links(page, (len(rel.ahead)+size-1)/size); link != "" {
		a.set("Link", link)
	}
	return a
}

func (r *Repository) compareFiles(from, to *commit) []*fileDiff {
	key := [2]string{from.sha, to.sha}
	if r.compares[key] == nil {
		r.compares[key] = r.objects.diff(from, to)
	}
	return r.compares[key].files
}

// resolveAcross resolves "owner:branch", too.
func (r *Repository) resolveAcross(rev string) *commit {
	owner, branch, across := strings.Cut(rev, ":")
	if !across {
		return r.resolve(rev)
	}
	if f := r.g.repos[strings.ToLower(owner+"/"+r.Name)]; f != nil && f.objects == r.objects {
		return f.resolve(branch)
	}
	return nil
}

func getBranch(q *request) *answer {
	name := q.PathValue("branch")
	c := q.repo.refs[name]
	if c == nil {
		return refusal(http.StatusNotFound, "Branch not found")
	}
	url := q.repo.api("/branches/" + name)
	return ok(obj{
		"name": name, "commit": q.repo.commitView(c), "protected": false, "protection_url": url + "/protection",
		"_links":     obj{"self": url, "html": q.repo.html("/tree/" + name)},
		"protection": obj{"enabled": false, "required_status_checks": obj{"enforcement_level": "off", "contexts": list{}, "checks": list{}}},
	})
}

// inlined is the largest file whose contents the contents endpoint gives.
const inlined = 1 << 20

func getContents(q *request) *answer {
	r, path := q.repo, strings.Trim(q.PathValue("path"), "/")
	rev := q.URL.Query().Get("ref")
	c := r.resolve(rev)
	if c == nil {
		return refusal(http.StatusNotFound, "No commit found for the ref "+rev)
	}
	e, found := c.tree.at(path)
	if !found {
		return notFound()
	}
	if e.dir == nil {
		if q.Header.Get("Accept") == "application/vnd.github.raw+json" || q.Header.Get("Accept") == "application/vnd.github.raw" {
			return (&answer{status: http.StatusOK, raw: r.objects.blobs[e.sha]}).set("Content-Type", "application/vnd.github.raw; charset=utf-8")
		}
		return ok(r.content(e, path, c))
	}
	out := list{}
	for _, child := range e.dir.entries() {
		v := r.content(child, strings.TrimPrefix(path+"/"+child.name, "/"), c)
		delete(v, "content")
		delete(v, "encoding")
		out = append(out, v)
	}
	return ok(out)
}

func (r *Repository) content(e entry, path string, c *commit) obj {
	kind := "file"
	if e.dir != nil {
		kind = "dir"
	}
	v := obj{
		"type": kind, "name": path[strings.LastIndexByte(path, '/')+1:], "path": path, "sha": e.sha, "size": e.size,
		"url": r.api("/contents/" + path + "?ref=" + c.sha), "git_url": r.api("/git/" + e.kind() + "s/" + e.sha),
		"html_url": r.html("/blob/" + c.sha + "/" + path), "download_url": nil,
	}
	v["_links"] = obj{"self": v["url"], "git": v["git_url"], "html": v["html_url"]}
	if e.dir != nil {
		return v
	}
	v["download_url"] = r.html("/raw/" + c.sha + "/" + path)
	v["content"], v["encoding"] = "", "none"
	if e.size <= inlined {
		v["content"], v["encoding"] = wrap(base64.StdEncoding.EncodeToString(r.objects.blobs[e.sha])), "base64"
	}
	return v
}
