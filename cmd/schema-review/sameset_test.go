package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/github"
	"github.com/schema-review/schema-review/webhook/standin"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// A change set is the same whether git or GitHub tells of it.
func TestSameChangeSet(t *testing.T) {
	t.Parallel()
	const table = "CREATE TABLE %s (\n  id BIGINT UNSIGNED NOT NULL,\n  a INT,\n  b VARCHAR(20),\n  c TEXT,\n  PRIMARY KEY (id)\n);\n"
	create := func(name string) string { return strings.Replace(table, "%s", name, 1) }
	base := files{
		"a/migrations/V1__users.sql":                   new(create("users")),
		"a/migrations/V2__items.sql":                   new(create("items")),
		"a/migrations/schema.sql":                      new(create("users") + create("items")),
		"a/migrations/atlas.sum":                       new("h1:x\n"),
		"b/prisma/migrations/migration_lock.toml":      new("provider = \"mysql\"\n"),
		"b/prisma/migrations/20240101_x/migration.sql": new(create("p")),
		"c/pg/migrations/1_a.up.sql":                   new("CREATE TABLE a (id SERIAL PRIMARY KEY, b JSONB DEFAULT '{}'::jsonb);\n"),
		"d/db/migrations/001.sql":                      new("-- +goose Up\n" + create("g") + "-- +goose Down\nDROP TABLE g;\n"),
		"d/db/migrations/002_more.sql":                 new("-- +goose Up\nALTER TABLE g ADD COLUMN d INT;\n"),
		"e/skeema/.skeema":                             new("schema=x\n"),
		"e/skeema/s.sql":                               new(create("s")),
		"README.md":                                    new("text\n"),
	}
	drop := new("ALTER TABLE users DROP COLUMN a;\n")
	tests := map[string]files{
		"one more":        {"a/migrations/V3__drop.sql": drop},
		"several sets":    {"a/migrations/V3__drop.sql": drop, "b/prisma/migrations/20240201_y/migration.sql": new("ALTER TABLE p DROP COLUMN b;\n"), "d/db/migrations/003_x.sql": new("-- +goose Up\nALTER TABLE g MODIFY a BIGINT;\n")},
		"edited":          {"a/migrations/V2__items.sql": new(create("items") + "CREATE INDEX i ON items (a);\n")},
		"deleted":         {"a/migrations/V2__items.sql": nil, "d/db/migrations/001.sql": nil},
		"renamed":         {"a/migrations/V2__items.sql": nil, "a/migrations/V5__items.sql": new(create("items"))},
		"renamed, edited": {"a/migrations/V2__items.sql": nil, "a/migrations/V5__items.sql": new(create("items") + "-- more\n")},
		"moved away":      {"a/migrations/V2__items.sql": nil, "docs/items.txt": new(create("items"))},
		"beside":          {"a/migrations/schema.sql": new(create("users"))},
		"declared":        {"e/skeema/s.sql": new(strings.Replace(create("s"), "a INT", "a TINYINT", 1)), "e/skeema/n.sql": new(create("n"))},
		"of PostgreSQL":   {"c/pg/migrations/2_b.up.sql": new("ALTER TABLE a ADD COLUMN c JSONB;\n"), "a/migrations/V3__drop.sql": drop},
		"no migration":    {"README.md": new("more\n")},
		"not UTF-8":       {"a/migrations/V3__x.sql": new("ALTER TABLE users COMMENT '\x83\x65\x83X';\n")},
		"configured":      {configPath: new("language: ja\n"), "a/migrations/V3__drop.sql": drop},
	}
	for name, head := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(commandLine(t, base, head), saidOfGitHub(t, base, head)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// saidOfGitHub is what the App finds in a pull request.
func saidOfGitHub(t *testing.T, base, head files) string {
	t.Helper()
	gh := standin.New(standin.Options{})
	app, repo := gh.NewApp(standin.AppOptions{}), gh.NewRepository("acme", "shop")
	repo.Commit("main", "base", base)
	p := repo.OpenPull(standin.PullOptions{Head: "change", Files: head})
	on := app.Install("acme")
	url, stop := gh.Start()
	t.Cleanup(stop)
	c, err := github.New(github.Options{AppID: app.ID, Key: app.KeyPEM, APIURL: url, CacheDir: t.TempDir(), Secrets: []string{"s"}})
	if err != nil {
		t.Fatal(err)
	}
	target, err := c.Target(t.Context(), webhook.Job{Installation: on.ID, Owner: "acme", Repo: "shop", Number: p.Number})
	if err != nil {
		t.Fatal(err)
	}
	config := review.DefaultConfig(rules.All())
	changes, err := c.ChangeSet(t.Context(), target, config)
	if err != nil {
		t.Fatal(err)
	}
	return said(t, changes.Set, changes.Left, config)
}

// said is the report as JSON, but for the time that it took.
func said(t *testing.T, set *review.ChangeSet, left []review.NotReviewed, config *review.Config) string {
	t.Helper()
	reviewer := review.Reviewer{Rules: rules.All()}
	report, err := reviewer.Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	report.NotReviewed, report.Took = append(report.NotReviewed, left...), 0
	var b bytes.Buffer
	if err := writeJSON(&b, report, message.NewPrinter(language.English), design{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
