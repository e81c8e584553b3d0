package peers

import (
	"strings"

	"github.com/schema-review/schema-review/review"
)

var sqleLevels = map[string]review.Severity{"error": review.Error, "warn": review.Warning, "notice": review.Notice, "normal": review.Notice}

// sqle reads a rule template as SQLE exports it in JSON (RuleTemplateExport in sqle/api/controller/v1/rule.go), or as
// its API gives it.
func (r *reader) sqle() {
	if strings.HasPrefix(r.text, "规则模板") || strings.HasPrefix(strings.TrimPrefix(r.text, "\ufeff"), "规则模板") {
		r.wrong(1, review.Msg("This is the template as CSV."), review.Msg("Export it as JSON."))
		return
	}
	root := r.tree()
	if root == nil {
		return
	}
	if data := root.get("data"); data != nil && data.isMap {
		root = data
	}
	list := root.get("ruleList")
	if list == nil || !list.isList {
		return
	}
	if db := root.get("dbType").text(); db != "" && !strings.EqualFold(db, "MySQL") {
		r.wrong(root.get("dbType").line, review.Msg("The template is for `%s`, and only those for MySQL can be translated.", plain(db)), review.Message{})
		return
	}
	for _, entry := range list.list {
		r.sqleRule(entry)
	}
}

func (r *reader) sqleRule(entry *node) {
	name := entry.get("name", "ruleName").text()
	if name == "" {
		r.wrong(entry.line, review.Msg("This entry has no `%s`.", "Name"), r.elsewhere())
		return
	}
	level := entry.get("level").text()
	severity, ok := sqleLevels[strings.ToLower(level)]
	if !ok {
		r.wrong(entry.line, review.Msg("`%s` can't be `%s`.", "Level", plain(level)), review.Msg("Write one of `%s`.", "normal`, `notice`, `warn`, `error"))
		return
	}
	if custom := entry.get("isCustomRule"); custom != nil && custom.value == true {
		r.note(entry.line, review.Msg("`%s` is a rule of yours: write it as a custom rule.", plain(name)))
		return
	}
	var values []value
	if params := entry.get("params"); params != nil {
		for _, p := range params.list {
			if key, v := p.get("key").text(), p.get("value"); key != "" && v != nil && v.value != nil {
				values = append(values, value{key, v.value})
			}
		}
	}
	r.set(name, severity, entry.line, values...)
}
