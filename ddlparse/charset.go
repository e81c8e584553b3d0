package ddlparse

import "strings"

// charsetInfo is a character set as a server has it.
type charsetInfo struct {
	Name             string // canonical: lower case, utf8 is utf8mb3
	DefaultCollation string
	MaxLen           int // bytes of its longest character
}

// charsets are the character sets of MySQL and MariaDB with the default collations that they have
// always had; defaultCollation knows the ones that changed. Only MySQL has gb18030.
var charsets = [...]charsetInfo{
	{"armscii8", "armscii8_general_ci", 1},
	{"ascii", "ascii_general_ci", 1},
	{"big5", "big5_chinese_ci", 2},
	{"binary", "binary", 1},
	{"cp1250", "cp1250_general_ci", 1},
	{"cp1251", "cp1251_general_ci", 1},
	{"cp1256", "cp1256_general_ci", 1},
	{"cp1257", "cp1257_general_ci", 1},
	{"cp850", "cp850_general_ci", 1},
	{"cp852", "cp852_general_ci", 1},
	{"cp866", "cp866_general_ci", 1},
	{"cp932", "cp932_japanese_ci", 2},
	{"dec8", "dec8_swedish_ci", 1},
	{"eucjpms", "eucjpms_japanese_ci", 3},
	{"euckr", "euckr_korean_ci", 2},
	{"gb18030", "gb18030_chinese_ci", 4},
	{"gb2312", "gb2312_chinese_ci", 2},
	{"gbk", "gbk_chinese_ci", 2},
	{"geostd8", "geostd8_general_ci", 1},
	{"greek", "greek_general_ci", 1},
	{"hebrew", "hebrew_general_ci", 1},
	{"hp8", "hp8_english_ci", 1},
	{"keybcs2", "keybcs2_general_ci", 1},
	{"koi8r", "koi8r_general_ci", 1},
	{"koi8u", "koi8u_general_ci", 1},
	{"latin1", "latin1_swedish_ci", 1},
	{"latin2", "latin2_general_ci", 1},
	{"latin5", "latin5_turkish_ci", 1},
	{"latin7", "latin7_general_ci", 1},
	{"macce", "macce_general_ci", 1},
	{"macroman", "macroman_general_ci", 1},
	{"sjis", "sjis_japanese_ci", 2},
	{"swe7", "swe7_swedish_ci", 1},
	{"tis620", "tis620_thai_ci", 1},
	{"ucs2", "ucs2_general_ci", 2},
	{"ujis", "ujis_japanese_ci", 3},
	{"utf16", "utf16_general_ci", 4},
	{"utf16le", "utf16le_general_ci", 4},
	{"utf32", "utf32_general_ci", 4},
	{"utf8mb3", "utf8mb3_general_ci", 3},
	{"utf8mb4", "utf8mb4_general_ci", 4},
}

// charset looks up a character set by its name in any case; utf8 is utf8mb3 on every server so far.
func (e Engine) charset(name string) (charsetInfo, bool) {
	name = strings.ToLower(name)
	if name == "utf8" {
		name = "utf8mb3"
	}
	for _, c := range charsets {
		if c.Name == name && e.hasCharset(name) {
			c.DefaultCollation = e.defaultCollation(c)
			return c, true
		}
	}
	return charsetInfo{}, false
}

func (e Engine) hasCharset(name string) bool {
	switch name {
	case "gb18030":
		return e.IsMySQL() || e.TiDB(9, 0, 0)
	case "utf8mb4", "utf8mb3", "latin1", "ascii", "binary", "gbk":
		return true
	}
	return !e.IsTiDB()
}

// defaultCollation gives the collation a character set has where only the set is named. MariaDB gave
// its Unicode sets new ones in 11.5 (the variable character_set_collations).
func (e Engine) defaultCollation(c charsetInfo) string {
	if e.IsTiDB() {
		return tidbDefaultCollation(c)
	}
	switch c.Name {
	case "utf8mb4":
		if e.MySQL(8, 0, 1) {
			return "utf8mb4_0900_ai_ci"
		}
	case "utf8mb3", "ucs2", "utf16", "utf32":
	default:
		return c.DefaultCollation
	}
	if e.MariaDB(11, 5, 0) {
		return c.Name + "_uca1400_ai_ci"
	}
	return c.DefaultCollation
}

// tidbDefaultCollation: TiDB compares bytes by default, but for the Chinese sets, which follow MySQL
// under the collations it has used since 6.0.
func tidbDefaultCollation(c charsetInfo) string {
	switch c.Name {
	case "gbk", "gb18030", "binary":
		return c.DefaultCollation
	}
	return c.Name + "_bin"
}

// HasCharset reports whether the server knows the character set.
func (e Engine) HasCharset(name string) bool {
	_, ok := e.charset(name)
	return ok
}

// CharsetMaxLen returns how many bytes a character of the set takes at most, 0 for an unknown set.
func (e Engine) CharsetMaxLen(name string) int {
	c, _ := e.charset(name)
	return c.MaxLen
}

// DefaultCollation returns the collation a character set has when none is named, "" for an unknown set.
func (e Engine) DefaultCollation(charset string) string {
	c, _ := e.charset(charset)
	return c.DefaultCollation
}

// defaultCharset is the character set and collation of a database that nobody set, as the server is
// built: MySQL 8.0 manual, "Server Character Set and Collation"; MariaDB from 11.6 uca1400.
func defaultCharset(e Engine) (charset, collation string) {
	switch {
	case e.IsTiDB():
		return "utf8mb4", "utf8mb4_bin"
	case e.MariaDB(11, 6, 0):
		return "utf8mb4", "utf8mb4_uca1400_ai_ci"
	case e.IsMariaDB():
		return "utf8mb4", "utf8mb4_general_ci"
	case e.MySQL(8, 0, 0):
		return "utf8mb4", "utf8mb4_0900_ai_ci"
	}
	return "latin1", "latin1_swedish_ci"
}
