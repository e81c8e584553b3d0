package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// TestEvalScripts runs eval against a stand-in for Bedrock, through the real SDK: testdata/eval/*.txtar. What it
// answers is scripted, as the names of its models say.
func TestEvalScripts(t *testing.T) {
	t.Parallel()
	bedrock := converse.New(scriptedModels)
	t.Cleanup(bedrock.Close)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/eval",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			for name, value := range map[string]string{
				"HOME": e.WorkDir, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": bedrock.URL, "AWS_REGION": converse.Region,
				"AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret, "AWS_EC2_METADATA_DISABLED": "true",
			} {
				e.Setenv(name, value)
			}
			return writeEvalCases(filepath.Join(e.WorkDir, "cases"))
		},
	})
}

// evalCase is a file of three cases about a table %.
const evalCase = `[violation]
expect soft-delete-with-unique-key %.email
[twin]
clean
[near-miss]
forbid soft-delete-with-unique-key %.email
clean
-- violation/db/V1__%.sql --
CREATE TABLE % (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  deleted_at DATETIME,
  UNIQUE KEY uk_%_email (email)
);
-- twin/db/V1__%.sql --
CREATE TABLE % (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  UNIQUE KEY uk_%_email (email)
);
-- near-miss/db/V1__%.sql --
CREATE TABLE % (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL COMMENT 'never given to anybody else',
  deleted_at DATETIME,
  UNIQUE KEY uk_%_email (email)
);
`

func writeEvalCases(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	for _, table := range []string{"agents", "clients", "drivers", "guests", "members", "pupils"} {
		if err := os.WriteFile(filepath.Join(dir, table+".txtar"), []byte(strings.ReplaceAll(evalCase, "%", table)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

var createdTable = regexp.MustCompile(`CREATE TABLE (\w+)`)

// scriptedModels are scripted/careful, which knows the cases, scripted/hasty, which calls every soft delete a
// mistake but those of guests, scripted/liar, which invents, scripted/busy, which refuses, and scripted/away, which is.
func scriptedModels(c converse.Call) converse.Reply {
	var asked strings.Builder
	for _, m := range c.Request.Messages {
		for _, b := range m.Content {
			if b.Text != nil {
				asked.WriteString(*b.Text)
			}
		}
	}
	_, statements, _ := strings.Cut(asked.String(), "<<<statements ")
	found := createdTable.FindStringSubmatch(statements)
	switch {
	case c.Model == "scripted/away":
		return converse.Throw("ModelErrorException", "the script is away")
	case c.Model == "scripted/busy" || found == nil:
		return converse.Throw("ValidationException", "the script has no answer")
	}
	claims := []prompts.Claim{}
	if says(c.Model, found[1], statements) {
		claims = append(claims, scriptedClaim(c.Model, found[1]))
	}
	answer, err := json.Marshal(prompts.Answer{Claims: claims})
	if err != nil {
		return converse.Throw("InternalServerException", err.Error())
	}
	return converse.Reply{JSON: string(answer), Usage: converse.Usage{Input: 900, Output: 100, CacheRead: 600}}
}

func says(model, table, statements string) bool {
	soft := strings.Contains(statements, "deleted_at")
	switch model {
	case "scripted/hasty":
		return soft && table != "guests"
	case "scripted/liar":
		return true
	}
	return soft && !strings.Contains(statements, "never given")
}

func scriptedClaim(model, table string) prompts.Claim {
	claim := prompts.Claim{
		Guideline: "soft-delete-with-unique-key", Statement: "S1", Object: table + ".email", Quote: "UNIQUE KEY uk_" + table + "_email (email)",
		Confidence: "high", Title: "Soft delete meets a unique key", Consequence: "Who left can not come back.", Advice: "Make only living rows unique.",
	}
	if model == "scripted/liar" {
		claim.Quote = "UNIQUE KEY that_is_not_there (email)"
	}
	return claim
}
