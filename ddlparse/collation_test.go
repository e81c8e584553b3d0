package ddlparse

import "testing"

func TestCollation(t *testing.T) {
	t.Parallel()
	known := func(name, charset string, ci, noPad bool) collationInfo {
		return collationInfo{Name: name, Charset: charset, CaseInsensitive: ci, NoPad: noPad}
	}
	tests := map[string]struct {
		engine, collation string
		want              collationInfo // zero: the server doesn't know it
	}{
		"upper case":                     {"mysql 8.4", "UTF8MB4_Unicode_CI", known("utf8mb4_unicode_ci", "utf8mb4", true, false)},
		"0900":                           {"mysql 8.0", "utf8mb4_0900_as_cs", known("utf8mb4_0900_as_cs", "utf8mb4", false, true)},
		"0900 not in 5.7":                {"mysql 5.7", "utf8mb4_0900_ai_ci", collationInfo{}},
		"0900_bin is of 8.0.17":          {"mysql 8.0.16", "utf8mb4_0900_bin", collationInfo{}},
		"0900 not in MariaDB 10.11":      {"mariadb 10.11", "utf8mb4_0900_ai_ci", collationInfo{}},
		"0900 in MariaDB 11.8":           {"mariadb 11.8", "utf8mb4_0900_ai_ci", known("utf8mb4_0900_ai_ci", "utf8mb4", true, true)},
		"Japanese 0900 never in MariaDB": {"mariadb 12.3", "utf8mb4_ja_0900_as_cs", collationInfo{}},
		"old utf8 name":                  {"mysql 9.7", "utf8_general_ci", known("utf8mb3_general_ci", "utf8mb3", true, false)},
		"utf8mb3 name before 8.0.30":     {"mysql 8.0.29", "utf8mb3_general_ci", collationInfo{}},
		"utf8mb3 name of MariaDB":        {"mariadb 10.6", "utf8mb3_bin", known("utf8mb3_bin", "utf8mb3", false, false)},
		"uca1400":                        {"mariadb 10.11", "utf8mb4_uca1400_spanish2_nopad_as_cs", known("utf8mb4_uca1400_spanish2_nopad_as_cs", "utf8mb4", false, true)},
		"uca1400 short":                  {"mariadb 11.4", "uca1400_ai_ci", known("uca1400_ai_ci", "", true, false)},
		"uca1400 too early":              {"mariadb 10.6", "uca1400_ai_ci", collationInfo{}},
		"uca1400 not in MySQL":           {"mysql 9.7", "utf8mb4_uca1400_ai_ci", collationInfo{}},
		"uca1400 with a wrong set":       {"mariadb 11.4", "latin1_uca1400_ai_ci", collationInfo{}},
		"uca1400 with wrong flags":       {"mariadb 11.4", "utf8mb4_uca1400_ai", collationInfo{}},
		"nopad":                          {"mariadb 10.11", "latin1_swedish_nopad_ci", known("latin1_swedish_nopad_ci", "latin1", true, true)},
		"nopad not in MySQL":             {"mysql 8.4", "latin1_swedish_nopad_ci", collationInfo{}},
		"two-level Thai":                 {"mariadb 10.11", "utf8mb4_thai_520_w2", known("utf8mb4_thai_520_w2", "utf8mb4", true, false)},
		"0900 in TiDB":                   {"tidb 7.5", "utf8mb4_0900_ai_ci", known("utf8mb4_0900_ai_ci", "utf8mb4", true, true)},
		"0900 not in old TiDB":           {"tidb 7.1", "utf8mb4_0900_ai_ci", collationInfo{}},
		"520 not in TiDB":                {"tidb 8.5", "utf8mb4_unicode_520_ci", collationInfo{}},
		"binary":                         {"mysql 8.4", "binary", known("binary", "binary", false, true)},
		"empty":                          {"mysql 8.4", "", collationInfo{}},
		"header of the table":            {"mysql 8.4", "collation", collationInfo{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := factsEngine(t, tt.engine).collation(tt.collation)
			if got != tt.want || ok != (tt.want.Name != "") {
				t.Errorf("collation(%q) = %+v, %v, want %+v", tt.collation, got, ok, tt.want)
			}
		})
	}
}

func TestCollationForShortName(t *testing.T) {
	t.Parallel()
	e := factsEngine(t, "mariadb 11.8")
	if got, ok := e.collationFor("uca1400_as_ci", "utf16"); !ok || got.Name != "utf16_uca1400_as_ci" {
		t.Errorf("got %+v, %v", got, ok)
	}
	if got, ok := e.collationFor("uca1400_as_ci", "latin1"); ok {
		t.Errorf("latin1 takes %+v", got)
	}
}
