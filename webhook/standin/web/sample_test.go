package web

import (
	"strings"
	"sync"
	"time"
)

// sample is a source that tests change by hand.
type sample struct {
	mu      sync.Mutex
	pull    Pull
	version uint64
	changed chan struct{}
}

func newSample() *sample { return &sample{pull: samplePull(), changed: make(chan struct{})} }

func (s *sample) Pulls() []Pull {
	s.mu.Lock()
	defer s.mu.Unlock()
	return []Pull{s.pull}
}

func (s *sample) Version() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version
}

func (s *sample) Changes(since uint64) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.version != since {
		done := make(chan struct{})
		close(done)
		return done
	}
	return s.changed
}

// change replaces the pull request by an edited copy.
func (s *sample) change(edit func(*Pull)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := samplePull()
	edit(&next)
	s.pull = next
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

var (
	noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	bot  = Author{"schema-review[bot]", true}
	hana = Author{"hana", false}
)

const (
	samplePatch = "@@ -0,0 +1,5 @@\n+CREATE TABLE refunds (\n+  id INT NOT NULL,\n+  payment_id  INT NOT NULL COMMENT '決済ID',\n+  PRIMARY KEY (id)\n+);\n"
	editPatch   = "@@ -3,4 +3,4 @@ CREATE TABLE payments (\n   id INT,\n-  a INT,\n+  a BIGINT,\n   b INT\n );\n\\ No newline at end of file\n@@ -20,2 +20,3 @@\n x\n+y\n z\n"
	sampleBody  = "**1 error** in 1 statement of 1 migration · MySQL 8.4\n\n| statement | advice |\n|---|---|\n| `V14` L1 | run as is |\n\n" +
		"```mermaid\nerDiagram\n  payments ||--o{ refunds : payment_id\n  refunds {\n    INT payment_id FK \"changed\"\n  }\n```\n<!-- schema-review:v1 head=abc -->\n"
	sampleComment = "🛑 **Types differ**\n`refunds.payment_id` is INT.\n```suggestion\n  payment_id  BIGINT UNSIGNED NOT NULL COMMENT '決済ID',\n```\n" +
		"<details><summary>Why</summary>\n\nBecause.\n\n</details>\n<!-- schema-review:v1 fp=1 -->"
)

func samplePull() Pull {
	return Pull{
		Owner: "acme", Repo: "shop", Number: 1, Title: "Give money back", Body: "Refunds, for @SHOP-207.", Author: hana,
		State: "open", Base: "main", Head: "refunds", Opened: noon,
		Commits: []Commit{{"1234567890abcdef", "Add refunds", hana, noon}},
		Files: []File{
			{Path: "db/V14__refunds.sql", Status: "added", Patch: samplePatch, Additions: 5},
			{Path: "db/V5__payments.sql", Status: "modified", Patch: editPatch, Additions: 2, Deletions: 1},
		},
		Reviews: []Review{{ID: 7, Author: bot, Body: sampleBody, State: "COMMENTED", At: noon.Add(2 * time.Second), Threads: []Thread{
			{
				Path: "db/V14__refunds.sql", Side: "RIGHT", Start: 3, Line: 3, Hunk: hunkTo(samplePatch, 4),
				Comments: []Comment{{ID: 8, Author: bot, Body: sampleComment, At: noon.Add(2 * time.Second)}},
			},
			{
				Path: "db/V5__payments.sql", Side: "LEFT", Start: 4, Line: 4, Hunk: hunkTo(editPatch, 3),
				Comments: []Comment{{ID: 9, Author: bot, Body: "left side", At: noon}, {ID: 10, Author: hana, Body: "I know.", At: noon}},
			},
		}}},
		Checks: []CheckRun{{
			ID: 11, Name: "schema-review", Status: "completed", Conclusion: "failure", Title: "1 error",
			Summary: "1 statement of 1 migration.", Started: noon, Completed: noon.Add(time.Second),
			Annotations: []Annotation{{"db/V14__refunds.sql", 3, 3, "failure", "Types differ", "`refunds.payment_id` is INT."}},
		}},
	}
}

// hunkTo is the first lines of a patch, as diff_hunk has them.
func hunkTo(patch string, lines int) string {
	return strings.Join(strings.Split(patch, "\n")[:lines], "\n")
}
