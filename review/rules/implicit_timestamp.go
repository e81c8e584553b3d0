package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// implicitTimestampDefault speaks of the column that an old server makes NOT NULL and keeps at the time of the last
// change, though nobody wrote that. Zero dates, which later columns get, are zero-date-default's to say.
// https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_explicit_defaults_for_timestamp
var implicitTimestampDefault = &review.Rule{
	ID:       "implicit-timestamp-default",
	Title:    "Server adds a default to a TIMESTAMP column",
	Category: review.Defaults,
	Severity: review.Warning,
	Engines: func(e ddlparse.Engine) bool {
		return e.IsMySQL() && !e.MySQL(8, 0, 2) || e.IsMariaDB() && !e.MariaDB(10, 10, 0)
	},
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			d := c.Default
			if d == nil || !d.Implicit || d.Kind != ddlparse.DefaultNow || c.Type.Name != "timestamp" || !timestampIsNew(p, t, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    c.Span,
				Fix:     spellOut(c),
				Problem: review.Msg("`%s` says neither NULL nor DEFAULT: as the first TIMESTAMP of its table, %s sets it to the time of every UPDATE, and newer versions leave it NULL.", objectOf(t.Name, c.Name), p.Engine.Title()),
				Advice:  review.Msg("Write NULL, or the DEFAULT and ON UPDATE that `%s` is to have.", c.Name),
			})
		}
	},
}

// timestampIsNew reports whether the change set gave the column its default, by whatever way.
func timestampIsNew(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	old := oldColumn(p, t, c)
	return old == nil || old.Default == nil || !old.Default.Implicit
}

// spellOut writes what the server does, so that every version does it.
func spellOut(c *ddlparse.Column) *review.Edit {
	if c.TypeSpan.IsZero() || c.Null != ddlparse.Unspecified || c.OnUpdate == "" {
		return nil
	}
	at := c.TypeSpan
	at.Start = at.End
	return &review.Edit{Title: "Write what the server adds", Span: at, New: " NOT NULL DEFAULT " + c.Default.Text + " ON UPDATE " + c.OnUpdate}
}
