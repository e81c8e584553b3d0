package onlineddl

import "github.com/schema-review/schema-review/ddlparse"

// asked is what the ALGORITHM and LOCK clauses of a statement ask for.
type asked struct {
	algorithm, lock string
	span            ddlparse.Span
}

// The numbers of refusals: ER_ALTER_OPERATION_NOT_SUPPORTED, ..._REASON, ER_WRONG_USAGE.
const (
	notSupported       = 1845
	notSupportedReason = 1846
	wrongUsage         = 1221
)

// refusedClause is the error with which the server turns down the ALGORITHM or LOCK that is asked for, 0
// when it takes them. TiDB only asserts them, and gets that wrong (see operations.txt).
func (x *statement) refusedClause(o outcome, p *Prediction) int {
	if x.kind == ddlparse.TiDB || o.none {
		return 0
	}
	a := x.asked.algorithm
	if a == "INSTANT" && x.kind == ddlparse.MySQL && x.asked.lock != "" && x.asked.lock != "DEFAULT" {
		return wrongUsage
	}
	if !x.takes(a, o) {
		return x.withReason(p, "algorithm")
	}
	if o.lockless && a != "COPY" && lockOf(x.asked.lock) != LockExclusive {
		return notSupported
	}
	switch l := lockOf(x.asked.lock); {
	case l >= x.lockFor(a, o):
		return 0
	case a == "COPY":
		return notSupportedReason // "COPY algorithm requires a lock"
	}
	return x.withReason(p, "lock")
}

// withReason is the number with which the server turns down the algorithm or the lock.
func (x *statement) withReason(p *Prediction, what string) int {
	untold := known().untold[string(x.kind)+" "+what]
	told := !untold[p.Reason]
	for _, part := range p.Parts {
		told = told || !untold[part.Reason]
	}
	if told {
		return notSupportedReason
	}
	return notSupported
}

// takes reports whether the server takes the algorithm for this change.
func (x *statement) takes(algorithm string, o outcome) bool {
	switch algorithm {
	case "INSTANT":
		return o.instant || o.heedless
	case "NOCOPY":
		return o.instant || o.inPlace && !o.rebuild || o.heedless
	case "INPLACE":
		return o.inPlace || o.instant && x.kind == ddlparse.MariaDB
	case "COPY":
		return o.copy
	}
	return true
}

// lockFor is the weakest lock with which the algorithm works.
func (x *statement) lockFor(algorithm string, o outcome) Lock {
	switch algorithm {
	case "INPLACE":
		return o.lock
	case "COPY":
		return x.copyLock()
	}
	_, lock := x.choose(o, algorithm)
	return lock
}

// lockOf reads the word of a LOCK clause; DEFAULT and none leave the choice to the server.
func lockOf(word string) Lock {
	switch word {
	case "NONE":
		return LockNone
	case "SHARED":
		return LockShared
	}
	return LockExclusive
}
