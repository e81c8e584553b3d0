package bedrock_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
)

func TestFromEnv(t *testing.T) {
	t.Parallel()
	low := 0.2
	const guardrail = "arn:aws:bedrock:ap-northeast-1:123456789012:guardrail/gr4"
	for name, test := range map[string]struct {
		env  map[string]string
		want bedrock.Options
	}{
		"no model": {map[string]string{"BEDROCK_CONCURRENCY": "many", "BEDROCK_PRICES": "x"}, bedrock.Options{}},
		"defaults": {map[string]string{"BEDROCK_MODEL_ID": " " + sonnet + "\n"}, bedrock.Options{
			Model: sonnet, Deadline: 2 * time.Minute, MaxTokens: 4096, Cache: bedrock.CacheShort, Concurrency: 4, Prices: bedrock.Prices{},
		}},
		"all": {map[string]string{
			"BEDROCK_MODEL_ID": profile, "BEDROCK_MODEL_FAMILY": "claude-sonnet-4-5", "BEDROCK_FALLBACK_MODEL_IDS": older + ", " + llama,
			"BEDROCK_GUARDRAIL": guardrail + ":7", "BEDROCK_PRICES": profile + "=3/15/0.3/3.75  " + older + "=1/2/0/0", "BEDROCK_TIMEOUT": "45s",
			"BEDROCK_MAX_TOKENS": "8000", "BEDROCK_TEMPERATURE": "0.2", "BEDROCK_CACHE": "1h", "BEDROCK_SERVICE_TIER": "priority", "BEDROCK_CONCURRENCY": "9",
		}, bedrock.Options{
			Model: profile, Family: "claude-sonnet-4-5", Fallbacks: []string{older, llama}, Guardrail: bedrock.Guardrail{ID: guardrail, Version: "7"},
			Prices: bedrock.Prices{profile: {3, 15, 0.3, 3.75}, older: {1, 2, 0, 0}}, Deadline: 45 * time.Second,
			MaxTokens: 8000, Temperature: &low, Cache: bedrock.CacheHour, Tier: "priority", Concurrency: 9,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := bedrock.FromEnv(func(name string) string { return test.env[name] })
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFromEnvTellsAllMistakes(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]string{
		"BEDROCK_GUARDRAIL":   {"gr4", "gr4:latest", ":3", "arn:aws:bedrock:eu-west-1:1:guardrail/gr4"},
		"BEDROCK_PRICES":      {"3/15/0/0", "id=3/15", "id=3/15/x/0", "id=-1/0/0/0", "id=NaN/0/0/0", "id=Inf/0/0/0", "=1/1/1/1"},
		"BEDROCK_TIMEOUT":     {"120", "1ms", "-2m"},
		"BEDROCK_MAX_TOKENS":  {"0", "-1", "many", "1e3"},
		"BEDROCK_TEMPERATURE": {"2", "-0.1", "NaN", "warm"},
		"BEDROCK_CONCURRENCY": {"0", "x"},
		"cache":               {"2h"},
		"service tier":        {"fast"},
		"1 to 1048576":        {"99999999"},
	} {
		for _, value := range values {
			variable := map[string]string{"cache": "BEDROCK_CACHE", "service tier": "BEDROCK_SERVICE_TIER", "1 to 1048576": "BEDROCK_MAX_TOKENS"}[name]
			if variable == "" {
				variable = name
			}
			env := map[string]string{"BEDROCK_MODEL_ID": sonnet, variable: value}
			if _, err := bedrock.FromEnv(func(name string) string { return env[name] }); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s=%s: %v", variable, value, err)
			}
		}
	}
	env := map[string]string{"BEDROCK_MODEL_ID": sonnet, "BEDROCK_TIMEOUT": "x", "BEDROCK_CONCURRENCY": "y"}
	_, err := bedrock.FromEnv(func(name string) string { return env[name] })
	if err == nil || strings.Count(err.Error(), "BEDROCK_") != 2 {
		t.Errorf("got %v", err)
	}
}

func TestNewWantsSense(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]bedrock.Options{
		"no model": {}, "half a guardrail": {Model: sonnet, Guardrail: bedrock.Guardrail{ID: "gr"}}, "tier": {Model: sonnet, Tier: "fast"},
	} {
		if _, err := bedrock.New(t.Context(), o); kindOf(err) != review.ModelMisused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCost(t *testing.T) {
	t.Parallel()
	prices, err := bedrock.ParsePrices("m=3/15/0.3/3.75")
	if err != nil {
		t.Fatal(err)
	}
	u := review.Usage{Input: 1_000_000, CacheRead: 600_000, CacheWrite: 200_000, Output: 100_000}
	if cost, known := prices.Cost("m", u); !known || cost < 3.0299 || cost > 3.0301 { // 0.6 + 0.18 + 0.75 + 1.5
		t.Errorf("got %v, %v", cost, known)
	}
	if cost, known := prices.Cost("other", u); known || cost != 0 {
		t.Errorf("a price from nowhere: %v", cost)
	}
}
