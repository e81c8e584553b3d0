package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropStoredObject speaks of views, triggers and routines that were there before the change set and are
// gone behind it. One that is made again under its name is only changed.
var dropStoredObject = &review.Rule{
	ID:       "drop-stored-object",
	Title:    "View, trigger or routine is dropped",
	Category: review.Destructive,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.DropView](p) {
			if p.Start().View(c.Table) != nil && p.Final().View(c.Table) == nil && p.Final().Table(c.Table) == nil {
				p.Report(droppedView(p, c))
			}
		}
		for _, c := range review.Each[*ddlparse.DropTrigger](p) {
			if t := p.Start().Trigger(c.Name); t != nil && p.Final().Trigger(c.Name) == nil && !p.Final().Table(t.Table).IsOpaque() && p.Final().Table(t.Table) != nil {
				p.Report(droppedTrigger(p, c, t))
			}
		}
		for _, c := range review.Each[*ddlparse.DropRoutine](p) {
			if p.Start().Routine(c.Kind, c.Name) != nil && p.Final().Routine(c.Kind, c.Name) == nil {
				p.Report(droppedRoutine(p, c))
			}
		}
	},
}

func droppedView(p *review.Pass, c *ddlparse.DropView) review.Finding {
	return review.Finding{
		Object:  c.Table.String(),
		Span:    firstLine(c.Span),
		Problem: review.Msg("The view `%s` is gone once %s has run this: code that still reads it fails (error %s).", c.Table.String(), p.Engine.Title(), review.Errno(1146)),
		Advice:  review.Msg("Release code that no longer reads `%s` first, and drop it in a later migration.", c.Table.Name),
	}
}

func droppedTrigger(p *review.Pass, c *ddlparse.DropTrigger, t *ddlparse.Trigger) review.Finding {
	return review.Finding{
		Object:  c.Name.String(),
		Span:    firstLine(c.Span),
		Problem: review.Msg("Without the trigger `%s`, every %s on `%s` goes on without what it did, and %s tells nobody.", c.Name.String(), t.Event, t.Table.String(), p.Engine.Title()),
		Advice:  review.Msg("Release code that does the work of `%s` itself first, and drop it in a later migration.", c.Name.Name),
		Related: []review.Related{{Span: firstLine(t.Span), Note: review.Msg("The trigger `%s` is defined here", t.Name.String())}},
	}
}

func droppedRoutine(p *review.Pass, c *ddlparse.DropRoutine) review.Finding {
	f := review.Finding{
		Object: c.Name.String(),
		Span:   firstLine(c.Span),
		Advice: review.Msg("Release code that no longer calls `%s` first, and drop it in a later migration.", c.Name.Name),
	}
	switch c.Kind {
	case "EVENT":
		f.Problem = review.Msg("The event `%s` is gone once %s has run this, and what it did at its times is no longer done.", c.Name.String(), p.Engine.Title())
		f.Advice = review.Msg("Make sure that something else does the work of `%s`, or that nothing needs it any more.", c.Name.Name)
	case "FUNCTION":
		f.Problem = review.Msg("The function `%s` is gone once %s has run this: queries that still call it fail (error %s).", c.Name.String(), p.Engine.Title(), review.Errno(1305))
	default:
		f.Problem = review.Msg("The procedure `%s` is gone once %s has run this: code that still calls it fails (error %s).", c.Name.String(), p.Engine.Title(), review.Errno(1305))
	}
	return f
}
