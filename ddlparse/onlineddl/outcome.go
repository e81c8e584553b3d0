package onlineddl

// Algorithm is how a server makes a change.
type Algorithm string

// The algorithms, the cheapest first. NoCopy is MariaDB's word for in place without a rebuild. TiDB
// ignores ALGORITHM: its jobs are told apart by what they write.
const (
	None         Algorithm = ""              // the statement has no algorithm: CREATE TABLE, DROP TABLE, RENAME TABLE...
	Instant      Algorithm = "INSTANT"       // only metadata changes
	NoCopy       Algorithm = "NOCOPY"        // in place, without a rebuild
	InPlace      Algorithm = "INPLACE"       // in place, maybe with a rebuild
	ReorgIndex   Algorithm = "REORG-INDEX"   // TiDB: a job reads all rows and writes index entries
	ReorgData    Algorithm = "REORG-DATA"    // TiDB: a job writes all rows anew
	Copy         Algorithm = "COPY"          // a new table is filled row by row
	NotPredicted Algorithm = "NOT-PREDICTED" // see Prediction.Unknown
)

// Lock is the lock that a server holds on the table while the work lasts. Every DDL statement needs an
// exclusive metadata lock for a moment beside it.
type Lock uint8

// The locks, the weakest first.
const (
	LockNone      Lock = iota // reads and writes go on
	LockShared                // reads go on, writes wait
	LockExclusive             // reads and writes wait
)

// String is the word of the LOCK clause.
func (l Lock) String() string { return [...]string{"NONE", "SHARED", "EXCLUSIVE"}[l] }

// outcome says which ways a server offers for a change, and what each costs.
type outcome struct {
	instant  bool // ALGORITHM=INSTANT is taken
	inPlace  bool // ALGORITHM=INPLACE is taken, with this lock at least
	lock     Lock
	rebuild  bool // and rebuilds the table
	copy     bool // ALGORITHM=COPY is taken
	job      Algorithm
	lockless bool // a LOCK weaker than EXCLUSIVE is refused, though nobody waits long
	heedless bool // INSTANT and NOCOPY are taken and ignored
	none     bool // there is no algorithm to choose
	refused  int  // the error with which the statement fails whatever the algorithm, 0 when it doesn't
	effect   effect
}

// effect is what the work does beside changing definitions.
type effect struct {
	scans     bool // reads all rows
	validates bool // rows that break the new definition make it fail
}

// free is what a change of nothing offers.
var free = outcome{instant: true, inPlace: true, copy: true}

// and is what is left of the ways of two changes in one statement.
func (o outcome) and(p outcome) outcome {
	if p.job == "" || o.job == Copy || rank[o.job] > rank[p.job] {
		p.job = o.job
	}
	if o.refused != 0 {
		p.refused = o.refused
	}
	return outcome{
		instant:  o.instant && p.instant,
		inPlace:  o.inPlace && p.inPlace,
		lock:     max(o.lock, p.lock),
		rebuild:  o.rebuild || p.rebuild,
		copy:     o.copy && p.copy,
		job:      p.job,
		lockless: o.lockless || p.lockless,
		heedless: o.heedless || p.heedless,
		none:     o.none || p.none,
		refused:  p.refused,
		effect:   effect{o.effect.scans || p.effect.scans, o.effect.validates || p.effect.validates},
	}
}

var rank = map[Algorithm]int{None: 0, Instant: 0, NoCopy: 1, InPlace: 2, ReorgIndex: 3, ReorgData: 4, Copy: 5}

// cost orders outcomes by what they do to a live table.
func (o outcome) cost() int {
	switch {
	case o.refused != 0:
		return 100
	case o.job != "":
		return 10 * rank[o.job]
	case o.instant || o.none:
		return int(o.lock)
	case !o.inPlace:
		return 50
	case o.rebuild:
		return 20 + int(o.lock)
	}
	c := 10 + int(o.lock)
	if o.effect.scans {
		c += 4
	}
	return c
}

// costly reports whether the change takes long on a table with many rows, or stalls writers.
func (o outcome) costly() bool {
	switch {
	case o.refused != 0 || o.none && o.lock == LockNone:
		return false
	case o.job != "":
		return o.job == ReorgData || o.job == ReorgIndex
	}
	return o.cost() > 10 || o.lock != LockNone && !o.instant
}
