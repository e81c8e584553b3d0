package ddlparse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The expectations were printed by SHOW CREATE TABLE of MySQL 9.7 and MariaDB 10.11.

func ddlTable() *Table {
	return &Table{
		Name: Name{"", "t"},
		Columns: []*Column{
			{Name: "id", Type: Type{Name: "bigint", Length: -1, Scale: -1, Unsigned: true}, NotNull: true, AutoIncrement: true},
			{Name: "k", Type: Type{Name: "varchar", Length: 20, Scale: -1}, Charset: "latin1", Collation: "latin1_swedish_ci", Default: &Default{Kind: DefaultString, Text: "a'b\\\n"}},
			{Name: "ts", Type: Type{Name: "timestamp", Length: 3, Scale: -1}, Default: &Default{Kind: DefaultNow, Text: "NOW(3)"}, OnUpdate: "NOW(3)"},
			{Name: "j", Type: Type{Name: "json", Length: -1, Scale: -1}},
			{Name: "g", Type: Type{Name: "int", Length: -1, Scale: -1}, Generated: &Generated{Expr: "`id` + 1", Stored: true}, Comment: "it's"},
			{Name: "p", Type: Type{Name: "int", Length: -1, Scale: -1}},
			{Name: "h", Type: Type{Name: "int", Length: -1, Scale: -1}, Invisible: true, Default: &Default{Kind: DefaultNumber, Text: "3"}},
		},
		Indexes: []*Index{
			{Name: "words", Kind: Fulltext, Parts: []Part{{Column: "k"}}},
			{Name: "plain", Kind: Plain, Parts: []Part{{Column: "k", Prefix: 3}, {Column: "p", Desc: true}}, Using: "BTREE", Comment: "c", Invisible: true},
			{Name: "may_be_null", Kind: Unique, Parts: []Part{{Column: "k"}}},
			{Name: "never_null", Kind: Unique, Parts: []Part{{Column: "id"}}},
			{Name: PrimaryName, Kind: Primary, Parts: []Part{{Column: "id"}}},
		},
		ForeignKeys: []*ForeignKey{
			{Name: "b_fk", Columns: []string{"p"}, Parent: Name{"", "p"}, ParentColumns: []string{"id"}, OnDelete: "RESTRICT", OnUpdate: "NO ACTION"},
			{Name: "A_fk", Columns: []string{"p"}, Parent: Name{"other", "p"}, ParentColumns: []string{"id"}, OnDelete: "CASCADE"},
		},
		Checks: []*Check{
			{Name: "z", Expr: "p > 1", Enforced: false},
			{Name: "t_chk_1", Expr: "p < 5", Enforced: true, Column: "p"},
		},
		Options:    TableOptions{Charset: "utf8mb4", Collation: "utf8mb4_bin", AutoIncrement: 10, RowFormat: "DYNAMIC", Comment: "t"},
		Partitions: &Partitioning{Method: "RANGE COLUMNS", Columns: []string{"id"}, Parts: []Partition{{Name: "a", Values: "LESS THAN (3)"}, {Name: "b", Values: "LESS THAN (MAXVALUE)"}}},
	}
}

func TestTableDDL(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"mysql 9.7": "CREATE TABLE `t` (\n" +
			"  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n" +
			"  `k` varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT 'a''b\\\\\\n',\n" +
			"  `ts` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n" +
			"  `j` json DEFAULT NULL,\n" +
			"  `g` int GENERATED ALWAYS AS (`id` + 1) STORED COMMENT 'it''s',\n" +
			"  `p` int DEFAULT NULL,\n" +
			"  `h` int DEFAULT '3' /*!80023 INVISIBLE */,\n" +
			"  PRIMARY KEY (`id`),\n" +
			"  UNIQUE KEY `never_null` (`id`),\n" +
			"  UNIQUE KEY `may_be_null` (`k`),\n" +
			"  KEY `plain` (`k`(3),`p` DESC) USING BTREE COMMENT 'c' /*!80000 INVISIBLE */,\n" +
			"  FULLTEXT KEY `words` (`k`),\n" +
			"  CONSTRAINT `A_fk` FOREIGN KEY (`p`) REFERENCES `other`.`p` (`id`) ON DELETE CASCADE,\n" +
			"  CONSTRAINT `b_fk` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON DELETE RESTRICT,\n" +
			"  CONSTRAINT `t_chk_1` CHECK (p < 5),\n" +
			"  CONSTRAINT `z` CHECK (p > 1) /*!80016 NOT ENFORCED */\n" +
			") ENGINE=InnoDB AUTO_INCREMENT=10 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC COMMENT='t'\n" +
			"/*!50500 PARTITION BY RANGE COLUMNS(`id`)\n" +
			"(PARTITION `a` VALUES LESS THAN (3),\n" +
			" PARTITION `b` VALUES LESS THAN (MAXVALUE)) */",
		"mariadb 10.11": "CREATE TABLE `t` (\n" +
			"  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,\n" +
			"  `k` varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT 'a''b\\\\\\n',\n" +
			"  `ts` timestamp(3) NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),\n" +
			"  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),\n" +
			"  `g` int(11) GENERATED ALWAYS AS (`id` + 1) STORED COMMENT 'it''s',\n" +
			"  `p` int(11) DEFAULT NULL CHECK (p < 5),\n" +
			"  `h` int(11) INVISIBLE DEFAULT 3,\n" +
			"  PRIMARY KEY (`id`),\n" +
			"  UNIQUE KEY `never_null` (`id`),\n" +
			"  UNIQUE KEY `may_be_null` (`k`),\n" +
			"  KEY `plain` (`k`(3),`p` DESC) USING BTREE COMMENT 'c' IGNORED,\n" +
			"  FULLTEXT KEY `words` (`k`),\n" +
			"  CONSTRAINT `A_fk` FOREIGN KEY (`p`) REFERENCES `other`.`p` (`id`) ON DELETE CASCADE,\n" +
			"  CONSTRAINT `b_fk` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON UPDATE NO ACTION,\n" +
			"  CONSTRAINT `z` CHECK (p > 1)\n" +
			") ENGINE=InnoDB AUTO_INCREMENT=10 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC COMMENT='t'\n" +
			" PARTITION BY RANGE COLUMNS(`id`)\n" +
			"(PARTITION `a` VALUES LESS THAN (3),\n" +
			" PARTITION `b` VALUES LESS THAN (MAXVALUE))",
	}
	for engine, want := range cases {
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(ddlTable().DDL(ddlEngine(t, engine)), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", engine, diff)
		}
	}
}

func ddlEngine(t *testing.T, name string) Engine {
	t.Helper()
	e, err := ParseEngine(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestColumnDDL(t *testing.T) {
	t.Parallel()
	typ := func(name string, length, scale int) Type { return Type{Name: name, Length: length, Scale: scale} }
	number := func(s string) *Default { return &Default{Kind: DefaultNumber, Text: s} }
	text := func(s string) *Default { return &Default{Kind: DefaultString, Text: s} }
	zerofill := typ("int", 5, -1)
	zerofill.Unsigned, zerofill.Zerofill = true, true
	cases := map[string]struct {
		column         Column
		mysql, mariadb string
	}{
		"text(50)":       {Column{Type: typ("text", 50, -1), Charset: "utf8mb4"}, "tinytext", "tinytext DEFAULT NULL"},
		"text(100)":      {Column{Type: typ("text", 100, -1), Charset: "utf8mb4"}, "text", "text DEFAULT NULL"},
		"zerofill":       {Column{Type: zerofill, Default: number("7")}, "int(5) unsigned zerofill DEFAULT '00007'", "int(5) unsigned zerofill DEFAULT 00007"},
		"year":           {Column{Type: typ("year", 4, -1)}, "year DEFAULT NULL", "year(4) DEFAULT NULL"},
		"time":           {Column{Type: typ("time", 2, -1), Default: text("10:00")}, "time(2) DEFAULT '10:00:00.00'", "time(2) DEFAULT '10:00:00.00'"},
		"datetime":       {Column{Type: typ("datetime", 0, -1), Default: text("2020-01-01")}, "datetime DEFAULT '2020-01-01 00:00:00'", "datetime DEFAULT '2020-01-01 00:00:00'"},
		"double":         {Column{Type: typ("double", -1, -1), Default: number("1e3")}, "double DEFAULT '1000'", "double DEFAULT 1000"},
		"float(30)":      {Column{Type: typ("float", 30, -1)}, "double DEFAULT NULL", "double DEFAULT NULL"},
		"decimal":        {Column{Type: typ("decimal", 8, 3), Default: number("2")}, "decimal(8,3) DEFAULT '2.000'", "decimal(8,3) DEFAULT 2.000"},
		"bare decimal":   {Column{Type: typ("decimal", -1, -1)}, "decimal(10,0) DEFAULT NULL", "decimal(10,0) DEFAULT NULL"},
		"bit":            {Column{Type: typ("bit", -1, -1), Default: number("1")}, "bit(1) DEFAULT b'1'", "bit(1) DEFAULT b'1'"},
		"bit literal":    {Column{Type: typ("bit", 4, -1), Default: number("b'0101'")}, "bit(4) DEFAULT b'101'", "bit(4) DEFAULT b'101'"},
		"hex in int":     {Column{Type: typ("int", -1, -1), Default: number("0x10")}, "int DEFAULT '16'", "int(11) DEFAULT 16"},
		"hex in binary":  {Column{Type: typ("binary", 4, -1), Default: number("0x41")}, "binary(4) DEFAULT 'A\\0\\0\\0'", "binary(4) DEFAULT 'A\\0\\0\\0'"},
		"hex in varchar": {Column{Type: typ("varchar", 10, -1), Default: number("x'4142'")}, "varchar(10) DEFAULT 'AB'", "varchar(10) DEFAULT 'AB'"},
		"true":           {Column{Type: typ("tinyint", 1, -1), Default: number("TRUE")}, "tinyint(1) DEFAULT '1'", "tinyint(1) DEFAULT 1"},
		"rounded":        {Column{Type: typ("int", -1, -1), Default: number("1.6")}, "int DEFAULT '2'", "int(11) DEFAULT 2"},
		"expression":     {Column{Type: typ("int", -1, -1), Default: &Default{Kind: DefaultExpression, Text: "1 + 2"}}, "int DEFAULT (1 + 2)", "int(11) DEFAULT (1 + 2)"},
		"call":           {Column{Type: typ("char", 36, -1), Default: &Default{Kind: DefaultExpression, Text: "uuid()"}}, "char(36) DEFAULT (uuid())", "char(36) DEFAULT uuid()"},
		"collection":     {Column{Type: typ("geometrycollection", -1, -1)}, "geomcollection DEFAULT NULL", "geometrycollection DEFAULT NULL"},
		"huge number":    {Column{Type: typ("double", -1, -1), Default: number("1e999999999")}, "double DEFAULT '1e999999999'", "double DEFAULT 1e999999999"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.column.Name = "c"
			table := &Table{Options: TableOptions{Collation: "utf8mb4_bin"}}
			if got, want := table.columnDDL(&c.column, ddlEngine(t, "mysql 9.7")), "`c` "+c.mysql; got != want {
				t.Errorf("mysql: got %s, want %s", got, want)
			}
			if got, want := table.columnDDL(&c.column, ddlEngine(t, "mariadb 10.11")), "`c` "+c.mariadb; got != want {
				t.Errorf("mariadb: got %s, want %s", got, want)
			}
		})
	}
}
