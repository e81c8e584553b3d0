package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/github"
	"github.com/schema-review/schema-review/webhook/standin"
	"github.com/schema-review/schema-review/webhook/standin/web"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/message"
)

// demo is the stand-in with the shop in it, the App, and where the story is told.
type demo struct {
	out    io.Writer
	paint  paint
	p      *message.Printer
	github *standin.GitHub
	api    string // URL of the stand-in's API
	stop   func()
	script demoScript
	model  *converse.Server // says what the script says
	app    *standin.App
	shop   *standin.Repository
	pull   *standin.Pull
	shown  *web.Standin
	site   string // URL of the pages
	looked chan struct{}
}

// demoLatency makes the stand-in as slow as GitHub is on a good day, so that people see the check run run.
const demoLatency = 80 * time.Millisecond

// newDemoWorld starts the stand-in, with the App installed.
func newDemoWorld(c console, lang string, latency time.Duration) (*demo, error) {
	g := standin.New(standin.Options{Latency: latency})
	p := locale.Printer(lang)
	shop, err := demoRepository(g, p, lang)
	if err != nil {
		return nil, err
	}
	d := &demo{out: c.out, paint: newPaint(c.colour(false)), p: p, script: demoScript{p}, github: g, shop: shop, looked: make(chan struct{})}
	d.app = g.NewApp(standin.AppOptions{Owner: shop.Owner})
	d.app.Install(shop.Owner)
	d.shown = &web.Standin{GitHub: g, Repository: shop, Note: d.script.note}
	d.model = converse.New(d.script.answer)
	api, stop := g.Start()
	d.api, d.stop = api, func() { stop(); d.model.Close() }
	return d, nil
}

// run starts the server and the pages, and tells the story. The first that fails ends the others.
func (d *demo) run(ctx context.Context, c console, o demoOptions, folder string) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	s := d.server(c, folder)
	parts, err := s.wire(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	public, err := listen("LISTEN_ADDR", s.config.listen)
	if err != nil {
		return err
	}
	pages, err := listen("--port", fmt.Sprintf("127.0.0.1:%d", o.port))
	if err != nil {
		return err
	}
	d.app.SetWebhookURL("http://" + public.Addr().String() + "/webhook")
	d.site = "http://" + pages.Addr().String()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return parts.run(ctx, public, s) })
	g.Go(func() error { return d.servePages(ctx, pages) })
	g.Go(func() error { defer end(); return d.tell(ctx, o) })
	return g.Wait()
}

// server is what `serve` runs, with the settings of somebody whose GitHub is the stand-in. It writes as fast as
// it can: nobody else waits for this GitHub.
func (d *demo) server(c console, folder string) *server {
	config := &serverConfig{
		credentials: &webhook.Credentials{AppID: d.app.ID, PrivateKey: string(d.app.KeyPEM), WebhookSecret: d.app.Secret},
		secrets:     []string{d.app.Secret},
		apiURL:      d.api, graphQLURL: d.api + "/graphql", listen: "127.0.0.1:0",
		database: "sqlite:" + filepath.Join(folder, "schema-review.db"),
		cacheDir: filepath.Join(folder, "cache"), cacheBytes: 64 << 20,
		workers: 2, catchUp: time.Hour, pace: &github.Pace{},
		model: modelConfig{bedrock: demoBedrock(d.model), wait: time.Minute, review: 120_000},
	}
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return &server{config: config, log: log, metrics: webhook.NewMetrics(version())}
}

// servePages serves the pages until the context ends.
func (d *demo) servePages(ctx context.Context, l net.Listener) error {
	pages := (&web.Pages{Source: d.shown, Now: d.github.Clock.Now, Note: d.p.Sprintf("Design suggestions are scripted: no model was asked")}).Handler()
	once := sync.OnceFunc(func() { close(d.looked) })
	s := &http.Server{
		ReadHeaderTimeout: 5 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/live" {
				once()
			}
			pages.ServeHTTP(w, r)
		}),
	}
	defer context.AfterFunc(ctx, func() { s.Close() })()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
