package ddlparse

// displayWidths are the widths that MariaDB, and MySQL up to 8.0.18, give integers that have none:
// signed, unsigned. MySQL still shows them with ZEROFILL.
var displayWidths = map[string][2]int{
	"tinyint": {4, 3}, "smallint": {6, 5}, "mediumint": {9, 8}, "int": {11, 10}, "bigint": {20, 20},
}

// serverType is the type as the server keeps it: with the length it takes where none is written, and
// the type it takes instead of the written one.
func serverType(c *Column, e Engine) Type {
	t := c.Type
	switch {
	case t.IsInteger():
		return integerType(t, e)
	case t.Name == "json" && e.IsMariaDB():
		return Type{Name: "longtext", Length: -1, Scale: -1}
	case t.IsBlob():
		return blobType(t, c.Charset)
	case t.Name == "geometrycollection" && e.MySQL(8, 0, 11):
		t.Name = "geomcollection"
		return t
	case t.IsText() && t.Members == nil && c.Charset == "binary":
		t.Name = binaryNames[t.Name]
	}
	return withLength(t, e)
}

var binaryNames = map[string]string{
	"char": "binary", "varchar": "varbinary",
	"tinytext": "tinyblob", "text": "blob", "mediumtext": "mediumblob", "longtext": "longblob",
}

func integerType(t Type, e Engine) Type {
	if e.MySQL(8, 0, 19) && !t.Zerofill && !(t.Name == "tinyint" && t.Length == 1 && !t.Unsigned) {
		t.Length = -1
		return t
	}
	if t.Length < 0 {
		widths := displayWidths[t.Name]
		t.Length = widths[0]
		if t.Unsigned || t.Zerofill {
			t.Length = widths[1]
		}
	}
	return t
}

// withLength fills in the lengths that the standard gives, and drops the ones that say nothing.
func withLength(t Type, e Engine) Type {
	switch t.Name {
	case "char", "binary", "bit":
		if t.Length < 0 {
			t.Length = 1
		}
	case "decimal":
		t.Length, t.Scale = decimalSize(t)
	case "float", "double":
		if t.Scale < 0 {
			t = floatType(t)
		}
	case "datetime", "timestamp", "time":
		if t.Length == 0 {
			t.Length = -1
		}
	case "year":
		t.Length = -1
		if e.IsMariaDB() {
			t.Length = 4
		}
	}
	return t
}

func decimalSize(t Type) (length, scale int) {
	if t.Length <= 0 {
		return 10, max(t.Scale, 0)
	}
	return t.Length, max(t.Scale, 0)
}

// floatType reads FLOAT(p): p only decides between the two sizes.
func floatType(t Type) Type {
	if t.Name == "float" && t.Length > 24 {
		t.Name = "double"
	}
	t.Length = -1
	return t
}

// blobType reads TEXT(n) and BLOB(n): n characters decide which of the four sizes is made.
func blobType(t Type, charset string) Type {
	text := t.IsText()
	if t.Length >= 0 {
		t.Name = blobOf(t.Length, charset, text)
		t.Length = -1
	}
	if name, ok := binaryNames[t.Name]; ok && charset == "binary" {
		t.Name = name
	}
	return t
}

func blobOf(length int, charset string, text bool) string {
	suffix := "blob"
	if text {
		suffix = "text"
		length *= bytesPerCharacter(charset)
	}
	switch {
	case length == 0:
		return suffix
	case length < 1<<8:
		return "tiny" + suffix
	case length < 1<<16:
		return suffix
	case length < 1<<24:
		return "medium" + suffix
	}
	return "long" + suffix
}

// bytesPerCharacter is the longest a character gets in the sets that can be told from their name.
func bytesPerCharacter(charset string) int {
	switch charset {
	case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030":
		return 4
	case "utf8mb3", "utf8", "ujis", "eucjpms":
		return 3
	case "sjis", "cp932", "big5", "gbk", "gb2312", "euckr", "ucs2":
		return 2
	}
	return 1
}
