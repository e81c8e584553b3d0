package main

import "testing"

// A merge queue waits for the check of the merged commit: the verdict of the pull request holds where the
// migrations are the same.
func TestAppKnowsTheVerdictInTheQueue(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement")
	a.repo.Commit("main", "Something else", files{"README.md": text("# Shop")})
	g := a.repo.Queue(p)
	run := a.checked(g.Head, "success: No problems in 1 statement")
	has(t, "the check run", run.Summary, "its verdict holds", "#1")
	a.repo.Rerun(run.ID, "ana")
	if again := a.checked(g.Head, "success: No problems in 1 statement"); again.ID == run.ID {
		t.Error("it was not run again")
	}
	g.Done("merged")
	a.settle()
}

// Two pull requests that are fine alone fail together, in one group or when one was merged before the other.
func TestAppSeesClashesInTheQueue(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		first, second files
		verdict       string
		rule          string
	}{
		"same version": {
			files{"db/migration/V2__age.sql": text(addAge)},
			files{"db/migration/V2__score.sql": text("ALTER TABLE users ADD COLUMN score INT;")},
			"failure: 1 error", "duplicate-migration-version",
		},
		"same column": {migration(2, addAge), migration(3, addAge), "failure: 1 error", "column-already-exists"},
		"same index": {
			migration(2, "CREATE INDEX idx_users_nickname ON users (nickname);"),
			migration(3, "CREATE INDEX idx_users_nickname ON users (nickname);"), "failure: 1 error", "duplicate-index-name",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{})
			p, q := a.open(tt.first), a.open(tt.second)
			a.says(p, "success: No problems in 1 statement")
			a.says(q, "success: No problems in 1 statement")

			together := a.checked(a.repo.Queue(p, q).Head, tt.verdict)
			has(t, "the group's check run", together.Summary, tt.rule)

			p.Merge()
			after := a.checked(a.repo.Queue(q).Head, tt.verdict)
			has(t, "the check run after the other merge", after.Summary, tt.rule)
		})
	}
}
