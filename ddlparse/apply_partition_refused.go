package ddlparse

import (
	"slices"
	"strconv"
)

// partitionsThere reports whether the table has the partitions that a clause names, and is partitioned at
// all. Of ANALYZE, CHECK, OPTIMIZE and REPAIR the servers say it in a result, which stops nothing.
func (x *alteration) partitionsThere(c *AlterPartitions) bool {
	switch c.Action {
	case "DROP PARTITION", "TRUNCATE PARTITION", "EXCHANGE PARTITION", "REORGANIZE PARTITION", "REBUILD PARTITION", "ADD PARTITION", "COALESCE PARTITION", "REMOVE PARTITIONING":
	default:
		return true
	}
	old := x.old.Partitions
	switch {
	case !x.old.Known():
		return true
	case old == nil:
		x.partitionProblem(c, PartitionNotFound, 1505, "table", "")
		return false
	case old.Method == "SYSTEM_TIME", c.IfExists, old.Sub != nil:
		return true
	}
	for _, name := range c.Names {
		if !same(name, "ALL") && !old.has(name) {
			x.partitionProblem(c, PartitionNotFound, missingPartition(c), "name", name)
			return false
		}
	}
	return true
}

func (x *alteration) partitionProblem(c *AlterPartitions, kind ProblemKind, number int, reason, name string) {
	p := &Problem{Kind: kind, Number: number, Object: x.old.Name.String(), Table: x.old.Name, Name: name, Reason: reason, Value: c.Action, Span: c.Span, Cause: x.old.NameSpan}
	if name != "" && x.old.Partitions != nil {
		p.Cause = x.old.Partitions.Span
	}
	x.problem(p)
}

func missingPartition(c *AlterPartitions) int {
	if c.Action == "TRUNCATE PARTITION" || c.Action == "EXCHANGE PARTITION" {
		return 1735
	}
	return 1507
}

// has reports whether there is a partition of that name. Those that only a number makes are called p0, p1
// and so on.
func (p *Partitioning) has(name string) bool {
	if len(p.Parts) > 0 {
		return slices.ContainsFunc(p.Parts, func(o Partition) bool { return same(o.Name, name) })
	}
	if len(name) < 2 || name[0]|0x20 != 'p' {
		return false
	}
	n, err := strconv.Atoi(name[1:])
	return err == nil && n >= 0 && n < max(p.Count, 1)
}

// behindMaxvalue reports ADD PARTITION where the last partition takes all there is.
func (x *alteration) behindMaxvalue(c *AlterPartitions) bool {
	old := x.old.Partitions
	if c.Action != "ADD PARTITION" || old == nil || len(old.Parts) == 0 || !old.Parts[len(old.Parts)-1].unbounded() || !x.old.Known() {
		return false
	}
	number := 1481
	if old.Method == "RANGE COLUMNS" {
		number = 1493
	}
	x.partitionProblem(c, PartitionAfterMaxvalue, number, "", old.Parts[len(old.Parts)-1].Name)
	return true
}
