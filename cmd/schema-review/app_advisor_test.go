package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// advisor is a Bedrock that the program asks, with AWS's own SDK. Its answers are for the machinery; no model made them.
type advisor struct {
	server *converse.Server
	mu     sync.Mutex
	script converse.Script
	check  converse.Reply
}

const advisingModel = "jp.anthropic.claude-sonnet-4-6"

func newAdvisor(t *testing.T, script converse.Script) *advisor {
	t.Helper()
	m := &advisor{script: script, check: claiming()}
	m.server = converse.New(func(c converse.Call) converse.Reply {
		m.mu.Lock()
		answer, check := m.script, m.check
		m.mu.Unlock()
		if isCheck(c) {
			return check
		}
		return answer(c)
	})
	t.Cleanup(m.server.Close)
	return m
}

// isCheck reports whether the call is the test of the connection that serve makes at its start.
func isCheck(c converse.Call) bool { return c.Request.RequestMetadata["purpose"] == "check" }

// says makes the model say something else from now on.
func (m *advisor) says(script converse.Script) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.script = script
}

// checks makes the model answer the test of the connection otherwise.
func (m *advisor) checks(r converse.Reply) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.check = r
}

// questions are the calls about change sets.
func (m *advisor) questions() (all []converse.Call) {
	for _, c := range m.server.Calls() {
		if !isCheck(c) && c.Operation == converse.Converse {
			all = append(all, c)
		}
	}
	return all
}

// settings are those of a program that asks the model.
func (m *advisor) settings(more ...string) map[string]string {
	all := map[string]string{
		"BEDROCK_MODEL_ID": advisingModel, "AWS_REGION": converse.Region, "AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret,
		"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": m.server.URL, "AWS_EC2_METADATA_DISABLED": "true",
		"BEDROCK_PRICES": advisingModel + "=3/15/0.3/3.75",
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

// newAdvised is an App with a model.
func newAdvised(t *testing.T, m *advisor, o appOptions, more ...string) *app {
	t.Helper()
	settings := m.settings(more...)
	maps.Copy(settings, o.settings)
	o.settings = settings
	return newApp(t, o)
}

// claiming is an answer with these claims.
func claiming(claims ...prompts.Claim) converse.Reply {
	if claims == nil {
		claims = []prompts.Claim{}
	}
	data, _ := json.Marshal(prompts.Answer{Claims: claims}) // strings
	r := converse.Says(string(data))
	r.Usage = converse.Usage{Input: 9000, Output: 400, CacheRead: 6000}
	return r
}

// members is a table with one thing that no rule sees.
var members = []string{
	"CREATE TABLE members (", "  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,", "  email VARCHAR(255) NOT NULL,",
	"  deleted_at DATETIME,", "  UNIQUE KEY uk_members_email (email)", ");",
}

// softDelete is a claim about members that holds.
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

// metric is the sum of a metric's values whose labels have this text.
func (a *app) metric(name, labels string) (sum float64) {
	a.t.Helper()
	res, err := http.Get("http://" + a.admin + "/metrics") //nolint:noctx // loopback
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	line := regexp.MustCompile(fmt.Sprintf(`(?m)^schema_review_%s(?:\{[^}]*%s[^}]*\})? ([0-9.e+-]+)$`, name, regexp.QuoteMeta(labels)))
	for _, found := range line.FindAllStringSubmatch(string(page), -1) {
		n, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			a.t.Fatal(err)
		}
		sum += n
	}
	return sum
}
