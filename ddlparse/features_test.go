package ddlparse

import (
	"encoding/csv"
	"os"
	"testing"
)

func TestSupports(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		feature, engine string
		want            bool
	}{
		"expression index, 8.0.12":    {"functional-index", "mysql 8.0.12", false},
		"expression index, 8.0.13":    {"functional-index", "mysql 8.0.13", true},
		"expression index, MariaDB":   {"functional-index", "mariadb 11.8", false},
		"expression index, TiDB":      {"functional-index", "tidb 8.5", true},
		"RENAME COLUMN, 5.7":          {"rename-column", "mysql 5.7", false},
		"RENAME COLUMN, Aurora 2":     {"rename-column", "aurora-mysql 2", false},
		"RENAME COLUMN, Aurora 3":     {"rename-column", "aurora-mysql 3", true},
		"IF EXISTS, MySQL":            {"if-exists-in-alter", "mysql 9.7", false},
		"IF EXISTS, MariaDB":          {"if-exists-in-alter", "mariadb 10.6", true},
		"VIEW IF NOT EXISTS, 9.0":     {"view-if-not-exists", "mysql 9.0", false},
		"VIEW IF NOT EXISTS, 9.1":     {"view-if-not-exists", "mysql 9.1", true},
		"UUID, MariaDB 10.6":          {"uuid-type", "mariadb 10.6", false},
		"triggers, TiDB":              {"trigger", "tidb 8.5", false},
		"a feature nobody defined":    {"no-such-feature", "mysql 5.7", true},
		"CONVERT PARTITION, MySQL":    {"convert-partition", "mysql 8.4", false},
		"row alias, MySQL 8.0 newest": {"insert-row-alias", "mysql 8.0", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := factsEngine(t, tt.engine).Supports(tt.feature); got != tt.want {
				t.Errorf("%s supports %s: %v, want %v", tt.engine, tt.feature, got, tt.want)
			}
		})
	}
}

func TestFeatureWords(t *testing.T) {
	t.Parallel()
	if got := FeatureTitle("functional-index"); got != "an index on an expression" {
		t.Errorf("title %q", got)
	}
	for kind, want := range map[Kind]string{MySQL: "8.0.13", Aurora: "8.0.13", MariaDB: "never", TiDB: ""} {
		if got := FeatureSince("functional-index", kind); got != want {
			t.Errorf("since on %s: %q, want %q", kind, got, want)
		}
	}
}

func TestRefusalNumber(t *testing.T) {
	t.Parallel()
	for feature, want := range map[string]int{"fulltext-index": 0, "routine": 8108, "srid": 1064} {
		if got := factsEngine(t, "tidb 8.5").refusalNumber(feature); got != want {
			t.Errorf("%s: %d, want %d", feature, got, want)
		}
	}
}

// featureExamples reads testdata/features.csv: an example statement by feature.
func featureExamples(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/features.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	examples := map[string]string{}
	for _, row := range rows[1:] {
		examples[row[0]] = row[1]
	}
	return examples
}

func TestEveryFeatureHasAnExample(t *testing.T) {
	t.Parallel()
	examples := featureExamples(t)
	for _, f := range features {
		if examples[f.name] == "" {
			t.Errorf("%s has no example in testdata/features.csv", f.name)
		}
		if f.title == "" {
			t.Errorf("%s has no title", f.name)
		}
		delete(examples, f.name)
	}
	for name := range examples {
		t.Errorf("testdata/features.csv has an example of %s, which features doesn't list", name)
	}
}
