package main

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"
	"github.com/schema-review/schema-review/webhook/standin"
)

// left is what is still to be done: by the database, by the check runs, by GitHub.
func (c *crashTest) left() (left []string) {
	for _, p := range c.pulls {
		if runs := p.repo.CheckRuns(p.State().Head); len(runs) == 0 && p.State().Open {
			left = append(left, p.name+" has no check run")
		}
		for head := range p.heads {
			for _, r := range p.repo.CheckRuns(head) {
				if r.Status != "completed" {
					left = append(left, fmt.Sprintf("%s: a check run of %.7s is %s", p.name, head, r.Status))
				}
			}
		}
	}
	return append(left, c.queued()...)
}

// queued is what the database has still to do, or doesn't know of.
func (c *crashTest) queued() (left []string) {
	db := c.openDatabase()
	defer db.Close()
	left = c.rows(db, "SELECT 'wanted: ' || key FROM wanted")
	left = append(left, c.rows(db, "SELECT 'queued: ' || guid FROM deliveries WHERE state NOT IN ('done', 'ignored', 'failed')")...)
	known := c.rows(db, "SELECT guid FROM deliveries")
	slices.Sort(known)
	for _, d := range c.app.Deliveries() {
		if _, ok := slices.BinarySearch(known, d.GUID); !ok && leadsToJobs(d) {
			left = append(left, fmt.Sprintf("never arrived: %s %s %s", d.GUID, d.Event, d.Action))
		}
	}
	return left
}

// leadsToJobs reports whether the delivery must not be lost.
func leadsToJobs(d standin.Delivery) bool {
	return d.Event == "pull_request" && slices.Contains([]string{"opened", "reopened", "synchronize", "ready_for_review"}, d.Action)
}

func (c *crashTest) openDatabase() *sql.DB {
	driver, source := "pgx", c.database
	if path, ok := strings.CutPrefix(c.database, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		c.t.Fatal(err)
	}
	return db
}

// rows are the first column of the answer.
func (c *crashTest) rows(db *sql.DB, query string) (all []string) {
	rows, err := db.QueryContext(c.t.Context(), query)
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			c.t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
	return all
}
