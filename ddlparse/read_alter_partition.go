package ddlparse

func (r *reader) addPartition() {
	r.i++
	c := &AlterPartitions{Action: "ADD PARTITION", IfExists: r.ifNotExists("add-partition-if-not-exists")}
	r.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL")
	if r.accept("PARTITIONS") {
		c.Count = r.integer()
	} else {
		c.New = &Partitioning{Parts: r.partitions()}
		c.Count = len(c.New.Parts)
	}
	r.add(c)
}

// alterPartition reads the partition operations but ADD and DROP.
func (r *reader) alterPartition() bool {
	switch k := r.keyword(0); k {
	case "REMOVE":
		r.i++
		r.expect("PARTITIONING")
		r.add(&AlterPartitions{Action: "REMOVE PARTITIONING"})
	case "COALESCE":
		r.i++
		r.expect("PARTITION")
		r.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL")
		r.add(&AlterPartitions{Action: "COALESCE PARTITION", Count: r.integer()})
	case "REORGANIZE":
		r.i++
		r.expect("PARTITION")
		r.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL")
		c := &AlterPartitions{Action: "REORGANIZE PARTITION"}
		if r.isIdent() {
			c.Names = r.partitionNames()
			r.expect("INTO")
			c.New = &Partitioning{Parts: r.partitions()}
		}
		r.add(c)
	case "EXCHANGE":
		r.i++
		r.expect("PARTITION")
		c := &AlterPartitions{Action: "EXCHANGE PARTITION", Names: []string{r.ident()}}
		r.expect("WITH", "TABLE")
		c.With = r.name()
		if at := r.i; r.acceptAny("WITH", "WITHOUT") != "" {
			r.expect("VALIDATION")
			r.feature("exchange-partition-validation", at)
		}
		r.add(c)
	case "TRUNCATE", "ANALYZE", "CHECK", "OPTIMIZE", "REBUILD", "REPAIR":
		if !r.isAt(1, "PARTITION") {
			return false
		}
		r.i += 2
		r.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL")
		c := &AlterPartitions{Action: k + " PARTITION", Names: r.partitionNames()}
		for r.acceptAny("QUICK", "EXTENDED", "FAST", "MEDIUM", "CHANGED", "USE_FRM") != "" {
		}
		r.add(c)
	default:
		return false
	}
	return true
}
