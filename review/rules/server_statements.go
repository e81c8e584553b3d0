package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// setGlobalVariable speaks of settings of the whole server. What a weaker sql_mode does is sql-mode-weakened's.
var setGlobalVariable = &review.Rule{
	ID:       "set-global-variable",
	Title:    "Variable of the whole server is set",
	Category: review.Privileges,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.SetVariable](p) {
			if !stays(c) || c.Name == "sql_mode" && len(lostModes(p.Engine, c)) > 0 {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Name,
				Span:    c.Span,
				Problem: review.Msg("`%s` is set for the whole server: it changes every application there, is not replicated, and needs a privilege that migration accounts and managed services lack (error %s).", c.Name, review.Errno(1227)),
				Advice:  review.Msg("Set it in the server's configuration; if only this migration needs it, use SET SESSION."),
			})
		}
		for s := range stepsOf(p, "RESET") {
			if strings.HasPrefix(wordsOf(s.Statement.Text()), "RESET PERSIST") {
				p.Report(review.Finding{
					Span:    s.Statement.Span,
					Problem: review.Msg("RESET PERSIST takes settings of the whole server away: it changes every application there, and is not replicated."),
					Advice:  review.Msg("Change the server's configuration where the server is set up."),
				})
			}
		}
	},
}

var binlogDisabled = &review.Rule{
	ID:       "binlog-disabled",
	Title:    "Binary log is switched off",
	Category: review.Privileges,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.SetVariable](p) {
			if value := strings.ToUpper(c.Value); c.Name != "sql_log_bin" || value != "0" && value != "OFF" && value != "FALSE" {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Name,
				Span:    c.Span,
				Problem: review.Msg("What follows is not written to the binary log: replicas, change data capture and point-in-time recovery never get it, and %s tells nobody.", p.Engine.Title()),
				Advice:  review.Msg("Leave sql_log_bin on, and run the migration on the source."),
			})
		}
	},
}

// fileAccessStatement speaks of files of the server. LOAD DATA LOCAL reads one of the client.
var fileAccessStatement = &review.Rule{
	ID:       "file-access-statement",
	Title:    "Migration reads or writes a file",
	Category: review.Privileges,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.Write](p) {
			if c.Verb == "LOAD" {
				reportLoad(p, s)
			}
		}
		for s := range stepsOf(p, "SELECT") {
			words := wordsOf(s.Statement.Text())
			if strings.Contains(words, " INTO OUTFILE ") || strings.Contains(words, " INTO DUMPFILE ") || hasCall(words, "LOAD_FILE") {
				p.Report(review.Finding{
					Span:    firstLine(s.Statement.Span),
					Problem: review.Msg("The statement uses a file on the server's host: it needs the FILE privilege (error %s without), and the file is another one, or missing, on every host.", review.Errno(1227)),
					Advice:  review.Msg("Move data with a tool outside of migrations."),
				})
			}
		}
	},
}

func reportLoad(p *review.Pass, s *ddlparse.Step) {
	f := review.Finding{
		Span:    firstLine(s.Statement.Span),
		Problem: review.Msg("LOAD reads a file on the server's host: it needs the FILE privilege (error %s without), and the file is another one, or missing, on every host.", review.Errno(1227)),
		Advice:  review.Msg("Write the rows as INSERT, or load them with a tool outside of migrations."),
	}
	if words := wordsOf(s.Statement.Text()); strings.Contains(words, " LOCAL ") {
		f.Severity = review.Warning
		f.Problem = review.Msg("LOAD … LOCAL reads a file beside the migration tool: servers refuse it unless local_infile is on, and the file is not part of the migration.")
	}
	p.Report(f)
}

// dangerousFunction speaks of functions that injected or test code calls.
var dangerousFunction = &review.Rule{
	ID:       "dangerous-function",
	Title:    "Statement calls a function that only stalls or probes the server",
	Category: review.Privileges,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "deny", Default: []string{"SLEEP", "BENCHMARK", "SYS_EXEC", "SYS_EVAL"}, Doc: "The functions that no migration may call."},
	},
	Check: func(p *review.Pass) {
		deny := review.Value[[]string](p, "deny")
		for s := range stepsOf(p, "SELECT", "DO", "SET") {
			words := wordsOf(s.Statement.Text())
			if i := slices.IndexFunc(deny, func(f string) bool { return hasCall(words, strings.ToUpper(f)) }); i >= 0 {
				p.Report(review.Finding{
					Span:    firstLine(s.Statement.Span),
					Problem: review.Msg("The statement calls %s, which does nothing for a migration but hold its connection and locks, as test code and injected code do.", deny[i]),
					Advice:  review.Msg("Take the call out."),
				})
			}
		}
	},
}

// systemSchemas belong to the server.
var systemSchemas = map[string]bool{"mysql": true, "sys": true, "performance_schema": true, "information_schema": true}

var systemSchemaChange = &review.Rule{
	ID:       "system-schema-change",
	Title:    "Table of the server itself is changed",
	Category: review.Privileges,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			for _, c := range s.Changes {
				n := c.At().Table
				if n.Database == "" || !systemSchemas[strings.ToLower(n.Database)] {
					continue
				}
				p.Report(review.Finding{
					Object:  n.String(),
					Span:    firstLine(c.At().Span),
					Problem: review.Msg("`%s` belongs to the server: a change there is refused on managed services, can break the server, and is lost or harmful when %s is upgraded.", n.String(), p.Engine.Title()),
					Advice:  review.Msg("Use the statements made for it, such as CREATE USER and GRANT, outside of migrations; keep tables of your own in a database of your own."),
				})
				break
			}
		}
	},
}

// adminVerbs are the first words of statements that run a server.
var adminVerbs = []string{"INSTALL", "UNINSTALL", "SHUTDOWN", "RESTART", "KILL", "PURGE", "RESET", "CHANGE", "STOP", "START", "CLONE"}

var serverAdminStatement = &review.Rule{
	ID:       "server-admin-statement",
	Title:    "Statement runs the server, not the schema",
	Category: review.Privileges,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, adminVerbs...) {
			words := strings.Fields(wordsOf(s.Statement.Text()))
			if s.Statement.Verb == "RESET" && len(words) > 1 && words[1] == "PERSIST" {
				continue
			}
			p.Report(review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("%s is a command for whoever runs the server: it acts beyond this database, needs privileges that migration accounts and managed services lack (error %s), and differs between environments.", strings.Join(words[:min(2, len(words))], " "), review.Errno(1227)),
				Advice:  review.Msg("Take it out of the migration, and run it where the server is managed."),
			})
		}
	},
}
