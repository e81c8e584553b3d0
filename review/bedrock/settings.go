package bedrock

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

// Setting is an environment variable that an operator may set.
type Setting struct{ Name, Value, Help string } // Value holds when nobody says anything

// Settings are all that FromEnv reads. Region, endpoint and credentials are AWS's own.
func Settings() []Setting {
	return []Setting{
		{Name: "BEDROCK_MODEL_ID", Help: "`ID` or ARN of the model or inference profile that advises; none: rules only"},
		{Name: "BEDROCK_MODEL_FAMILY", Help: "`FAMILY` of models whose ARN hides it, \"claude-sonnet-4-6\""},
		{Name: "BEDROCK_FALLBACK_MODEL_IDS", Help: "`IDS` of models that are asked in order when the first is throttled or down, separated by commas"},
		{Name: "BEDROCK_GUARDRAIL", Help: "`ID:VERSION` of a guardrail for what comes from pull requests"},
		{Name: "BEDROCK_PRICES", Help: "`PRICES` of a million tokens: ID=INPUT/OUTPUT/CACHE_READ/CACHE_WRITE, separated by spaces"},
		{Name: "BEDROCK_TIMEOUT", Value: "2m", Help: "`TIME` for an answer of the model"},
		{Name: "BEDROCK_MAX_TOKENS", Value: "4096", Help: "tokens that an answer may have, `N`"},
		{Name: "BEDROCK_TEMPERATURE", Help: "temperature, `0-1`; none: not sent, several models refuse it"},
		{Name: "BEDROCK_CACHE", Value: string(CacheShort), Help: "how long models keep the guidelines: `5m`, 1h or off"},
		{Name: "BEDROCK_SERVICE_TIER", Help: "service `TIER`, as AWS calls it: priority, default, flex or reserved"},
		{Name: "BEDROCK_CONCURRENCY", Value: "4", Help: "how many calls of a model at a time, `N`"},
	}
}

func tiers() []string {
	all := []string{""}
	for _, t := range types.ServiceTierType("").Values() {
		all = append(all, string(t))
	}
	return all
}

// FromEnv reads Settings, and tells all mistakes at once. Without BEDROCK_MODEL_ID there is no model: the Model of
// the options is empty, and whatever else is set has no effect.
func FromEnv(getenv func(string) string) (Options, error) {
	e := env{getenv: getenv, defaults: map[string]string{}}
	for _, s := range Settings() {
		e.defaults[s.Name] = s.Value
	}
	o := Options{
		Model:       e.text("BEDROCK_MODEL_ID"),
		Family:      e.text("BEDROCK_MODEL_FAMILY"),
		Fallbacks:   strings.FieldsFunc(e.text("BEDROCK_FALLBACK_MODEL_IDS"), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' }),
		Guardrail:   e.guardrail(),
		Prices:      e.prices(),
		Deadline:    e.time("BEDROCK_TIMEOUT"),
		MaxTokens:   e.number("BEDROCK_MAX_TOKENS"),
		Temperature: e.temperature(),
		Cache:       Cache(e.text("BEDROCK_CACHE")),
		Tier:        e.text("BEDROCK_SERVICE_TIER"),
		Concurrency: e.number("BEDROCK_CONCURRENCY"),
	}
	if o.Model == "" {
		return Options{}, nil
	}
	if len(e.problems) == 0 {
		e.problems = append(e.problems, o.check())
	}
	return o, errors.Join(e.problems...)
}

// env reads variables and collects the mistakes.
type env struct {
	getenv   func(string) string
	defaults map[string]string
	problems []error
}

func (e *env) text(name string) string {
	return or(strings.TrimSpace(e.getenv(name)), e.defaults[name])
}

func (e *env) wrong(name string, format string, args ...any) {
	e.problems = append(e.problems, fmt.Errorf("%s: %w", name, fmt.Errorf(format, args...)))
}

func (e *env) number(name string) int {
	n, err := strconv.Atoi(e.text(name))
	if err != nil || n < 1 {
		e.wrong(name, "%q: want a number from 1, such as %s", e.text(name), e.defaults[name])
	}
	return n
}

func (e *env) time(name string) time.Duration {
	d, err := time.ParseDuration(e.text(name))
	if err != nil || d < time.Second {
		e.wrong(name, "%q: want a time from 1s, such as %s", e.text(name), e.defaults[name])
	}
	return d
}

func (e *env) temperature() *float64 {
	const name = "BEDROCK_TEMPERATURE"
	if e.text(name) == "" {
		return nil
	}
	t, err := strconv.ParseFloat(e.text(name), 64)
	if err != nil || !(t >= 0 && t <= 1) {
		e.wrong(name, "%q: want a number from 0 to 1", e.text(name))
	}
	return &t
}

// guardrail reads ID:VERSION, where the id may be an ARN, which has colons as well.
func (e *env) guardrail() Guardrail {
	const name = "BEDROCK_GUARDRAIL"
	s := e.text(name)
	if s == "" {
		return Guardrail{}
	}
	cut := strings.LastIndexByte(s, ':')
	g := Guardrail{ID: s[:max(cut, 0)], Version: s[cut+1:]}
	if _, err := strconv.ParseUint(g.Version, 10, 32); g.ID == "" || err != nil && g.Version != "DRAFT" {
		e.wrong(name, "%q: want ID:VERSION with a numbered version, such as gr4x0example:3", s)
	}
	return g
}

func (e *env) prices() Prices {
	prices, err := ParsePrices(e.text("BEDROCK_PRICES"))
	if err != nil {
		e.wrong("BEDROCK_PRICES", "%w", err)
	}
	return prices
}
