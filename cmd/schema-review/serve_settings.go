package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review/locale"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

// serverSetting is one thing that an operator can say: as an environment variable, or as a flag. Flags win.
// Secrets come from the environment or from the file that NAME_FILE names: flags are seen by everybody.
type serverSetting struct {
	name, value string // value is what holds when nobody says anything
	help        string
	secret      bool
}

const gitHubAPI = "https://api.github.com"

// serverSettings are all of them.
func serverSettings() []serverSetting {
	return append([]serverSetting{
		{name: "GITHUB_APP_ID", help: "`ID` of the GitHub App"},
		{name: "GITHUB_APP_PRIVATE_KEY", help: "private key of the App, PEM", secret: true},
		{name: "GITHUB_WEBHOOK_SECRET", help: "secret of the App's webhook; several lines while it is exchanged, the current one first", secret: true},
		{name: "MARKER_SECRET", help: "keys of the hidden marks in comments, one a line, the current one first (default: the webhook's secrets)", secret: true},
		{name: "CREDENTIALS_FILE", help: "`FILE` of the set-up page, instead of the three above (default beside the database: schema-review-credentials.json)"},
		{name: "GITHUB_API_URL", value: gitHubAPI, help: "`URL` of the REST API; GitHub Enterprise Server: https://HOST/api/v3"},
		{name: "GITHUB_GRAPHQL_URL", help: "`URL` of the GraphQL API (default: the one that belongs to GITHUB_API_URL)"},
		{name: "LISTEN_ADDR", value: ":8080", help: "public `ADDRESS`: POST /webhook, /healthz, /readyz"},
		{name: "ADMIN_LISTEN_ADDR", value: "127.0.0.1:8081", help: "operators' `ADDRESS`: /setup, /metrics, /healthz"},
		{name: "DATABASE_URL", value: "sqlite:schema-review.db", help: "`URL` of the database: sqlite:PATH, or postgres://… for several replicas"},
		{name: "DEFAULT_ENGINE", help: "`ENGINE` of repositories that don't name one, \"mysql 8.4\""},
		{name: "CACHE_DIR", help: "`FOLDER` of the cache of git objects (default beside the database, or the user's cache folder)"},
		{name: "CACHE_MAX_BYTES", value: "1GiB", help: "`SIZE` that the cache is kept under"},
		{name: "WORKERS", value: "8", help: "how many reviews at a time, `N`"},
		{name: "WRITE_INTERVAL", value: "1s", help: "`TIME` between two writes to GitHub for one installation, 0 = no limit, for a GitHub Enterprise Server without rate limits"},
		{name: "CATCH_UP_INTERVAL", value: "5m", help: "`TIME` after which GitHub is asked again for deliveries that were missed"},
		{name: "SWEEP_INTERVAL", value: "1h", help: "`TIME` after which it is looked again for pull requests without a check run, 0 = never"},
		{name: "FEEDBACK_INTERVAL", value: "6h", help: "`TIME` after which it is looked again what people make of comments, for schema-review report; 0 = never"},
		{name: "LOG_FORMAT", value: "json", help: "`FORMAT` of the log: json or text"},
		{name: "LOG_LEVEL", value: "info", help: "`LEVEL` of the log: debug, info, warn or error"},
	}, modelSettings()...)
}

// flag is the flag of a setting: LISTEN_ADDR is --listen-addr, a secret's file is --github-webhook-secret-file.
func (s serverSetting) flag() string {
	name := s.name
	if s.secret {
		name += "_FILE"
	}
	return strings.ReplaceAll(strings.ToLower(name), "_", "-")
}

// usage is the help of its flag.
func (s serverSetting) usage(p *message.Printer) string {
	help := inLanguage(s.help, p)
	text := p.Sprintf("%s [$%s]", help, s.name)
	if s.secret {
		text = p.Sprintf("`FILE` with the %s [$%s_FILE, or itself in $%s]", help, s.name, s.name)
	}
	if s.value != "" {
		text += " " + p.Sprintf("(default %s)", s.value)
	}
	return text
}

// settingOf is the setting of a flag of serve or doctor.
func settingOf(flag string) (serverSetting, bool) {
	all := serverSettings()
	i := slices.IndexFunc(all, func(s serverSetting) bool { return s.flag() == flag })
	if i < 0 {
		return serverSetting{}, false
	}
	return all[i], true
}

// settingsReader finds what was said. It collects the mistakes, so that all are told at once.
type settingsReader struct {
	flags    map[string]*string
	getenv   func(string) string
	problems []error
	told     map[string]bool // settings that have a problem: one is enough
}

func newSettingsReader(cmd *cobra.Command, getenv func(string) string) *settingsReader {
	r := &settingsReader{flags: map[string]*string{}, getenv: getenv, told: map[string]bool{}}
	for _, s := range serverSettings() {
		r.flags[s.name] = cmd.Flags().String(s.flag(), "", s.usage(locale.Printer("en")))
	}
	return r
}

func (r *settingsReader) wrong(name, format string, args ...any) {
	if setting := strings.TrimSuffix(name, "_FILE"); !r.told[setting] {
		r.told[setting] = true
		r.problems = append(r.problems, fmt.Errorf("%s: %s", name, fmt.Sprintf(format, args...)))
	}
}

// text is the value of a setting, or its default.
func (r *settingsReader) text(name string) string {
	all := serverSettings()
	s := all[slices.IndexFunc(all, func(s serverSetting) bool { return s.name == name })]
	for _, v := range []string{*r.flags[name], r.getenv(name)} {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return s.value
}

// secret is the value of a secret, from the environment or a file.
func (r *settingsReader) secret(name string) string {
	value, file := r.getenv(name), *r.flags[name]
	if file == "" {
		file = r.getenv(name + "_FILE")
	}
	if file == "" {
		return strings.TrimSpace(value)
	}
	if strings.TrimSpace(value) != "" {
		r.wrong(name, "%s_FILE is set as well: keep one of them", name)
		return ""
	}
	data, err := os.ReadFile(file)
	if err != nil {
		r.wrong(name+"_FILE", "%v", plainError(err))
		return ""
	}
	if strings.TrimSpace(string(data)) == "" {
		r.wrong(name+"_FILE", "%s is empty", file)
	}
	return strings.TrimSpace(string(data))
}

func (r *settingsReader) choice(name string, values ...string) string {
	v := r.text(name)
	if !slices.Contains(values, v) {
		r.wrong(name, "%q: want %s", v, strings.Join(values, ", "))
	}
	return v
}

func (r *settingsReader) number(name string, least int64, example string) int64 {
	v := r.text(name)
	if v == "" {
		return 0
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < least {
		r.wrong(name, "%q: want a number from %d, such as %s", v, least, example)
	}
	return n
}

// interval is a duration that isn't shorter than the least; 0 is allowed where it means never.
func (r *settingsReader) interval(name string, least time.Duration, never bool) time.Duration {
	v := r.text(name)
	d, err := time.ParseDuration(v)
	if never && (v == "0" || err == nil && d == 0) {
		return 0
	}
	switch {
	case err != nil, d < least:
		or := ""
		if never {
			or = ", or 0 for never"
		}
		r.wrong(name, "%q: want a time from %s, such as 5m or 1h%s", v, least, or)
	}
	return d
}

// size is a number of bytes: "1073741824", "512MiB", "1GiB".
func (r *settingsReader) size(name string) int64 {
	v := r.text(name)
	digits, unit := v, int64(1)
	for i, suffix := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if d, ok := strings.CutSuffix(v, suffix); ok {
			digits, unit = strings.TrimSpace(d), 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 || n > 1<<60/unit {
		r.wrong(name, "%q: want a number of bytes, or such as 512MiB or 1GiB", v)
	}
	return n * unit
}

func (r *settingsReader) err() error { return errors.Join(r.problems...) }
