package review_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// scripted is a model that says what it is told to. Its answers are for the machinery; no model made them.
type scripted struct {
	mu      sync.Mutex
	queries []review.Query
	answer  func(review.Query) ([]prompts.Claim, error)
}

func (s *scripted) Complete(_ context.Context, q review.Query) (review.Answer, error) {
	s.mu.Lock()
	s.queries = append(s.queries, q)
	s.mu.Unlock()
	claims, err := s.answer(q)
	if claims == nil {
		claims = []prompts.Claim{}
	}
	data, _ := json.Marshal(prompts.Answer{Claims: claims})
	return review.Answer{JSON: data, Model: "scripted", Usage: review.Usage{Input: 10, Output: 5, Calls: 1}}, err
}

func saying(claims ...prompts.Claim) *scripted {
	return &scripted{answer: func(review.Query) ([]prompts.Claim, error) { return claims, nil }}
}

func failing(err error) *scripted {
	return &scripted{answer: func(review.Query) ([]prompts.Claim, error) { return nil, err }}
}

func library(t testing.TB) *prompts.Library {
	t.Helper()
	l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

// advised is a report with what came of a model, and the report that the rules made.
func advised(t testing.TB, set *review.ChangeSet, m review.Model, change func(*review.Reviewer, *review.Config)) (with, without *review.Report) {
	t.Helper()
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(t), Model: m, Now: func() time.Time { return time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) }}
	c := review.DefaultConfig(r.Rules)
	if change != nil {
		change(r, c)
	}
	without, err := r.Review(t.Context(), set, c)
	if err != nil {
		t.Fatal(err)
	}
	return r.Advise(t.Context(), without, c, review.About{Repo: "acme/shop"}), without
}

const membersBefore = "CREATE TABLE users (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL, old INT NOT NULL);\n"

const members = `CREATE TABLE members (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT UNSIGNED NOT NULL,
  email VARCHAR(320) NOT NULL,
  deleted_at DATETIME,
  UNIQUE KEY uk_members_email (email)
);
ALTER TABLE users ADD COLUMN nick VARCHAR(50), DROP COLUMN old;
`

func membersSet() *review.ChangeSet {
	return &review.ChangeSet{
		History: []review.File{{Path: "db/V1__users.sql", Data: []byte(membersBefore)}},
		Changed: []review.Changed{{Path: "db/V2__members.sql", Head: []byte(members)}},
	}
}

// softDelete is a claim that holds.
func softDelete() prompts.Claim {
	return prompts.Claim{
		Guideline: "soft-delete-with-unique-key", Statement: "S1", Object: "members.email", Quote: "UNIQUE KEY uk_members_email (email)",
		Confidence: "high", Title: "Soft delete meets a unique key",
		Consequence: "`members.email` stays taken after `deleted_at` is set, so a member who left cannot register again.",
		Advice:      "Make only the rows that are alive unique, through a generated column.",
	}
}

func but(change func(*prompts.Claim)) prompts.Claim {
	c := softDelete()
	change(&c)
	return c
}

func modelFindings(r *review.Report) []review.Finding {
	var out []review.Finding
	for _, f := range r.Findings {
		if f.ByModel {
			out = append(out, f)
		}
	}
	return out
}

func TestAdvise(t *testing.T) {
	t.Parallel()
	claim := softDelete()
	claim.SQL = strings.Replace(strings.SplitAfter(members, ");\n")[0], "UNIQUE KEY uk_members_email (email)", "active_email VARCHAR(320) AS (IF(deleted_at IS NULL, email, NULL)) STORED,\n  UNIQUE KEY uk_members_active_email (active_email)", 1)
	with, without := advised(t, membersSet(), saying(claim), nil)
	found := modelFindings(with)
	if len(found) != 1 || len(with.Findings) != len(without.Findings)+1 || len(with.Dropped) != 0 {
		t.Fatalf("got %+v, dropped %+v", found, with.Dropped)
	}
	f := found[0]
	if got := f.Span.String(); got != "db/V2__members.sql:4:3" || f.Severity != review.Warning || f.Corrected == "" || f.Fix != nil {
		t.Errorf("got %s %s, fix %v, corrected %q", got, f.Severity, f.Fix, f.Corrected)
	}
	if !with.Advice.Complete() || with.Advice.Usage.Calls != 1 || with.Advice.Models[0] != "scripted" || without.Advice != nil {
		t.Errorf("advice: got %+v", with.Advice)
	}
	comment := english().Comment(f)
	for _, want := range []string{"💡 **Soft delete meets a unique key** (a design suggestion)", "`soft-delete-with-unique-key` · guideline · 👍 / 👎", "<summary>The corrected SQL</summary>"} {
		if !strings.Contains(comment, want) {
			t.Errorf("no %q in\n%s", want, comment)
		}
	}
}

// A fix that stays within the object's lines is one to press a button for.
func TestAdviseFix(t *testing.T) {
	t.Parallel()
	create := strings.SplitAfter(members, ");\n")[0]
	claim := but(func(c *prompts.Claim) { c.SQL = strings.Replace(create, "VARCHAR(320)", "VARCHAR(254)", 1) })
	with, _ := advised(t, membersSet(), saying(claim), nil)
	s, ok := review.Suggest(modelFindings(with)[0])
	if want := (review.Suggestion{First: 4, Last: 4, Lines: "  email VARCHAR(254) NOT NULL,\n"}); !ok || s != want {
		t.Errorf("got %+v %v, want %+v", s, ok, want)
	}
	claim.Object = "members"
	claim.SQL = strings.Replace(create, "DATETIME", "DATETIME(3)", 1)
	with, _ = advised(t, membersSet(), saying(claim), nil)
	if s, ok := review.Suggest(modelFindings(with)[0]); !ok || s.First != 5 {
		t.Errorf("of the table: got %+v %v", s, ok)
	}
}

// TestHallucinations: what can't be proven never reaches the report, and each reason is counted.
func TestHallucinations(t *testing.T) {
	t.Parallel()
	create := strings.SplitAfter(members, ");\n")[0]
	for name, test := range map[string]struct {
		claim prompts.Claim
		want  review.DropReason
	}{
		"unknown table":              {but(func(c *prompts.Claim) { c.Object = "customers" }), review.DropObject},
		"column of another table":    {but(func(c *prompts.Claim) { c.Object = "members.nick" }), review.DropObject},
		"three names too many":       {but(func(c *prompts.Claim) { c.Object = "a.b.members.email" }), review.DropObject},
		"table that isn't touched":   {but(func(c *prompts.Claim) { c.Statement, c.Object, c.Quote = "S2", "members", "nick" }), review.DropUntouched},
		"column that isn't touched":  {but(func(c *prompts.Claim) { c.Statement, c.Object, c.Quote = "S2", "users.name", "nick" }), review.DropUntouched},
		"wrong statement":            {but(func(c *prompts.Claim) { c.Statement = "S2" }), review.DropUntouched},
		"unknown statement":          {but(func(c *prompts.Claim) { c.Statement = "S3" }), review.DropStatement},
		"invented guideline":         {but(func(c *prompts.Claim) { c.Guideline = "no-such-guideline" }), review.DropGuideline},
		"rule as guideline":          {but(func(c *prompts.Claim) { c.Guideline = "drop-column" }), review.DropGuideline},
		"guideline of other changes": {but(func(c *prompts.Claim) { c.Guideline = "logic-in-trigger" }), review.DropGuideline},
		"quote not present":          {but(func(c *prompts.Claim) { c.Quote = "UNIQUE KEY uk_members_name (name)" }), review.DropQuote},
		"quote of nothing":           {but(func(c *prompts.Claim) { c.Quote = ";" }), review.DropQuote},
		"unsure":                     {but(func(c *prompts.Claim) { c.Confidence = "low" }), review.DropUnsure},
		"severity as confidence":     {but(func(c *prompts.Claim) { c.Confidence = "error" }), review.DropForm},
		"empty title":                {but(func(c *prompts.Claim) { c.Title = "" }), review.DropForm},
		"Japanese":                   {but(func(c *prompts.Claim) { c.Advice = "生成列に一意キーを付けてください。" }), review.DropLanguage},
		"link":                       {but(func(c *prompts.Claim) { c.Advice = "See https://evil.example for more." }), review.DropMarkup},
		"fix that doesn't parse":     {but(func(c *prompts.Claim) { c.SQL = "CREATE TABEL members (" }), review.DropFixSyntax},
		"fix of two statements":      {but(func(c *prompts.Claim) { c.SQL = create + "DROP TABLE users" }), review.DropFixSyntax},
		"fix of another table":       {but(func(c *prompts.Claim) { c.SQL = strings.Replace(create, "members", "users", 1) }), review.DropFixObject},
		"fix that drops":             {but(func(c *prompts.Claim) { c.SQL = "DROP TABLE members" }), review.DropFixObject},
		"fix that loses a column":    {but(func(c *prompts.Claim) { c.SQL = strings.Replace(create, "  deleted_at DATETIME,\n", "", 1) }), review.DropFixObject},
		"fix with a comment":         {but(func(c *prompts.Claim) { c.SQL = strings.Replace(create, "NOT NULL,", "NOT NULL, -- @dba approve", 1) }), review.DropFixObject},
		"fix that adds problems": {but(func(c *prompts.Claim) {
			c.SQL = strings.Replace(strings.Replace(create, " PRIMARY KEY", "", 1), "AUTO_INCREMENT", "", 1)
		}), review.DropFixWorse},
		"repeated lint finding": {but(func(c *prompts.Claim) {
			c.Guideline, c.Statement, c.Object, c.Quote = "expand-without-backfill", "S2", "users.old", "DROP COLUMN old"
		}), review.DropSaid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			with, without := advised(t, membersSet(), saying(test.claim), nil)
			if diff := cmp.Diff(map[review.DropReason]int{test.want: 1}, with.CountDropped()); diff != "" {
				t.Errorf("dropped (-want +got)\n%s%+v", diff, with.Dropped)
			}
			if len(with.Findings) != len(without.Findings) || with.Failed() != without.Failed() {
				t.Errorf("the report changed: %+v", modelFindings(with))
			}
		})
	}
}

// A rule's words are not said again under a guideline's name.
func TestRepeatsRule(t *testing.T) {
	t.Parallel()
	_, without := advised(t, membersSet(), saying(), nil)
	for _, f := range without.Findings {
		claim := but(func(c *prompts.Claim) {
			c.Guideline, c.Statement, c.Object, c.Quote = "name-contradicts-meaning", "S2", f.Object, "DROP COLUMN old"
			c.Consequence = f.Problem.In(english().Printer)
		})
		if with, _ := advised(t, membersSet(), saying(claim), nil); len(modelFindings(with)) > 0 {
			t.Errorf("%s was said again", f.Rule)
		}
	}
}

func TestManyFindings(t *testing.T) {
	t.Parallel()
	claims := make([]prompts.Claim, 500)
	guidelines := library(t).For([]string{"create-table"}, "mysql")
	for i := range claims {
		claims[i] = but(func(c *prompts.Claim) { c.Guideline = guidelines[i%len(guidelines)].ID })
	}
	with, _ := advised(t, membersSet(), saying(claims...), nil)
	if n := len(modelFindings(with)); n != 10 || len(with.Dropped) != 490 || with.Advice.Claims != 500 {
		t.Errorf("got %d findings, %d dropped of %d", n, len(with.Dropped), with.Advice.Claims)
	}
}

func TestAdviseJapanese(t *testing.T) {
	t.Parallel()
	claim := but(func(c *prompts.Claim) {
		c.Title, c.Consequence = "論理削除と一意キーの組み合わせ", "`members.email` は一意キーですが、退会した会員と同じメールアドレスでは再登録できません。"
		c.Advice = "生成列 `active_email` に一意キーを付けることを検討してください。"
	})
	japanese := func(_ *review.Reviewer, c *review.Config) { c.Language = "ja" }
	with, _ := advised(t, membersSet(), saying(claim), japanese)
	if len(modelFindings(with)) != 1 {
		t.Errorf("dropped: %+v", with.Dropped)
	}
	with, _ = advised(t, membersSet(), saying(softDelete()), japanese)
	if with.CountDropped()[review.DropLanguage] != 1 {
		t.Errorf("English was taken: %+v", with.Dropped)
	}
}

// TestDegrade: whatever happens to the model, the rules' report is the same, and one sentence says what is missing.
func TestDegrade(t *testing.T) {
	t.Parallel()
	broken := &scripted{answer: func(review.Query) ([]prompts.Claim, error) { return nil, nil }}
	seen := map[string]bool{}
	for name, m := range map[string]review.Model{
		"denied":      failing(&review.ModelError{Kind: review.ModelDenied, Err: errors.New("x")}),
		"misused":     failing(&review.ModelError{Kind: review.ModelMisused, Err: errors.New("x")}),
		"throttled":   failing(&review.ModelError{Kind: review.ModelThrottled, Err: errors.New("x")}),
		"timed out":   failing(&review.ModelError{Kind: review.ModelTimedOut, Err: errors.New("x")}),
		"unavailable": failing(errors.New("x")),
		"refused":     failing(&review.ModelError{Kind: review.ModelRefused, Err: errors.New("x")}),
		"truncated":   failing(&review.ModelError{Kind: review.ModelTruncated, Err: errors.New("x")}),
		"malformed":   failing(&review.ModelError{Kind: review.ModelMalformed, Err: errors.New("x")}),
		"over budget": broken,
	} {
		with, without := advised(t, membersSet(), m, func(r *review.Reviewer, _ *review.Config) {
			if name == "over budget" {
				r.Budget = noBudget{}
			}
		})
		sentence := with.Advice.Missing.In(english().Printer)
		if sentence == "" || seen[sentence] || !strings.Contains(english().CheckSummary(with, review.CheckOptions{}), "re-run") {
			t.Errorf("%s: got %q", name, sentence)
		}
		seen[sentence] = true
		if len(with.Findings) != len(without.Findings) || with.Failed() != without.Failed() || with.Advice.Complete() {
			t.Errorf("%s: the rules' findings changed", name)
		}
	}
}

// A declarative schema is judged by its difference, at the places of its text. Nothing is replayed, so no
// correction is shown.
func TestAdviseDeclarative(t *testing.T) {
	t.Parallel()
	create := strings.SplitAfter(members, ");\n")[0]
	set := &review.ChangeSet{
		History: []review.File{{Path: "db/.skeema", Data: []byte("schema=shop\n")}},
		Changed: []review.Changed{{
			Path: "db/members.sql", Head: []byte(create),
			Base: []byte("CREATE TABLE members (\n  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,\n  user_id BIGINT UNSIGNED NOT NULL,\n  email VARCHAR(320) NOT NULL\n);\n"),
		}},
	}
	with, _ := advised(t, set, saying(but(func(c *prompts.Claim) { c.SQL = create })), nil)
	found := modelFindings(with)
	if len(found) != 1 || found[0].Span.String() != "db/members.sql:6:3" || found[0].Fix != nil || found[0].Corrected != "" {
		t.Errorf("got %+v, dropped %+v", found, with.Dropped)
	}
}

// The wait for a model ends with the context, and what was proven until then is kept.
func TestAdviseDeadline(t *testing.T) {
	t.Parallel()
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(t), Model: stuck{}}
	report, err := r.Review(t.Context(), membersSet(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	with := r.Advise(ctx, report, nil, review.About{})
	if diff := cmp.Diff([]review.ModelFailure{review.ModelTimedOut}, with.Advice.Failures); diff != "" || len(with.Findings) != len(report.Findings) {
		t.Errorf("failures (-want +got)\n%s", diff)
	}
}

type stuck struct{}

func (stuck) Complete(ctx context.Context, _ review.Query) (review.Answer, error) {
	<-ctx.Done()
	return review.Answer{}, ctx.Err()
}

// The rules that guidelines leave alone are there, and so are the guidelines.
func TestOverlap(t *testing.T) {
	t.Parallel()
	l, all := library(t), rules.All()
	for guideline, ids := range review.Overlap {
		if _, known := l.Guideline(guideline); !known {
			t.Errorf("there is no guideline %s", guideline)
		}
		for _, id := range ids {
			if _, err := review.FindRule(all, id); err != nil {
				t.Errorf("%s: %v", guideline, err)
			}
		}
	}
}

// Without a model, or where it is switched off, the report is the rules' own.
func TestNoModel(t *testing.T) {
	t.Parallel()
	if with, without := advised(t, membersSet(), nil, nil); with != without || with.Advice != nil {
		t.Error("without a model there is advice")
	}
	m := saying(softDelete())
	off := func(_ *review.Reviewer, c *review.Config) { c.AI.Enabled = false }
	if with, without := advised(t, membersSet(), m, off); with != without || len(m.queries) != 0 {
		t.Error("a model was asked though it is switched off")
	}
}

type noBudget struct{}

func (noBudget) Reserve(context.Context, string, int) (bool, error) { return false, nil }
func (noBudget) Settle(context.Context, string, int, int)           {}

// A large change set is asked about in parts; what is beyond the limit is named.
func TestAdviseSplits(t *testing.T) {
	t.Parallel()
	var sql strings.Builder
	for i := range 40 {
		name := "t" + strings.Repeat("x", i+1)
		sql.WriteString("CREATE TABLE " + name + " (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, a VARCHAR(50) NOT NULL, b VARCHAR(50) NOT NULL, c DATETIME NOT NULL);\n")
	}
	set := &review.ChangeSet{Changed: []review.Changed{{Path: "db/V1__a.sql", Head: []byte(sql.String())}}}
	m := saying()
	with, _ := advised(t, set, m, func(r *review.Reviewer, c *review.Config) {
		whole, err := r.Review(t.Context(), set, c)
		if err != nil {
			t.Fatal(err)
		}
		questions, _ := r.Questions(whole, c, review.About{})
		fixed := review.EstimateTokens(questions[0].Prompt.System + questions[0].Prompt.Stable)
		r.Limits = review.Limits{Question: fixed + 1200, Review: 2 * (fixed + 1200 + 4000)}
	})
	if len(m.queries) < 2 || len(with.Advice.LeftOut) == 0 || with.Advice.Complete() || with.Advice.Missing.IsZero() {
		t.Errorf("%d questions, %d left out", len(m.queries), len(with.Advice.LeftOut))
	}
	asked := 0
	for _, q := range m.queries {
		asked += strings.Count(q.Content, "\n[S")
		if q.Stable != m.queries[0].Stable || q.System != m.queries[0].System {
			t.Error("the stable parts differ")
		}
	}
	if asked+len(with.Advice.LeftOut) != 40 {
		t.Errorf("%d statements were asked about and %d left out of 40", asked, len(with.Advice.LeftOut))
	}
}

// What a statement keeps to itself is in no other part of the prompt: messages of rules, title, description, tables.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	const secret = "hunter~2"
	m := saying()
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(t), Model: m}
	set := &review.ChangeSet{
		History: []review.File{{Path: "db/V1__a.sql", Data: []byte("CREATE TABLE a (id BIGINT PRIMARY KEY, pin VARCHAR(20) NOT NULL DEFAULT '" + secret + "', mail VARCHAR(50) DEFAULT 'root@example.com');")}},
		Changed: []review.Changed{{Path: "db/V2__b.sql", Head: []byte("ALTER TABLE a MODIFY pin VARCHAR(10) NOT NULL, MODIFY mail VARCHAR(60);\nALTER TABLE a ADD x VARCHAR(9) DEFAULT '" + secret + "';\nUPDATE a SET pin = '" + secret + "';")}},
	}
	report, err := r.Review(t.Context(), set, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Advise(t.Context(), report, nil, review.About{Title: "pin is " + secret, Description: secret + " root@example.com"})
	for _, q := range m.queries {
		for _, bad := range []string{secret, "root@example.com"} {
			if i := strings.Index(q.Content, bad); i >= 0 {
				t.Errorf("%s leaks: %s", bad, q.Content[max(0, i-200):])
			}
		}
	}
	if len(m.queries) != 1 {
		t.Errorf("%d questions", len(m.queries))
	}
}

// A suppression of a guideline works like one of a rule, and is never called unused.
func TestSuppressGuideline(t *testing.T) {
	t.Parallel()
	set := membersSet()
	set.Changed[0].Head = []byte("-- schema-review: ignore soft-delete-with-unique-key members never leave\n" + members)
	with, without := advised(t, set, saying(softDelete()), nil)
	if len(modelFindings(with)) != 0 || len(with.Suppressed) != len(without.Suppressed)+1 || with.CountDropped()[review.DropSuppressed] != 1 {
		t.Errorf("got %+v, suppressed %+v", modelFindings(with), with.Suppressed)
	}
	for _, f := range without.Findings {
		if f.Rule == review.SuppressionUnused {
			t.Errorf("called unused: %s", f.Problem.In(english().Printer))
		}
	}
}

// BenchmarkAdvise measures the stage without the model's own time: a change set of a hundred lines on a schema of
// two hundred tables, with a claim that has a fix to replay.
func BenchmarkAdvise(b *testing.B) {
	set, claim := grownSet(), grownClaim()
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(b), Model: saying(claim)}
	c := review.DefaultConfig(r.Rules)
	report, err := r.Review(b.Context(), set, c)
	if err != nil {
		b.Fatal(err)
	}
	questions, _ := r.Questions(report, c, review.About{})
	for b.Loop() {
		if with := r.Advise(b.Context(), report, c, review.About{}); len(modelFindings(with)) != 1 {
			b.Fatalf("dropped: %+v", with.Dropped)
		}
	}
	b.ReportMetric(float64(questions[0].Tokens), "tokens")
	b.ReportMetric(float64(len(questions[0].Guidelines)), "guidelines")
}

// Configuration changes what a guideline is worth, or switches it off: then it isn't even asked about.
func TestGuidelineSeverity(t *testing.T) {
	t.Parallel()
	for severity, want := range map[review.Severity]int{review.Off: 0, review.Notice: 1, review.Warning: 1} {
		m := saying(softDelete())
		with, _ := advised(t, membersSet(), m, func(_ *review.Reviewer, c *review.Config) {
			c.Guidelines = map[string]review.Severity{"soft-delete-with-unique-key": severity}
		})
		found := modelFindings(with)
		if len(found) != want || want > 0 && found[0].Severity != severity {
			t.Errorf("%s: got %+v", severity, found)
		}
		if asked := strings.Contains(m.queries[0].Stable, "soft-delete-with-unique-key"); asked != (want > 0) {
			t.Errorf("%s: the prompt has the guideline: %v", severity, asked)
		}
	}
}
