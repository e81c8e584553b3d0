package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// reviews measures how long it takes to review all pull requests, from their first events on.
func reviews(ctx context.Context, o options, dir string) error {
	return phase(ctx, o, dir, "reviews", func(w *world, r *replica, s *sender) error {
		time.Sleep(3 * time.Second)
		idle := r.resident()
		began := time.Now()
		for _, p := range w.pulls {
			s.send(ctx, s.event(p.Pull, "opened"))
		}
		if err := w.reviewed(ctx); err != nil {
			return err
		}
		took := time.Since(began)
		calls := w.github.Calls()
		writes := 0
		for _, c := range calls {
			if c.Creates {
				writes++
			}
		}
		n := float64(len(w.pulls))
		fmt.Fprintf(os.Stdout, "reviews: %d in %.1f s = %.1f a second; %.2f calls each, %.2f of them create content; resident %d MB idle, %d MB at most\n",
			len(w.pulls), took.Seconds(), n/took.Seconds(), float64(len(calls))/n, float64(writes)/n, idle>>20, r.peak.Load()>>20)
		return nil
	})
}

// deliveries measures the answers while events come in at a steady rate, and the workers work.
func deliveries(ctx context.Context, o options, dir string) error {
	return phase(ctx, o, dir, "deliveries", func(w *world, r *replica, s *sender) error {
		events := make([]event, len(w.pulls))
		for i, p := range w.pulls {
			events[i] = s.event(p.Pull, "synchronize")
		}
		total := o.rate * int(o.length.Seconds())
		sendAll(ctx, s, events, total, o.rate)
		fmt.Fprintf(os.Stdout, "deliveries: %d at %d a second; p50 %v, p99 %v, longest %v\n", total, o.rate,
			s.quantile(0.5).Round(10*time.Microsecond), s.quantile(0.99).Round(10*time.Microsecond), s.quantile(1).Round(10*time.Microsecond))
		if len(s.wrong) > 0 {
			return fmt.Errorf("not answered 2xx: %v", s.wrong)
		}
		if err := w.reviewed(ctx); err != nil {
			return err
		}
		fmt.Fprintf(os.Stdout, "deliveries: none lost, all %d pull requests are reviewed; resident %d MB at most\n", len(w.pulls), r.peak.Load()>>20)
		return nil
	})
}

// sendAll sends at a steady rate; an answer that is late holds up no other.
func sendAll(ctx context.Context, s *sender, events []event, total, rate int) {
	var all sync.WaitGroup
	began := time.Now()
	for i := range total {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(rate))))
		if ctx.Err() != nil {
			break
		}
		all.Go(func() { s.send(ctx, events[i%len(events)]) })
	}
	all.Wait()
}

// phase measures with a fresh GitHub and a fresh replica.
func phase(ctx context.Context, o options, dir, name string, f func(*world, *replica, *sender) error) (err error) {
	folder, err := newFolder(dir, name)
	if err != nil {
		return err
	}
	w := newWorld(o)
	defer w.stop()
	r, err := start(ctx, o, folder, w.api, w.app)
	if err != nil {
		return err
	}
	err = f(w, r, newSender(w.app, r.url))
	processor, stopErr := r.stop()
	fmt.Fprintf(os.Stdout, "%s: %.1f s of processor time\n", name, processor.Seconds())
	return errors.Join(err, stopErr)
}
