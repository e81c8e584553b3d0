package main

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
	"golang.org/x/text/message"
)

// demoModel is how the stand-in for Bedrock calls what it says: wherever a model is named, it stands.
const demoModel = "scripted-answers.no-model-was-asked"

// demoBedrock leads the real client to the stand-in.
func demoBedrock(s *converse.Server) bedrock.Options {
	return bedrock.Options{
		Model: demoModel, Family: "claude-sonnet-4-5",
		Region: converse.Region, Endpoint: s.URL, Keys: &bedrock.Keys{ID: converse.Key, Secret: converse.Secret},
	}
}

// demoScript is what the stand-in for Bedrock answers, in the language of the review.
type demoScript struct{ p *message.Printer }

// answer answers a question. It reads as little of the question as it takes to answer for the right statements, and
// words one thing differently after the second commit, as models do.
func (s demoScript) answer(call converse.Call) converse.Reply {
	question := textOf(call.Request)
	answer := prompts.Answer{Claims: []prompts.Claim{}}
	if id := statementID(question, "ALTER TABLE payments\n  ADD COLUMN settlement_id"); id != "" {
		answer.Claims = append(answer.Claims, s.settlement(id, strings.Contains(question, demoRefundKey)))
	}
	if id := statementID(question, "CREATE TABLE refunds"); id != "" && !strings.Contains(question, demoRefundKey) {
		answer.Claims = append(answer.Claims, s.refund(id))
	}
	said, err := json.Marshal(answer)
	if err != nil {
		return converse.Throw("InternalServerException", err.Error())
	}
	reply := converse.Says(string(said))
	reply.Usage = converse.Usage{Input: len(question) / 4, Output: len(said) / 4, Total: (len(question) + len(said)) / 4}
	return reply
}

// textOf is what a call asks.
func textOf(r converse.Request) string {
	var b strings.Builder
	for _, m := range r.Messages {
		for _, block := range m.Content {
			if block.Text != nil {
				b.WriteString(*block.Text)
			}
			if block.GuardContent != nil {
				b.WriteString(block.GuardContent.Text.Text)
			}
		}
	}
	return b.String()
}

var statementHead = regexp.MustCompile(`(?m)^\[(S\d+)\] `)

// statementID is the id of the statement that has this text, "" when none has.
func statementID(question, text string) string {
	at := strings.LastIndex(question, text) // the tables come before the statements
	if at < 0 {
		return ""
	}
	heads := statementHead.FindAllStringSubmatch(question[:at], -1)
	if len(heads) == 0 {
		return ""
	}
	return heads[len(heads)-1][1]
}

// refund is what the second commit follows.
func (s demoScript) refund(statement string) prompts.Claim {
	return prompts.Claim{
		Guideline: "missing-business-key", Statement: statement, Object: "refunds", Quote: "CREATE TABLE refunds", Confidence: "high",
		Title: s.p.Sprintf("Nothing keeps a refund from being made twice"),
		Consequence: s.p.Sprintf("A second click, or a retry after a timeout, adds another row with the same `payment_id` and `amount`, and the customer " +
			"gets the money twice. `payments` has an `idempotency_key` against that; `refunds` has only its own `id`."),
		Advice: s.p.Sprintf("Give `refunds` an `idempotency_key` with a unique key, as `payments` has it."),
	}
}

// settlement stays: nobody follows it, and other words for it make no second comment.
func (s demoScript) settlement(statement string, again bool) prompts.Claim {
	c := prompts.Claim{
		Guideline: "no-index-for-access-path", Statement: statement, Object: "payments.settlement_id", Confidence: "high",
		Quote: "ADD COLUMN settlement_id CHAR(26)",
		Title: s.p.Sprintf("The payments of a settlement can only be found by reading all payments"),
		Consequence: s.p.Sprintf("Whoever checks what was paid out asks for the payments of one `settlement_id`. No index starts with it, so each " +
			"check reads the whole table."),
		Advice: s.p.Sprintf("Add an index on `settlement_id`."),
		SQL: `ALTER TABLE payments
  ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',
  ADD COLUMN settled_at DATETIME(3) NULL COMMENT '精算日時',
  ADD INDEX idx_payments_settlement_id (settlement_id),
  ADD INDEX idx_payments_settled_at (settled_at)`,
	}
	if again {
		c.Title = s.p.Sprintf("Reconciling a settlement scans the table")
		c.Consequence = s.p.Sprintf("Finding the payments that belong to a `settlement_id` has no index to go by.")
	}
	return c
}

// scripted reports whether a comment is one of the script's.
func (s demoScript) scripted(body string) bool {
	return strings.Contains(body, s.refund("").Title) || strings.Contains(body, s.settlement("", false).Title)
}

// note is what the page says beside a comment, so that nobody takes it for a model's.
func (s demoScript) note(body string) string {
	if s.scripted(body) {
		return s.p.Sprintf("Scripted answer: no model was asked")
	}
	return ""
}
