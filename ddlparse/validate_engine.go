package ddlparse

// storageEngine reports what the table's storage engine can't do (MySQL 8.4 manual, "Alternative Storage
// Engines"). TiDB ignores the clause.
func (v *validator) storageEngine() {
	if v.engine.IsTiDB() {
		return
	}
	switch name := v.storageEngineName(); name {
	case "CSV", "MEMORY", "ARCHIVE":
		if !v.lacksGenerated() {
			v.oldEngine(name)
		}
	}
	v.ignoredForeignKeys()
}

func (v *validator) oldEngine(name string) {
	switch name {
	case "CSV":
		v.csv()
	case "MEMORY":
		v.memory()
	case "ARCHIVE":
		v.archive()
	}
}

// lacksGenerated reports a generated column, which only InnoDB and MyISAM's family have.
func (v *validator) lacksGenerated() bool {
	for _, c := range v.table.Columns {
		if c.Generated != nil {
			v.lacks(v.either(3106, 1910), c.Name, "generated", place(c.Generated.Span, c.Span))
			return true
		}
	}
	return false
}

func (v *validator) lacks(number int, name, reason string, at Span) {
	v.add(Problem{
		Kind: EngineLacksFeature, Number: number, Name: name, Reason: reason, Value: v.table.Options.Engine,
		Span: at, Cause: v.table.Options.Spans["ENGINE"],
	})
}

// csv: no indexes, no AUTO_INCREMENT, no NULL.
func (v *validator) csv() {
	for _, c := range v.table.Columns {
		if c.AutoIncrement {
			v.lacks(1164, c.Name, "auto-increment", place(c.Attribute("AUTO_INCREMENT"), c.Span))
			return
		}
	}
	for _, x := range v.table.Indexes {
		v.lacks(1069, x.Name, "index", x.Span)
		return
	}
	for _, c := range v.table.Columns {
		if c.Nullable() && c.Generated == nil {
			v.lacks(1178, c.Name, "null", c.Span)
			return
		}
	}
}

// memory: no BLOB or TEXT, no geometry, no FULLTEXT.
func (v *validator) memory() {
	for _, x := range v.table.Indexes {
		if x.Kind == Fulltext {
			v.lacks(1214, x.Name, "fulltext", x.Span)
			return
		}
	}
	for _, c := range v.table.Columns {
		switch {
		case c.Type.IsSpatial():
			v.lacks(1178, c.Name, "geometry", place(c.TypeSpan, c.Span))
			return
		case c.Type.IsBlob() || c.Type.Name == "json":
			v.lacks(1163, c.Name, "blob", place(c.TypeSpan, c.Span))
			return
		}
	}
}

// archive: an index on the AUTO_INCREMENT column and no other.
func (v *validator) archive() {
	if !v.engine.MySQL(8, 0, 0) {
		return
	}
	for _, x := range v.table.Indexes {
		auto := false
		for _, p := range x.Parts {
			c := v.table.Column(p.Column)
			auto = auto || c != nil && c.AutoIncrement
		}
		if !auto && x.Kind == Plain {
			v.lacks(1121, x.Name, "index", x.Span)
			return
		}
	}
}

// ignoredForeignKeys: storage engines without foreign keys read them and say nothing.
func (v *validator) ignoredForeignKeys() {
	switch v.storageEngineName() {
	case "MYISAM", "ARIA", "MEMORY":
		for _, f := range v.table.ForeignKeys {
			v.lacks(0, f.Name, "foreign-key", f.Span)
			return
		}
	}
}
