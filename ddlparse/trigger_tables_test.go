package ddlparse

import (
	"fmt"
	"testing"
)

func TestTriggerTables(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"INSERT INTO audit (note) VALUES (OLD.age)":                                            "[audit]",
		"SET NEW.a = REPLACE(NEW.a, 'FROM x', (SELECT b FROM c))":                              "[c]",
		"BEGIN UPDATE counts SET n = n + 1; DELETE FROM s.log WHERE id = OLD.id; END":          "[counts s.log]",
		"BEGIN DECLARE v INT; SELECT n INTO v FROM a, b JOIN c ON c.id = a.id FOR UPDATE; END": "[a b c]",
		"INSERT IGNORE log SET x = 1 /* FROM d */ ON DUPLICATE KEY UPDATE x = 2":               "[log]",
		"SET NEW.status = 1": "[]",
	} {
		sql := "CREATE TRIGGER r AFTER UPDATE ON t FOR EACH ROW " + body
		m := Parse(&Source{Path: "a.sql", Text: sql}, Located{Path: "a.sql"}, ParseOptions{Engine: DefaultEngine()})[0]
		c, ok := m.Statements[0].Changes[0].(*CreateTrigger)
		if !ok {
			t.Errorf("%s: not a trigger", sql)
			continue
		}
		if got := fmt.Sprint(c.Trigger.Tables()); got != want {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}
