package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// Difference is a setting that has another value in another configuration.
type Difference struct {
	Key           string // path of the key: "rules.drop-column"
	Before, After string // as YAML; "" for an entry that is only in the other one
}

// Differences tells which settings of two configurations differ, sorted by key.
func Differences(before, after *Config, rules []*Rule) []Difference {
	was, is := settings(before, rules), settings(after, rules)
	var out []Difference
	for key, value := range was {
		if is[key] != value {
			out = append(out, Difference{key, value, is[key]})
		}
	}
	for key, value := range is {
		if _, both := was[key]; !both {
			out = append(out, Difference{Key: key, After: value})
		}
	}
	slices.SortFunc(out, func(a, b Difference) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// settings are a configuration's values by key path. What is a list has an entry for each item.
func settings(c *Config, rules []*Rule) map[string]string {
	all := map[string]string{
		"language":               c.Language,
		"lower_case_table_names": fmt.Sprint(c.LowerCaseTableNames),
		"fail_on":                failOnName(c.FailOn),
		"ai.enabled":             fmt.Sprint(c.AI.Enabled),
		"ai.guidelines":          c.AI.Guidelines,
		"ai.max_comments":        fmt.Sprint(c.AI.MaxComments),
		"review_drafts":          fmt.Sprint(c.ReviewDrafts),
		"request_changes":        fmt.Sprint(c.RequestChanges),
		"max_comments":           fmt.Sprint(c.MaxComments),
		"sweep":                  fmt.Sprint(c.Sweep),
	}
	if c.Engine != (ddlparse.Engine{}) {
		all["engine"] = c.Engine.String()
	}
	for _, r := range rules {
		all["rules."+r.ID] = ruleSetting(c, r)
	}
	for id, severity := range c.Guidelines {
		all["rules."+id] = severity.String()
	}
	for _, m := range c.Migrations {
		all["migrations "+m.Path] = cmp.Or(string(m.Tool), "any tool")
	}
	for _, i := range c.Ignore {
		all["ignore "+i.Rule+" "+i.Object] = ignoreSetting(i)
	}
	return all
}

func ruleSetting(c *Config, r *Rule) string {
	values := []string{c.Severity(r).String()}
	params := c.Params(r)
	for _, p := range r.Params {
		values = append(values, p.Name+": "+yamlScalar(params[p.Name]))
	}
	return strings.Join(values, ", ")
}

func ignoreSetting(i Ignore) string {
	if i.Until.IsZero() {
		return i.Reason
	}
	return i.Reason + " (until " + i.Until.Format(time.DateOnly) + ")"
}
