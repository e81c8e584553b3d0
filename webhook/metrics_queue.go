package webhook

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Queue is how much there is to do.
type Queue struct {
	Depth  map[string]int // jobs by state
	Oldest time.Duration  // how long the oldest job that isn't done has waited
}

// Watch adds the queue to the metrics; it is asked for when somebody looks.
func (m *Metrics) Watch(queue func(context.Context) (Queue, error)) {
	m.registry.MustRegister(&queueCollector{
		ask:    queue,
		depth:  prometheus.NewDesc(namespace+"_queue_jobs", "Jobs by state.", []string{"state"}, nil),
		oldest: prometheus.NewDesc(namespace+"_queue_oldest_seconds", "Age of the oldest job that is not done.", nil, nil),
	})
}

type queueCollector struct {
	ask           func(context.Context) (Queue, error)
	depth, oldest *prometheus.Desc
}

// queueTime is how long the store may take to count its jobs.
const queueTime = 5 * time.Second

func (q *queueCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- q.depth
	ch <- q.oldest
}

func (q *queueCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), queueTime)
	defer cancel()
	now, err := q.ask(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(q.depth, err)
		return
	}
	for state, n := range now.Depth {
		ch <- prometheus.MustNewConstMetric(q.depth, prometheus.GaugeValue, float64(n), state)
	}
	ch <- prometheus.MustNewConstMetric(q.oldest, prometheus.GaugeValue, now.Oldest.Seconds())
}
