package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
)

// The mistakes that reach production everywhere, each in a migration of its own on top of a small merged
// schema: the rule that names it, and the text it points at. The twin is what the author should have
// written, and says nothing.
func TestClassicMistakes(t *testing.T) {
	t.Parallel()
	const base = `CREATE TABLE users (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  nickname VARCHAR(60) NULL,
  visits BIGINT NOT NULL DEFAULT 0,
  created_at DATETIME NOT NULL,
  KEY idx_users_email (email)
);
CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  user_id BIGINT UNSIGNED NOT NULL,
  code VARCHAR(40) NOT NULL
);`
	tests := map[string]struct{ mistake, rule, at, twin string }{
		"foreign key to a column without index": {
			"-- why\nALTER TABLE orders\n  ADD CONSTRAINT fk_orders_nick FOREIGN KEY (code) REFERENCES users (nickname);",
			"foreign-key-parent-not-indexed", "REFERENCES users (nickname)",
			"-- why\nCREATE TABLE gifts (\n  id BIGINT NOT NULL PRIMARY KEY,\n  user_id BIGINT UNSIGNED NOT NULL,\n  CONSTRAINT fk_gifts_user_id FOREIGN KEY (user_id) REFERENCES users (id)\n);",
		},
		"type mismatch across a foreign key": {
			"-- why\nCREATE TABLE refunds (\n  id BIGINT NOT NULL PRIMARY KEY,\n  order_id INT NOT NULL,\n  FOREIGN KEY (order_id) REFERENCES orders (id)\n);",
			"foreign-key-type-mismatch", "INT",
			"-- why\nCREATE TABLE refunds (\n  id BIGINT NOT NULL PRIMARY KEY,\n  order_id BIGINT UNSIGNED NOT NULL,\n  FOREIGN KEY (order_id) REFERENCES orders (id)\n);",
		},
		"duplicate of an index that exists": {
			"-- why\nCREATE INDEX idx_users_email_again ON users (email);",
			"duplicate-index", "CREATE INDEX idx_users_email_again ON users (email)",
			"-- why\nCREATE INDEX idx_users_created_at ON users (created_at);",
		},
		"NULL to NOT NULL": {
			"-- why\nALTER TABLE users\n  MODIFY nickname VARCHAR(60) NOT NULL;",
			"set-not-null-on-nullable-column", "NOT NULL",
			"-- why\nALTER TABLE users\n  MODIFY nickname VARCHAR(63) NULL;",
		},
		"narrowing an integer": {
			"-- why\nALTER TABLE users\n  MODIFY visits INT NOT NULL DEFAULT 0;",
			"narrow-integer-type", "INT",
			"-- why\nALTER TABLE users\n  MODIFY visits BIGINT NOT NULL DEFAULT 1;",
		},
		"narrowing a VARCHAR": {
			"-- why\nALTER TABLE users\n  MODIFY email VARCHAR(100) NOT NULL;",
			"shrink-string-length", "VARCHAR(100)",
			"-- why\nALTER TABLE users\n  MODIFY email VARCHAR(400) NOT NULL;",
		},
		"index over 3,072 bytes": {
			"-- why\nCREATE TABLE pages (\n  id BIGINT NOT NULL PRIMARY KEY,\n  path VARCHAR(1000) NOT NULL,\n  KEY idx_pages_path (path)\n);",
			"index-too-long", "path",
			"-- why\nCREATE TABLE pages (\n  id BIGINT NOT NULL PRIMARY KEY,\n  path VARCHAR(700) NOT NULL,\n  KEY idx_pages_path (path)\n);",
		},
		"zero date default": {
			"-- why\nCREATE TABLE visits (\n  id BIGINT NOT NULL PRIMARY KEY,\n  seen DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00'\n);",
			"zero-date-default", "DEFAULT '0000-00-00 00:00:00'",
			"-- why\nCREATE TABLE visits (\n  id BIGINT NOT NULL PRIMARY KEY,\n  seen DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00'\n);",
		},
		"unknown column": {
			"-- why\nALTER TABLE users\n  ADD KEY idx_users_mail (mail);",
			"key-column-not-found", "mail",
			"-- why\nALTER TABLE users\n  ADD KEY idx_users_nickname (nickname);",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := reviewOf(t, base, c.mistake)
			var at string
			for _, f := range found {
				if f.Rule == c.rule {
					at = f.Span.Text()
				}
			}
			if d := cmp.Diff(c.at, at); d != "" {
				t.Errorf("%s points at (-want +got):\n%s\nall findings: %v", c.rule, d, ruleIDs(found))
			}
			if found := reviewOf(t, base, c.twin); len(found) > 0 {
				t.Errorf("the clean twin has findings: %v", ruleIDs(found))
			}
		})
	}
}

func reviewOf(t *testing.T, base, sql string) []review.Finding {
	t.Helper()
	report, err := (&review.Reviewer{Rules: All()}).Review(t.Context(), &review.ChangeSet{
		History: []review.File{{Path: "db/migration/V1__base.sql", Data: []byte(base)}},
		Changed: []review.Changed{{Path: "db/migration/V2__change.sql", Head: []byte(sql)}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

func ruleIDs(found []review.Finding) []string {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule+" at "+f.Span.Text())
	}
	return ids
}
