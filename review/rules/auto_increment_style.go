package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var autoIncrementMustBeUnsigned = &review.Rule{
	ID:       "auto-increment-must-be-unsigned",
	Title:    "AUTO_INCREMENT column is signed",
	Category: review.PrimaryKeys,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			if !c.AutoIncrement || !c.Type.IsInteger() || c.Type.Unsigned || t.Temporary || !typeIsNew(p, t, c) {
				continue
			}
			f := review.Finding{
				Object: objectOf(t.Name, c.Name), Span: c.TypeSpan,
				Problem: review.Msg("`%s` counts up and is signed: half of its range, the negative numbers, is never used by %s.", objectOf(t.Name, c.Name), p.Engine.Title()),
				Advice:  review.Msg("Make it UNSIGNED, together with the columns that refer to it."),
			}
			if p.Created(t) && !hasChildren(p, t) && !inForeignKey(t, c.Name) && !c.TypeSpan.IsZero() {
				at := c.TypeSpan
				at.Start = at.End
				f.Fix = &review.Edit{Title: "Make it UNSIGNED", Span: at, New: " UNSIGNED"}
			}
			p.Report(f)
		}
	},
}

// autoIncrementInitialValue looks at CREATE TABLE only: an ALTER TABLE that sets the counter does nothing else, so it
// is meant. So is a start behind the rows that the change set inserts.
var autoIncrementInitialValue = &review.Rule{
	ID:       "auto-increment-initial-value",
	Title:    "New table starts its counter at an odd value",
	Category: review.PrimaryKeys,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "allowed", Default: 1, Doc: "Where AUTO_INCREMENT of a new table may start, besides 1."}},
	Check: func(p *review.Pass) {
		allowed := review.Value[int](p, "allowed")
		for t := range p.CreatedTables() {
			at, start := t.Options.Spans["AUTO_INCREMENT"], t.Options.AutoIncrement
			if start <= 1 || start == uint64(max(allowed, 0)) || at.IsZero() || !t.Span.Contains(at) || t.Temporary || len(pastOf(p).writes[strings.ToLower(t.Name.Name)]) > 0 {
				continue
			}
			p.Report(review.Finding{
				Object: t.Name.String(), Span: at, Fix: withoutOption(p, t, "AUTO_INCREMENT"),
				Problem: review.Msg("The new table `%s` starts to count at %d: this looks left over from a dump, and says how many rows that table had.", t.Name.String(), start),
				Advice:  review.Msg("Leave AUTO_INCREMENT out, so that %s starts at 1.", p.Engine.Title()),
			})
		}
	},
}

var autoIncrementStep = &review.Rule{
	ID:       "auto-increment-step",
	Title:    "Migration changes how AUTO_INCREMENT counts",
	Category: review.PrimaryKeys,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.SetVariable](p) {
			if (c.Name != "auto_increment_increment" && c.Name != "auto_increment_offset") || c.Scope == "GLOBAL" || c.Scope == "PERSIST" || strings.EqualFold(c.Value, "DEFAULT") || strings.HasPrefix(c.Value, "@") {
				continue
			}
			p.Report(review.Finding{
				Object: c.Name, Span: c.Span,
				Problem: review.Msg("From here on, what this session inserts gets numbers by its own %s: they leave gaps on %s, and collide where several sources write.", c.Name, p.Engine.Title()),
				Advice:  review.Msg("Leave the SET out, and give the rows their numbers in the INSERT where they matter."),
			})
		}
	},
}

// serialAlias speaks of the word, which brings a UNIQUE key of its own. MySQL 9.7 and MariaDB 10.11 were asked.
var serialAlias = &review.Rule{
	ID:       "serial-alias",
	Title:    "Column is declared SERIAL",
	Category: review.PrimaryKeys,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			key := t.PrimaryKey()
			if !strings.EqualFold(c.TypeSpan.Text(), "SERIAL") || !p.New(c.Origin) || p.Engine.IsMariaDB() && key != nil && key.Inline { // which makes one key of the two
				continue
			}
			f := review.Finding{
				Object: objectOf(t.Name, c.Name), Span: c.TypeSpan,
				Problem: review.Msg("SERIAL makes `%s` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE on %s: it is no primary key by itself.", objectOf(t.Name, c.Name), p.Engine.Title()),
				Advice:  review.Msg("Write BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY."),
			}
			if key != nil && len(key.Parts) > 0 && strings.EqualFold(key.Parts[0].Column, c.Name) {
				f.Problem = review.Msg("SERIAL gives `%s` a UNIQUE key beside its primary key: %s keeps both, and every INSERT pays for the second.", objectOf(t.Name, c.Name), p.Engine.Title())
				f.Advice = review.Msg("Write BIGINT UNSIGNED NOT NULL AUTO_INCREMENT instead of SERIAL.")
				f.Fix = &review.Edit{Title: "Write what is needed of it", Span: c.TypeSpan, New: "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT"}
			}
			p.Report(f)
		}
	},
}
