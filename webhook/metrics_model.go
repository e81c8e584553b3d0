package webhook

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/schema-review/schema-review/review"
)

// modelMetrics are what operators and those who tune prompts see of the models.
type modelMetrics struct {
	tokens    *prometheus.CounterVec
	calls     *prometheus.CounterVec
	cost      *prometheus.CounterVec
	took      *prometheus.HistogramVec
	questions *prometheus.CounterVec
	claims    *prometheus.CounterVec
}

func newModelMetrics() modelMetrics {
	return modelMetrics{
		tokens: counter("model_tokens_total", "Tokens by model and kind; those from and to the cache are part of the input.", "model", "kind"),
		calls:  counter("model_calls_total", "Calls of a model.", "model"),
		cost:   counter("model_cost_total", "Cost by BEDROCK_PRICES, in their currency.", "model"),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "model_seconds", Help: "Time that a model took for a question, with all attempts.",
			Buckets: []float64{.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300},
		}, []string{"model"}),
		questions: counter("model_questions_total", "Questions by outcome: answered, or why there is no full answer.", "outcome"),
		claims:    counter("model_claims_total", "Claims of models by outcome: kept, or why they were dropped.", "outcome"),
	}
}

func (m *modelMetrics) all() []prometheus.Collector {
	return []prometheus.Collector{m.tokens, m.calls, m.cost, m.took, m.questions, m.claims}
}

// Answered counts what a question used, answered or not.
func (m *Metrics) Answered(a review.Answer, cost float64) {
	u, name := a.Usage, a.Model
	if name == "" {
		name = "none" // no model answered
	}
	for kind, n := range map[string]int{"input": u.Input, "output": u.Output, "cache-read": u.CacheRead, "cache-write": u.CacheWrite} {
		m.model.tokens.WithLabelValues(name, kind).Add(float64(n))
	}
	m.model.calls.WithLabelValues(name).Add(float64(u.Calls))
	m.model.cost.WithLabelValues(name).Add(cost)
	m.model.took.WithLabelValues(name).Observe(a.Took.Seconds())
}

// Claimed counts what came of the questions of a review, and of the claims.
func (m *Metrics) Claimed(r *review.Report) {
	a := r.Advice
	if a == nil {
		return
	}
	for _, f := range a.Failures {
		m.model.questions.WithLabelValues(string(f)).Inc()
	}
	m.model.questions.WithLabelValues("answered").Add(float64(max(0, len(a.Hashes)-len(a.Failures))))
	for reason, n := range r.CountDropped() {
		m.model.claims.WithLabelValues(string(reason)).Add(float64(n))
	}
	for _, f := range r.Findings {
		if f.ByModel {
			m.model.claims.WithLabelValues("kept").Inc()
			m.findings.WithLabelValues(f.Rule, f.Severity.String()).Inc()
		}
	}
}
