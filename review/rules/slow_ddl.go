package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// slowDDL is a statement that stalls writers of a table with rows, or works through all of them, and the one
// rule that speaks of it: the rule that knows the cause best.
type slowDDL struct {
	onlineddl.Prediction
	step *ddlparse.Step
	rule string
}

// blocking reports whether writes wait while the server works.
func (d *slowDDL) blocking() bool { return d.DefaultLock != onlineddl.LockNone }

// slowRule is a rule about slow statements. Its severity goes by the size of the table.
func slowRule(r review.Rule, say func(*review.Pass, *slowDDL) review.Finding) *review.Rule {
	r.Category = review.Locking
	if r.Engines == nil {
		r.Engines = review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora)
	}
	r.Check = func(p *review.Pass) {
		for _, d := range *review.Memo(p, gatherSlow) {
			severity := p.SeverityFor(d.Table)
			if d.rule != p.Rule.ID || severity == review.Off {
				continue
			}
			f := say(p, &d)
			f.Object, f.Severity = d.Table.String(), severity
			if f.Span.IsZero() {
				f.Span = d.place()
			}
			p.Report(f)
		}
	}
	return &r
}

// place is the clause that decides. Of CONVERT TO the server's reason lies in the columns, which an earlier
// migration may have written.
func (d *slowDDL) place() ddlparse.Span {
	whole := d.step.Statement.Span
	if whole.Contains(d.Clause) && d.Clause != whole {
		return d.Clause
	}
	for _, c := range d.step.Changes {
		if span := c.At().Span; whole.Contains(span) && span != whole {
			return span
		}
	}
	return firstLine(whole)
}

// gatherSlow finds the slow statements, each with its rule.
func gatherSlow(p *review.Pass) *[]slowDDL {
	var all []slowDDL
	for s, o := range p.Online() {
		t := s.Before.Table(o.Table)
		if o.Refused != 0 || o.Default == onlineddl.None || !holdsRows(p, s, t) || asksForMore(o) {
			continue
		}
		d := slowDDL{Prediction: o, step: s}
		if m := modifiedAt(&d); m != nil && lossOf(p.Engine, m.Old, m.New).rule != "" && p.Plan.Size(o.Table) != review.Large { // which says more
			continue
		}
		if d.rule = ruleFor(p, &d); d.rule != "" {
			all = append(all, d)
		}
	}
	return &all
}

// asksForMore reports whether ALGORITHM or LOCK asks for more than the server needs: explicit-algorithm-copy and
// explicit-blocking-lock speak of that.
func asksForMore(o onlineddl.Prediction) bool {
	return o.Algorithm == onlineddl.Copy && o.Default != onlineddl.Copy || o.Lock > o.DefaultLock
}

// ruleFor names the rule that speaks of the statement, "" when none has a reason to.
func ruleFor(p *review.Pass, d *slowDDL) string {
	large := p.Plan.Size(d.Table) == review.Large
	rule, known := slowOperations[d.Operation]
	switch {
	case p.Engine.IsTiDB():
		return onTiDB(d, large)
	case rule == "modify-primary-key" && (*review.Memo(p, gatherSplitKeys))[d.step.Number]: // drop-and-add-primary-key-split says more
		return ""
	case known && rule == "" && !large && !aboutTable[d.Reason]: // another category's rule says of the same clause that it rewrites rows
		return ""
	case d.blocking():
		return blockingRule(d, rule)
	case d.Rebuilds && d.Reason == "adds-column-inside":
		return "add-column-with-position"
	case d.Rebuilds && evenOnline[rule]:
		return rule
	case large && (d.Rebuilds || !d.MetadataOnly):
		return "large-table-ddl"
	case d.Rebuilds && p.Plan.Size(d.Table) == review.Medium && hasFastPart(d): // of an unknown size only the table of statements says so
		return "mixed-fast-and-slow-alter"
	}
	return ""
}

// aboutTable are reasons that lie in the table, not in the clause.
var aboutTable = map[onlineddl.Reason]bool{"fulltext": true, "storage-engine": true, "spatial": true, "virtual-mixed": true}

// blockingRule tells columns that need more than others apart.
func blockingRule(d *slowDDL, rule string) string {
	switch {
	case d.Reason == "auto-increment":
		return "add-auto-increment-column"
	case d.Operation == "add column" && d.Reason == "expression-default":
		return "add-column-expression-default"
	case rule == "" || aboutTable[d.Reason]:
		return "table-copy-ddl"
	}
	return rule
}

// onTiDB nothing waits for a lock, but rows may be written anew.
func onTiDB(d *slowDDL, large bool) string {
	switch {
	case d.Default == onlineddl.ReorgData && !strings.HasSuffix(d.Operation, "partition") && !strings.HasPrefix(d.Operation, "remove part") && d.Operation != "partition by":
		return "tidb-column-type-reorg"
	case large && (d.Rebuilds || !d.MetadataOnly):
		return "large-table-ddl"
	}
	return ""
}

// hasFastPart reports whether a part of the statement would be done in a moment by itself.
func hasFastPart(d *slowDDL) bool {
	for _, part := range d.Parts {
		if !part.Costly && part.Operation != "no change" && part.Operation != "restate generated column" && d.step.Statement.Span.Contains(part.Clause) && part.Clause != d.Clause {
			return true
		}
	}
	return false
}

// evenOnline are the rules that speak also where writes go on meanwhile: all rows are rewritten for something that
// can be had in another way.
var evenOnline = map[string]bool{
	"modify-primary-key": true, "column-reorder": true, "change-row-format-or-compression": true, "alter-table-order-by": true,
}

// slowOperations gives the operations of onlineddl their rules. With "" a rule of another category says what the
// operation does to the rows.
var slowOperations = map[string]string{
	"widen integer": "change-column-type-copy", "widen char": "change-column-type-copy", "widen binary": "change-column-type-copy",
	"widen text": "change-column-type-copy", "widen fraction": "change-column-type-copy", "widen bit": "change-column-type-copy",
	"change decimal": "change-column-type-copy", "change type": "change-column-type-copy", "varchar to text": "change-column-type-copy",
	"widen geometry": "change-column-type-copy", "json to text": "change-column-type-copy", "fewer characters": "change-column-type-copy",
	"change type of generated column": "change-column-type-copy", "drop auto increment": "change-column-type-copy",
	"narrow integer": "", "narrow char": "", "narrow binary": "", "narrow text": "", "narrow varchar": "", "narrow decimal": "", "narrow bit": "",
	"narrow fraction": "", "change sign": "", "convert type": "", "text to json": "", "insert members": "", "remove members": "",
	"add check": "", "switch check on": "", "add primary key": "", "make not null": "",
	"widen varchar across 255 bytes": "varchar-length-byte-boundary", "append members across a byte": "enum-set-storage-growth",
	"move column": "column-reorder", "move virtual column": "column-reorder", "move stored column": "column-reorder", "shift virtual column": "column-reorder",
	"add stored generated column": "add-stored-generated-column", "ordinary column to stored column": "add-stored-generated-column",
	"change stored column expression": "add-stored-generated-column",
	"add foreign key":                 "add-foreign-key-locks-both-tables",
	"drop primary key":                "modify-primary-key", "change engine": "change-storage-engine", "order by": "alter-table-order-by",
	"partition by": "add-or-remove-partitioning", "remove partitioning": "add-or-remove-partitioning",
	"add hash partition": "reorganize-or-rebuild-partition", "coalesce partition": "reorganize-or-rebuild-partition",
	"reorganize partition": "reorganize-or-rebuild-partition", "rebuild partition": "reorganize-or-rebuild-partition", "optimize partition": "reorganize-or-rebuild-partition",
	"convert character set": "convert-charset-blocking", "utf8mb3 to utf8mb4": "convert-charset-blocking", "latin1 to utf8mb4": "convert-charset-blocking",
	"ascii to another character set": "convert-charset-blocking", "change character set": "convert-charset-blocking", "change collation": "convert-charset-blocking",
	"text to binary": "convert-charset-blocking", "binary to text": "convert-charset-blocking",
	"add fulltext": "add-fulltext-index-blocking", "add spatial": "add-spatial-index-blocking",
	"change row format": "change-row-format-or-compression", "change encryption": "change-row-format-or-compression", "change page compression": "change-row-format-or-compression",
}
