package main

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/store"
)

const shortCode = `---
id: short-code
title: A code is too short
kinds: [create-table]
severity: notice
---
A code that people type has six characters at least.
`

// Guidelines of the organisation and of the repository are laid over those that come with the program. A mistake in one
// is told like one in the configuration, and the review goes on with the others.
func TestAppLaysPromptsOver(t *testing.T) {
	t.Parallel()
	claim := but(func(c *prompts.Claim) {
		c.Guideline, c.Object, c.Quote = "short-code", "members.email", "email VARCHAR(255)"
	})
	m := newAdvisor(t, converse.Always(claiming(claim)))
	a := newAdvised(t, m, appOptions{
		org:  files{"schema-review/guidelines/short-code.md": text(shortCode)},
		base: files{".github/schema-review/guidelines/other.md": text("---", "id: other", "titel: Oops", "---", "Something.")},
	})
	run := a.says(a.open(migration(2, members...)), "success: No problems, 1 design suggestion", "short-code:3")
	has(t, "the check run", run.Summary, ".github/schema-review/guidelines/other.md:3", "`titel`", "`title`")
	has(t, "what the model is told", string(m.questions()[0].Raw), "A code that people type has six characters at least.")
}

// The record says what the model had to do with a review, and keeps what it was sent where the operator wants that.
func TestAppKeepsAccount(t *testing.T) {
	t.Parallel()
	made := but(func(c *prompts.Claim) { c.Guideline = "be-nice" })
	for name, keep := range map[string]string{"with the text": "true", "without": "false"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAdvised(t, newAdvisor(t, converse.Always(claiming(softDelete(), made))), appOptions{}, "KEEP_PROMPTS", keep)
			p := a.open(migration(2, members...))
			a.says(p, "success: No problems, 1 design suggestion", "soft-delete-with-unique-key:3")
			a.serve.stop(syscall.SIGTERM)
			got := a.recorded(p.State().Number).Advice
			if got == nil {
				t.Fatal("there is no account")
			}
			if got.Claims != 2 || got.Dropped["unknown-guideline"] != 1 || got.Input != 15_000 || got.Output != 400 || got.CacheRead != 6000 ||
				!got.Priced || got.Cost != (9000*3+400*15+6000*0.3)/1e6 || !got.Complete || got.Missing != "" || len(got.Hashes) != 1 || got.Prompts == "" ||
				len(got.Models) != 1 || got.Took <= 0 {
				t.Errorf("got %+v", got)
			}
			if kept := strings.Join(got.Texts, ""); (keep == "true") != strings.Contains(kept, "uk_members_email") {
				t.Errorf("kept: %q", kept)
			}
		})
	}
}

// recorded is the newest record of a pull request, in a database that nobody uses any more.
func (a *app) recorded(number int) *webhook.Review {
	a.t.Helper()
	s, err := store.Open(a.t.Context(), "sqlite:"+a.database, store.Options{})
	if err != nil {
		a.t.Fatal(err)
	}
	defer s.Close()
	r, err := s.LastReview(a.t.Context(), webhook.Job{Owner: "acme", Repo: "shop", Number: number})
	if err != nil || r == nil {
		a.t.Fatal("no record:", err)
	}
	return r
}

// The model is tested at the start, which waits for nothing; what is wrong is said in the log, with what to do.
func TestAppTestsTheModel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		reply converse.Reply
		says  []string
	}{
		"it answers": {claiming(), []string{`"msg":"a model answers"`, advisingModel}},
		"it doesn't": {converse.Throw("AccessDeniedException", "no"), []string{"a model doesn't answer", "allow bedrock:InvokeModel on the inference profile"}},
		"it hangs":   {converse.Reply{JSON: `{"claims":[]}`, Wait: 30 * time.Second}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newAdvisor(t, nil)
			m.checks(tt.reply)
			a := newAdvised(t, m, appOptions{}, "ADVICE_WAIT", "1ms")
			m.says(converse.Always(claiming()))
			a.says(a.open(migration(2, members...)), "success: No problems in 1 statement")
			eventually(t, a.serve, "the log says how the model is", func() bool {
				for _, want := range tt.says {
					if !strings.Contains(a.serve.log(), want) {
						return false
					}
				}
				return true
			})
		})
	}
	plain := newApp(t, appOptions{})
	if n := strings.Count(plain.serve.log(), "no model is configured (BEDROCK_MODEL_ID): reviews are by rules only"); n != 1 {
		t.Errorf("without a model, that is said %d times", n)
	}
}

// doctor asks the model as serve does, and says what to do.
func TestDoctorAsksTheModel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		reply converse.Reply
		says  []string
	}{
		"it answers":    {claiming(), []string{"OK     model", advisingModel + " answers, with JSON by way of native"}},
		"denied":        {converse.Throw("AccessDeniedException", "no"), []string{"WRONG  model", "-> allow bedrock:InvokeModel and bedrock:CountTokens on the inference profile's ARN"}},
		"misconfigured": {converse.Throw("ResourceNotFoundException", "no"), []string{"WRONG  model", "-> check BEDROCK_MODEL_ID"}},
		"throttled":     {converse.Throw("ThrottlingException", "no"), []string{"NOTE   model", "-> ask AWS for a higher quota"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newAdvisor(t, nil)
			m.checks(tt.reply)
			out := runProgram(t, m.settings("BEDROCK_TIMEOUT", "5s"), "doctor")
			has(t, "doctor", out, tt.says...)
		})
	}
}
