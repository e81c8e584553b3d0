package ddlparse

import "testing"

// engine reads an engine or fails the test.
func factsEngine(t *testing.T, s string) Engine {
	t.Helper()
	e, err := ParseEngine(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestCharset(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		engine, charset, want, collation string
		bytes                            int
	}{
		"utf8 is utf8mb3":          {"mysql 8.4", "UTF8", "utf8mb3", "utf8mb3_general_ci", 3},
		"utf8mb4 of 5.7":           {"mysql 5.7", "utf8mb4", "utf8mb4", "utf8mb4_general_ci", 4},
		"utf8mb4 of 8.0":           {"mysql 8.0", "utf8mb4", "utf8mb4", "utf8mb4_0900_ai_ci", 4},
		"utf8mb4 of Aurora 2":      {"aurora-mysql 2", "utf8mb4", "utf8mb4", "utf8mb4_general_ci", 4},
		"utf8mb4 of Aurora 3":      {"aurora-mysql 3", "utf8mb4", "utf8mb4", "utf8mb4_0900_ai_ci", 4},
		"utf8mb4 of MariaDB 11.4":  {"mariadb 11.4", "utf8mb4", "utf8mb4", "utf8mb4_general_ci", 4},
		"utf8mb4 of MariaDB 11.5":  {"mariadb 11.5", "utf8mb4", "utf8mb4", "utf8mb4_uca1400_ai_ci", 4},
		"ucs2 of MariaDB 11.8":     {"mariadb 11.8", "ucs2", "ucs2", "ucs2_uca1400_ai_ci", 2},
		"latin1 of MariaDB 11.8":   {"mariadb 11.8", "latin1", "latin1", "latin1_swedish_ci", 1},
		"utf8mb4 of TiDB":          {"tidb 8.5", "utf8mb4", "utf8mb4", "utf8mb4_bin", 4},
		"gbk of TiDB":              {"tidb 8.5", "gbk", "gbk", "gbk_chinese_ci", 2},
		"gb18030 not in MariaDB":   {"mariadb 10.11", "gb18030", "", "", 0},
		"gb18030 not in TiDB 8.5":  {"tidb 8.5", "gb18030", "", "", 0},
		"sjis not in TiDB":         {"tidb 8.5", "sjis", "", "", 0},
		"unknown set":              {"mysql 8.4", "utf9", "", "", 0},
		"binary is a set":          {"mysql 8.4", "binary", "binary", "binary", 1},
		"sjis has two-byte glyphs": {"mysql 5.7", "sjis", "sjis", "sjis_japanese_ci", 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := factsEngine(t, tt.engine)
			got, ok := e.charset(tt.charset)
			if want := (charsetInfo{tt.want, tt.collation, tt.bytes}); got != want || ok != (tt.want != "") {
				t.Errorf("charset(%q) = %+v, %v, want %+v", tt.charset, got, ok, want)
			}
			if ok && (!e.HasCollation(got.DefaultCollation) || e.CollationCharset(got.DefaultCollation) != got.Name) {
				t.Errorf("its default collation %q is no collation of it", got.DefaultCollation)
			}
		})
	}
}
