package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/schema-review/schema-review/webhook/standin"
)

// TestStandin: what people did in the stand-in is what the pages are given.
func TestStandin(t *testing.T) {
	t.Parallel()
	const file = "db/V1__a.sql"
	g := standin.New(standin.Options{})
	r := g.NewRepository("acme", "shop")
	p := r.OpenPull(standin.PullOptions{Head: "refunds", Title: "Refunds", Author: "hana", Files: map[string]*string{file: new("a\nb\nc\n")}})
	p.CommentOn("yuki", file, 1, "first")
	second := p.CommentOn("yuki", file, 3, "second")
	p.Reply(second, "hana", "well")
	p.Resolve(second, "hana")
	p.Push(map[string]*string{file: new("A\nb\nc\n")})
	s := &Standin{GitHub: g, Repository: r}
	s.Show(p)

	want := Pull{
		Owner: "acme", Repo: "shop", Number: 1, Title: "Refunds", Author: Author{"hana", false}, State: "open", Base: "main", Head: "refunds",
		Commits: []Commit{{Message: "Change V1__a.sql", Author: Author{"hana", false}}, {Message: "Change V1__a.sql", Author: Author{"hana", false}}},
		Reviews: []Review{
			{Author: Author{"yuki", false}, State: "COMMENTED", Threads: []Thread{{
				Path: file, Side: "RIGHT", Start: 1, Line: 1, Hunk: "@@ -0,0 +1,3 @@\n+a", Outdated: true,
				Comments: []Comment{{Author: Author{"yuki", false}, Body: "first"}},
			}}},
			{Author: Author{"yuki", false}, State: "COMMENTED", Threads: []Thread{{
				Path: file, Side: "RIGHT", Start: 3, Line: 3, Hunk: "@@ -0,0 +1,3 @@\n+a\n+b\n+c", Resolved: true,
				Comments: []Comment{{Author: Author{"yuki", false}, Body: "second"}, {Author: Author{"hana", false}, Body: "well"}},
			}}},
		},
		Files: []File{{Path: file, Status: "added", Patch: "@@ -0,0 +1,3 @@\n+A\n+b\n+c", Additions: 3}},
	}
	moments := cmpopts.IgnoreFields
	ignored := cmp.Options{
		moments(Pull{}, "Opened"), moments(Commit{}, "At", "SHA"), moments(Review{}, "At", "ID"), moments(Comment{}, "At", "ID"), cmpopts.EquateEmpty(),
	}
	if diff := cmp.Diff(want, s.Pulls()[0], ignored); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
