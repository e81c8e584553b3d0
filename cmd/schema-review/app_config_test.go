package main

import (
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

// The configuration is that of the base: a pull request can't switch its own checks off, and gets told what its
// edit would change.
func TestAppPreviewsConfiguration(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text("rules: {drop-column: warning}")}})
	p := a.open(files{configPath: text("rules: {drop-column: off}"), "db/migration/V2__drop.sql": text(dropNickname)})
	run := a.says(p, "success: 1 warning", "drop-column:1")
	has(t, "the check run", run.Summary, "drop-column", "warning", "off")
	has(t, "the review", p.Reviews()[0].Body, "`rules.drop-column` becomes `off", "it was `warning")
	q := a.open(files{configPath: text("rules: {drop-colum: off}")})
	run = a.says(q, "success: No migrations to review")
	has(t, "the check run", run.Summary, configPath+":1:9", "`drop-colum`", "`drop-column`")
}

// A mistake in the configuration is said, with file and line; the last valid layer applies.
func TestAppTellsOfBrokenConfiguration(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{
		org:  files{"schema-review.yml": text("rules: {drop-column: warning}")},
		base: files{configPath: text("engine: mysql 8.4", "rules: {drop-column: of}")},
	})
	run := a.says(a.open(migration(2, dropNickname)), "success: 1 warning", "drop-column:1")
	has(t, "the check run", run.Summary, configPath+":2:22", "Did you mean `off`?")
}

// The organisation says what holds for all, and which rules repositories can't lower.
func TestAppAppliesTheOrganisation(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{
		org:  files{"schema-review.yml": text("engine: mariadb 10.11", "required: [drop-column]")},
		base: files{configPath: text("rules: {drop-column: off}")},
	})
	run := a.says(a.open(migration(2, dropNickname)), "failure: 1 error", "drop-column:1")
	has(t, "the check run", run.Summary, "MariaDB 10.11", "drop-column", configPath)
}

// DEFAULT_ENGINE is for repositories that don't name one.
func TestAppKnowsTheDefaultEngine(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{settings: map[string]string{"DEFAULT_ENGINE": "mysql 5.7"}})
	run := a.says(a.open(migration(2, addAge)), "success: No problems in 1 statement")
	has(t, "the check run", run.Summary, "MySQL 5.7", "DEFAULT_ENGINE")
	a.repo.Commit("main", "Our engine", files{configPath: text("engine: mysql 9.4")})
	p := a.repo.OpenPull(standin.PullOptions{Head: "later", Files: migration(3, addAge)})
	run = a.says(p, "success: No problems in 1 statement")
	has(t, "the check run", run.Summary, "MySQL 9.4", configPath)
}
