package standin

import (
	"fmt"
	"slices"
)

func (c *run) snapshot() CheckRun {
	s := c.CheckRun
	s.Annotations, s.Actions = slices.Clone(s.Annotations), slices.Clone(s.Actions)
	return s
}

func (c *run) view() obj {
	r := c.suite.r
	url := r.api(fmt.Sprintf("/check-runs/%d", c.ID))
	html := r.html(fmt.Sprintf("/runs/%d", c.ID))
	details := c.DetailsURL
	if details == "" {
		details = html
	}
	return obj{
		"id": c.ID, "node_id": node("CR", c.ID), "head_sha": c.Head, "external_id": c.ExternalID, "name": c.Name,
		"url": url, "html_url": html, "details_url": details, "status": c.Status, "conclusion": or(c.Conclusion),
		"started_at": stamp(c.Started), "completed_at": stamp(c.Completed),
		"output": obj{
			"title": or(c.Title), "summary": or(c.Summary), "text": or(c.Text),
			"annotations_count": len(c.Annotations), "annotations_url": url + "/annotations",
		},
		"check_suite": obj{"id": c.suite.id}, "app": c.app.view(), "pull_requests": r.minimal(c.Head),
	}
}

// minimal are the open pull requests with that head, out of the same repository: those of forks are
// not told. https://docs.github.com/rest/checks/runs
func (r *Repository) minimal(sha string) list {
	out := list{}
	for _, p := range r.heads[sha] {
		if p.open && p.headRepo == r && p.head.sha == sha {
			out = append(out, obj{
				"id": p.id, "number": p.Number, "url": p.api(""),
				"head": obj{"ref": p.headRef, "sha": p.head.sha, "repo": r.short()},
				"base": obj{"ref": p.baseRef, "sha": p.base.sha, "repo": r.short()},
			})
		}
	}
	return out
}

func (r *Repository) short() obj { return obj{"id": r.ID, "name": r.Name, "url": r.api("")} }

func (c *run) annotationView(a Annotation) obj {
	return obj{
		"path": a.Path, "start_line": a.StartLine, "end_line": a.EndLine, "start_column": nonzero(a.StartColumn),
		"end_column": nonzero(a.EndColumn), "annotation_level": a.Level, "title": or(a.Title), "message": a.Message,
		"raw_details": or(a.RawDetails), "blob_href": c.suite.r.html("/blob/" + c.Head + "/" + a.Path),
	}
}

func (s *suite) view() obj {
	r := s.r
	url := r.api(fmt.Sprintf("/check-suites/%d", s.id))
	status, conclusion := s.verdict()
	before := zeroSHA
	if s.before != nil {
		before = s.before.sha
	}
	return obj{
		"id": s.id, "node_id": node("CS", s.id), "head_branch": or(s.branch), "head_sha": s.head.sha, "status": status,
		"conclusion": conclusion, "url": url, "before": before, "after": s.head.sha, "pull_requests": r.minimal(s.head.sha),
		"app": s.app.view(), "repository": r.view(), "created_at": stamp(s.created), "updated_at": stamp(s.updated),
		"head_commit":             s.head.view(),
		"latest_check_runs_count": len(s.runs()), "check_runs_url": url + "/check-runs",
		"rerequestable": true, "runs_rerequestable": true,
	}
}

// zeroSHA stands for "nothing".
const zeroSHA = "0000000000000000000000000000000000000000"

// view is a commit as checks and merge groups show it.
func (c *commit) view() obj {
	who := obj{"name": c.author.login, "email": c.author.email()}
	return obj{
		"id": c.sha, "tree_id": c.tree.sha, "message": c.message, "timestamp": stamp(c.date), "author": who, "committer": who,
	}
}
