package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tableCopyDDL speaks of what no other rule knows better.
var tableCopyDDL = slowRule(review.Rule{
	ID: "table-copy-ddl", Title: "Statement blocks writes to a table", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{Problem: whyBlocked(p, d), Advice: wayOut(d)}
})

// whyBlocked says what the server does, and why, as far as a sentence can.
func whyBlocked(p *review.Pass, d *slowDDL) review.Message {
	engine, table := p.Engine.Title(), d.Table.String()
	switch d.Reason {
	case "fulltext":
		return review.Msg("`%s` has, or had, a FULLTEXT index, so %s rebuilds it for this, and writes wait until it is done.", table, engine)
	case "spatial":
		return review.Msg("`%s` has a SPATIAL index, so %s rebuilds it for this, and writes wait until it is done.", table, engine)
	case "storage-engine":
		return review.Msg("`%s` is not an InnoDB table, so %s copies it for this, and writes wait until it is done.", table, engine)
	case "virtual-mixed":
		return review.Msg("%s can't combine a change of a virtual column with the other clauses: it copies `%s`, and writes wait until it is done.", engine, table)
	case "virtual-behind":
		return review.Msg("A virtual column of `%s` would change its place: %s copies the table, and writes wait until it is done.", table, engine)
	case "functional-build":
		return review.Msg("%s builds an index on an expression under a lock: writes to `%s` wait until it is done.", engine, table)
	case "drops-primary-key":
		return review.Msg("The rows of `%s` are stored in the order of this key: %s copies them all, and writes wait until it is done.", table, engine)
	}
	return review.Msg("%s does this to `%s` by working through all rows under a lock: writes wait until it is done.", engine, table)
}

// wayOut is the way to make the change while writes go on.
func wayOut(d *slowDDL) review.Message {
	if d.Reason == "virtual-mixed" {
		return review.Msg("Write the change of the virtual column as a statement of its own.")
	}
	if hasForeignKeys(d) {
		return review.Msg("Run it with pt-online-schema-change, or in a window without writes; gh-ost refuses tables with foreign keys.")
	}
	return review.Msg("Run it with gh-ost or pt-online-schema-change, which copy the rows while writes go on, or in a window without writes.")
}

// hasForeignKeys reports whether the table has foreign keys, or another refers to it.
func hasForeignKeys(d *slowDDL) bool {
	t := d.step.Before.Table(d.Table)
	for range d.step.Before.Children(d.Table) {
		return true
	}
	return t != nil && len(t.ForeignKeys) > 0
}

// largeTableDDL speaks of tables that were measured, where nothing worse is to be said.
var largeTableDDL = &review.Rule{
	ID: "large-table-ddl", Title: "Statement works through all rows of a large table", Category: review.Locking, Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, d := range *review.Memo(p, gatherSlow) {
			if d.rule != "large-table-ddl" {
				continue
			}
			p.Report(review.Finding{
				Object: d.Table.String(), Span: d.place(), Problem: largeProblem(p, &d),
				Advice: review.Msg("Run it in low traffic and watch the replicas, or use gh-ost or pt-online-schema-change, which can be slowed down and stopped."),
			})
		}
	},
}

func largeProblem(p *review.Pass, d *slowDDL) review.Message {
	engine, table, size := p.Engine.Title(), d.Table.String(), p.Plan.Stats(d.Table)
	switch {
	case size.Rows >= 0 && d.Rebuilds:
		return review.Msg("%s writes all %d rows of `%s` anew: writes go on, but replicas lag by the time that takes.", engine, size.Rows, table)
	case size.Rows >= 0:
		return review.Msg("%s reads all %d rows of `%s`: writes go on, but replicas lag by the time that takes.", engine, size.Rows, table)
	case d.Rebuilds:
		return review.Msg("%s writes all rows of the large table `%s` anew: writes go on, but replicas lag by the time that takes.", engine, table)
	}
	return review.Msg("%s reads all rows of the large table `%s`: writes go on, but replicas lag by the time that takes.", engine, table)
}

// mixedFastAndSlowAlter speaks where no rule names the slow clause itself.
var mixedFastAndSlowAlter = slowRule(review.Rule{
	ID: "mixed-fast-and-slow-alter", Title: "Quick clauses wait for a slow one in the same statement", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("This clause makes %s rebuild `%s`, and the others of the statement, which take a moment by themselves, wait for it.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Write the quick clauses as a statement of their own, so that they can be released early."),
	}
})

var modifyPrimaryKey = slowRule(review.Rule{
	ID: "modify-primary-key", Title: "Primary key of an existing table changes", Severity: review.Error,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("InnoDB keeps the rows of `%s` in the order of its primary key, and every index refers to it: %s writes all rows and all indexes anew.", d.Table.String(), p.Engine.Title()),
		Advice:  wayOut(d),
	}
	if d.blocking() {
		f.Problem = review.Msg("`%s` loses its primary key: %s copies all rows, and writes wait until it is done.", d.Table.String(), p.Engine.Title())
		f.Advice = review.Msg("Drop the key and add the new one in the same statement, which rebuilds the table while writes go on.")
	}
	return f
})

var changeStorageEngine = slowRule(review.Rule{
	ID: "change-storage-engine", Title: "Storage engine of an existing table changes", Severity: review.Error,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s copies `%s` into the other storage engine while writes wait, and transactions, locks and foreign keys work there as that engine has them, or not at all.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
})

var addOrRemovePartitioning = slowRule(review.Rule{
	ID: "add-or-remove-partitioning", Title: "Existing table is partitioned, or no longer", Severity: review.Error,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s copies all rows of `%s` into other partitions: writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
})

var reorganizeOrRebuildPartition = slowRule(review.Rule{
	ID: "reorganize-or-rebuild-partition", Title: "Rows are moved between partitions under a lock", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s copies the rows of these partitions of `%s` under a lock: writes to the table wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Split partitions while they are empty, ahead of time; or run it in a window without writes."),
	}
})

var changeRowFormatOrCompression = slowRule(review.Rule{
	ID: "change-row-format-or-compression", Title: "Storage format of an existing table changes", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("%s writes all rows of `%s` anew in the other format: writes go on, but replicas lag by the time that takes.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Run it in low traffic, and together with other changes that rebuild the table."),
	}
	if d.blocking() {
		f.Problem = review.Msg("%s copies `%s` into the other format: writes wait until it is done.", p.Engine.Title(), d.Table.String())
		f.Advice = wayOut(d)
	}
	return f
})

var addFulltextIndexBlocking = slowRule(review.Rule{
	ID: "add-fulltext-index-blocking", Title: "FULLTEXT index blocks writes while it is built", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("%s builds a FULLTEXT index under a lock: writes to `%s` wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
	if d.Reason == "fulltext-first" {
		f.Problem = review.Msg("The first FULLTEXT index of `%s` makes %s rebuild it with a hidden column while writes wait, and adding or dropping columns is not instant any more.", d.Table.String(), p.Engine.Title())
	}
	return f
})

var addSpatialIndexBlocking = slowRule(review.Rule{
	ID: "add-spatial-index-blocking", Title: "SPATIAL index blocks writes while it is built", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s builds a SPATIAL index under a lock: writes to `%s` wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
})

var convertCharsetBlocking = slowRule(review.Rule{
	ID: "convert-charset-blocking", Title: "Change of character set blocks writes", Severity: review.Error,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("%s writes the text of `%s` and its indexes anew in the other character set or collation: writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
	if d.Reason == "charset-indexed" || d.Reason == "collation-indexed" {
		f.Problem = review.Msg("A column of `%s` that changes its character set or collation is indexed: %s copies the table, and writes wait until it is done.", d.Table.String(), p.Engine.Title())
	}
	return f
})

// tidbColumnTypeReorg speaks of TiDB's background jobs: its manual, "Modify Column".
var tidbColumnTypeReorg = slowRule(review.Rule{
	ID: "tidb-column-type-reorg", Title: "TiDB rewrites a column in a background job", Severity: review.Warning, Engines: review.On(ddlparse.TiDB),
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s converts this column in every row of `%s` in a background job, which can take hours and holds up other DDL of the table.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Add a new column, fill it in portions and switch over; or run this in low traffic."),
	}
})
