package ddlparse

import "testing"

// TestForeignKeyFacts: a problem carries the two columns that don't go together, and a step says
// whether foreign keys are checked when it runs.
func TestForeignKeyFacts(t *testing.T) {
	t.Parallel()
	const sql = `CREATE TABLE p (id BIGINT UNSIGNED PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, p_id INT, FOREIGN KEY (p_id) REFERENCES p (id));
SET foreign_key_checks = 0;
CREATE TABLE d (id BIGINT PRIMARY KEY);`
	e := DefaultEngine()
	ms := Parse(&Source{Path: "V1__a.sql", Text: sql}, Located{Tool: PlainSQL}, ParseOptions{Engine: e})
	var steps []*Step
	Replay(NewSchema(Settings{Engine: e}), 1, ms, func(s *Step) { steps = append(steps, s) })
	if len(steps) != 4 {
		t.Fatalf("got %d steps, want 4", len(steps))
	}
	problems := steps[1].Problems
	if len(problems) != 1 || problems[0].Child == nil || problems[0].Child.Name != "p_id" || problems[0].Parent.Type.String() != "bigint unsigned" {
		t.Errorf("got %+v, want the columns p_id and p.id", problems)
	}
	if steps[1].NoForeignKeyChecks || !steps[3].NoForeignKeyChecks {
		t.Errorf("foreign keys unchecked: got %v and %v, want false and true", steps[1].NoForeignKeyChecks, steps[3].NoForeignKeyChecks)
	}
}
