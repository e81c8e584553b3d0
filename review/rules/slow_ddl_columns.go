package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var changeColumnTypeCopy = slowRule(review.Rule{
	ID: "change-column-type-copy", Title: "Change of a column's type copies the table", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("The stored format of a column changes: %s copies all rows of `%s`, and writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
	if c := modifiedAt(d); c != nil {
		f.Problem = review.Msg("`%s` goes from %s to %s: %s copies all rows of the table, and writes wait until it is done.", objectOf(d.Table, c.Name), typeName(c.Old), typeName(c.New), p.Engine.Title())
	}
	return f
})

// modifiedAt is the MODIFY or CHANGE that decides, nil when it is none.
func modifiedAt(d *slowDDL) *ddlparse.ModifyColumn {
	for _, c := range d.step.Changes {
		if m, ok := c.(*ddlparse.ModifyColumn); ok && m.Span.Contains(d.Clause) && m.Old != nil && m.New != nil {
			return m
		}
	}
	return nil
}

var varcharLengthByteBoundary = slowRule(review.Rule{
	ID: "varchar-length-byte-boundary", Title: "VARCHAR grows past 255 bytes", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("From 256 bytes on the length of a value takes a second byte: %s copies all rows of `%s`, and writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
	c := modifiedAt(d)
	if c == nil {
		return f
	}
	if width := p.Engine.CharsetMaxLen(c.New.Charset); width > 0 && c.New.Charset == c.Old.Charset && c.Old.Type.Length < 255/width {
		f.Advice = review.Msg("Up to VARCHAR(%d) nothing is copied; if it must be longer, use gh-ost or pt-online-schema-change, or a window without writes.", 255/width)
	}
	f.Problem = review.Msg("`%s` grows from %s to %s, past 255 bytes, where its length takes a second byte: %s copies the table, and writes wait until it is done.", objectOf(d.Table, c.Name), typeName(c.Old), typeName(c.New), p.Engine.Title())
	return f
})

var enumSetStorageGrowth = slowRule(review.Rule{
	ID: "enum-set-storage-growth", Title: "Longer list of members needs another byte per row", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("The longer list of members takes another byte in every row: %s copies `%s`, and writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Keep such values in a table of their own, with a foreign key or a plain number here."),
	}
	if c := modifiedAt(d); c != nil {
		f.Problem = review.Msg("With %d members `%s` takes another byte in every row: %s copies the table, and writes wait until it is done.", len(c.New.Type.Members), objectOf(d.Table, c.Name), p.Engine.Title())
	}
	return f
})

// addColumnWithPosition speaks where the server adds a column instantly only behind the last one.
var addColumnWithPosition = slowRule(review.Rule{
	ID: "add-column-with-position", Title: "New column is placed where it makes the server rebuild the table", Severity: review.Notice,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s adds a column instantly only behind the last one: with this place it writes all rows of `%s` anew.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Leave the place out: the order of columns matters to no query that names them."),
		Fix:     withoutPlace(d.Clause, p.Engine),
	}
})

var columnReorder = slowRule(review.Rule{
	ID: "column-reorder", Title: "Column of an existing table is moved", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("%s writes all rows of `%s` anew only to change the order of its columns, and statements without column lists get other values.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Leave the column where it is."),
	}
	if m := modifiedAt(d); m != nil {
		f.Fix = withoutPlace(m.Span, p.Engine)
	}
	return f
})

// withoutPlace deletes FIRST, or AFTER and a column, from the end of a clause.
func withoutPlace(clause ddlparse.Span, e ddlparse.Engine) *review.Edit {
	tokens := ddlparse.Tokens(clause, e, false)
	n := len(tokens)
	switch {
	case n > 2 && strings.EqualFold(tokens[n-1].Text(), "FIRST"):
		n--
	case n > 3 && strings.EqualFold(tokens[n-2].Text(), "AFTER"):
		n -= 2
	default:
		return nil
	}
	span := clause
	span.Start = tokens[n-1].Span.End
	return &review.Edit{Title: "Leave out the place", Span: span}
}

var addAutoIncrementColumn = slowRule(review.Rule{
	ID: "add-auto-increment-column", Title: "Existing rows are numbered under a lock", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s numbers all rows of `%s` under a lock: writes wait until it is done, and with statement-based replication a replica may number them in another order.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
})

var addStoredGeneratedColumn = slowRule(review.Rule{
	ID: "add-stored-generated-column", Title: "Stored generated column is computed for all rows", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	f := review.Finding{
		Problem: review.Msg("%s computes a stored column for every row of `%s` and copies the table: writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  wayOut(d),
	}
	if d.Operation == "add stored generated column" {
		f.Advice = review.Msg("Make it VIRTUAL: it is added in a moment, computed when it is read, and can be indexed.")
		f.Fix = madeVirtual(d.Clause, p.Engine)
	}
	return f
})

// madeVirtual writes VIRTUAL for STORED or PERSISTENT.
func madeVirtual(clause ddlparse.Span, e ddlparse.Engine) *review.Edit {
	for _, t := range ddlparse.Tokens(clause, e, false) {
		if t.Kind == ddlparse.WordToken && (strings.EqualFold(t.Text(), "STORED") || strings.EqualFold(t.Text(), "PERSISTENT")) {
			return &review.Edit{Title: "Make the column virtual", Span: t.Span, New: "VIRTUAL"}
		}
	}
	return nil
}

var addColumnExpressionDefault = slowRule(review.Rule{
	ID: "add-column-expression-default", Title: "Default expression of a new column copies the table", Severity: review.Warning,
}, func(p *review.Pass, d *slowDDL) review.Finding {
	return review.Finding{
		Problem: review.Msg("%s evaluates the default for every row that exists and copies `%s`: writes wait until it is done.", p.Engine.Title(), d.Table.String()),
		Advice:  review.Msg("Add the column without it, then give it the default with ALTER COLUMN … SET DEFAULT, which takes a moment each, and fill old rows in portions."),
	}
})
