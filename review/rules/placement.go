package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tablespaceOrDirectory speaks of tables that are put in a place of their own on the server. What every table has
// by itself, its own file, is nothing to speak of. Tried on MySQL 9.7 and MariaDB 10.11.
var tablespaceOrDirectory = &review.Rule{
	ID:       "tablespace-or-data-directory",
	Title:    "Table is put in a tablespace or directory of its own",
	Category: review.TableOptions,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params: []review.Param{
		{Name: "allow", Default: []string{}, Doc: "Tablespaces that tables may be put in."},
	},
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			before := startTable(p, t)
			for _, option := range []string{"TABLESPACE", "DATA DIRECTORY", "INDEX DIRECTORY"} {
				value, there := t.Options.Other[option]
				if there && !t.Temporary && !ownFile(value) && (before == nil && p.Created(t) || before != nil && before.Options.Other[option] != value) {
					reportPlacement(p, t, option, value)
				}
			}
		}
	},
}

func ownFile(tablespace string) bool { return strings.EqualFold(tablespace, "innodb_file_per_table") }

func reportPlacement(p *review.Pass, t *ddlparse.Table, option, value string) {
	if option == "TABLESPACE" && (named(review.Value[[]string](p, "allow"), value) || p.Engine.IsMariaDB() || p.Engine.Kind == ddlparse.Aurora) {
		return // MariaDB reads and ignores it; of Aurora another rule speaks
	}
	if p.Engine.Kind == ddlparse.Aurora {
		return
	}
	f := review.Finding{Object: t.Name.String(), Span: t.Options.Spans[option], Fix: withoutOption(p, t, option)}
	switch {
	case option == "INDEX DIRECTORY" && strings.EqualFold(t.Options.Engine, "InnoDB"):
		number := review.Errno(1031)
		if p.Engine.IsMariaDB() {
			number = 1005
		}
		f.Severity = review.Error
		f.Problem = review.Msg("`%s` has INDEX DIRECTORY, which InnoDB does not have; %s refuses it (error %s).", t.Name.String(), p.Engine.Title(), number)
		f.Advice = review.Msg("Leave INDEX DIRECTORY out: InnoDB keeps indexes with the rows.")
	case option == "TABLESPACE" && strings.EqualFold(value, "innodb_system"):
		f.Problem = review.Msg("`%s` is put in the system tablespace: it never shrinks, so the space of `%s` is not given back when rows or the table go.", t.Name.String(), t.Name.String())
		f.Advice = review.Msg("Leave TABLESPACE out: the table then has a file of its own.")
	case option == "TABLESPACE":
		f.Problem = review.Msg("`%s` is put in the tablespace `%s`, which has to exist on every server (error %s); many managed services don't have it.", t.Name.String(), value, review.Errno(3510))
		f.Advice = review.Msg("Leave TABLESPACE out: the table then has a file of its own.")
	default:
		f.Problem = review.Msg("`%s` is put in a directory that has to exist, and be allowed, on every server that runs this migration; managed services refuse it.", t.Name.String())
		f.Advice = review.Msg("Leave %s out, and place files by the server's own configuration.", option)
	}
	p.Report(f)
}

// withoutOption takes the option away, with the white space before it.
func withoutOption(p *review.Pass, t *ddlparse.Table, option string) *review.Edit {
	at := t.Options.Spans[option]
	if at.IsZero() || !p.Created(t) || !strings.HasPrefix(at.Text(), option[:1]) && !strings.HasPrefix(strings.ToUpper(at.Text()), option[:1]) {
		return nil
	}
	before := strings.TrimRight(at.Source.Text[:at.Start], " \t\r\n")
	if !strings.HasSuffix(before, ")") {
		if before == "" || strings.HasSuffix(before, ",") {
			return nil
		}
	}
	at.Start = int32(len(before))
	return &review.Edit{Title: "Leave the option out", Span: at}
}
