package main

import (
	"cmp"
	"encoding/pem"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/github"
)

// serverConfig is what the settings come to.
type serverConfig struct {
	credentials     *webhook.Credentials // nil: nobody has set up the App yet
	secrets         []string             // of the webhook, the current one first
	markers         []string             // keys of the comments' hidden markers, if they are not the secrets
	credentialsFile string
	apiURL          string
	graphQLURL      string
	listen, admin   string
	database        string
	defaultEngine   string
	cacheDir        string
	cacheBytes      int64
	workers         int
	pace            *github.Pace // of what is written to GitHub
	catchUp, sweep  time.Duration
	feedback        time.Duration
	model           modelConfig
	logFormat       string
	logLevel        slog.Level
}

// read makes a config of the settings, or an error that names all mistakes.
func (r *settingsReader) read() (*serverConfig, error) {
	c := &serverConfig{
		apiURL: r.url("GITHUB_API_URL"), graphQLURL: r.url("GITHUB_GRAPHQL_URL"),
		listen: r.address("LISTEN_ADDR"), admin: r.address("ADMIN_LISTEN_ADDR"),
		database: r.database(), defaultEngine: r.engine(),
		cacheDir: r.text("CACHE_DIR"), cacheBytes: r.size("CACHE_MAX_BYTES"),
		workers: int(r.number("WORKERS", 1, "8")),
		catchUp: r.interval("CATCH_UP_INTERVAL", time.Second, false),
		sweep:   r.interval("SWEEP_INTERVAL", time.Minute, true), feedback: r.interval("FEEDBACK_INTERVAL", time.Second, true),
	}
	c.model = r.model()
	c.logFormat = r.choice("LOG_FORMAT", "json", "text")
	c.logLevel = logLevels[r.choice("LOG_LEVEL", "debug", "info", "warn", "error")]
	c.credentialsFile = cmp.Or(r.text("CREDENTIALS_FILE"), filepath.Join(c.home(), "schema-review-credentials.json"))
	c.cacheDir = cmp.Or(c.cacheDir, c.defaultCache())
	c.pace = r.pace()
	c.markers = secretLines(r.secret("MARKER_SECRET"))
	r.credentials(c)
	return c, r.err()
}

var logLevels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// pace is how fast an installation may write; 0 for a GitHub Enterprise Server without rate limits.
func (r *settingsReader) pace() *github.Pace {
	interval := r.interval("WRITE_INTERVAL", 10*time.Millisecond, true)
	if interval == 0 {
		return &github.Pace{}
	}
	p := github.DefaultPace()
	p.Interval = interval
	return &p
}

// markerKeys are what comments are marked with: what was believed once stays so, also after a leaked
// secret of the webhook was replaced.
func (c *serverConfig) markerKeys() []string {
	if len(c.markers) > 0 {
		return c.markers
	}
	return c.secrets
}

// credentials come from the environment, else from the file of the set-up page, else there are none.
func (r *settingsReader) credentials(c *serverConfig) {
	id, key := r.number("GITHUB_APP_ID", 1, "123456"), r.key()
	c.secrets = secretLines(r.secret("GITHUB_WEBHOOK_SECRET"))
	if id == 0 && key == "" && len(c.secrets) == 0 {
		r.stored(c)
		return
	}
	if id == 0 {
		r.wrong("GITHUB_APP_ID", "missing: write the number that the App's page on GitHub shows as App ID")
	}
	if key == "" {
		r.wrong("GITHUB_APP_PRIVATE_KEY", "missing: give the PEM that GitHub made for the App, here or in GITHUB_APP_PRIVATE_KEY_FILE")
	}
	if len(c.secrets) == 0 {
		r.wrong("GITHUB_WEBHOOK_SECRET", "empty: write the secret of the App's webhook, here or in GITHUB_WEBHOOK_SECRET_FILE; without one, anybody could send deliveries")
		return
	}
	c.credentials = &webhook.Credentials{AppID: id, PrivateKey: key, WebhookSecret: c.secrets[0], APIURL: c.apiURL, GraphQLURL: c.graphQLURL}
}

// stored takes what the set-up page has stored.
func (r *settingsReader) stored(c *serverConfig) {
	creds, err := webhook.ReadCredentials(c.credentialsFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		r.wrong("CREDENTIALS_FILE", "%v", plainError(err))
	default:
		c.use(creds)
	}
}

// use goes on with credentials that set-up has made. They know their GitHub, unless somebody knows better.
func (c *serverConfig) use(creds *webhook.Credentials) {
	c.credentials, c.secrets = creds, secretLines(creds.WebhookSecret)
	if c.apiURL == gitHubAPI && creds.APIURL != "" {
		c.apiURL, c.graphQLURL = creds.APIURL, cmp.Or(c.graphQLURL, creds.GraphQLURL)
	}
}

// key is the App's private key. Some places that keep variables write \n for a line's end.
func (r *settingsReader) key() string {
	key := r.secret("GITHUB_APP_PRIVATE_KEY")
	if !strings.Contains(key, "\n") {
		key = strings.TrimSpace(strings.ReplaceAll(key, `\n`, "\n"))
	}
	if block, _ := pem.Decode([]byte(key)); key != "" && (block == nil || !strings.HasSuffix(block.Type, "PRIVATE KEY")) {
		r.wrong("GITHUB_APP_PRIVATE_KEY", "not a private key: want the whole PEM, from -----BEGIN to -----END; a path belongs in GITHUB_APP_PRIVATE_KEY_FILE")
	}
	return key
}

func secretLines(s string) (list []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func (r *settingsReader) url(name string) string {
	v := strings.TrimRight(r.text(name), "/")
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		r.wrong(name, "want an address such as https://HOST/api/v3")
	}
	return v
}

func (r *settingsReader) address(name string) string {
	v := r.text(name)
	if _, _, err := net.SplitHostPort(v); err != nil {
		r.wrong(name, "%q: want HOST:PORT, or :PORT for all interfaces", v)
	}
	return v
}

// database never shows the value: it may hold a password.
func (r *settingsReader) database() string {
	v := r.text("DATABASE_URL")
	path, isSQLite := strings.CutPrefix(v, "sqlite:")
	isPostgres := strings.HasPrefix(v, "postgres://") || strings.HasPrefix(v, "postgresql://")
	if !isPostgres && (!isSQLite || path == "") {
		r.wrong("DATABASE_URL", "want sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE")
	}
	return v
}

func (r *settingsReader) engine() string {
	v := r.text("DEFAULT_ENGINE")
	if v == "" {
		return ""
	}
	if _, err := ddlparse.ParseEngine(v); err != nil {
		r.wrong("DEFAULT_ENGINE", "%v", err)
	}
	return v
}

// home is the folder of the database file, "" with Postgres.
func (c *serverConfig) home() string {
	path, ok := strings.CutPrefix(c.database, "sqlite:")
	if !ok {
		return ""
	}
	return filepath.Dir(path)
}

func (c *serverConfig) defaultCache() string {
	if home := c.home(); home != "" {
		return filepath.Join(home, "schema-review-cache")
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "schema-review")
}

// window is how far back GitHub's list of deliveries goes.
// https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks
func (c *serverConfig) window() time.Duration {
	const day = 24 * time.Hour
	u, err := url.Parse(c.apiURL)
	if err == nil && (u.Hostname() == "api.github.com" || strings.HasSuffix(u.Hostname(), ".ghe.com")) {
		return 3 * day
	}
	return 7 * day
}
