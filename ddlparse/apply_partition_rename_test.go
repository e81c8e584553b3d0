package ddlparse

import "testing"

// MariaDB 10.11 renames a column that the table is partitioned by, also with another type, and so does the
// partitioning; a parent's primary key may give way to another one.
func TestRenamePartitionColumn(t *testing.T) {
	t.Parallel()
	table := tableAfter(t, "mariadb 10.11", "CREATE TABLE t (id INT NOT NULL, PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 3;\nALTER TABLE t CHANGE id number BIGINT NOT NULL;", "t")
	if p := table.Partitions; p.Columns[0] != "number" || p.Expr != "number" {
		t.Errorf("partitioned by %s, columns %v", p.Expr, p.Columns)
	}
	tableAfter(t, "mariadb 10.11", "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL);\nCREATE TABLE ch (id INT PRIMARY KEY, tid INT, FOREIGN KEY (tid) REFERENCES t (id));\nALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a);", "t")
}
