package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// setNotNullWithoutStrictMode speaks of NULLs that become values because the server may not refuse them.
// Tried on MySQL 9.7 and MariaDB 10.11. In strict mode set-not-null-on-nullable-column speaks.
var setNotNullWithoutStrictMode = &review.Rule{
	ID:       "set-not-null-without-strict-mode",
	Title:    "Nullable column becomes NOT NULL without strict mode",
	Category: review.DataDependent,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "target_sql_mode", Default: "", Doc: "The sql_mode that migrations run with, if it is not the server's default."},
		exemptBackfilled,
	},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		mode := strings.ToUpper(review.Value[string](p, "target_sql_mode"))
		lax := *review.Memo(p, gatherLaxSteps)
		if len(lax) == 0 && (mode == "" || isStrict(mode)) {
			return
		}
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !lax[s.Number] && (mode == "" || isStrict(mode)) || !c.Restates() || c.Old == nil || c.Old.NotNull || c.New == nil || !c.New.NotNull || c.New.Generated != nil {
				continue
			}
			if h.holdsRows(s, c.Before) && h.mayBeNull(p, s, c) {
				p.Report(silentNotNull(p, c))
			}
		}
	},
}

func silentNotNull(p *review.Pass, c *ddlparse.ModifyColumn) review.Finding {
	return review.Finding{
		Object:  objectOf(c.Table, c.New.Name),
		Span:    notNullSpan(c),
		Problem: review.Msg("`%s` takes NULL until now: without strict mode %s turns every NULL into 0, an empty string or a zero date, and only warns.", objectOf(c.Table, c.New.Name), p.Engine.Title()),
		Advice:  review.Msg("Leave strict mode on, and fill the rows with UPDATE … SET %s = … WHERE %s IS NULL before this statement.", c.Name, c.Name),
	}
}

// isStrict reports whether a list of modes, in upper case, refuses wrong values.
func isStrict(modes string) bool {
	list := strings.Split(strings.ReplaceAll(modes, " ", ""), ",")
	return slices.Contains(list, strictMode) || slices.Contains(list, "STRICT_ALL_TABLES") || slices.Contains(list, "TRADITIONAL")
}

// laxSteps are the numbers of steps that run after their migration has switched strict mode off.
type laxSteps map[int]bool

func gatherLaxSteps(p *review.Pass) *laxSteps {
	lax := laxSteps{}
	var off bool
	var m *ddlparse.Migration
	for _, s := range p.Steps() {
		if s.Migration != m {
			m, off = s.Migration, false
		}
		for _, c := range s.Changes {
			if v, ok := c.(*ddlparse.SetVariable); ok && v.Name == "sql_mode" && v.Scope != "GLOBAL" {
				lost := lostModes(p.Engine, v)
				off = len(lost) > 0 && strings.HasPrefix(lost[0], "STRICT")
			}
		}
		if off {
			lax[s.Number] = true
		}
	}
	return &lax
}
