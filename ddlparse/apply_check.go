package ddlparse

import "strconv"

// nameChecks dates and names the checks that the statement added. MySQL: orders_chk_1, unique in the
// database, enforced from 8.0.16 on; MariaDB: CONSTRAINT_1, column checks have no name of their own.
func (a *applier) nameChecks(t *Table, before *Table) {
	kept := t.Checks[:0:0]
	for _, k := range t.Checks {
		if k.Origin != 0 && k.Name != "" {
			kept = append(kept, k)
			continue
		}
		if !a.checksCount() {
			continue
		}
		n := *k
		n.Origin, n.Defined = a.step.Number, a.step.Number
		if n.Name == "" {
			n.Name = a.freeCheckName(t, &n, kept, before)
		} else if other := (&Table{Checks: kept}).Check(n.Name); other != nil {
			p := duplicateConstraint(t, n.Name, n.Span, other.Span)
			if a.engine.IsMySQL() {
				p.Number = 3822
			}
			a.problem(p)
			continue
		}
		kept = append(kept, &n)
	}
	t.Checks = kept
}

// checksCount reports whether the server keeps CHECK constraints at all.
func (a *applier) checksCount() bool {
	return a.engine.MySQL(8, 0, 16) || a.engine.MariaDB(10, 2, 1)
}

func (a *applier) freeCheckName(t *Table, k *Check, kept []*Check, before *Table) string {
	prefix := t.Name.Name + "_chk_"
	if a.engine.IsMariaDB() {
		if k.Column != "" {
			return k.Column
		}
		prefix = "CONSTRAINT_"
	}
	first := 1
	if a.engine.IsMySQL() && before != nil {
		first = highestCheck(prefix, before.Checks) + 1
	}
	for i := first; ; i++ {
		name := prefix + strconv.Itoa(i)
		if (&Table{Checks: kept}).Check(name) == nil && (before == nil || before.Check(name) == nil) {
			return name
		}
	}
}

// highestCheck is the highest number behind the prefix among the names; MySQL goes on from there.
func highestCheck(prefix string, checks []*Check) int {
	highest := 0
	for _, k := range checks {
		if len(k.Name) > len(prefix) && same(k.Name[:len(prefix)], prefix) && isDigits(k.Name[len(prefix):]) {
			n, _ := strconv.Atoi(k.Name[len(prefix):])
			highest = max(highest, n)
		}
	}
	return highest
}
