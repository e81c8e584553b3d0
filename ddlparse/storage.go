package ddlparse

// StorageBytes returns how many bytes a value takes at most in a row, the length bytes included, with
// characters of up to maxLen bytes: MySQL 8.4 manual, "Data Type Storage Requirements". Of BLOB, TEXT,
// JSON and spatial values it counts the length and pointer only, as the limit of rows does.
func (t Type) StorageBytes(maxLen int) int {
	switch t.Name {
	case "char", "varchar":
		return t.stringBytes(t.characters() * max(1, maxLen))
	case "binary", "varbinary":
		return t.stringBytes(t.characters())
	case "decimal":
		return t.decimalBytes()
	case "bit":
		return (t.lengthOr(1) + 7) / 8
	case "time":
		return 3 + t.fractionBytes()
	case "datetime":
		return 5 + t.fractionBytes()
	case "timestamp":
		return 4 + t.fractionBytes()
	case "float":
		return t.floatBytes()
	case "enum":
		return 1 + min(1, len(t.Members)/256)
	case "set":
		return t.setBytes()
	case "vector":
		return t.lengthOr(2048) * 4
	}
	return fixedBytes(t.Name)
}

// fixedBytes is the size of the types that have only one.
func fixedBytes(name string) int {
	switch name {
	case "tinyint", "year":
		return 1
	case "smallint":
		return 2
	case "mediumint", "date":
		return 3
	case "int", "inet4":
		return 4
	case "bigint", "double":
		return 8
	case "uuid", "inet6":
		return 16
	case "tinyblob", "tinytext":
		return 1 + 8
	case "blob", "text":
		return 2 + 8
	case "mediumblob", "mediumtext":
		return 3 + 8
	case "longblob", "longtext", "json":
		return 4 + 8
	}
	if (Type{Name: name}).IsSpatial() {
		return 4 + 8
	}
	return 0
}

// characters is the length of a CHAR, VARCHAR, BINARY or VARBINARY: characters or bytes.
func (t Type) characters() int { return t.lengthOr(1) }

func (t Type) lengthOr(length int) int {
	if t.Length >= 0 {
		return t.Length
	}
	return length
}

// stringBytes adds what the variable types need to store their length.
func (t Type) stringBytes(n int) int {
	switch {
	case t.Name == "char" || t.Name == "binary":
		return n
	case n > 255:
		return n + 2
	}
	return n + 1
}

// decimalBytes: nine digits take four bytes, the rest of each side fewer.
func (t Type) decimalBytes() int {
	rest := [...]int{0, 1, 1, 2, 2, 3, 3, 4, 4}
	digits, scale := t.lengthOr(10), max(0, t.Scale)
	if digits == 0 {
		digits = 10
	}
	whole := max(0, digits-scale)
	return whole/9*4 + rest[whole%9] + scale/9*4 + rest[scale%9]
}

// fractionBytes: two digits of a second take a byte.
func (t Type) fractionBytes() int { return (max(0, t.Length) + 1) / 2 }

// floatBytes: FLOAT(p) with more than 24 bits is a DOUBLE.
func (t Type) floatBytes() int {
	if t.Scale < 0 && t.Length > 24 {
		return 8
	}
	return 4
}

// setBytes: a bit for each member, in 1, 2, 3, 4 or 8 bytes.
func (t Type) setBytes() int {
	n := max(1, (len(t.Members)+7)/8)
	if n > 4 {
		return 8
	}
	return n
}
