package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// sayProblem words a problem: what the server does about which object, and the way out.
type sayProblem func(*review.Pass, *ddlparse.Problem) (problem, advice review.Message)

// fixProblem gives the mechanical correction of a problem, or nil where there is none.
type fixProblem func(*review.Pass, *ddlparse.Problem) *review.Edit

// reportProblems is the Check of a rule whose verdict the replay has already reached: every problem
// of the kind becomes a finding at the problem's own place, with the place of the object that it
// clashes with beside it. The replay raises none about tables that are opaque, so neither does the rule.
func reportProblems(kind ddlparse.ProblemKind, say sayProblem) func(*review.Pass) {
	return reportProblemsWithFix(kind, say, func(*review.Pass, *ddlparse.Problem) *review.Edit { return nil })
}

// reportProblemsWithout is reportProblems without those of which another rule speaks.
func reportProblemsWithout(kind ddlparse.ProblemKind, without func(*review.Pass, *ddlparse.Problem) bool, say sayProblem) func(*review.Pass) {
	return func(p *review.Pass) {
		for _, pr := range p.Problems(kind) {
			if !without(p, pr) {
				f := review.Finding{Object: pr.Object, Span: pr.Span, Related: relatedCause(pr)}
				f.Problem, f.Advice = say(p, pr)
				p.Report(f)
			}
		}
	}
}

// reportProblemsWithFix is reportProblems for a rule that can offer a correction.
func reportProblemsWithFix(kind ddlparse.ProblemKind, say sayProblem, fix fixProblem) func(*review.Pass) {
	return func(p *review.Pass) {
		for _, pr := range p.Problems(kind) {
			f := review.Finding{Object: pr.Object, Span: pr.Span, Fix: fix(p, pr), Related: relatedCause(pr)}
			f.Problem, f.Advice = say(p, pr)
			p.Report(f)
		}
	}
}

// relatedCause is the place of the object that a problem clashes with.
func relatedCause(pr *ddlparse.Problem) []review.Related {
	name := causeName(pr)
	if pr.Cause.IsZero() || name == "" {
		return nil
	}
	return []review.Related{{Span: pr.Cause, Note: review.Msg("`%s` is defined here", name)}}
}

// causeName is the name of what stands at the problem's cause; "" when that is not worth pointing at.
func causeName(pr *ddlparse.Problem) string {
	switch pr.Kind {
	case ddlparse.UnknownColumn, ddlparse.UnknownIndex, ddlparse.UnknownConstraint, ddlparse.UnknownTable:
		return pr.Table.String()
	case ddlparse.InvalidPrefixLength, ddlparse.BlobKeyWithoutPrefix, ddlparse.SpatialIndexInvalid, ddlparse.EngineLacksFeature, ddlparse.GeneratedInvalid:
		return pr.Value
	case ddlparse.PartitionColumn, ddlparse.PartitionNotFound, ddlparse.PartitionKey, ddlparse.ForeignKeyPartitioned, ddlparse.ForeignKeyEngine, ddlparse.PartitionAfterMaxvalue:
		return pr.Table.String()
	case ddlparse.PrimaryKeyNull, ddlparse.MultiplePrimaryKeys:
		return ddlparse.PrimaryName
	case ddlparse.DuplicateEnumValue, ddlparse.InvalidDefault, ddlparse.RemovedSyntax, ddlparse.DropAllColumns:
		return ""
	}
	switch {
	case pr.Other != "":
		return pr.Other
	case pr.Name != "":
		return pr.Name
	}
	return pr.Object
}
