package peers

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// bytebase reads a review configuration: the `rules` of its API (proto/v1 review_config_service.proto), or the
// `ruleList` of its templates; payloads are messages, or texts of JSON as until 2025.
func (r *reader) bytebase() {
	root := r.tree()
	if root == nil {
		return
	}
	list := root
	if root.isMap {
		list = root.get("rules", "ruleList", "sqlReviewRules")
	}
	if list == nil || !list.isList {
		return
	}
	engine := bytebaseEngine(list.list)
	for _, entry := range list.list {
		r.bytebaseRule(entry, engine)
	}
}

// bytebaseEngine is the engine whose rules are taken: templates list them for each one.
func bytebaseEngine(entries []*node) string {
	for _, engine := range []string{"MYSQL", "MARIADB", "TIDB"} {
		if slices.ContainsFunc(entries, func(n *node) bool { return n.get("engine").text() == engine }) {
			return engine
		}
	}
	return ""
}

var bytebaseLevels = map[string]review.Severity{"ERROR": review.Error, "WARNING": review.Warning, "DISABLED": review.Off}

func (r *reader) bytebaseRule(entry *node, engine string) {
	name := entry.get("type").text()
	if !entry.isMap || name == "" {
		r.wrong(entry.line, review.Msg("This entry has no `%s`.", "type"), r.elsewhere())
		return
	}
	name = strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(name)) // as until 2025: table.require-pk
	if e := entry.get("engine").text(); e != "" && e != engine {
		if engine == "" {
			r.note(entry.line, review.Msg("`%s` is a rule for `%s`.", plain(name), plain(e)))
		}
		return
	}
	level := entry.get("level")
	severity, ok := bytebaseLevels[level.text()]
	if !ok {
		r.wrong(entry.line, review.Msg("`%s` can't be `%s`.", "level", plain(level.text())), review.Msg("Write one of `%s`.", "ERROR`, `WARNING`, `DISABLED"))
		return
	}
	r.set(name, severity, entry.line, r.payload(entry)...)
}

// payload collects the parameters of a rule, wherever they stand.
func (r *reader) payload(entry *node) []value {
	var values []value
	for i, key := range entry.keys {
		if !strings.HasSuffix(spelled(key), "payload") {
			continue
		}
		from := entry.list[i]
		if text := from.text(); text != "" {
			if inner := (&reader{text: text}).jsonTree(); inner != nil {
				from = inner
			} else {
				r.wrong(from.line, review.Msg("`%s` is not JSON.", "payload"), review.Message{})
			}
		}
		values = append(values, from.values()...)
	}
	return values
}

// values are the entries of a mapping that hold a value.
func (n *node) values() []value {
	var values []value
	for i, key := range n.keys {
		v := n.list[i]
		switch {
		case v.isList:
			var texts []string
			for _, item := range v.list {
				texts = append(texts, item.text())
			}
			values = append(values, value{key, texts})
		case v.value != nil && v.value != false && v.value != "":
			values = append(values, value{canonical(key), v.value})
		}
	}
	return values
}

// canonical spells a key as the API does.
func canonical(key string) string {
	if spelled(key) == "maxlength" {
		return "maxLength"
	}
	return key
}
