package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"

	"github.com/schema-review/schema-review/webhook"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

const serveHelp = `Run the GitHub App: take webhooks, review pull requests, post what was found.

Settings are flags or environment variables; flags win. The private key and the webhook's
secret are environment variables or files, never flags: other users see flags.

Without credentials only the set-up page is served, on the operators' address. It
registers the App, and asks for the code that the log shows. See docs/install.md.

With BEDROCK_MODEL_ID, a model on Amazon Bedrock adds design suggestions. Rules decide, and
what they found never waits longer than ADVICE_WAIT for the model.

On SIGTERM no more deliveries are taken, the reviews in work end or go back to the queue.`

func newServe(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the GitHub App that reviews pull requests",
		Long:  serveHelp,
		Example: `  # first time: open the page that the log names, and register the App
  schema-review serve

  # with credentials
  GITHUB_APP_ID=123456 GITHUB_APP_PRIVATE_KEY_FILE=app.pem \
    GITHUB_WEBHOOK_SECRET_FILE=secret schema-review serve`,
		Args: cobra.NoArgs,
	}
	settings := newSettingsReader(cmd, c.getenv)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		config, err := settings.read()
		if err != nil {
			return err
		}
		s := &server{config: config, log: newLog(c.err, config), metrics: webhook.NewMetrics(version())}
		if err := s.run(cmd.Context()); err != nil && cmd.Context().Err() == nil {
			return err
		}
		return nil
	}
	return cmd
}

// newLog writes one line per event to where errors go.
func newLog(w io.Writer, c *serverConfig) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.logLevel}
	if c.logFormat == "text" {
		return slog.New(slog.NewTextHandler(w, o))
	}
	return slog.New(slog.NewJSONHandler(w, o))
}

// server is the program from its start to its end.
type server struct {
	config  *serverConfig
	log     *slog.Logger
	metrics *webhook.Metrics
}

// run serves until the context ends: the set-up page first, if there are no credentials.
func (s *server) run(ctx context.Context) error {
	rationMemory()
	admin, err := listen("ADMIN_LISTEN_ADDR", s.config.admin)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	var pages []webhook.Page
	var setup *webhook.Setup
	if s.config.credentials == nil {
		setup = s.newSetup(admin)
		pages = append(pages, setup)
	}
	s.log.Info("operators' address", "address", admin.Addr().String())
	g.Go(func() error { return webhook.Serve(ctx, admin, webhook.Admin(s.metrics, pages...), s.log) })
	g.Go(func() error {
		if setup != nil {
			if err := s.setUp(ctx, setup); err != nil {
				return err
			}
		}
		return s.work(ctx)
	})
	return g.Wait()
}

func listen(setting, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: want another address, or end what uses it", setting, err)
	}
	return l, nil
}

// errNotSetUp is why a server without credentials isn't ready.
var errNotSetUp = errors.New("no credentials yet")

// setUp waits for somebody to register the App. Meanwhile, the public address answers that it lives.
func (s *server) setUp(ctx context.Context, setup *webhook.Setup) error {
	if err := setup.Announce(); err != nil {
		return err
	}
	public, err := listen("LISTEN_ADDR", s.config.listen)
	if err != nil {
		return err
	}
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	g, waiting := errgroup.WithContext(waiting)
	notReady := webhook.Public(nil, func(context.Context) error { return errNotSetUp })
	g.Go(func() error { return webhook.Serve(waiting, public, notReady, s.log) })
	g.Go(func() error {
		defer cancel()
		select {
		case <-waiting.Done():
			return ctx.Err()
		case creds := <-setup.Done():
			s.config.use(creds)
			s.log.Info("the App is registered", "app_id", creds.AppID)
			return nil
		}
	})
	return g.Wait()
}

// work takes deliveries and does the reviews, until the context ends.
func (s *server) work(ctx context.Context) error {
	p, err := s.wire(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	public, err := listen("LISTEN_ADDR", s.config.listen)
	if err != nil {
		return err
	}
	s.log.Info("ready for deliveries", "address", public.Addr().String(), "app_id", s.config.credentials.AppID)
	return p.run(ctx, public, s)
}

// run runs the parts side by side. The first that fails ends the others.
func (p *parts) run(ctx context.Context, public net.Listener, s *server) error {
	g, ctx := errgroup.WithContext(ctx)
	defer context.AfterFunc(ctx, func() { s.log.Info("stopping: no more deliveries are taken, reviews in work may end") })()
	g.Go(func() error {
		return webhook.Serve(ctx, public, webhook.Public(http.Handler(p.receiver), p.store.Ping), s.log)
	})
	g.Go(func() error { return p.store.Run(ctx, p.worker.Handle) })
	if p.model != nil {
		g.Go(func() error { s.checkModel(ctx, p.model); return nil })
	}
	g.Go(func() error { p.catchUp.Run(ctx, s.config.catchUp); return nil })
	if s.config.sweep > 0 {
		g.Go(func() error { p.sweep.Run(ctx, s.config.sweep); return nil })
	}
	if p.feedback != nil {
		g.Go(func() error { p.feedback.Run(ctx); return nil })
	}
	return g.Wait()
}
