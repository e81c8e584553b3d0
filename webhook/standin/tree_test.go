package standin_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

// TestTreeHistory: what a tree is called depends on its files alone, not on the way to it.
func TestTreeHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	step, once := w.g.NewRepository("acme", "step"), w.g.NewRepository("acme", "once")
	random := rand.New(rand.NewPCG(1, 2)) // repeatable on purpose
	files := map[string]*string{}
	for range 60 {
		some := map[string]*string{}
		for range random.IntN(60) {
			name := fmt.Sprintf("d%d/f%03d", random.IntN(2), random.IntN(600))
			if random.IntN(4) == 0 {
				name = fmt.Sprintf("n%d", random.IntN(300)) // a file, and below a directory
			}
			if random.IntN(20) == 0 {
				name = fmt.Sprintf("d%d.x", random.IntN(2)) // sorts between d0 and d0/
			}
			text := new(fmt.Sprint(random.Int()))
			if random.IntN(3) == 0 {
				text = nil
			}
			some[name], files[name] = text, text
		}
		before := step.Head("main")
		after := step.Commit("main", "some", some)
		compared := w.call("GET", "/repos/acme/step/compare/"+before+"..."+after+"?per_page=1", "").want(200)
		for _, f := range compared.at("files").([]any) {
			if name := f.(obj)["filename"].(string); some[name] == nil && f.(obj)["status"] != "removed" {
				t.Fatalf("%s is %v, and was deleted", name, f.(obj)["status"])
			}
		}
	}
	once.Commit("main", "all", files)
	tree := func(r *standin.Repository) any {
		return w.call("GET", "/repos/"+r.FullName()+"/git/commits/"+r.Head("main"), "").want(200).at("tree", "sha")
	}
	if a, b := tree(step), tree(once); a != b {
		t.Errorf("step by step %v, at once %v", a, b)
	}
}

func BenchmarkPulls(b *testing.B) {
	g := standin.New(standin.Options{})
	r := g.NewRepository("acme", "shop")
	history := map[string]*string{}
	for i := range 10_000 {
		history[fmt.Sprintf("db/migration/V%05d__x.sql", i)] = new(fmt.Sprintf("create table t%d (id int);\n", i))
	}
	r.Commit("main", "history", history)
	for n := range b.N {
		files := map[string]*string{}
		for i := range 5 {
			files[fmt.Sprintf("db/migration/W%d_%d.sql", n, i)] = new(fmt.Sprintf("alter table t%d add c%d int;\n", n, i))
		}
		r.OpenPull(standin.PullOptions{Head: fmt.Sprint("work", n), Files: files}).Files()
	}
}
