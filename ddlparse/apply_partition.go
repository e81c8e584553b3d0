package ddlparse

import "slices"

// partitions applies a partition clause to the new table.
func (x *alteration) partitions(c *AlterPartitions) {
	old := x.new.Partitions
	switch c.Action {
	case "PARTITION BY":
		x.new.Partitions = c.New
		return
	case "REMOVE PARTITIONING":
		x.new.Partitions = nil
		return
	}
	if old == nil {
		return
	}
	n := *old
	n.Parts = slices.Clone(old.Parts)
	switch c.Action {
	case "ADD PARTITION":
		if c.New != nil {
			n.Parts = append(n.Parts, added(old, c)...)
		}
		n.Count += c.Count
	case "COALESCE PARTITION":
		n.Count -= c.Count
		if len(n.Parts) > n.Count {
			n.Parts = n.Parts[:max(n.Count, 0)]
		}
	case "DROP PARTITION":
		n.Parts = slices.DeleteFunc(n.Parts, func(p Partition) bool { return has(c.Names, p.Name) })
		n.Count = len(n.Parts)
	case "REORGANIZE PARTITION":
		n.reorganize(c)
	default:
		return
	}
	x.new.Partitions = &n
}

// added are the partitions that ADD PARTITION adds.
func added(old *Partitioning, c *AlterPartitions) []Partition {
	if !c.IfExists {
		return c.New.Parts
	}
	return slices.DeleteFunc(slices.Clone(c.New.Parts), func(p Partition) bool { return old.has(p.Name) })
}

// reorganize replaces the named partitions, which stand next to each other, by the new ones.
func (p *Partitioning) reorganize(c *AlterPartitions) {
	if c.New == nil {
		return
	}
	at := slices.IndexFunc(p.Parts, func(o Partition) bool { return has(c.Names, o.Name) })
	if at < 0 {
		return
	}
	rest := slices.DeleteFunc(p.Parts, func(o Partition) bool { return has(c.Names, o.Name) })
	p.Parts = slices.Insert(rest, at, c.New.Parts...)
	p.Count = len(p.Parts)
}
