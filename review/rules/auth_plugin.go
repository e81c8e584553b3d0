package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// knownPlugins are the authentication plugins that come with the servers.
// https://dev.mysql.com/doc/refman/8.4/en/authentication-plugins.html, https://mariadb.com/kb/en/authentication-plugins/,
// https://docs.pingcap.com/tidb/stable/security-compatibility-with-mysql
var knownPlugins = map[ddlparse.Kind][]string{
	ddlparse.MySQL:   strings.Fields("mysql_native_password sha256_password caching_sha2_password auth_socket mysql_no_login authentication_pam authentication_windows authentication_ldap_simple authentication_ldap_sasl authentication_kerberos authentication_fido authentication_webauthn authentication_oci authentication_openid_connect test_plugin_server mysql_clear_password"),
	ddlparse.MariaDB: strings.Fields("mysql_native_password mysql_old_password ed25519 parsec unix_socket pam gssapi named_pipe"),
	ddlparse.TiDB:    strings.Fields("mysql_native_password caching_sha2_password tidb_sm3_password tidb_auth_token auth_socket authentication_ldap_simple authentication_ldap_sasl"),
}

// removedAuthPlugin speaks of plugins that the server doesn't have, or doesn't load by itself. What newer versions took
// away is syntax-removed-in-target-version's to say.
var removedAuthPlugin = &review.Rule{
	ID:       "removed-auth-plugin",
	Title:    "Account uses an authentication plugin that the server lacks",
	Category: review.Privileges,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.TiDB),
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "CREATE USER", "ALTER USER", "GRANT") {
			plugin := pluginOf(p.Engine, s.Statement)
			if plugin.Span.IsZero() {
				continue
			}
			name := strings.ToLower(nameOrText(plugin))
			switch {
			case name == "mysql_native_password" && p.Engine.MySQL(9, 0, 0):
			case name == "mysql_native_password" && p.Engine.MySQL(8, 4, 0):
				p.Report(review.Finding{
					Span:     plugin.Span,
					Severity: review.Warning,
					Problem:  review.Msg("%s doesn't load `%s` by itself: unless the server was started with it, the statement is refused (error %s), and MySQL 9.0 removed it.", p.Engine.Title(), name, review.Errno(1524)),
					Advice:   review.Msg("Use caching_sha2_password."),
				})
			case !hasPlugin(p.Engine, name):
				p.Report(review.Finding{
					Span:    plugin.Span,
					Problem: review.Msg("%s has no authentication plugin `%s` and refuses the statement (error %s).", p.Engine.Title(), name, review.Errno(1524)),
					Advice:  review.Msg("Use %s.", safePlugin(p.Engine)),
				})
			}
		}
	},
}

// hasPlugin: what no server of the family has may be a company's own.
func hasPlugin(e ddlparse.Engine, name string) bool {
	if slices.Contains(knownPlugins[e.Kind], name) {
		return true
	}
	for _, list := range knownPlugins {
		if slices.Contains(list, name) {
			return e.MariaDB(12, 1, 0) && name == "caching_sha2_password"
		}
	}
	return true
}

func safePlugin(e ddlparse.Engine) string {
	if e.IsMariaDB() {
		return "ed25519"
	}
	return "caching_sha2_password"
}

// pluginOf is the name behind IDENTIFIED WITH, or VIA on MariaDB.
func pluginOf(e ddlparse.Engine, s *ddlparse.Statement) ddlparse.Token {
	tokens := codeTokens(s.Span, e)
	for i := 0; i+2 < len(tokens); i++ {
		if isWord(tokens[i], "IDENTIFIED") && isWord(tokens[i+1], "WITH", "VIA") && tokens[i+2].Kind != ddlparse.PunctToken {
			return tokens[i+2]
		}
	}
	return ddlparse.Token{}
}

// nameOrText is the name, which may stand in quotes of either kind.
func nameOrText(t ddlparse.Token) string {
	if t.Kind == ddlparse.WordToken {
		return t.Text()
	}
	return t.Value()
}
