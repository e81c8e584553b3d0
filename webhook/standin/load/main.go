// Command load measures one replica of the App on SQLite: how it takes signed deliveries, how it reviews pull
// requests end to end, and how much memory it wants. GitHub is the stand-in on loopback, in this process.
//
//	go run ./webhook/standin/load
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

type options struct {
	rate    int
	length  time.Duration
	pulls   int
	latency time.Duration
	binary  string
}

func main() {
	var o options
	flag.IntVar(&o.rate, "rate", 500, "deliveries a second")
	flag.DurationVar(&o.length, "for", 30*time.Second, "how long they are sent")
	flag.IntVar(&o.pulls, "pulls", 1000, "pull requests")
	flag.DurationVar(&o.latency, "latency", 100*time.Millisecond, "of each call of GitHub's API")
	flag.StringVar(&o.binary, "binary", "", "schema-review to measure (default: built from this checkout)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "schema-review-load-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if o.binary == "" {
		if o.binary, err = build(ctx, dir); err != nil {
			return err
		}
	}
	if err := reviews(ctx, o, dir); err != nil {
		return fmt.Errorf("reviews: %w", err)
	}
	if err := deliveries(ctx, o, dir); err != nil {
		return fmt.Errorf("deliveries: %w", err)
	}
	return nil
}
