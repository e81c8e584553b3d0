package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook"
	"github.com/spf13/cobra"
)

// newKey is a private key in PEM.
func newKey(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

// readSettings reads what a command line and an environment say.
func readSettings(t *testing.T, env map[string]string, args ...string) (*serverConfig, error) {
	t.Helper()
	cmd := &cobra.Command{}
	r := newSettingsReader(cmd, func(name string) string { return env[name] })
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return r.read()
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestServerSettings(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	env := map[string]string{
		"GITHUB_APP_ID": "99", "GITHUB_APP_PRIVATE_KEY": strings.ReplaceAll(key, "\n", `\n`),
		"GITHUB_WEBHOOK_SECRET_FILE": writeFile(t, "new\r\n\nold\n"),
		"GITHUB_API_URL":             "https://git.example.com/api/v3/", "DATABASE_URL": "sqlite:/var/lib/sr/sr.db",
		"DEFAULT_ENGINE": "mariadb 10.11", "SWEEP_INTERVAL": "0", "CACHE_MAX_BYTES": "512MiB", "WORKERS": "2", "LOG_LEVEL": "warn",
		"BEDROCK_MODEL_ID": "m", "AI_DAILY_TOKENS": "0", "KEEP_PROMPTS": "true",
	}
	c, err := readSettings(t, env, "--workers", "3", "--catch-up-interval", "90s", "--bedrock-model-id", "n", "--advice-wait", "2s")
	if err != nil {
		t.Fatal(err)
	}
	got := []any{
		c.credentials.AppID, c.credentials.PrivateKey == strings.TrimSpace(key), strings.Join(c.secrets, " "), c.apiURL, c.listen, c.admin,
		c.cacheDir, c.cacheBytes, c.workers, c.catchUp, c.sweep, c.window(), c.logLevel, string(c.defaults().Data),
		c.model.bedrock.Model, c.model.bedrock.MaxTokens, c.model.wait, c.model.review, c.model.daily, c.model.keep,
	}
	want := []any{
		int64(99), true, "new old", "https://git.example.com/api/v3", ":8080", "127.0.0.1:8081",
		"/var/lib/sr/schema-review-cache", int64(512 << 20), 3, 90 * time.Second, time.Duration(0), 7 * 24 * time.Hour,
		slog.LevelWarn, "engine: \"mariadb 10.11\"\n",
		"n", 4096, 2 * time.Second, 120_000, 0, true,
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("value %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

func TestServerWithoutSettings(t *testing.T) {
	t.Parallel()
	c, err := readSettings(t, map[string]string{"DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "a.db")})
	if err != nil || c.credentials != nil || c.window() != 3*24*time.Hour || c.sweep != time.Hour {
		t.Errorf("got %+v, %v: want the defaults, and no credentials", c, err)
	}
}

// The set-up page's file is all that is needed, and it knows its GitHub.
func TestServerWithStoredCredentials(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	creds := webhook.Credentials{AppID: 5, PrivateKey: newKey(t), WebhookSecret: "s", APIURL: "https://git.example.com/api/v3", GraphQLURL: "https://git.example.com/api/graphql"}
	if err := creds.Save(filepath.Join(dir, "schema-review-credentials.json")); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"DATABASE_URL": "sqlite:" + filepath.Join(dir, "sr.db")}
	c, err := readSettings(t, env)
	if err != nil || c.credentials == nil || c.credentials.AppID != 5 || c.apiURL != creds.APIURL || c.graphQLURL != creds.GraphQLURL {
		t.Fatalf("got %+v, %v", c, err)
	}
	env["GITHUB_API_URL"] = "http://proxy.example.com/api/v3"
	if c, err = readSettings(t, env); err != nil || c.apiURL != env["GITHUB_API_URL"] {
		t.Errorf("the environment doesn't win: got %s, %v", c.apiURL, err)
	}
}

// Every mistake names the variable and says what to write; none shows a secret.
func TestServerSettingsMistakes(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	app := func(more ...string) map[string]string {
		env := map[string]string{"GITHUB_APP_ID": "99", "GITHUB_APP_PRIVATE_KEY": key, "GITHUB_WEBHOOK_SECRET": "hush"}
		for i := 0; i < len(more); i += 2 {
			env[more[i]] = more[i+1]
		}
		return env
	}
	tests := map[string]struct {
		env  map[string]string
		want string
	}{
		"empty secret":       {app("GITHUB_WEBHOOK_SECRET", "  "), "GITHUB_WEBHOOK_SECRET: empty"},
		"empty secret file":  {app("GITHUB_WEBHOOK_SECRET", "", "GITHUB_WEBHOOK_SECRET_FILE", writeFile(t, "\n")), "GITHUB_WEBHOOK_SECRET_FILE: "},
		"secret twice":       {app("GITHUB_WEBHOOK_SECRET_FILE", writeFile(t, "x")), "GITHUB_WEBHOOK_SECRET: GITHUB_WEBHOOK_SECRET_FILE is set as well"},
		"missing file":       {app("GITHUB_WEBHOOK_SECRET", "", "GITHUB_WEBHOOK_SECRET_FILE", "/no/such"), "GITHUB_WEBHOOK_SECRET_FILE: /no/such"},
		"no id":              {app("GITHUB_APP_ID", ""), "GITHUB_APP_ID: missing"},
		"odd id":             {app("GITHUB_APP_ID", "my-app"), `GITHUB_APP_ID: "my-app": want a number`},
		"no key":             {app("GITHUB_APP_PRIVATE_KEY", ""), "GITHUB_APP_PRIVATE_KEY: missing"},
		"key is a path":      {app("GITHUB_APP_PRIVATE_KEY", "/etc/hush.pem"), "GITHUB_APP_PRIVATE_KEY: not a private key"},
		"key is another":     {app("GITHUB_APP_PRIVATE_KEY", "-----BEGIN PUBLIC KEY-----\naHVzaA==\n-----END PUBLIC KEY-----"), "GITHUB_APP_PRIVATE_KEY: not a private key"},
		"API without host":   {app("GITHUB_API_URL", "api.github.com"), "GITHUB_API_URL: want an address"},
		"API with password":  {app("GITHUB_API_URL", "https://u:hush@host"), "GITHUB_API_URL: want an address"},
		"GraphQL":            {app("GITHUB_GRAPHQL_URL", "ftp://x"), "GITHUB_GRAPHQL_URL: want"},
		"address":            {app("LISTEN_ADDR", "8080"), `LISTEN_ADDR: "8080": want HOST:PORT`},
		"operators":          {app("ADMIN_LISTEN_ADDR", "localhost"), "ADMIN_LISTEN_ADDR: "},
		"database":           {app("DATABASE_URL", "mysql://u:hush@h/d"), "DATABASE_URL: want sqlite:PATH"},
		"database file":      {app("DATABASE_URL", "sqlite:"), "DATABASE_URL: want sqlite:PATH"},
		"engine":             {app("DEFAULT_ENGINE", "oracle 23"), "DEFAULT_ENGINE: "},
		"size":               {app("CACHE_MAX_BYTES", "1GB"), `CACHE_MAX_BYTES: "1GB"`},
		"size too large":     {app("CACHE_MAX_BYTES", "99999999999TiB"), "CACHE_MAX_BYTES: "},
		"workers":            {app("WORKERS", "0"), "WORKERS: "},
		"sweep too often":    {app("SWEEP_INTERVAL", "1s"), "SWEEP_INTERVAL: "},
		"negative sweep":     {app("SWEEP_INTERVAL", "-1h"), "SWEEP_INTERVAL: "},
		"never catch up":     {app("CATCH_UP_INTERVAL", "0"), "CATCH_UP_INTERVAL: "},
		"log format":         {app("LOG_FORMAT", "xml"), `LOG_FORMAT: "xml": want json, text`},
		"log level":          {app("LOG_LEVEL", "loud"), "LOG_LEVEL: "},
		"tokens of a review": {app("AI_REVIEW_TOKENS", "0"), "AI_REVIEW_TOKENS: "},
		"tokens of a day":    {app("AI_DAILY_TOKENS", "many"), "AI_DAILY_TOKENS: "},
		"advice too late":    {app("ADVICE_WAIT", "61s"), `ADVICE_WAIT: "61s": want at most 60s`},
		"advice":             {app("ADVICE_WAIT", "-1s"), "ADVICE_WAIT: "},
		"keep":               {app("KEEP_PROMPTS", "yes"), `KEEP_PROMPTS: "yes": want true, false`},
		"model":              {app("BEDROCK_MODEL_ID", "m", "BEDROCK_CACHE", "2h"), "cache \"2h\""},
		"prices":             {app("BEDROCK_MODEL_ID", "m", "BEDROCK_PRICES", "m=1"), "BEDROCK_PRICES: "},
		"credentials file":   {map[string]string{"CREDENTIALS_FILE": writeFile(t, `{"app_id": 1, "hush"`)}, "CREDENTIALS_FILE: "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readSettings(t, tt.env)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Fatalf("got %v, want %s…", err, tt.want)
			}
			if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "BEGIN RSA") {
				t.Errorf("it shows a secret: %v", err)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("one mistake, several sentences: %v", err)
			}
		})
	}
}
