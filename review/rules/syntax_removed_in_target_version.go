package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// syntaxRemoved reports what the server, or the version that a team plans to move to, no longer has.
var syntaxRemoved = &review.Rule{
	ID:       "syntax-removed-in-target-version",
	Title:    "Syntax, function, variable or mode was removed",
	Category: review.Syntax,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "upgrade_target", Default: "", Doc: "The server that the team plans to move to, for example mysql 9.7; what it no longer has is a warning."},
	},
	Check: func(p *review.Pass) {
		reportProblemsWithFix(ddlparse.RemovedSyntax, sayRemoved, writeInstead)(p)
		target, err := ddlparse.ParseEngine(review.Value[string](p, "upgrade_target"))
		if err != nil || target == p.Engine {
			return
		}
		for _, s := range p.Steps() {
			reportUpgrade(p, s.Statement, target)
		}
	},
}

// reportUpgrade warns of what only the planned server lacks.
func reportUpgrade(p *review.Pass, s *ddlparse.Statement, target ddlparse.Engine) {
	now := map[ddlparse.Span]bool{}
	for _, pr := range s.Removed(p.Engine) {
		now[pr.Span] = true
	}
	for _, pr := range s.Removed(target) {
		if now[pr.Span] {
			continue
		}
		problem, advice := removedFrom(target, pr)
		p.Report(review.Finding{Severity: review.Warning, Object: pr.Object, Span: pr.Span, Problem: problem, Advice: advice, Fix: writeInstead(p, pr)})
	}
}

func sayRemoved(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	return removedFrom(p.Engine, pr)
}

func removedFrom(e ddlparse.Engine, pr *ddlparse.Problem) (problem, advice review.Message) {
	problem = review.Msg("`%s` was removed in %s %s; %s refuses the statement (error %s).", pr.Name, productOf(e), pr.Value, e.Title(), review.Errno(pr.Number))
	if pr.Other == "" {
		return problem, review.Msg("Leave it out: nothing takes its place.")
	}
	return problem, review.Msg("Write %s in its place.", pr.Other)
}

// productOf names the product whose version numbers count.
func productOf(e ddlparse.Engine) string {
	switch {
	case e.IsMariaDB():
		return "MariaDB"
	case e.IsTiDB():
		return "TiDB"
	}
	return "MySQL"
}

// writeInstead puts in the new name where that is all there is to do.
func writeInstead(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	if pr.Number == 1193 && pr.Other != "" {
		return renameRemoved(pr, pr.Name, pr.Other)
	}
	if name, call := strings.CutSuffix(pr.Other, "()"); call && (strings.HasPrefix(name, "ST_") || strings.HasPrefix(name, "MBR")) {
		return renameRemoved(pr, strings.TrimSuffix(pr.Name, "()"), name)
	}
	for _, verb := range [...]string{"START ", "STOP ", "RESET ", "SHOW "} {
		if strings.HasPrefix(pr.Name, verb) && strings.HasPrefix(pr.Other, verb) {
			return &review.Edit{Title: "Write the new statement", Span: pr.Span, New: pr.Other}
		}
	}
	return nil
}

// renameRemoved replaces the name at the end of the span, behind a scope such as @@session.
func renameRemoved(pr *ddlparse.Problem, old, name string) *review.Edit {
	text := pr.Span.Text()
	if from := len(text) - len(old); from < 0 || !strings.EqualFold(text[from:], old) {
		return nil
	}
	at := pr.Span
	at.Start = at.End - int32(len(old))
	return &review.Edit{Title: "Write the new name", Span: at, New: name}
}
