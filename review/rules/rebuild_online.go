package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// Rules about rebuilds while writes go on: the table of statements in a review tells of each, so that only those
// speak by default that give nothing for it, or that nobody expects.

// rebuild is such a statement, with the rule that knows its cause best.
type rebuild struct {
	onlineddl.Prediction
	step *ddlparse.Step
	rule string
}

func gatherRebuilds(p *review.Pass) *[]rebuild {
	slow := map[*ddlparse.Step]bool{}
	for _, d := range *review.Memo(p, gatherSlow) {
		slow[d.step] = true
	}
	var all []rebuild
	for s, o := range p.Online() {
		if slow[s] || o.Refused != 0 || !o.Rebuilds || !holdsRows(p, s, s.Before.Table(o.Table)) || p.Plan.Size(o.Table) == review.Small {
			continue
		}
		all = append(all, rebuild{o, s, rebuildRule(s, o)})
	}
	return &all
}

// rebuildRule goes by the operation that decides, if all that it does is rebuild.
func rebuildRule(s *ddlparse.Step, o onlineddl.Prediction) string {
	switch {
	case o.Operation == "force" && !changesMore(s):
		return "noop-table-rebuild"
	case o.DefaultLock != onlineddl.LockNone:
		return ""
	case o.Reason == "nullability":
		return "nullability-change-rebuild"
	case o.Operation == "add column" && (o.Reason == "fulltext" || o.Reason == "compressed"):
		return "instant-ddl-not-possible"
	case o.Operation == "drop column":
		return "drop-column-rebuild"
	}
	return "table-rebuild-ddl"
}

// changesMore reports whether the statement has a clause that needs the rebuild beside the one that asks for it.
func changesMore(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		switch c := c.(type) {
		case *ddlparse.AlterMode:
		case *ddlparse.SetOptions:
			if len(c.Options.Spans) != 1 || c.Options.Spans["ENGINE"].IsZero() {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func rebuildOf(r review.Rule, say func(*review.Pass, *rebuild, *review.Finding)) *review.Rule {
	r.Category, r.Engines = review.Locking, withLocks
	r.Check = func(p *review.Pass) {
		for _, d := range *review.Memo(p, gatherRebuilds) {
			if d.rule != p.Rule.ID {
				continue
			}
			f := review.Finding{Object: d.Table.String(), Span: d.Clause}
			if f.Span.IsZero() || !d.step.Statement.Span.Contains(f.Span) {
				f.Span = d.step.Statement.Span
			}
			f.Span = firstLine(f.Span)
			say(p, &d, &f)
			p.Report(f)
		}
	}
	return &r
}

var tableRebuildDDL = rebuildOf(review.Rule{
	ID: "table-rebuild-ddl", Title: "Statement writes all rows of the table anew", Severity: review.Off,
}, func(p *review.Pass, d *rebuild, f *review.Finding) {
	f.Problem = review.Msg("%s writes all rows of `%s` anew for this: writes go on meanwhile, but it needs the table's size on disk once more, and replicas lag by the same time.", p.Engine.Title(), d.Table.String())
	f.Advice = review.Msg("Run it in low traffic, or use gh-ost or pt-online-schema-change.")
})

var nullabilityChangeRebuild = rebuildOf(review.Rule{
	ID: "nullability-change-rebuild", Title: "Change between NULL and NOT NULL rebuilds the table", Severity: review.Off,
}, func(p *review.Pass, d *rebuild, f *review.Finding) {
	f.Problem = review.Msg("Whether a column takes NULL is part of each row's format: %s writes all rows of `%s` anew, and replicas lag by the same time.", p.Engine.Title(), d.Table.String())
	f.Advice = review.Msg("Run it in low traffic, together with other changes that rebuild the table.")
})

var dropColumnRebuild = rebuildOf(review.Rule{
	ID: "drop-column-rebuild", Title: "DROP COLUMN rebuilds the table", Severity: review.Off,
}, func(p *review.Pass, d *rebuild, f *review.Finding) {
	f.Problem = review.Msg("%s can't drop this column instantly (%s): it writes all rows of `%s` anew, and replicas lag by the same time.", p.Engine.Title(), review.ReasonOf(d.Reason.Text()), d.Table.String())
	f.Advice = review.Msg("Run it in low traffic, together with other changes that rebuild the table.")
})

var instantDDLNotPossible = rebuildOf(review.Rule{
	ID: "instant-ddl-not-possible", Title: "ADD COLUMN is not instant on this table", Severity: review.Notice,
}, func(p *review.Pass, d *rebuild, f *review.Finding) {
	f.Problem = review.Msg("%s adds columns instantly, but not here (%s): it writes all rows of `%s` anew.", p.Engine.Title(), review.ReasonOf(d.Reason.Text()), d.Table.String())
	f.Advice = review.Msg("Plan for a rebuild, or keep new columns in a table of their own.")
})

var alterTableOrderBy = slowRule(review.Rule{
	ID: "alter-table-order-by", Title: "ALTER TABLE … ORDER BY copies the table for nothing", Severity: review.Notice,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("ORDER BY makes %s copy all rows of `%s`, and gains nothing that lasts: InnoDB keeps rows in the order of the primary key.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Leave the clause out, and sort in queries."),
	}
})

var noopTableRebuild = rebuildOf(review.Rule{
	ID: "noop-table-rebuild", Title: "Table is rebuilt without a change", Severity: review.Notice,
}, func(p *review.Pass, d *rebuild, f *review.Finding) {
	f.Problem = review.Msg("This statement changes nothing of `%s`: %s only writes all its rows anew, and replicas lag by the same time.", d.Table.String(), p.Engine.Title())
	f.Advice = review.Msg("Leave it out of the migration; where space has to be given back, do that as maintenance.")
})

// algorithmClauseIgnored: TiDB reads LOCK and ALGORITHM=COPY, and heeds neither.
var algorithmClauseIgnored = &review.Rule{
	ID: "algorithm-clause-ignored", Title: "TiDB ignores this ALGORITHM or LOCK", Category: review.Locking, Severity: review.Notice, Engines: review.On(ddlparse.TiDB),
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.AlterMode](p) {
			if c.Option != "LOCK" && (c.Option != "ALGORITHM" || c.Value != "COPY") || c.Value == "DEFAULT" {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s reads %s and does what it would do without.", p.Engine.Title(), c.Span.Text()),
				Advice:  review.Msg("Leave the clause out."),
				Fix:     withoutClause(c.Span),
			})
		}
	},
}

// indexVisibilityMixed speaks of an index that turns invisible beside clauses that take long: the one is a trial
// that is taken back in a moment, the others are not.
var indexVisibilityMixed = &review.Rule{
	ID: "index-visibility-mixed-with-rebuild", Title: "Visibility of an index changes beside a rebuild", Category: review.Locking, Severity: review.Notice, Engines: withLocks,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyIndex](p) {
			o, known := predicted(p, s, c.Table)
			if c.To != "" || !known || !o.Rebuilds && o.DefaultLock == onlineddl.LockNone || !holdsRows(p, s, c.Before) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` changes its visibility in a statement that works through all rows of `%s`: if queries get slower, nothing tells which of the two it was.", c.Name, c.Table.String()),
				Advice:  review.Msg("Change the visibility in a statement of its own, which takes a moment."),
			})
		}
	},
}

// requireAlgorithmClause and requireLockClause are off by default: some tools and servers take no such clauses.
var requireAlgorithmClause = requireClause("require-algorithm-clause", "ALTER TABLE doesn't say which ALGORITHM it needs", "ALGORITHM")

var requireLockClause = requireClause("require-lock-clause", "ALTER TABLE doesn't say LOCK=NONE", "LOCK")

func requireClause(id, title, option string) *review.Rule {
	return &review.Rule{
		ID: id, Title: title, Category: review.Locking, Severity: review.Off, Engines: withLocks,
		Check: func(p *review.Pass) {
			for _, s := range p.Steps() {
				if clauseOf(s, option) != nil || !takesClause(s) || option == "LOCK" && instantAsked(s) {
					continue
				}
				for _, o := range p.Plan.Online(s) {
					if !o.Unknown && o.Default != onlineddl.None && holdsRows(p, s, s.Before.Table(o.Table)) {
						p.Report(sayMissingClause(p, s, o, option))
					}
				}
			}
		},
	}
}

// instantAsked: beside ALGORITHM=INSTANT servers take no LOCK but DEFAULT.
func instantAsked(s *ddlparse.Step) bool {
	a := clauseOf(s, "ALGORITHM")
	return a != nil && a.Value == "INSTANT"
}

// takesClause reports whether it is an ALTER TABLE, CREATE INDEX or DROP INDEX that may have one.
func takesClause(s *ddlparse.Step) bool {
	verb := s.Statement.Verb
	if verb != "ALTER TABLE" && !strings.HasSuffix(verb, "INDEX") {
		return false
	}
	return !slices.ContainsFunc(s.Changes, func(c ddlparse.Change) bool {
		_, partitions := c.(*ddlparse.AlterPartitions)
		return partitions
	})
}

func sayMissingClause(p *review.Pass, s *ddlparse.Step, o onlineddl.Prediction, option string) review.Finding {
	f := review.Finding{Object: o.Table.String(), Span: firstLine(s.Statement.Span)}
	engine, table := p.Engine.Title(), o.Table.String()
	if option == "LOCK" {
		f.Problem = review.Msg("Nothing says that writes to `%s` must go on: where %s can't do without a lock, it takes one.", table, engine)
		f.Advice = review.Msg("Add LOCK=NONE, with which the server refuses rather than blocks; this statement needs LOCK=%s.", o.DefaultLock.String())
		return f
	}
	f.Problem = review.Msg("Nothing says how `%s` may be changed: where %s can't do it the expected way, it copies the table.", table, engine)
	f.Advice = review.Msg("Add ALGORITHM=%s, which this statement can take, so that the server refuses rather than copies.", string(o.Default))
	return f
}

// addIndexReplicaLag is off by default: large-table-ddl says so of tables of known size.
var addIndexReplicaLag = &review.Rule{
	ID: "add-index-replica-lag", Title: "Replicas wait for an index to be built", Category: review.Locking, Severity: review.Off, Engines: withLocks,
	Check: func(p *review.Pass) {
		slow := *review.Memo(p, gatherSlow)
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			spoken := slices.ContainsFunc(slow, func(d slowDDL) bool { return d.step == s })
			if spoken || c.Index.Kind != ddlparse.Plain && c.Index.Kind != ddlparse.Unique || !holdsRows(p, s, c.Before) || p.Plan.Size(c.Table) == review.Small {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Index.Name),
				Span:    firstLine(c.Span),
				Problem: review.Msg("A replica builds `%s` only after its source has, one statement at a time: it lags for as long as the build takes.", objectOf(c.Table, c.Index.Name)),
				Advice:  review.Msg("Build it in low traffic, or with gh-ost or pt-online-schema-change, which watch the replicas."),
			})
		}
	},
}

// clusterBlockingDDL needs to be told of the cluster.
var clusterBlockingDDL = &review.Rule{
	ID: "cluster-blocking-ddl", Title: "DDL stalls the cluster", Category: review.Locking, Severity: review.Off, Engines: review.On(ddlparse.MySQL, ddlparse.MariaDB),
	Params: []review.Param{{Name: "topology", Default: "async", Doc: "galera (total order isolation), multi-primary (Group Replication), or async for all others."}},
	Check: func(p *review.Pass) {
		topology := strings.ToLower(review.Value[string](p, "topology"))
		if topology != "galera" && topology != "multi-primary" {
			return
		}
		for s, o := range p.Online() {
			if o.Refused != 0 || o.Default == onlineddl.None || o.Default == onlineddl.Instant || o.MetadataOnly || !holdsRows(p, s, s.Before.Table(o.Table)) || p.Plan.Size(o.Table) == review.Small {
				continue
			}
			f := review.Finding{
				Object:  o.Table.String(),
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("Galera runs this statement on all nodes at once: every write of the cluster waits until `%s` is done.", o.Table.String()),
				Advice:  review.Msg("Use gh-ost or pt-online-schema-change, or change one node after another with wsrep_OSU_method=RSU where old and new schema go together."),
			}
			if topology == "multi-primary" {
				f.Problem = review.Msg("While `%s` changes, writes to it on another primary of the group are not kept apart from it: members can diverge.", o.Table.String())
				f.Advice = review.Msg("Send all writes to one primary until the statement is done.")
			}
			p.Report(f)
		}
	},
}

// fulltextDroppedLeavesDocID: MySQL 8.4 manual, "InnoDB Full-Text Indexes"; tried on MySQL 9.7 and MariaDB 10.11.
var fulltextDroppedLeavesDocID = &review.Rule{
	ID: "fulltext-index-dropped-leaves-doc-id", Title: "Dropped FULLTEXT index leaves its hidden column", Category: review.Locking, Severity: review.Notice, Engines: withLocks,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.DropIndex](p) {
			if c.Index == nil || c.Index.Kind != ddlparse.Fulltext || !holdsRows(p, s, c.Before) || c.After == nil || slices.ContainsFunc(c.After.Indexes, isFulltext) || rebuiltLater(p, s, c.Table) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("The last FULLTEXT index of `%s` goes, its hidden column of row numbers stays: until the table is rebuilt %s adds and drops no column instantly (error %s).", c.Table.String(), p.Engine.Title(), review.Errno(1845)),
				Advice:  review.Msg("Rebuild the table in low traffic when columns are to change next: ALTER TABLE %s FORCE.", sqlTable(c.Table)),
			})
		}
	},
}

func isFulltext(x *ddlparse.Index) bool { return x.Kind == ddlparse.Fulltext }

// rebuiltLater reports whether the statement itself or a later one writes all rows anew.
func rebuiltLater(p *review.Pass, from *ddlparse.Step, table ddlparse.Name) bool {
	for s, o := range p.Online() {
		if s.Number >= from.Number && o.Rebuilds && p.Start().Same(o.Table, table) {
			return true
		}
	}
	return false
}
