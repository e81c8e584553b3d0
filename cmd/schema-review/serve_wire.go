package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/github"
	"github.com/schema-review/schema-review/webhook/store"
)

// parts are what a server with credentials is made of.
type parts struct {
	store    *store.Store
	receiver *webhook.Receiver
	worker   *webhook.Worker
	catchUp  *webhook.CatchUp
	sweep    *webhook.Sweep
	feedback *webhook.Feedback // nil: nobody wants to know
	model    *bedrock.Client   // nil: rules only
}

// wire puts the parts together: the one place that knows all of them.
func (s *server) wire(ctx context.Context) (*parts, error) {
	c := s.config
	forge, err := github.New(github.Options{
		AppID: c.credentials.AppID, Key: []byte(c.credentials.PrivateKey),
		APIURL: c.apiURL, GraphQLURL: c.graphQLURL,
		CacheDir: c.cacheDir, CacheBytes: c.cacheBytes, Secrets: c.markerKeys(),
		Log: s.log, Observe: s.observe, Pace: c.pace,
	})
	if err != nil {
		return nil, err
	}
	model, err := s.newModel(ctx)
	if err != nil {
		return nil, fmt.Errorf("BEDROCK_MODEL_ID: %w", err)
	}
	kept, err := store.Open(ctx, c.database, store.Options{Workers: c.workers, Waiting: c.waiting(), Log: s.log})
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	decider := &webhook.Decider{AppID: c.credentials.AppID, Inbox: kept, Feedback: c.feedback > 0}
	p := &parts{store: kept, receiver: webhook.NewReceiver(kept, decider, c.secrets, s.metrics, s.log)}
	p.sweep = &webhook.Sweep{Estate: forge, Inbox: kept, Cursor: kept, Ledger: kept, Log: s.log, Now: time.Now}
	p.catchUp = &webhook.CatchUp{
		Deliveries: forge, Inbox: kept, Cursor: kept, Decider: decider,
		Metrics: s.metrics, Log: s.log, Now: time.Now, Window: c.window(),
	}
	p.model, p.worker = model, s.newWorker(forge, kept, p.sweep, model)
	p.collectFeedback(s, forge)
	s.metrics.Watch(queueOf(kept))
	return p, nil
}

func (p *parts) close() { _ = p.store.Close() } // all that matters is committed

// observe tells the metrics of a call.
func (s *server) observe(c github.Call) {
	s.metrics.Call(c.Installation, c.Method, c.Route, c.Status, c.Remaining)
}

// defaults is the configuration that the operator gives to all repositories.
func (c *serverConfig) defaults() *review.Layer {
	if c.defaultEngine == "" {
		return nil
	}
	layer := flagLayer("DEFAULT_ENGINE", "engine", c.defaultEngine)
	return &layer
}

// queueOf tells the metrics how much there is to do.
func queueOf(s *store.Store) func(context.Context) (webhook.Queue, error) {
	return func(ctx context.Context) (webhook.Queue, error) {
		stats, err := s.Stats(ctx)
		depth := map[string]int{"available": stats.Available, "running": stats.Running, "retrying": stats.Retrying}
		return webhook.Queue{Depth: depth, Oldest: stats.Oldest}, err
	}
}

// newSetup is the page that registers the App, on the operators' address.
func (s *server) newSetup(admin net.Listener) *webhook.Setup {
	host := "github.com"
	if u, err := url.Parse(s.config.apiURL); err == nil && u.Hostname() != "api.github.com" {
		host = u.Host
	}
	return webhook.NewSetup(webhook.SetupOptions{
		Registrar: github.Manifests{}, File: s.config.credentialsFile,
		URL: "http://" + admin.Addr().String() + "/setup", Host: host, Log: s.log,
	})
}
