package ddlparse

// spatialPart: a SPATIAL index is on one NOT NULL geometry column (MySQL 8.4 manual, "Creating Spatial
// Indexes").
func (v *validator) spatialPart(x *Index, p *Part, c *Column) {
	switch {
	case v.engine.IsTiDB():
	case len(x.Parts) > 1:
		if p == &x.Parts[1] {
			v.indexProblem(x, p, SpatialIndexInvalid, v.either(1070, 1210), "parts")
		}
	case !c.Type.IsSpatial():
		v.indexProblem(x, p, SpatialIndexInvalid, v.either(1687, 1210), "type")
	case p.Prefix > 0:
		v.indexProblem(x, p, InvalidPrefixLength, 1089, "type")
	case c.Nullable():
		v.indexProblem(x, p, SpatialIndexInvalid, 1252, "null")
	case p.Desc && v.engine.MySQL(8, 0, 0):
		v.indexProblem(x, p, SpatialIndexInvalid, 1221, "order")
	}
}

// either is the first number on MySQL, the second on MariaDB.
func (v *validator) either(mysql, mariadb int) int {
	if v.engine.IsMariaDB() {
		return mariadb
	}
	return mysql
}

// geometryPart: MySQL's other indexes on geometries are spatial ones in disguise; MariaDB's aren't.
func (v *validator) geometryPart(x *Index, p *Part, c *Column) {
	switch {
	case !v.engine.MySQL(8, 0, 13):
	case p.Prefix > 0:
		v.indexProblem(x, p, InvalidPrefixLength, 1089, "type")
	case x.Unique():
		v.indexProblem(x, p, SpatialIndexInvalid, 3728, "unique")
	case c.Nullable():
		v.indexProblem(x, p, SpatialIndexInvalid, 1252, "null")
	}
}

// fulltextPart: FULLTEXT indexes are on character columns of one collation, on MySQL; on MariaDB of one
// character set with collations that sort alike, so there only the types are compared. TiDB ignores them.
func (v *validator) fulltextPart(x *Index, p *Part, c *Column) {
	if v.engine.IsTiDB() || c.Type.Name == "json" {
		return
	}
	switch c.Type.Name {
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext":
		if c.Charset != "binary" {
			v.fulltextCollation(x, p, c)
			return
		}
	}
	v.indexProblem(x, p, EngineLacksFeature, 1283, "fulltext")
}

func (v *validator) fulltextCollation(x *Index, p *Part, c *Column) {
	first := v.table.Column(x.Parts[0].Column)
	if first == nil || !v.engine.MySQL(8, 0, 0) || first.Collation == "" || c.Collation == "" || same(first.Collation, c.Collation) ||
		!isPlainWord(first.Collation) || !isPlainWord(c.Collation) {
		return
	}
	v.indexProblem(x, p, EngineLacksFeature, 1283, "fulltext-collation")
}
