package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// utf8mb3Deprecated looks for the three-byte set by any of its names where the change set writes one:
// in options of tables and databases, and in column definitions. Each table is named once.
var utf8mb3Deprecated = &review.Rule{
	ID:       "utf8mb3-deprecated",
	Title:    "Character set utf8mb3 is used",
	Category: review.Charsets,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, at := range databaseCharsets(p) {
			if isUTF8MB3(at.charset, at.collation) {
				reportUTF8MB3(p, at.name, []ddlparse.Span{at.span}, nil)
			}
		}
		written := writtenOptions(p)
		for t := range p.Tables() {
			spans, edits := utf8mb3Places(p, t, written)
			if len(spans) > 0 {
				reportUTF8MB3(p, t.Name.String(), spans, edits)
			}
		}
	},
}

// isUTF8MB3 reports whether one of the names means the three-byte set.
func isUTF8MB3(charset, collation string) bool {
	charset, collation = strings.ToLower(charset), strings.ToLower(collation)
	return charset == "utf8" || charset == "utf8mb3" || strings.HasPrefix(collation, "utf8_") || strings.HasPrefix(collation, "utf8mb3_")
}

// utf8mb3Places are the clauses of the table that name it, with their corrections where there are any.
func utf8mb3Places(p *review.Pass, t *ddlparse.Table, written map[ddlparse.Span]bool) ([]ddlparse.Span, []review.Edit) {
	var spans []ddlparse.Span
	var edits []review.Edit
	add := func(list []ddlparse.Span, fixable bool) {
		if len(list) == 0 {
			return
		}
		at := list[0]
		at.Start, at.End = min(at.Start, list[len(list)-1].Start), max(at.End, list[len(list)-1].End)
		spans = append(spans, at)
		if text, ok := withUTF8MB4(p.Engine, list, at); ok && fixable {
			edits = append(edits, review.Edit{Title: "Use utf8mb4", Span: at, New: text})
		}
	}
	if isUTF8MB3(t.Options.Charset, t.Options.Collation) {
		add(namedIn(written, p.Created(t), t.Options.Spans["CHARSET"], t.Options.Spans["COLLATE"]), p.Created(t) && !hasTextForeignKey(p, t))
	}
	for _, c := range t.Columns {
		if p.New(c.Defined) && isUTF8MB3(c.ExplicitCharset, c.ExplicitCollation) && charsetIsNew(p, t, c) {
			add(namedIn(nil, true, c.Attribute("CHARACTER SET"), c.Attribute("COLLATE")), !inForeignKey(t, c.Name) && !hasChildren(p, t))
		}
	}
	return spans, edits
}

// namedIn are those of the clauses that are written and new.
func namedIn(written map[ddlparse.Span]bool, all bool, clauses ...ddlparse.Span) []ddlparse.Span {
	var list []ddlparse.Span
	for _, s := range clauses {
		if !s.IsZero() && (all || written[s]) && strings.Contains(strings.ToLower(s.Text()), "utf8") {
			list = append(list, s)
		}
	}
	return list
}

// hasTextForeignKey reports whether a foreign key ties the table's strings to those of another table.
func hasTextForeignKey(p *review.Pass, t *ddlparse.Table) bool {
	for _, f := range t.ForeignKeys {
		for _, name := range f.Columns {
			if c := t.Column(name); c != nil && c.Type.IsText() {
				return true
			}
		}
	}
	return hasChildren(p, t)
}

// withUTF8MB4 is the text of the span with the clauses in it renamed: utf8_bin becomes utf8mb4_bin. There
// is none where utf8mb4 has no such collation.
func withUTF8MB4(e ddlparse.Engine, clauses []ddlparse.Span, at ddlparse.Span) (string, bool) {
	var edits []review.Edit
	for _, s := range clauses {
		start, word := lastWord(s)
		rest, ok := strings.CutPrefix(strings.ToLower(word), "utf8mb3")
		if !ok {
			rest, ok = strings.CutPrefix(strings.ToLower(word), "utf8")
		}
		if !ok || rest != "" && !e.HasCollation("utf8mb4"+rest) {
			return "", false
		}
		from := start - int(at.Start)
		edits = append(edits, review.Edit{Span: ddlparse.Span{Start: int32(from), End: int32(from + len(word))}, New: "utf8mb4" + rest})
	}
	text, err := review.ApplyEdits(at.Text(), edits)
	return text, err == nil && text != at.Text()
}

// lastWord is the name at the end of a clause, without its quotes, and where it starts.
func lastWord(s ddlparse.Span) (int, string) {
	text := strings.TrimRight(s.Text(), "'\"`")
	i := strings.LastIndexAny(text, " \t\r\n='\"`") + 1
	return int(s.Start) + i, text[i:]
}

func reportUTF8MB3(p *review.Pass, object string, spans []ddlparse.Span, edits []review.Edit) {
	f := review.Finding{Object: object, Span: spans[0], Places: spans[1:]}
	f.Problem = review.Msg("`%s` names utf8mb3 (utf8 for short), which %s calls deprecated and which holds no characters of four bytes, such as emoji and some Chinese characters.", object, p.Engine.Title())
	if !p.Engine.MySQL(8, 0, 0) {
		f.Problem = review.Msg("`%s` names utf8mb3 (utf8 for short), in which %s holds no characters of four bytes, such as emoji and some Chinese characters.", object, p.Engine.Title())
	}
	f.Advice = review.Msg("Name utf8mb4.")
	if len(edits) > 0 && edits[0].Span == f.Span {
		f.Fix, f.PlaceFixes = &edits[0], edits[1:]
	}
	p.Report(f)
}
