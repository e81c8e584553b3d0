package onlineddl

import "testing"

// TestFound holds what random statements on real servers found to be predicted wrongly.
func TestFound(t *testing.T) {
	t.Parallel()
	const (
		plain      = "CREATE TABLE t (id INT NOT NULL, a INT NULL, b INT NULL, c VARCHAR(20), z INT NULL, KEY kz (z), PRIMARY KEY (id));\n"
		virtual    = "CREATE TABLE t (id INT NOT NULL, a INT NULL, b INT NULL, d VARCHAR(300), v INT AS (a + 1) VIRTUAL, z INT NULL, PRIMARY KEY (id));\n"
		members    = "CREATE TABLE t (id INT PRIMARY KEY, d ENUM('a','b') CHARACTER SET utf8mb4, KEY k (d));\n"
		expression = "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, KEY kf ((b + 1)));\n"
		checked    = "CREATE TABLE t (id INT PRIMARY KEY, z INT, CONSTRAINT ck CHECK (z > 0));\n"
		spatial    = "CREATE TABLE t (id INT PRIMARY KEY, g GEOMETRY NOT NULL, z INT, KEY kz (z), SPATIAL KEY sg (g));\n"
		hashed     = "CREATE TABLE t (id INT NOT NULL, a INT NOT NULL, PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 3;\n"
		parent     = "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL);\nCREATE TABLE ch (id INT PRIMARY KEY, tid INT, FOREIGN KEY (tid) REFERENCES t (id));\n"
	)
	tests := map[string]struct {
		engine, tables, clauses string
		want                    Algorithm
		lock                    Lock
	}{
		"members of another character set":              {"mysql 9.7", members, "MODIFY d ENUM('a','b') CHARACTER SET latin1", Instant, LockNone},
		"second index on an expression":                 {"mysql 9.7", expression, "ADD INDEX i ((a + b))", Copy, LockShared},
		"NOT NULL of a virtual column":                  {"mysql 9.7", virtual, "MODIFY v INT AS (a + 1) VIRTUAL NOT NULL", InPlace, LockNone},
		"rename of a column whose check goes":           {"mysql 9.7", checked, "DROP CONSTRAINT ck, CHANGE z y DOUBLE", Copy, LockShared},
		"virtual column beside a dropped one":           {"mysql 9.7", expression, "DROP COLUMN a, ADD COLUMN n INT AS (id + 1) VIRTUAL", Instant, LockNone},
		"virtual column beside a default":               {"mariadb 10.11", plain, "ALTER COLUMN b SET DEFAULT 3, ADD COLUMN n INT AS (a + 2) VIRTUAL", Copy, LockShared},
		"virtual column beside a dropped one, MariaDB":  {"mariadb 10.11", plain, "DROP COLUMN b, ADD COLUMN n INT AS (a + 2) VIRTUAL", Instant, LockNone},
		"virtual column moves beside a default":         {"mariadb 10.11", virtual, "DROP COLUMN d, ALTER COLUMN z SET DEFAULT 5", Copy, LockShared},
		"virtual column moves alone":                    {"mariadb 10.11", virtual, "DROP COLUMN d", Instant, LockNone},
		"rename beside an option":                       {"mariadb 10.11", plain, "RENAME COLUMN b TO bb, COMMENT='x'", NoCopy, LockNone},
		"rename of an index beside an option":           {"mariadb 10.11", plain, "RENAME INDEX kz TO ky, AUTO_INCREMENT=100", NoCopy, LockNone},
		"indexed column beside a spatial index":         {"mariadb 10.11", spatial, "DROP COLUMN z", NoCopy, LockShared},
		"primary key of a table partitioned by value":   {"mariadb 10.11", hashed, "DROP PRIMARY KEY, ADD PRIMARY KEY (id, a)", Copy, LockShared},
		"primary key that other tables refer to":        {"mariadb 10.11", parent, "DROP PRIMARY KEY, ADD PRIMARY KEY (a)", InPlace, LockNone},
		"virtual column beside a rebuild":               {"mariadb 10.11", plain, "DROP COLUMN c, ADD COLUMN n INT AS (a + 2) VIRTUAL, ADD INDEX i (a, b)", Copy, LockShared},
		"virtual column goes beside a longer VARBINARY": {"mariadb 10.11", "CREATE TABLE t (id INT PRIMARY KEY, c VARBINARY(20), v INT AS (id + 1) VIRTUAL);\n", "DROP COLUMN v, MODIFY c VARBINARY(320)", Copy, LockShared},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, _ := last(t, engine(t, tt.engine), tt.tables+"ALTER TABLE t "+tt.clauses)
			if len(all) != 1 || all[0].Algorithm != tt.want || all[0].Lock != tt.lock || all[0].Refused != 0 {
				t.Errorf("got %+v, want %s with %s", all, tt.want, tt.lock)
			}
		})
	}
}
