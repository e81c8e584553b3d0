package eval

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/sync/errgroup"
)

// Judge asks a model what it thinks of the words of findings. It should be of another family than the model that
// wrote them: a model likes its own words.
type Judge struct {
	Source   Source
	Prompts  *prompts.Library
	Examples []prompts.JudgeExample // labelled by people
	Parallel int                    // questions at a time; 0 = 3
	Redact   func(sql, engine string) string
}

// longestJudgement is how many tokens a judgement may have.
const longestJudgement = 600

// Judge calibrates itself on the examples, and then judges what the result has of findings that are right: the
// words of a wrong one don't matter. An error is none of the model's, such as an answer that was not recorded.
func (j *Judge) Judge(ctx context.Context, r *Result) (*Judged, error) {
	examples := j.known()
	found := j.wordings(r)
	questions := make([]judgeQuestion, 0, len(examples)+len(found))
	for _, e := range examples {
		questions = append(questions, judgeQuestion{"judge example " + e.Name, e.Wording})
	}
	for _, f := range found {
		questions = append(questions, judgeQuestion{"judge of " + f.done.Name, f.wording})
	}
	said, err := j.ask(ctx, questions)
	if err != nil {
		return nil, err
	}
	out := &Judged{Prompts: j.Prompts.JudgeVersion()}
	for _, s := range said {
		out.count(s)
	}
	out.calibrate(examples, said[:len(examples)])
	out.score(found, said[len(examples):])
	return out, nil
}

// known are the examples whose guideline the library has: without it there is nothing to judge by.
func (j *Judge) known() []prompts.JudgeExample {
	var known []prompts.JudgeExample
	for _, e := range j.Examples {
		if _, has := j.Prompts.Guideline(e.Wording.Guideline); has {
			known = append(known, e)
		}
	}
	return known
}

// foundWording is a finding to judge, and whose it is.
type foundWording struct {
	done    *CaseDone
	claim   Claim
	wording prompts.Wording
}

// wordings are the findings that labels expect or allow, each wording of a case once.
func (j *Judge) wordings(r *Result) []foundWording {
	var found []foundWording
	seen := map[prompts.Wording]bool{}
	for i := range r.Cases {
		c := &r.Cases[i]
		for _, run := range c.Runs {
			for _, claim := range run.Claims {
				w := j.wording(c, claim)
				if (claim.Outcome == Hit || claim.Outcome == Allowed) && !seen[w] {
					seen[w] = true
					found = append(found, foundWording{c, claim, w})
				}
			}
		}
	}
	return found
}

func (j *Judge) wording(c *CaseDone, claim Claim) prompts.Wording {
	return prompts.Wording{
		Engine: c.Engine, Language: c.Language, Guideline: claim.Guideline, Object: claim.Object,
		SQL: j.Redact(claim.Statement, c.Engine), Title: claim.Title, Consequence: claim.Consequence, Advice: claim.Advice,
	}
}

// judgeQuestion is a wording, and what it belongs to.
type judgeQuestion struct {
	of      string
	wording prompts.Wording
}

// judgement is what came of one question.
type judgement struct {
	prompts.Judgement
	answer   review.Answer
	answered bool
}

// ask asks about each wording. The judgements have their order.
func (j *Judge) ask(ctx context.Context, list []judgeQuestion) ([]judgement, error) {
	said, missing := make([]judgement, len(list)), make([]*MissingError, len(list))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(j.Parallel, 3))
	for i, q := range list {
		group.Go(func() (err error) {
			if said[i], err = j.askOne(ctx, q); errors.As(err, &missing[i]) {
				return nil // all that is missing is told at once
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("judge: %w", err)
	}
	if missing = slices.DeleteFunc(missing, func(e *MissingError) bool { return e == nil }); len(missing) > 0 {
		first := *missing[0]
		first.Others = len(missing) - 1
		return nil, &first
	}
	return said, nil
}

func (j *Judge) askOne(ctx context.Context, q judgeQuestion) (judgement, error) {
	q.wording.Nonce = wordingNonce(q.wording)
	p := j.Prompts.JudgePrompt(q.wording)
	given, err := j.Source.Answer(ctx, Asking{Case: q.of, Run: 1}, review.Query{
		System: p.System, Content: p.Content, Schema: prompts.JudgeSchema(), MaxTokens: longestJudgement,
	})
	if err != nil {
		if fatal(err) {
			return judgement{}, err
		}
		return judgement{answer: given.Answer}, nil
	}
	said, err := prompts.DecodeJudgement(given.JSON)
	return judgement{said, given.Answer, err == nil}, nil
}

// wordingNonce is the word between which a wording stands. It is the same for the same text, so that an answer can be
// found again, and nobody can write a text that holds its own hash.
func wordingNonce(w prompts.Wording) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{w.SQL, w.Object, w.Title, w.Consequence, w.Advice}, "\x00")))
	return hex.EncodeToString(sum[:12])
}
