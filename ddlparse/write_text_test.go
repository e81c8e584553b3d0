package ddlparse

import (
	"fmt"
	"testing"
)

func TestWriteReads(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"INSERT INTO a SELECT * FROM b":                                            "a [b] true",
		"REPLACE a (x) SELECT x FROM s.b JOIN c ON c.id = b.id":                    "a [s.b c] true",
		"INSERT IGNORE INTO s.a SELECT x FROM b WHERE x > 1":                       "s.a [s.b] false",
		"INSERT INTO a (x) SELECT (SELECT id FROM b WHERE n = 1), 2":               "a [] true",
		"INSERT INTO a SELECT * FROM b LIMIT 10":                                   "a [b] false",
		"INSERT INTO a SELECT MAX(id) + 1 FROM b":                                  "a [b] false",
		"INSERT /* FROM d */ INTO `a b` SELECT x FROM (SELECT x FROM c LIMIT 1) q": "`a b` [] true",
		"INSERT INTO a SELECT x FROM b ON DUPLICATE KEY UPDATE x = 1":              "a [b] true",
		"INSERT INTO a VALUES (1)":                                                 "a [] false",
	} {
		m := Parse(&Source{Path: "a.sql", Text: sql + ";"}, Located{Path: "a.sql"}, ParseOptions{Engine: DefaultEngine()})[0]
		w, ok := m.Statements[0].Changes[0].(*Write)
		if !ok {
			t.Errorf("%s: not a write", sql)
			continue
		}
		tables, whole := w.Reads()
		if got := fmt.Sprint(w.TableSpan().Text(), " ", tables, " ", whole); got != want {
			t.Errorf("%s: got %s, want %s", sql, got, want)
		}
	}
}
