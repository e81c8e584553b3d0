package ddlparse

import "testing"

// TestDecideOnServers asks the servers what decideCases expects of them.
func TestDecideOnServers(t *testing.T) {
	for _, s := range oracleServers {
		t.Run(s.name, func(t *testing.T) {
			conn, e := serverUnderTest(t, Kind(s.name), s.dsn)
			execAll(t, conn, []string{"DROP DATABASE IF EXISTS decide", "CREATE DATABASE decide", "USE decide"})
			defer execAll(t, conn, []string{"DROP DATABASE decide"})
			for name, test := range decideCases() {
				if test.engine.Kind != e.Kind || name == "partial index" { // TiDB's: said as a feature, not as bad syntax
					continue
				}
				_, err := conn.ExecContext(t.Context(), test.sql)
				if got, want := errorNumber(err) == 1064, test.near != ""; got != want {
					t.Errorf("%s: %s: syntax error: %v, but the server says %v", name, test.sql, want, err)
				}
			}
		})
	}
}
