package ddlparse

import (
	"strconv"
	"strings"
)

// plainTypes are the type names that stand for themselves.
var plainTypes = map[string]string{
	"TINYINT": "tinyint", "SMALLINT": "smallint", "MEDIUMINT": "mediumint", "INT": "int", "BIGINT": "bigint",
	"INTEGER": "int", "INT1": "tinyint", "INT2": "smallint", "INT3": "mediumint", "MIDDLEINT": "mediumint", "INT4": "int", "INT8": "bigint",
	"DECIMAL": "decimal", "NUMERIC": "decimal", "DEC": "decimal", "FIXED": "decimal",
	"FLOAT": "float", "FLOAT4": "float", "DOUBLE": "double", "FLOAT8": "double", "REAL": "double", "BIT": "bit",
	"BOOL": "tinyint", "BOOLEAN": "tinyint", "SERIAL": "bigint",
	"CHAR": "char", "CHARACTER": "char", "NCHAR": "char", "VARCHAR": "varchar", "VARCHARACTER": "varchar", "NVARCHAR": "varchar",
	"VARCHAR2": "varchar", "BINARY": "binary", "VARBINARY": "varbinary", "RAW": "varbinary", "NUMBER": "decimal", "CLOB": "longtext",
	"TINYTEXT": "tinytext", "TEXT": "text", "MEDIUMTEXT": "mediumtext", "LONGTEXT": "longtext", "LONG": "mediumtext",
	"TINYBLOB": "tinyblob", "BLOB": "blob", "MEDIUMBLOB": "mediumblob", "LONGBLOB": "longblob",
	"ENUM": "enum", "SET": "set", "JSON": "json",
	"DATE": "date", "TIME": "time", "DATETIME": "datetime", "TIMESTAMP": "timestamp", "YEAR": "year", "SQL_TSI_YEAR": "year",
	"GEOMETRY": "geometry", "POINT": "point", "LINESTRING": "linestring", "POLYGON": "polygon", "MULTIPOINT": "multipoint",
	"MULTILINESTRING": "multilinestring", "MULTIPOLYGON": "multipolygon", "GEOMETRYCOLLECTION": "geometrycollection", "GEOMCOLLECTION": "geometrycollection",
	"UUID": "uuid", "INET6": "inet6", "INET4": "inet4", "VECTOR": "vector",
}

// columnType reads a column's type with what belongs to it; character set and collation go to c.
func (r *reader) columnType(c *Column) {
	from := r.i
	c.Type = Type{Length: -1, Scale: -1}
	written := r.keyword(0)
	if written == "NATIONAL" {
		r.i++
		written = "N" + r.keyword(0)
		if written == "NCHARACTER" {
			written = "NCHAR"
		}
	}
	name, known := plainTypes[written]
	if !known {
		r.fail()
		return
	}
	r.i++
	c.Type.Name = name
	r.typeWords(c, written)
	r.typeArguments(c)
	r.checkArguments(&c.Type)
	r.finishType(c, written)
	c.TypeSpan = r.span(from)
	r.typeFeature(name, from)
	r.typeModifiers(c)
	if c.Type.Unsigned || c.Type.Zerofill {
		c.TypeSpan = r.unsignedSpan(from)
	}
}

// unsignedSpan is the type with the modifiers that are part of it, without the character set.
func (r *reader) unsignedSpan(from int) Span {
	last := from
	for i := from; i < r.i; i++ {
		if w := r.toks[i]; w.kind == word || w.kind == punct || w.kind == number {
			last = i
		}
	}
	return Span{r.src, r.toks[from].start, r.toks[last].end}
}

// typeWords reads the second words of type names.
func (r *reader) typeWords(c *Column, written string) {
	switch written {
	case "DOUBLE":
		r.accept("PRECISION")
	case "CHAR", "CHARACTER", "NCHAR":
		if r.acceptAny("VARYING", "VARCHAR", "VARCHARACTER") != "" {
			c.Type.Name = "varchar"
		}
	case "LONG":
		if r.acceptAny("VARCHAR", "VARCHARACTER", "CHAR") != "" {
			r.accept("VARYING")
		} else if r.acceptAny("VARBINARY", "BINARY") != "" {
			c.Type.Name = "mediumblob"
		}
	}
}

func (r *reader) typeArguments(c *Column) {
	if !r.isPunct("(") {
		return
	}
	if c.Type.Name == "enum" || c.Type.Name == "set" {
		r.members(c)
		return
	}
	r.i++
	c.Type.Length = r.integer()
	if r.acceptPunct(",") {
		c.Type.Scale = r.integer()
	}
	r.acceptAny("CHAR", "BYTE") // MariaDB's Oracle mode: VARCHAR2(10 CHAR)
	r.expectPunct(")")
}

func (r *reader) members(c *Column) {
	r.i++
	c.Type.Members = []string{}
	for {
		c.Type.Members = append(c.Type.Members, r.member())
		if !r.acceptPunct(",") {
			break
		}
	}
	r.expectPunct(")")
}

// member reads a member of ENUM or SET: trailing spaces don't count. Hex literals are allowed.
func (r *reader) member() string {
	if r.isKind(number) {
		r.i++
		return r.text(r.i - 1)
	}
	return strings.TrimRight(r.str(), " ")
}

func (r *reader) integer() int {
	if !r.isKind(number) {
		r.fail()
		return -1
	}
	n, err := strconv.Atoi(r.text(r.i))
	if err != nil {
		r.fail()
		return -1
	}
	r.i++
	return n
}

// checkArguments lets the judge decide about types with too many or too few arguments.
func (r *reader) checkArguments(t *Type) {
	switch t.Name {
	case "decimal", "float", "double":
	case "varchar", "varbinary":
		r.lax = r.lax || t.Length < 0 || t.Scale >= 0
	case "enum", "set":
		r.lax = r.lax || t.Members == nil
	case "date", "json", "tinytext", "mediumtext", "longtext", "tinyblob", "mediumblob", "longblob":
		r.lax = r.lax || t.Length >= 0
	default:
		r.lax = r.lax || t.Scale >= 0
	}
}

// finishType fills in the lengths that the servers imply, and resolves the synonyms that imply more.
func (r *reader) finishType(c *Column, written string) {
	t := &c.Type
	switch {
	case written == "BOOL" || written == "BOOLEAN":
		t.Length = 1
	case written == "SERIAL":
		t.Unsigned, c.AutoIncrement, c.NotNull, c.Null = true, true, true, ExplicitNotNull
	case written == "NCHAR" || written == "NVARCHAR":
		c.ExplicitCharset = "utf8mb3"
	case t.Name == "float" && t.Length >= 0 && t.Scale < 0:
		if t.Length > 24 {
			t.Name = "double"
		}
		t.Length = -1
	case (t.Name == "text" || t.Name == "blob") && t.Length >= 0:
		t.Name, t.Length = sizedBlob(t.Name, t.Length), -1
	}
	switch {
	case t.Length < 0 && (t.Name == "char" || t.Name == "binary" || t.Name == "bit"):
		t.Length = 1
	case t.Name == "decimal" && t.Length < 0:
		t.Length, t.Scale = 10, 0
	case t.Name == "decimal" && t.Scale < 0:
		t.Scale = 0
	case t.Name == "year", t.Name == "json":
		t.Length = -1
	case t.Length == 0 && (t.Name == "datetime" || t.Name == "timestamp" || t.Name == "time"):
		t.Length = -1
	}
}

// sizedBlob is the smallest TEXT or BLOB type that holds n bytes (characters are counted when the
// character set is known): MySQL manual, "The BLOB and TEXT Types".
func sizedBlob(name string, n int) string {
	switch {
	case n < 1<<8:
		return "tiny" + name
	case n < 1<<16:
		return name
	case n < 1<<24:
		return "medium" + name
	}
	return "long" + name
}

func (r *reader) typeFeature(name string, from int) {
	switch name {
	case "uuid":
		r.feature("uuid-type", from)
	case "inet6":
		r.feature("inet6-type", from)
	case "inet4":
		r.feature("inet4-type", from)
	case "vector":
		r.feature("vector-type", from)
	case "json":
		r.feature("json-type", from)
	default:
		if (Type{Name: name}).IsSpatial() {
			r.feature("spatial", from)
		}
	}
}

// typeModifiers reads UNSIGNED, CHARACTER SET and the like. They are the only attributes that must
// follow the type directly; COLLATE may come later again.
func (r *reader) typeModifiers(c *Column) {
	for !r.stuck {
		from := r.i
		switch {
		case r.accept("UNSIGNED"):
			c.Type.Unsigned = true
			r.lax = r.lax || !c.Type.IsNumeric()
		case r.accept("SIGNED"):
			r.attribute(c, "SIGNED", from)
			r.lax = r.lax || !c.Type.IsNumeric()
		case r.accept("ZEROFILL"):
			c.Type.Unsigned, c.Type.Zerofill = true, true
			r.lax = r.lax || !c.Type.IsNumeric()
		case r.accept("BINARY"):
			r.lax = true
			c.ExplicitCollation = binCollation
			r.attribute(c, "BINARY", from)
		case r.accept("ASCII"):
			c.ExplicitCharset = "latin1"
			r.attribute(c, "CHARACTER SET", from)
		case r.accept("UNICODE"):
			c.ExplicitCharset = "ucs2"
			r.attribute(c, "CHARACTER SET", from)
		case r.accept("BYTE"):
			c.Type.Name = byteType(c.Type.Name)
			r.attribute(c, "BYTE", from)
		case r.charsetWords():
			r.lax = r.lax || !c.Type.IsText()
			c.ExplicitCharset = strings.ToLower(r.word())
			r.attribute(c, "CHARACTER SET", from)
		case r.accept("COMPRESSED"):
			if r.acceptPunct("=") {
				r.ident()
			}
			r.attribute(c, "COMPRESSED", from)
			r.feature("compressed-column", from)
		default:
			return
		}
	}
}

// binCollation stands for "the _bin collation of whatever character set": CHAR(10) BINARY.
const binCollation = "binary collation"

func byteType(name string) string {
	switch name {
	case "char":
		return "binary"
	case "varchar":
		return "varbinary"
	}
	return strings.Replace(name, "text", "blob", 1)
}

// charsetWords goes past CHARACTER SET, CHARSET or CHAR SET.
func (r *reader) charsetWords() bool {
	return r.accept("CHARACTER", "SET") || r.accept("CHARSET") || r.accept("CHAR", "SET")
}

// word reads a name that may be written as a word, quoted or as a string: charsets, engines.
func (r *reader) word() string {
	if r.isKind(str) {
		return r.str()
	}
	return r.ident()
}
