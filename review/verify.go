package review

import (
	"cmp"
	"context"
	"slices"

	"github.com/schema-review/schema-review/prompts"
)

// DropReason is why a claim of the model is not in the report.
type DropReason string

// The reasons, in the order in which a claim is checked.
const (
	DropForm       DropReason = "form"                // a text is missing or longer than anybody reads
	DropUnsure     DropReason = "low-confidence"      // the model itself isn't sure
	DropGuideline  DropReason = "unknown-guideline"   // no such guideline, or it doesn't speak to this change or engine
	DropStatement  DropReason = "unknown-statement"   // no such statement in the question
	DropObject     DropReason = "unknown-object"      // neither the schema after the change set nor what it dropped has it
	DropUntouched  DropReason = "object-not-touched"  // the statement has nothing to do with the object
	DropQuote      DropReason = "quote-not-found"     // the quoted words don't stand in the statement
	DropMarkup     DropReason = "markup"              // a link, mention, HTML, code block or hidden character
	DropLanguage   DropReason = "language"            // not in the language of the repository
	DropSaid       DropReason = "said-by-rule"        // a rule says it of that object
	DropRepeated   DropReason = "repeated"            // the model says it of that object a second time
	DropFixSyntax  DropReason = "fix-not-understood"  // the corrected SQL doesn't parse
	DropFixObject  DropReason = "fix-of-another-kind" // it defines something else, or brings text of its own
	DropFixWorse   DropReason = "fix-no-better"       // it brings as many findings as it removes
	DropTooMany    DropReason = "too-many"            // better ones fill the limit
	DropSuppressed DropReason = "suppressed"          // somebody decided to live with it
)

// DropReasons are all reasons, in the order in which a claim is checked.
func DropReasons() []DropReason {
	var all []DropReason
	for _, c := range checks() {
		all = append(all, c.reason)
	}
	return append(all, DropTooMany, DropSuppressed)
}

// candidate is a claim on its way through the checks, with what they learned of it.
type candidate struct {
	prompts.Claim
	question  *question
	subject   *subject
	guideline prompts.Guideline
	object    claimed
	fix       fix
	detail    string
}

// check reports whether a claim holds.
type check struct {
	reason DropReason
	holds  func(*verifier, *candidate) bool
}

// checks are all of them, the cheap ones first. Each may rely on those before it.
func checks() []check {
	return []check{
		{DropForm, (*verifier).wellFormed},
		{DropUnsure, (*verifier).sure},
		{DropGuideline, (*verifier).guided},
		{DropStatement, (*verifier).stated},
		{DropObject, (*verifier).exists},
		{DropUntouched, (*verifier).touched},
		{DropQuote, (*verifier).quoted},
		{DropMarkup, (*verifier).plain},
		{DropLanguage, (*verifier).spoken},
		{DropSaid, (*verifier).unsaid},
		{DropRepeated, (*verifier).first},
		{DropFixSyntax, (*verifier).fixReads},
		{DropFixObject, (*verifier).fixKeeps},
		{DropFixWorse, (*verifier).fixHelps},
	}
}

// verifier keeps what code can prove of a model's claims.
type verifier struct {
	reviewer   *Reviewer
	config     *Config
	report     *Report
	seen       map[string]bool // fingerprints of what was kept
	baselines  map[*Plan][]Finding
	lint       func(*Plan) []Finding
	replay     func(p *Plan, c *candidate) (*Plan, bool)
	kept       []candidate
	dropped    []Dropped
	suppressed []Suppressed
}

func newVerifier(ctx context.Context, a *advising) *verifier {
	v := &verifier{reviewer: a.reviewer, config: a.config, report: a.report, seen: map[string]bool{}, baselines: map[*Plan][]Finding{}}
	v.lint = func(p *Plan) []Finding {
		found, _, _ := v.reviewer.lint(ctx, []*Plan{p}, v.config) // a review that is stopped has no fixes
		return found
	}
	v.replay = func(p *Plan, c *candidate) (*Plan, bool) { return p.with(ctx, c.subject.step.Statement, c.fix.sql) }
	return v
}

// verify checks the claims of one answer. Of an answer without end only the beginning is looked at.
func (v *verifier) verify(q *question, claims []prompts.Claim) {
	for i, claim := range claims {
		c := candidate{Claim: claim, question: q}
		if i >= prompts.MaxClaims {
			v.drop(c, DropTooMany)
			continue
		}
		v.judge(c)
	}
}

func (v *verifier) judge(c candidate) {
	for _, check := range checks() {
		if !check.holds(v, &c) {
			v.drop(c, check.reason)
			return
		}
	}
	v.seen[c.fingerprint()] = true
	v.kept = append(v.kept, c)
}

func (v *verifier) drop(c candidate, reason DropReason) {
	v.dropped = append(v.dropped, Dropped{Claim: c.Claim, Reason: reason, Detail: c.detail})
}

// best are the findings that were kept, at most so many and the surest first, and all that was dropped.
func (v *verifier) best(most int) ([]Finding, []Dropped) {
	slices.SortStableFunc(v.kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(sureness(a), sureness(b)), compareFindings(a.finding(), b.finding()))
	})
	applier := v.reviewer.applier(v.report.Plans, v.config)
	var found []Finding
	for _, c := range v.kept {
		f := c.finding()
		if s, accepted := applier.suppress(f); accepted {
			v.suppressed = append(v.suppressed, s)
			v.drop(c, DropSuppressed)
			continue
		}
		if len(found) >= most {
			v.drop(c, DropTooMany)
			continue
		}
		found = append(found, f)
	}
	return found, v.dropped
}

func sureness(c candidate) int { return slices.Index([]string{"high", "medium"}, c.Confidence) }

// fingerprint identifies the claim for the life of a pull request: guideline and object, whatever the words.
func (c *candidate) fingerprint() string {
	return adviceFingerprint(c.guideline.ID, c.question.plan.Set, c.object.path)
}

func adviceFingerprint(guideline, set, object string) string {
	return Finding{Rule: guideline, Object: object}.digest("guideline in "+set, 0)
}

// finding is the claim as a finding. Its place is the object's; the model has no say in it.
func (c *candidate) finding() Finding {
	f := Finding{
		Rule: c.guideline.ID, ByModel: true, Severity: c.severity(), Object: c.object.path, Span: c.object.span,
		Title: oneLine(c.Title), Problem: Msg("%s", tidy(c.Consequence)), Advice: Msg("%s", tidy(c.Advice)),
		Fix: c.fix.edit, Corrected: c.fix.corrected,
		Statement: c.object.statement, Content: c.object.content, Set: c.question.plan.Set, fingerprint: c.fingerprint(),
	}
	return f
}

// severity is the guideline's, a warning at most.
func (c *candidate) severity() Severity {
	if c.guideline.Severity == "warning" {
		return Warning
	}
	return Notice
}

func (v *verifier) wellFormed(c *candidate) bool {
	err := c.Check()
	if err != nil {
		c.detail = err.Error()
	}
	return err == nil
}

func (v *verifier) sure(c *candidate) bool { return c.Confidence == "high" || c.Confidence == "medium" }

// guided: the guideline was in the question, so it is enabled and speaks to the engine, and it speaks to what
// the statement does.
func (v *verifier) guided(c *candidate) bool {
	i := slices.IndexFunc(c.question.input.Guidelines, func(g prompts.Guideline) bool { return g.ID == c.Guideline })
	if i < 0 {
		return false
	}
	c.guideline = c.question.input.Guidelines[i]
	return true
}

func (v *verifier) stated(c *candidate) bool {
	c.subject = c.question.subject(c.Statement)
	return c.subject != nil
}

// first: nothing is said twice of an object, and the first claim is the one that counts.
func (v *verifier) first(c *candidate) bool { return !v.seen[c.fingerprint()] }

// baseline is what the rules find in a plan as it is, before anything is suppressed.
func (v *verifier) baseline(p *Plan) []Finding {
	found, known := v.baselines[p]
	if !known {
		found = v.lint(p)
		v.baselines[p] = found
	}
	return found
}
