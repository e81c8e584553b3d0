package ddlparse

// since says from which version on a server has something: "8.0.13", "" for every version this
// package knows, "-" for never.
type since string

const never since = "-"

// reached reports whether the server is of that version or newer; Aurora counts as the MySQL it stands on.
func (e Engine) reached(s since) bool {
	if s == "" || s == never {
		return s == ""
	}
	v := s.parts()
	return !older(e.base(), v[0], v[1], v[2])
}

// parts gives the three numbers of the version; those that are not written are 0.
func (s since) parts() (v [3]int) {
	n := 0
	for i := 0; i < len(s) && n < len(v); i++ {
		if s[i] == '.' {
			n++
			continue
		}
		v[n] = v[n]*10 + int(s[i]-'0')
	}
	return v
}

// sinces are the versions of the three families of servers.
type sinces struct{ mysql, mariadb, tidb since }

// of gives the version for a kind of server; Aurora is MySQL here.
func (s sinces) of(k Kind) since {
	switch k {
	case MariaDB:
		return s.mariadb
	case TiDB:
		return s.tidb
	}
	return s.mysql
}
