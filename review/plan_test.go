package review

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

func changed(path, base, head string) Changed {
	c := Changed{Path: path}
	if base != "" {
		c.Base = []byte(base)
	}
	if head != "" {
		c.Head = []byte(head)
	}
	return c
}

func merged(path, text string) File { return File{Path: path, Data: []byte(text)} }

// onePlan plans a change set of a single set.
func onePlan(t *testing.T, cs *ChangeSet) *Plan {
	t.Helper()
	plans, left, err := plan(t.Context(), cs, DefaultConfig(nil))
	if err != nil || len(plans) != 1 {
		t.Fatalf("got %d plans, left %v, error %v; want one plan", len(plans), left, err)
	}
	return plans[0]
}

func tableNames(s ddlparse.Schema) []string {
	var names []string
	for t := range s.Tables() {
		names = append(names, t.Name.String())
	}
	return names
}

func paths(ms []*ddlparse.Migration) []string {
	var list []string
	for _, m := range ms {
		list = append(list, m.Path)
	}
	return list
}

const (
	users = "CREATE TABLE users (id BIGINT PRIMARY KEY);"
	posts = "CREATE TABLE posts (id BIGINT PRIMARY KEY);"
	tags  = "CREATE TABLE tags (id BIGINT PRIMARY KEY);"
)

func TestPlanVersioned(t *testing.T) {
	t.Parallel()
	p := onePlan(t, &ChangeSet{
		History: []File{merged("db/V10__tags.sql", tags), merged("db/V1__users.sql", users)},
		Changed: []Changed{changed("db/V2__posts.sql", "", posts+"ALTER TABLE users ADD COLUMN name TEXT;")},
	})
	if got := tableNames(p.Start); !slices.Equal(got, []string{"users", "tags"}) {
		t.Errorf("start: got %v", got)
	}
	if got := tableNames(p.Final); !slices.Equal(got, []string{"users", "tags", "posts"}) {
		t.Errorf("final: got %v", got)
	}
	if got := paths(p.History); !slices.Equal(got, []string{"db/V1__users.sql", "db/V10__tags.sql"}) {
		t.Errorf("history: got %v", got)
	}
	if p.FirstStep != 3 || len(p.Steps) != 2 || p.Steps[0].Number != 3 {
		t.Errorf("got %d steps from number %d, want 2 from 3", len(p.Steps), p.FirstStep)
	}
	var touched []string
	for _, table := range p.Touched {
		touched = append(touched, table.Name.String())
	}
	if !slices.Equal(touched, []string{"posts", "users"}) {
		t.Errorf("touched: got %v", touched)
	}
}

func TestPlanEdited(t *testing.T) {
	t.Parallel()
	type edit struct {
		Before, After string
		CommentsOnly  bool
	}
	moved := changed("db/V3__people.sql", users, users)
	moved.OldPath = "db/V1__users.sql"
	tests := map[string]struct {
		change Changed
		edited []edit
		start  []string
		steps  int
	}{
		"edited":        {changed("db/V1__users.sql", users, posts), []edit{{"db/V1__users.sql", "db/V1__users.sql", false}}, []string{"users", "tags"}, 0},
		"comments only": {changed("db/V1__users.sql", users, "-- people\n"+users), []edit{{"db/V1__users.sql", "db/V1__users.sql", true}}, []string{"users", "tags"}, 0},
		"unchanged":     {changed("db/V1__users.sql", users, users), nil, []string{"users", "tags"}, 0},
		"deleted":       {changed("db/V1__users.sql", users, ""), []edit{{"db/V1__users.sql", "", false}}, []string{"users", "tags"}, 0},
		"moved":         {moved, []edit{{"db/V1__users.sql", "db/V3__people.sql", true}}, []string{"users", "tags"}, 0},
		"repeatable":    {changed("db/R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;", "CREATE OR REPLACE VIEW v AS SELECT 2;"), nil, []string{"users", "tags"}, 1},
		"new":           {changed("db/V3__posts.sql", "", posts), nil, []string{"users", "tags"}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := onePlan(t, &ChangeSet{
				History: []File{merged("db/V1__users.sql", users), merged("db/V2__tags.sql", tags)},
				Changed: []Changed{test.change},
			})
			var got []edit
			for _, e := range p.Edited {
				after := ""
				if e.After != nil {
					after = e.After.Path
				}
				got = append(got, edit{e.Before.Path, after, e.CommentsOnly})
			}
			if diff := cmp.Diff(test.edited, got); diff != "" {
				t.Errorf("edited (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(test.start, tableNames(p.Start)); diff != "" {
				t.Errorf("start (-want +got)\n%s", diff)
			}
			if len(p.Steps) != test.steps {
				t.Errorf("got %d steps, want %d", len(p.Steps), test.steps)
			}
		})
	}
}

// A Liquibase file grows: changesets that databases have not run are new, whatever file they stand in.
func TestPlanGrownFile(t *testing.T) {
	t.Parallel()
	const first = "--liquibase formatted sql\n--changeset ann:1\n" + users + "\n"
	p := onePlan(t, &ChangeSet{Changed: []Changed{
		changed("db/changelog.sql", first, first+"--changeset ann:2\nALTER TABLE users ADD COLUMN name TEXT;\n"),
	}})
	if len(p.Edited) != 0 || len(p.Migrations) != 1 || len(p.Steps) != 1 {
		t.Errorf("got %d edited, %d migrations, %d steps; want 0, 1, 1", len(p.Edited), len(p.Migrations), len(p.Steps))
	}
}

// Services that live side by side know nothing of each other; those that don't change are not read.
func TestPlanSets(t *testing.T) {
	t.Parallel()
	plans, _, err := plan(t.Context(), &ChangeSet{
		History: []File{
			merged("a/migrations/V1__users.sql", users), merged("b/migrations/V1__posts.sql", posts),
			merged("c/migrations/V1__tags.sql", tags),
		},
		Changed: []Changed{
			changed("a/migrations/V2__x.sql", "", tags),
			changed("b/migrations/V2__x.sql", "", tags),
		},
	}, DefaultConfig(nil))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, p := range plans {
		got = append(got, tableNames(p.Final))
	}
	if diff := cmp.Diff([][]string{{"users", "tags"}, {"posts", "tags"}}, got); diff != "" {
		t.Errorf("tables of each set (-want +got)\n%s", diff)
	}
}

// What goes backwards is read for its syntax and never replayed.
func TestPlanDown(t *testing.T) {
	t.Parallel()
	p := onePlan(t, &ChangeSet{Changed: []Changed{
		changed("db/1_users.up.sql", "", users),
		changed("db/1_users.down.sql", "", "ALTER TABLE users DROP COLUMN;"),
	}})
	if got := tableNames(p.Final); !slices.Equal(got, []string{"users"}) {
		t.Errorf("final: got %v", got)
	}
	if got := len(p.problems[ddlparse.SyntaxError]); got != 1 {
		t.Errorf("got %d syntax errors, want 1", got)
	}
}

func TestPlanBinaryFile(t *testing.T) {
	t.Parallel()
	p := onePlan(t, &ChangeSet{
		History: []File{merged("db/V1__users.sql", users)},
		Changed: []Changed{changed("db/V2__x.sql", "", posts), changed("db/V3__y.sql", "", "CREATE\x00TABLE")},
	})
	if len(p.Steps) != 1 || len(p.NotReviewed) != 1 || p.NotReviewed[0].Path != "db/V3__y.sql" {
		t.Errorf("got %d steps, not reviewed %v", len(p.Steps), p.NotReviewed)
	}
}
