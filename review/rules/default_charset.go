package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// defaultCharsetDoesNotConvert speaks of tables whose new default the columns that were there don't have, once
// the whole change set has run.
var defaultCharsetDoesNotConvert = &review.Rule{
	ID:       "default-charset-change-does-not-convert",
	Title:    "New default character set leaves the columns as they are",
	Category: review.Charsets,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.SetOptions](p) {
			if c.Convert || c.Options.Charset+c.Options.Collation == "" || c.Before == nil || c.After == nil || p.Created(c.Before) || declarative(s) {
				continue
			}
			if left := leftBehind(p, c); len(left) > 0 {
				reportLeftBehind(p, c, left)
			}
		}
	},
}

// leftBehind are the columns that had the old default and keep it.
func leftBehind(p *review.Pass, c *ddlparse.SetOptions) []*ddlparse.Column {
	t := p.Final().Table(c.After.Name)
	if t == nil || t.IsOpaque() || strings.EqualFold(c.Before.Options.Collation, c.After.Options.Collation) || !strings.EqualFold(t.Options.Collation, c.After.Options.Collation) {
		return nil
	}
	var left []*ddlparse.Column
	for _, n := range t.Columns {
		if n.Type.IsText() && !p.New(n.Origin) && n.Collation != "" && strings.EqualFold(n.Collation, c.Before.Options.Collation) {
			left = append(left, n)
		}
	}
	return left
}

func reportLeftBehind(p *review.Pass, c *ddlparse.SetOptions, left []*ddlparse.Column) {
	from, to := c.Before.Options, c.After.Options
	was, is := from.Charset, to.Charset
	if strings.EqualFold(was, is) {
		was, is = from.Collation, to.Collation
	}
	p.Report(review.Finding{
		Object:  c.Table.String(),
		Span:    c.Span,
		Fix:     convertInstead(c),
		Problem: review.Msg("%s gives `%s` the default %s for columns that are added later; those that are there stay %s: %s.", p.Engine.Title(), c.Table.String(), is, was, columnNames(left)),
		Advice:  review.Msg("Write CONVERT TO CHARACTER SET to change the columns too, or set the character set at the new columns alone."),
	})
}

// convertInstead says CONVERT TO where the clause says nothing else.
func convertInstead(c *ddlparse.SetOptions) *review.Edit {
	if len(c.Options.Other) > 0 || c.Options.Comment != "" || c.Options.Engine != "" || c.Options.RowFormat != "" || c.Options.Charset == "default" {
		return nil
	}
	clause := "CONVERT TO CHARACTER SET " + c.After.Options.Charset
	if c.Options.Collation != "" {
		clause += " COLLATE " + c.After.Options.Collation
	}
	return &review.Edit{Title: "Convert the columns too", Span: c.Span, New: clause}
}

// convertCharsetSideEffects speaks of what CONVERT TO does beside the conversion: it takes away what single columns
// say of their own, and makes TEXT columns larger. MySQL 9.7 and MariaDB 10.11 were asked.
var convertCharsetSideEffects = &review.Rule{
	ID:       "convert-charset-side-effects",
	Title:    "CONVERT TO changes more than the character set",
	Category: review.Charsets,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.SetOptions](p) {
			if c.Convert && c.Before != nil && c.After != nil && !p.Created(c.Before) && !declarative(s) {
				reportSideEffects(p, c)
			}
		}
	},
}

func reportSideEffects(p *review.Pass, c *ddlparse.SetOptions) {
	final := p.Final().Table(c.After.Name)
	var lost, grown []*ddlparse.Column
	var restore, keep string
	for _, old := range c.Before.Columns {
		to := final.Column(old.Name)
		if final.IsOpaque() || to == nil || p.New(old.Origin) {
			continue
		}
		if overwritten(c, old, to) {
			lost = append(lost, old)
			restore = firstOf(restore, charsetSQL(old))
		}
		if now := c.After.Column(old.Name); now != nil && now.Type.Name != old.Type.Name && now.Type.Name == to.Type.Name {
			grown = append(grown, old)
			keep = firstOf(keep, strings.ToUpper(now.Type.Name))
		}
	}
	f := review.Finding{Object: c.Table.String(), Span: c.Span}
	switch {
	case len(lost) > 0:
		f.Problem = review.Msg("CONVERT TO also takes from %s the character set and collation of its own (`%s`): %s then compares its values in another way.", columnPaths(c.Before, lost[:1]), restore, p.Engine.Title())
		if len(lost) > 1 {
			f.Problem = review.Msg("CONVERT TO also takes from %d columns of `%s` the character set and collation of their own (%s): %s then compares their values in another way.", len(lost), c.Table.String(), columnNames(lost), p.Engine.Title())
		}
		f.Advice = review.Msg("Put MODIFY with `%s` into the same statement, behind CONVERT TO, for what is to stay.", restore)
	case len(grown) > 0:
		f.Severity = review.Notice
		f.Problem = review.Msg("CONVERT TO also makes %s %s, so that as many characters fit; code and models that state the type no longer agree with %s.", columnPaths(c.Before, grown[:1]), keep, p.Engine.Title())
		if len(grown) > 1 {
			f.Problem = review.Msg("CONVERT TO also makes the TEXT columns of `%s` the next larger type (%s), so that as many characters fit; code and models that state the type no longer agree with %s.", c.Table.String(), columnNames(grown), p.Engine.Title())
		}
		f.Advice = review.Msg("Put MODIFY with the old type and the new character set into the same statement, or change the models too.")
	default:
		return
	}
	p.Report(f)
}

// overwritten reports whether the column said something of its own, which is gone behind the change set: ascii, or
// a comparison that neither the table had nor has.
func overwritten(c *ddlparse.SetOptions, old, to *ddlparse.Column) bool {
	if !old.Type.IsText() || old.ExplicitCharset+old.ExplicitCollation == "" || strings.EqualFold(old.Collation, to.Collation) {
		return false
	}
	if old.Charset == "ascii" {
		return c.Before.Options.Charset != "ascii" && to.Charset != "ascii"
	}
	own, was, is := rulesWithoutSet(old.Collation), rulesWithoutSet(c.Before.Options.Collation), rulesWithoutSet(to.Collation)
	return own != was && own != is && (strings.HasSuffix(own, "bin") || strings.HasSuffix(own, "_cs"))
}

// rulesWithoutSet is what the collation says of comparing: "bin", "general_ci".
func rulesWithoutSet(collation string) string {
	_, rules, _ := strings.Cut(strings.ToLower(collation), "_")
	return rules
}
