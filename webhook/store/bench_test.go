package store

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkAccept takes 500 deliveries a second for b.N deliveries, as GitHub would send them, and reports
// how long the slowest hundredth took. repeat: how many deliveries there are for one pull request.
func BenchmarkAccept(b *testing.B) {
	urls := map[string]func(testing.TB) string{"sqlite": sqliteURL}
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		urls["postgres"] = postgresURL
	}
	for name, url := range urls {
		for _, repeat := range []int{1, 10} {
			b.Run(fmt.Sprintf("%s/repeat=%d", name, repeat), func(b *testing.B) {
				benchmarkAccept(b, url(b), repeat, time.Second/500)
			})
		}
		b.Run(name+"/full", func(b *testing.B) { benchmarkAccept(b, url(b), 1, 0) })
	}
}

func benchmarkAccept(b *testing.B, url string, repeat int, pause time.Duration) {
	s := open(b, url, quick())
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	var senders sync.WaitGroup
	b.ResetTimer()
	began := time.Now()
	for range 50 {
		senders.Go(func() {
			for i := int(next.Add(1)) - 1; i < b.N; i = int(next.Add(1)) - 1 {
				due := began.Add(time.Duration(i) * pause)
				time.Sleep(time.Until(due))
				if pause == 0 {
					due = time.Now()
				}
				accept(b, s, push(guid(i), 1+i/repeat, fmt.Sprint(i)))
				took[i] = time.Since(due)
			}
		})
	}
	senders.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "deliveries/s")
}
