package ddlparse

import "sync"

// removedKind says what sort of name was removed from a server.
type removedKind uint8

const (
	removedFunction removedKind = iota + 1
	removedVariable
	removedMode
)

// removedName is a name that newer servers no longer know, and what to write there instead.
type removedName struct {
	kind    removedKind
	name    string // lower case
	mysql   since
	mariadb since
	instead string // "" where nothing takes its place
}

// removedNumbers are the errors that meet the names: no such function, unknown variable, wrong value.
var removedNumbers = [...]int{removedFunction: 1305, removedVariable: 1193, removedMode: 1231}

type removedKey struct {
	kind removedKind
	name string
}

var removedByName = sync.OnceValue(func() map[removedKey]*removedName {
	all := make(map[removedKey]*removedName, len(removedNames))
	for i := range removedNames {
		r := &removedNames[i]
		all[removedKey{r.kind, r.name}] = r
	}
	return all
})

// removed tells whether the server no longer knows a name: since which version, and what to use instead.
func (e Engine) removed(kind removedKind, name string) (version, instead string, ok bool) {
	if len(name) > 64 || e.IsTiDB() {
		return "", "", false
	}
	var buf [64]byte
	for i := range len(name) {
		buf[i] = lowerASCII(name[i])
	}
	r, ok := removedByName()[removedKey{kind, string(buf[:len(name)])}]
	if !ok {
		return "", "", false
	}
	s := r.mysql
	if e.IsMariaDB() {
		s = r.mariadb
	}
	return string(s), r.instead, e.reached(s)
}
