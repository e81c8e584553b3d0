package rules

import (
	"slices"

	"github.com/schema-review/schema-review/review"
)

// enumSetValueRenamed speaks of members that are spelled differently where they stand: the server sees one
// removed and another one added. enum-set-value-removed then leaves it to this rule.
var enumSetValueRenamed = &review.Rule{
	ID:       "enum-set-value-renamed",
	Title:    "ENUM or SET member is spelled differently",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachRelisted(p, func(r relisted) {
			names := respelled(r)
			if len(names) == 0 {
				return
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` has %s in the place of %s: %s does not rename members, and stops with error %s at the first row that holds an old one.", r.object(), memberList(names), memberList(r.removed), p.Engine.Title(), review.Errno(1265))
			f.Advice = review.Msg("Add %s at the end of the list, let code write it, change the rows with UPDATE, and remove %s in a later migration.", memberList(names), memberList(r.removed))
			p.Report(f)
		})
	},
}

// respelled are the new members, where each stands in the place of a removed one and no row was changed for it.
func respelled(r relisted) []string {
	old, list := r.change.Old.Type.Members, r.change.New.Type.Members
	if len(r.removed) == 0 || len(old) != len(list) || r.moved || movedAway(r) {
		return nil
	}
	var names []string
	for i, m := range old {
		if !slices.Contains(r.removed, m) {
			continue
		}
		if slices.Contains(old, list[i]) {
			return nil
		}
		names = append(names, list[i])
	}
	return names
}
