package onlineddl

import (
	"github.com/schema-review/schema-review/ddlparse"
)

// Reason is the id of what decides; Text says it in words.
type Reason string

// Text is the reason in words, without a full stop: "the stored type of a column changes".
func (r Reason) Text() string { return known().reasons[r] }

// Assumption is something that no schema tells and that would change the prediction.
type Assumption string

// The assumptions.
const (
	ForeignKeyChecksOn Assumption = "foreign-key-checks" // foreign_key_checks is on
	StrictMode         Assumption = "strict-mode"        // sql_mode is strict
	FewRowVersions     Assumption = "row-versions"       // the limit of instant row versions isn't reached
	NoDroppedFulltext  Assumption = "dropped-fulltext"   // no FULLTEXT index was dropped since the last rebuild
)

// Prediction is what a server does to one table when it runs a statement. Server variables such as
// old_alter_table and alter_algorithm are taken at their defaults, and the table as one with rows: MySQL
// rebuilds an empty one even where it would change a full one instantly.
type Prediction struct {
	Table     ddlparse.Name
	Algorithm Algorithm
	Lock      Lock // the weakest it works with, or the stronger one that the statement asks for
	// Default and DefaultLock are what the server would choose if the statement asked for nothing.
	Default     Algorithm
	DefaultLock Lock
	// Rebuilds: all rows are written anew.
	Rebuilds bool
	// WritesGoOn, but for the moment of the exclusive metadata lock.
	WritesGoOn bool
	// MetadataOnly: no row is read or written.
	MetadataOnly bool
	// Validates: rows that break the new definition make the statement fail.
	Validates bool
	// Creates: the table is made by the statement, so that nobody waits for it.
	Creates bool

	Clause      ddlparse.Span // the clause that decides
	Operation   string        // what it does there, as in operations.txt: "add column"
	Reason      Reason        // why; "" when nothing stands against the cheapest way
	Measured    bool          // every fact behind it was measured; false: some are the manual's
	Assumptions []Assumption
	Parts       []Part // what the statement consists of, in the order of its clauses as far as they are known

	// Refused is the server's number when it refuses the statement, or the ALGORITHM or LOCK it asks for: 1846
	// where it gives a reason, 1845 where it gives none. Of several clauses one may have a reason that isn't known here.
	Refused int
	// Unknown: the table isn't known well enough, or the statement isn't understood. Nothing else is set then.
	Unknown bool
}

// Part is one of the operations of a statement, and what it costs by itself.
type Part struct {
	Clause    ddlparse.Span
	Operation string // as in operations.txt
	Reason    Reason
	// Costly: by itself, too, it reads or writes all rows, or stalls writers.
	Costly bool
}

// Predict tells what the statement of a step does to each table it changes the definition of, in order.
func Predict(s *ddlparse.Step) []Prediction {
	var all []Prediction
	for _, group := range byTable(s) {
		if p, ok := predictOne(s, group); ok {
			all = append(all, p)
		}
	}
	return append(all, refused(s, len(all))...)
}

// refused is the prediction for a statement of which nothing is left because the server refuses it.
func refused(s *ddlparse.Step, predicted int) []Prediction {
	for _, p := range s.Problems {
		if predicted == 0 && p.Number != 0 && !s.Statement.Table.IsZero() {
			return []Prediction{{Table: s.Statement.Table, Refused: p.Number, Clause: orElse(p.Span, s.Statement.Span), Algorithm: NotPredicted}}
		}
	}
	return nil
}

// byTable sorts the changes of a step by the table that they are about.
func byTable(s *ddlparse.Step) [][]ddlparse.Change {
	var groups [][]ddlparse.Change
	for _, c := range s.Changes {
		if c.At().Table.IsZero() {
			continue
		}
		if n := len(groups); n > 0 && s.Before.Same(groups[n-1][0].At().Table, c.At().Table) {
			groups[n-1] = append(groups[n-1], c)
			continue
		}
		groups = append(groups, []ddlparse.Change{c})
	}
	return groups
}

func predictOne(s *ddlparse.Step, changes []ddlparse.Change) (Prediction, bool) {
	x := &statement{step: s, changes: changes, engine: s.Before.Engine()}
	x.kind, x.version = serverOf(x.engine)
	x.before, x.after = changes[0].At().Before, changes[len(changes)-1].At().After
	for _, c := range changes {
		if r, ok := c.(*ddlparse.RenameTable); ok {
			x.after = s.After.Table(r.To)
			if x.after == nil && len(changes) == 1 {
				x.after = x.before
			}
		}
	}
	if !x.collect() {
		return Prediction{}, false
	}
	if x.unknown() {
		return Prediction{Table: changes[0].At().Table, Algorithm: NotPredicted, Unknown: true, Clause: s.Statement.Span}, true
	}
	p := x.judge()
	for _, problem := range s.Problems {
		if problem.Number != 0 && !x.refusedByTable(&p) {
			p.Refused, p.Clause = problem.Number, orElse(problem.Span, p.Clause)
			break
		}
	}
	return p, true
}

// refusedByTable reports whether operations.txt has the number already.
func (x *statement) refusedByTable(p *Prediction) bool {
	return p.Refused != 0 && (p.Refused != notSupportedReason && p.Refused != wrongUsage)
}

// serverOf is the kind and version whose rows count: of Aurora those of the MySQL it stands on, Amazon's
// "Database engine updates for Amazon Aurora MySQL".
func serverOf(e ddlparse.Engine) (ddlparse.Kind, version) {
	if e.Kind != ddlparse.Aurora {
		return e.Kind, version{e.Major, e.Minor, e.Patch}
	}
	switch {
	case e.Major < 3:
		return ddlparse.MySQL, version{5, 7, 99}
	case e.Minor < 3:
		return ddlparse.MySQL, version{8, 0, 23}
	case e.Minor < 4:
		return ddlparse.MySQL, version{8, 0, 26}
	case e.Minor < 5:
		return ddlparse.MySQL, version{8, 0, 28}
	case e.Minor < 6:
		return ddlparse.MySQL, version{8, 0, 32}
	case e.Minor < 8:
		return ddlparse.MySQL, version{8, 0, 34}
	}
	return ddlparse.MySQL, version{8, 0, 39}
}

// judge finds the rows that hold for each operation, takes the worst, then what the table adds to it.
func (x *statement) judge() Prediction {
	p := Prediction{Table: x.changes[0].At().Table, Measured: true, Clause: x.step.Statement.Span}
	total, worst := free, -1
	for i := range x.operations {
		op := &x.operations[i]
		o, r := x.outcomeOf(op, &p)
		total = total.and(o)
		if r == nil {
			continue
		}
		p.Parts = append(p.Parts, Part{Clause: op.span, Operation: op.name, Reason: r.reason, Costly: o.costly()})
		if c := o.cost(); c > worst {
			worst = c
			p.Clause, p.Operation, p.Reason = op.span, op.name, r.reason
		}
	}
	p.fill(x, x.wholly(total, &p))
	return p
}

// wholly adds what holds for the statement as a whole: "any" of a table with this and that.
func (x *statement) wholly(total outcome, p *Prediction) outcome {
	x.facts.set("rebuilds", total.inPlace && total.rebuild)
	x.facts.set("instant", total.instant)
	o, r := x.outcomeOf(&operation{name: "any", span: p.Clause}, p)
	if after := total.and(o); r != nil && after.cost() > total.cost() {
		p.Reason = r.reason
		return after
	}
	return total.and(o)
}

// outcomeOf is the worst of the rows that hold for the operation, and the row that decides.
func (x *statement) outcomeOf(op *operation, p *Prediction) (outcome, *row) {
	total, worst := free, -1
	var decides *row
	rows := known().rows[op.name]
	for i := range rows {
		r := &rows[i]
		if !r.holdsOn(x.kind, x.version) || !x.holds(r, op, p) {
			continue
		}
		total = total.and(r.outcome)
		p.Measured = p.Measured && r.measured
		if c := r.outcome.cost(); c > worst {
			worst, decides = c, r
		}
	}
	if decides == nil && op.name != "any" {
		x.strange = append(x.strange, op.name)
	}
	return total, decides
}

// fill turns the ways that are left into what the server does.
func (p *Prediction) fill(x *statement, o outcome) {
	p.Default, p.DefaultLock = x.choose(o, "")
	p.Algorithm, p.Lock = x.choose(o, x.asked.algorithm)
	if x.asked.lock != "" && x.asked.lock != "DEFAULT" && p.Algorithm != None && p.Algorithm != Instant && x.kind != ddlparse.TiDB {
		p.Lock = max(p.Lock, lockOf(x.asked.lock))
	}
	p.Rebuilds = p.Algorithm == Copy || p.Algorithm == ReorgData || p.Algorithm == InPlace && o.rebuild
	p.Validates = o.effect.validates
	p.MetadataOnly = !p.Rebuilds && !o.effect.scans && !o.effect.validates && p.Algorithm != ReorgIndex
	p.WritesGoOn = p.Lock == LockNone
	p.Creates = x.before == nil && x.after != nil
	p.Refused = o.refused
	if !o.instant && !o.inPlace && !o.copy && p.Refused == 0 {
		p.Refused = notSupportedReason // each clause has a way, all together have none
	}
	if n := x.refusedClause(o, p); p.Refused == 0 && n != 0 {
		p.Refused, p.Clause = n, x.asked.span
	}
	if len(x.strange) > 0 {
		*p = Prediction{Table: p.Table, Algorithm: NotPredicted, Unknown: true, Clause: p.Clause}
	}
}

// choose picks as the server does: the algorithm that is asked for if it works, else the cheapest, with the
// weakest lock.
func (x *statement) choose(o outcome, asked string) (Algorithm, Lock) {
	switch {
	case o.none:
		return None, o.lock
	case o.job != "":
		return o.job, LockNone
	case asked == "COPY" && o.copy:
		return Copy, max(o.lock, x.copyLock())
	case o.instant && !(asked == "INPLACE" && o.rebuild && x.kind == ddlparse.MySQL):
		return Instant, LockNone
	case o.inPlace && !o.rebuild && x.kind == ddlparse.MariaDB:
		return NoCopy, o.lock
	case o.inPlace:
		return InPlace, o.lock
	case !o.instant && o.lock > x.copyLock() && x.facts["partitioned"]:
		return Copy, o.lock
	}
	return Copy, x.copyLock()
}

// copyLock is the weakest lock that a table copy works with: rows of the operation "copying".
func (x *statement) copyLock() Lock {
	rows := known().rows["copying"]
	lock := LockNone
	for i := range rows {
		if r := &rows[i]; r.holdsOn(x.kind, x.version) && x.holds(r, &operation{name: "copying"}, nil) {
			lock = max(lock, r.outcome.lock)
		}
	}
	return lock
}
