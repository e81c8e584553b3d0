package review

import (
	"path"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/ddlparse"
)

// ignore adds to what weaker layers ignore: the organisation's entries stay in force.
func (r *layerReader) ignore(n ast.Node) {
	items, _ := r.items("ignore", n)
	for _, item := range items {
		entry, ok := r.ignoreEntry(item)
		if !ok {
			continue
		}
		if rule := r.config.rule(entry.Rule); rule != nil && r.bound(rule) {
			r.overruled(item, Msg("The organisation requires `%s`, so it can't be ignored here.", entry.Rule),
				Msg("Delete this entry, or ask those who keep %s.", r.config.Origins["required."+entry.Rule]))
			continue
		}
		r.config.Ignore = append(r.config.Ignore, entry)
	}
}

func (r *layerReader) ignoreEntry(n ast.Node) (Ignore, bool) {
	entries, mapping := entriesOf(n)
	if !mapping {
		r.wrongType("ignore", n, "a list of mappings")
		return Ignore{}, false
	}
	before := len(r.problems)
	values := r.keys(entries, []string{"rule", "object", "reason", "until"})
	entry := Ignore{Origin: r.origin(n), Layer: r.layer.Name, Span: r.lineSpan(n)}
	r.need(n, values, "rule", Msg("Write the rule's id."), func(v ast.Node) { entry.Rule = r.ignorable(v) })
	r.need(n, values, "object", Msg("Write a glob over tables or columns, such as `legacy_*` or `orders.*`."), func(v ast.Node) { entry.Object, _ = r.glob("object", v, validObjectGlob) })
	r.need(n, values, "reason", Msg("Say why this is accepted: whoever reads it later has to decide whether that still holds."), func(v ast.Node) { entry.Reason, _ = r.filledText("reason", v) })
	if v, has := values["until"]; has {
		entry.Until = r.date("until", v)
	}
	return entry, len(r.problems) == before
}

// need reads a key that must be there.
func (r *layerReader) need(n ast.Node, values map[string]ast.Node, key string, advice Message, read func(ast.Node)) {
	v, has := values[key]
	if !has {
		r.wrong(n, Msg("This entry of `ignore` has no `%s`.", key), advice)
		return
	}
	read(v)
}

// ignorable is the id of a rule or guideline.
func (r *layerReader) ignorable(n ast.Node) string {
	id, ok := r.text("rule", n)
	if ok && !r.config.isGuideline(id) {
		r.ruleNamed(n, id)
	}
	return id
}

func (r *layerReader) date(key string, n ast.Node) time.Time {
	s, ok := r.text(key, n)
	if !ok {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		r.wrong(n, Msg("`%s` is not a date: `%s`.", key, s), Msg("Write year, month and day, such as `2027-03-31`."))
	}
	return day
}

// lineSpan is the rest of the line on which a node begins: enough for people to find it.
func (r *layerReader) lineSpan(n ast.Node) ddlparse.Span {
	line, _ := nodePlace(n)
	start := 0
	for range line - 1 {
		next := strings.IndexByte(r.source.Text[start:], '\n')
		if next < 0 {
			break
		}
		start += next + 1
	}
	text := r.source.Line(line)
	indent := len(text) - len(strings.TrimLeft(text, " \t-"))
	return ddlparse.Span{Source: r.source, Start: int32(start + indent), End: int32(start + len(text))}
}

// covers reports whether the entry is about an object. Names are compared without case, as columns are.
func (i Ignore) covers(f Finding) bool {
	return i.Rule == f.Rule && matchObject(i.Object, f.Object)
}

// expired reports whether the entry's last day lies behind.
func (i Ignore) expired(today time.Time) bool { return isPast(i.Until, today) }

// isPast reports whether a day lies before today; the zero day never does.
func isPast(day, today time.Time) bool {
	return !day.IsZero() && today.Format(time.DateOnly) > day.Format(time.DateOnly)
}

// validObjectGlob reports whether matchObject can read the glob.
func validObjectGlob(glob string) bool {
	_, err := path.Match(glob, "")
	return err == nil
}

// matchObject matches an object path ("orders", "orders.user_id") with a glob, without regard to case.
func matchObject(glob, object string) bool {
	ok, err := path.Match(strings.ToLower(glob), strings.ToLower(object))
	return ok && err == nil
}
