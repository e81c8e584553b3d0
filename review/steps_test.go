package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// TestOnlineSteps gives the SQL of the ways around slow statements. That it leads to the same table is proven before
// it is given; here it is replayed once more.
func TestOnlineSteps(t *testing.T) {
	t.Parallel()
	const tables = "CREATE TABLE orders (id BIGINT PRIMARY KEY, quantity INT NOT NULL DEFAULT 1, note VARCHAR(40), user_id BIGINT, KEY k (user_id));\n"
	tests := map[string]struct{ engine, statement, want string }{
		"a wider type": {"mysql 8.4", "ALTER TABLE orders MODIFY quantity BIGINT NOT NULL DEFAULT 1", `ALTER TABLE ${orders}
  ADD COLUMN ${quantity_new} bigint NOT NULL DEFAULT '1';
CREATE TRIGGER ${quantity_on_insert} BEFORE INSERT ON ${orders} FOR EACH ROW SET NEW.${quantity_new} = NEW.${quantity};
CREATE TRIGGER ${quantity_on_update} BEFORE UPDATE ON ${orders} FOR EACH ROW SET NEW.${quantity_new} = NEW.${quantity};
UPDATE ${orders} SET ${quantity_new} = ${quantity} WHERE NOT (${quantity_new} <=> ${quantity}) LIMIT 10000;
LOCK TABLES ${orders} WRITE;
DROP TRIGGER ${quantity_on_insert};
DROP TRIGGER ${quantity_on_update};
ALTER TABLE ${orders}
  RENAME COLUMN ${quantity} TO ${quantity_old},
  RENAME COLUMN ${quantity_new} TO ${quantity};
UNLOCK TABLES;
ALTER TABLE ${orders}
  DROP COLUMN ${quantity_old};
`},
		"mixed":             {"mariadb 10.11", "ALTER TABLE orders ADD COLUMN a INT, MODIFY quantity INT NULL", "ALTER TABLE ${orders}\n  ADD COLUMN a INT;\nALTER TABLE ${orders}\n  MODIFY quantity INT NULL;\n"},
		"a default":         {"mysql 8.4", "ALTER TABLE orders ADD COLUMN tags JSON DEFAULT (JSON_ARRAY())", "ALTER TABLE ${orders}\n  ADD COLUMN ${tags} json;\nALTER TABLE ${orders}\n  ALTER COLUMN ${tags} SET DEFAULT (JSON_ARRAY());\nUPDATE ${orders} SET ${tags} = (JSON_ARRAY()) WHERE ${tags} IS NULL LIMIT 10000;\n"},
		"an indexed column": {"mysql 8.4", "ALTER TABLE orders MODIFY user_id INT", ""},
		"a narrower type":   {"mysql 8.4", "ALTER TABLE orders MODIFY note VARCHAR(10)", ""},
		"a quick statement": {"mysql 8.4", "ALTER TABLE orders ADD COLUMN a INT", ""},
		"no quick way":      {"mysql 5.7", "ALTER TABLE orders MODIFY quantity BIGINT NOT NULL DEFAULT 1", ""},
		"a new key":         {"mysql 8.4", "ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, quantity)", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := planOf(t, tt.engine, tables, tt.statement+";\n")
			s := plan.Steps[0]
			var sql strings.Builder
			for _, step := range plan.OnlineSteps(s, plan.Online(s)[0]) {
				for _, statement := range step.SQL {
					sql.WriteString(statement + ";\n")
				}
			}
			want := strings.NewReplacer("${", "`", "}", "`").Replace(tt.want)
			if diff := cmp.Diff(want, sql.String()); diff != "" {
				t.Fatalf("steps (-want +got):\n%s", diff)
			}
			if want == "" {
				return
			}
			again := planOf(t, tt.engine, tables, sql.String())
			if diff := cmp.Diff(columnsOf(s.After, plan.Engine), columnsOf(again.Final, plan.Engine)); diff != "" {
				t.Errorf("the steps lead elsewhere (-statement +steps):\n%s", diff)
			}
			for _, p := range again.Steps {
				for _, problem := range p.Problems {
					t.Errorf("%s: %s", p.Statement.Text(), problem.Kind)
				}
			}
		})
	}
}

func planOf(t *testing.T, engine, base, change string) *review.Plan {
	t.Helper()
	e, err := ddlparse.ParseEngine(engine)
	if err != nil {
		t.Fatal(err)
	}
	config := review.DefaultConfig(nil)
	config.Engine = e
	report, err := (&review.Reviewer{}).Review(t.Context(), &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte(base)}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte(change)}},
	}, config)
	if err != nil {
		t.Fatal(err)
	}
	return report.Plans[0]
}

// columnsOf are the columns of the table by name.
func columnsOf(s ddlparse.Schema, e ddlparse.Engine) map[string]string {
	columns := map[string]string{}
	for line := range strings.Lines(s.Table(ddlparse.Name{Name: "orders"}).DDL(e)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		columns[name] = strings.TrimSuffix(rest, ",")
	}
	return columns
}

// TestBodyTellsSizesAndSteps: what is measured stands in the table, and the steps below it.
func TestBodyTellsSizesAndSteps(t *testing.T) {
	t.Parallel()
	body := func(config string, stats *review.Content) string {
		return english().Body(sized(t, config, stats), review.BodyOptions{})
	}
	unknown := body("", nil)
	if !strings.Contains(unknown, "Size unknown: ") || !strings.Contains(unknown, "in steps while writes go on, see below") || !strings.Contains(unknown, "<details><summary>Steps for line 1: orders, without blocking writes</summary>\n\n```sql\n-- 1. Add the new column beside the old one\nALTER TABLE `orders`\n  ADD COLUMN `n_new` bigint DEFAULT NULL;\n") {
		t.Errorf("without sizes:\n%s", unknown)
	}
	large := body("stats: s.yml", &review.Content{Data: []byte("tables: {orders: {rows: 12000000, bytes: 5368709120}}")})
	if strings.Contains(large, "Size unknown") || !strings.Contains(large, "12,000,000 rows, 5,120 MiB") {
		t.Errorf("with a large table:\n%s", large)
	}
	small := body("stats: s.yml", &review.Content{Data: []byte("tables: {orders: {percent: 0.2}}")})
	if strings.Contains(small, "<details>") || !strings.Contains(small, "run as is: the table is small") || !strings.Contains(small, "0.2 % of all") {
		t.Errorf("with a small table:\n%s", small)
	}
}
