package ddlparse

// alterTable reads ALTER TABLE from behind the word TABLE.
func (r *reader) alterTable() {
	if r.ifExists("if-exists-alter-table") {
		r.st.ifExists = true
	}
	table := r.name()
	r.st.Table = table
	r.waitClause("wait-nowait")
	for !r.end() {
		at := r.i
		before := len(r.st.Changes)
		r.alterClause(table)
		if r.stuck {
			return
		}
		for _, c := range r.st.Changes[before:] {
			if c.At().Span.IsZero() {
				c.At().Span = r.span(at)
			}
			if c.At().Table.IsZero() {
				c.At().Table = table
			}
		}
		r.limit(len(r.st.Changes), 0, 0)
		if !r.acceptPunct(",") && !r.is("PARTITION", "BY") && !r.is("REMOVE", "PARTITIONING") {
			break
		}
		if r.end() {
			r.fail() // a comma at the end
		}
	}
	if !r.end() {
		r.fail()
	}
}

// alterClause reads one clause of ALTER TABLE.
func (r *reader) alterClause(table Name) {
	switch r.keyword(0) {
	case "ADD":
		r.alterAdd()
	case "DROP":
		r.alterDrop()
	case "MODIFY":
		r.i++
		r.accept("COLUMN")
		c := &ModifyColumn{Keyword: "MODIFY", IfExists: r.ifExists("modify-column-if-exists")}
		r.modify(c, "")
	case "CHANGE":
		r.i++
		r.accept("COLUMN")
		c := &ModifyColumn{Keyword: "CHANGE", IfExists: r.ifExists("change-column-if-exists")}
		r.modify(c, r.ident())
	case "ALTER":
		r.i++
		r.alterAlter()
	case "RENAME":
		r.i++
		r.alterRename()
	case "CONVERT":
		r.alterConvert()
	case "PARTITION":
		p := r.partitionBy()
		r.add(&AlterPartitions{Action: "PARTITION BY", New: p})
	default:
		r.alterRest()
	}
}

func (r *reader) modify(c *ModifyColumn, name string) {
	k := inlineKeys{}
	c.New = r.columnDefinition(&k)
	c.Name = name
	if name == "" {
		c.Name = c.New.Name
	}
	c.First, c.Behind = r.position()
	r.add(c)
	r.addInline(&k)
}

// addInline adds the keys and constraints that stood in a column definition.
func (r *reader) addInline(k *inlineKeys) {
	for _, x := range k.indexes {
		r.add(&AddIndex{Clause: Clause{Span: x.Span}, Index: x})
	}
	for _, f := range k.foreign {
		r.add(&AddForeignKey{Clause: Clause{Span: f.Span}, Key: f})
	}
	for _, c := range k.checks {
		r.add(&AddCheck{Clause: Clause{Span: c.Span}, Check: c})
	}
}

func (r *reader) position() (first bool, after string) {
	if r.accept("FIRST") {
		return true, ""
	}
	if r.accept("AFTER") {
		return false, r.ident()
	}
	return false, ""
}

func (r *reader) alterAdd() {
	from := r.i
	r.i++
	switch {
	case r.is("PARTITION"):
		r.addPartition()
	case r.accept("SYSTEM", "VERSIONING"):
		r.feature("system-versioning", from)
		r.add(&AlterMode{Option: "SYSTEM VERSIONING"})
	case r.accept("STATS_EXTENDED"):
		r.i = len(r.toks)
		r.add(&AlterMode{Option: "STATS_EXTENDED"})
	case r.isTableConstraint():
		c := r.tableConstraint()
		switch {
		case c.index != nil:
			r.add(&AddIndex{Index: c.index, IfNotExists: c.ifNotExists})
		case c.foreign != nil:
			r.add(&AddForeignKey{Key: c.foreign, IfNotExists: c.ifNotExists})
		case c.check != nil:
			r.add(&AddCheck{Check: c.check, IfNotExists: c.ifNotExists})
		}
	default:
		r.accept("COLUMN")
		r.addColumns(from)
	}
}

// addColumns reads ADD [COLUMN] definition, or ADD [COLUMN] (definition, …).
func (r *reader) addColumns(from int) {
	ifNot := r.ifNotExists("if-not-exists-in-alter")
	if !r.isPunct("(") {
		k := inlineKeys{}
		c := &AddColumn{Column: r.columnDefinition(&k), IfNotExists: ifNot}
		c.First, c.Behind = r.position()
		c.Span = r.span(from)
		r.add(c)
		r.addInline(&k)
		return
	}
	t := &Table{}
	r.tableItems(t)
	for _, c := range t.Columns {
		r.add(&AddColumn{Clause: Clause{Span: c.Span}, Column: c, IfNotExists: ifNot})
	}
	r.addInline(&inlineKeys{t.Indexes, t.ForeignKeys, t.Checks})
}

func (r *reader) alterDrop() {
	from := r.i
	r.i++
	switch {
	case r.accept("PRIMARY", "KEY"):
		r.add(&DropIndex{Name: PrimaryName})
	case r.acceptAny("INDEX", "KEY") != "":
		x := r.ifExists("drop-index-if-exists-in-alter")
		r.add(&DropIndex{IfExists: x, Name: r.ident()})
	case r.accept("FOREIGN", "KEY"):
		x := r.ifExists("drop-foreign-key-if-exists")
		r.add(&DropForeignKey{IfExists: x, Name: r.ident()})
	case r.is("CHECK"):
		r.i++
		r.add(&DropCheck{Name: r.ident()})
		r.feature("drop-check", from)
	case r.accept("CONSTRAINT"):
		x := r.ifExists("drop-constraint-if-exists")
		r.add(&DropIndex{IfExists: x, Name: r.ident(), AnyConstraint: true})
		r.feature("drop-constraint", from)
	case r.accept("PARTITION"):
		x := r.ifExists("drop-partition-if-exists")
		r.add(&AlterPartitions{Action: "DROP PARTITION", Names: r.partitionNames(), IfExists: x})
	case r.accept("SYSTEM", "VERSIONING"), r.accept("PERIOD", "FOR"):
		if !r.end() && !r.isPunct(",") {
			r.ident()
		}
		r.feature("system-versioning", from)
		r.add(&AlterMode{Option: "SYSTEM VERSIONING"})
	default:
		r.accept("COLUMN")
		x := r.ifExists("if-exists-in-alter")
		c := &DropColumn{IfExists: x, Name: r.ident()}
		r.acceptAny("RESTRICT", "CASCADE")
		r.add(c)
	}
}

// alterAlter reads ALTER [COLUMN] c …, ALTER INDEX i … and ALTER CHECK c … from behind the word ALTER.
func (r *reader) alterAlter() {
	from := r.i
	switch {
	case r.is("INDEX") || r.is("KEY"):
		r.i++
		x := r.ifExists("if-exists-in-alter")
		c := &ModifyIndex{IfExists: x, Name: r.ident()}
		at := r.i
		switch {
		case r.accept("VISIBLE"):
			r.feature("alter-index-visibility", at)
		case r.accept("INVISIBLE"):
			c.Invisible = true
			r.feature("alter-index-visibility", at)
		case r.accept("NOT", "IGNORED"):
			r.feature("ignored-index", at)
		case r.accept("IGNORED"):
			c.Invisible = true
			r.feature("ignored-index", at)
		default:
			r.fail()
		}
		r.add(c)
	case r.is("CHECK") || r.is("CONSTRAINT"):
		feature := "alter-" + map[bool]string{true: "check", false: "constraint"}[r.is("CHECK")]
		r.i++
		c := &ModifyCheck{Name: r.ident()}
		c.Enforced = !r.accept("NOT")
		r.expect("ENFORCED")
		r.feature(feature, from)
		r.add(c)
	default:
		r.accept("COLUMN")
		r.alterColumn()
	}
}

func (r *reader) alterColumn() {
	c := &ModifyColumn{Keyword: "ALTER COLUMN", IfExists: r.ifExists("alter-column-if-exists"), Name: r.ident()}
	from := r.i
	switch {
	case r.accept("SET", "DEFAULT"):
		d := r.defaultValue()
		at := r.span(from)
		c.alter = func(n *Column) {
			n.Default, n.NoDefault = d, false
			n.setAttribute("DEFAULT", at)
		}
	case r.accept("DROP", "DEFAULT"):
		c.alter = func(n *Column) {
			n.Default, n.NoDefault = nil, true
			n.setAttribute("DEFAULT", Span{})
		}
	case r.accept("SET", "INVISIBLE"):
		c.alter = func(n *Column) { n.Invisible = true }
		r.feature("alter-column-visibility", from)
	case r.accept("SET", "VISIBLE"):
		c.alter = func(n *Column) { n.Invisible = false }
		r.feature("alter-column-visibility", from)
	default:
		r.fail()
	}
	r.add(c)
}

// setAttribute replaces the place of an attribute; a zero place removes it. The list is copied, since
// columns of earlier schemas share it.
func (c *Column) setAttribute(keyword string, at Span) {
	list := make([]Attribute, 0, len(c.Attributes)+1)
	for _, a := range c.Attributes {
		if a.Keyword != keyword {
			list = append(list, a)
		}
	}
	if !at.IsZero() {
		list = append(list, Attribute{keyword, at})
	}
	c.Attributes = list
}

func (r *reader) alterRename() {
	from := r.i - 1
	switch {
	case r.accept("COLUMN"):
		c := &ModifyColumn{Keyword: "RENAME COLUMN", IfExists: r.ifExists("rename-column-if-exists"), Name: r.ident()}
		r.expect("TO")
		to := r.ident()
		at := r.tokenSpan(r.i - 1)
		c.alter = func(n *Column) { n.Name, n.NameSpan = to, at }
		r.feature("rename-column", from)
		r.add(c)
	case (r.is("INDEX") || r.is("KEY")) && !r.isPunctAt(1, "."):
		r.i++
		c := &ModifyIndex{IfExists: r.ifExists("rename-index-if-exists"), Name: r.ident()}
		r.expect("TO")
		c.To = r.ident()
		r.feature("rename-index", from)
		r.add(c)
	default:
		if r.acceptAny("TO", "AS") == "" {
			r.acceptPunct("=")
		}
		r.add(&RenameTable{To: r.name()})
	}
}

func (r *reader) alterConvert() {
	from := r.i
	r.i++
	if r.accept("PARTITION") || r.accept("TABLE") {
		for !r.end() {
			r.i++
		}
		r.feature("convert-partition", from)
		r.add(&AlterPartitions{Action: "CONVERT PARTITION"})
		return
	}
	r.expect("TO")
	if !r.charsetWords() {
		r.fail()
		return
	}
	c := &SetOptions{Convert: true}
	c.Options.set("CHARSET", r.word(), r.span(from))
	if at := r.i; r.accept("COLLATE") {
		r.acceptPunct("=")
		c.Options.set("COLLATE", r.word(), r.span(at))
	}
	r.add(c)
}
