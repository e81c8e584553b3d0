package webhook

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/schema-review/schema-review/review"
)

// Metrics are what operators see of a server. Its labels are few: no repositories, no people.
type Metrics struct {
	registry   *prometheus.Registry
	deliveries *prometheus.CounterVec
	receiving  prometheus.Histogram
	stages     *prometheus.HistogramVec
	calls      *prometheus.CounterVec
	remaining  *prometheus.GaugeVec
	findings   *prometheus.CounterVec
	failures   *prometheus.CounterVec
	model      modelMetrics
}

// NewMetrics makes a registry of its own.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry:   prometheus.NewRegistry(),
		deliveries: counter("deliveries_total", "Webhook deliveries by event and what became of them.", "event", "outcome"),
		receiving: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: "receive_seconds", Help: "Time from a delivery's headers to its answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 8},
		}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "stage_seconds", Help: "Time that each stage of a review took.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300},
		}, []string{"stage"}),
		calls: counter("github_calls_total", "Calls of GitHub's API by route and status; status 0 is no answer.", "method", "route", "status"),
		remaining: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Namespace: namespace, Name: "github_rate_limit_remaining", Help: "Calls left of the primary limit, as the last answer said; installation 0 is the App itself.",
		}, []string{"installation"}),
		findings: counter("findings_total", "Findings by rule and severity.", "rule", "severity"),
		failures: counter("errors_total", "Errors by the stage they ended.", "stage"),
		model:    newModelMetrics(),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Which version runs; always 1.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(m.model.all()...)
	m.registry.MustRegister(m.deliveries, m.receiving, m.stages, m.calls, m.remaining, m.findings, m.failures, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

const namespace = "schema_review"

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// Handler is the page that Prometheus reads.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Delivered counts a delivery. Anybody can write any event's name into a header, so that only those
// that we know are told apart.
func (m *Metrics) Delivered(event, outcome string) {
	if _, ok := deciders[event]; !ok {
		event = "other"
	}
	m.deliveries.WithLabelValues(event, outcome).Inc()
}

// Received tells how long a delivery took to be answered.
func (m *Metrics) Received(took time.Duration) { m.receiving.Observe(took.Seconds()) }

// Stage tells how long a stage of a review took.
func (m *Metrics) Stage(name string, took time.Duration) {
	m.stages.WithLabelValues(name).Observe(took.Seconds())
}

// Found counts the findings of a review.
func (m *Metrics) Found(r *review.Report) {
	for _, f := range r.Findings {
		m.findings.WithLabelValues(f.Rule, f.Severity.String()).Inc()
	}
	m.failures.WithLabelValues("rule").Add(float64(len(r.RuleErrors)))
}

// Failed counts an error that ended a stage.
func (m *Metrics) Failed(stage string) { m.failures.WithLabelValues(stage).Inc() }

// Call counts a call of GitHub's API. A negative remaining means that GitHub didn't say.
func (m *Metrics) Call(installation int64, method, route string, status, remaining int) {
	m.calls.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	if remaining >= 0 {
		m.remaining.WithLabelValues(strconv.FormatInt(installation, 10)).Set(float64(remaining))
	}
}
