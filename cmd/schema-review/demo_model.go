package main

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// demoModel is how the stand-in for Bedrock calls what it says: wherever a model is named, it stands.
const demoModel = "scripted-answers.no-model-was-asked"

// demoNote is what the pages say of these answers.
const demoNote = "Scripted answer: no model was asked"

// demoBedrock leads the real client to the stand-in.
func demoBedrock(s *converse.Server) bedrock.Options {
	return bedrock.Options{
		Model: demoModel, Family: "claude-sonnet-4-5",
		Region: converse.Region, Endpoint: s.URL, Keys: &bedrock.Keys{ID: converse.Key, Secret: converse.Secret},
	}
}

// demoAnswer is the script. It reads as little of the question as it takes to answer for the right statements, and
// words one thing differently after the second commit, as models do.
func demoAnswer(call converse.Call) converse.Reply {
	question := textOf(call.Request)
	answer := prompts.Answer{Claims: []prompts.Claim{}}
	if id := statementID(question, "ALTER TABLE payments\n  ADD COLUMN settlement_id"); id != "" {
		answer.Claims = append(answer.Claims, demoSettlement(id, strings.Contains(question, demoRefundKey)))
	}
	if id := statementID(question, "CREATE TABLE refunds"); id != "" && !strings.Contains(question, demoRefundKey) {
		answer.Claims = append(answer.Claims, demoRefund(id))
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

// demoRefund is what the second commit follows.
func demoRefund(statement string) prompts.Claim {
	return prompts.Claim{
		Guideline: "missing-business-key", Statement: statement, Object: "refunds", Quote: "CREATE TABLE refunds", Confidence: "high",
		Title: "Nothing keeps a refund from being made twice",
		Consequence: "A second click, or a retry after a timeout, adds another row with the same `payment_id` and `amount`, and the customer " +
			"gets the money twice. `payments` has an `idempotency_key` against that; `refunds` has only its own `id`.",
		Advice: "Give `refunds` an `idempotency_key` with a unique key, as `payments` has it.",
	}
}

// demoSettlement stays: nobody follows it, and other words for it make no second comment.
func demoSettlement(statement string, again bool) prompts.Claim {
	c := prompts.Claim{
		Guideline: "no-index-for-access-path", Statement: statement, Object: "payments.settlement_id", Confidence: "high",
		Quote: "ADD COLUMN settlement_id CHAR(26)",
		Title: "The payments of a settlement can only be found by reading all payments",
		Consequence: "Whoever checks what was paid out asks for the payments of one `settlement_id`. No index starts with it, so each " +
			"check reads the whole table.",
		Advice: "Add an index on `settlement_id`.",
		SQL: `ALTER TABLE payments
  ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',
  ADD COLUMN settled_at DATETIME(3) NULL COMMENT '精算日時',
  ADD INDEX idx_payments_settlement_id (settlement_id),
  ADD INDEX idx_payments_settled_at (settled_at)`,
	}
	if again {
		c.Title = "Reconciling a settlement scans the table"
		c.Consequence = "Finding the payments that belong to a `settlement_id` has no index to go by."
	}
	return c
}

// demoScripted reports whether a comment is one of the script's.
func demoScripted(body string) bool {
	return strings.Contains(body, demoRefund("").Title) || strings.Contains(body, demoSettlement("", false).Title)
}
