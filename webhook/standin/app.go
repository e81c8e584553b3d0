package standin

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"maps"
	"slices"
	"sync"
	"time"
)

// AppOptions describe an App. Every field may be left out.
type AppOptions struct {
	Slug        string            // default "schema-review"
	Owner       string            // default "acme"
	WebhookURL  string            // none: nothing is delivered
	Secret      string            // of the webhook; default made at random
	Permissions map[string]string // default: the least that a review needs
	Events      []string          // default: all that the stand-in sends
	Key         *rsa.PrivateKey   // default: one key for all Apps of the process
}

// App is a registered GitHub App.
type App struct {
	ID     int64
	Slug   string
	KeyPEM []byte
	Secret string

	g           *GitHub
	key         *rsa.PublicKey
	owner, bot  *account
	url         string
	permissions map[string]string
	events      []string
	created     time.Time
	deliveries  []*delivery // oldest first
}

// leastPermissions are what a review needs.
func leastPermissions() map[string]string {
	return map[string]string{"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write"}
}

// sharedKey is for Apps that bring none: to make a key takes a good part of a second.
var sharedKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, _ := rsa.GenerateKey(rand.Reader, 2048) // never fails
	return key
})

// NewApp registers an App.
func (g *GitHub) NewApp(o AppOptions) *App {
	if o.Key == nil {
		o.Key = sharedKey()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.newApp(o)
}

func (g *GitHub) newApp(o AppOptions) *App {
	if o.Slug == "" {
		o.Slug = "schema-review"
	}
	if o.Owner == "" {
		o.Owner = "acme"
	}
	if o.Secret == "" {
		o.Secret = random(20)
	}
	if o.Permissions == nil {
		o.Permissions = leastPermissions()
	}
	if o.Events == nil {
		o.Events = subscribable
	}
	a := &App{
		ID: g.id(), Slug: o.Slug, Secret: o.Secret,
		KeyPEM:      pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(o.Key)}),
		g:           g,
		key:         &o.Key.PublicKey,
		owner:       g.account(o.Owner, "Organization"),
		bot:         g.account(o.Slug+"[bot]", "Bot"),
		url:         o.WebhookURL,
		permissions: maps.Clone(o.Permissions),
		events:      slices.Clone(o.Events),
		created:     g.Clock.Now(),
	}
	g.apps[a.ID] = a
	return a
}

// SetWebhookURL says where deliveries go; "" = nowhere.
func (a *App) SetWebhookURL(url string) {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	a.url = url
}

// SetPermissions changes what the App asks for. Installations keep what was granted until their owners
// accept: see Installation.Accept.
func (a *App) SetPermissions(permissions map[string]string) {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	a.permissions = maps.Clone(permissions)
}

// SetEvents changes what the App is told of.
func (a *App) SetEvents(events ...string) {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	a.events = slices.Clone(events)
}

// Bot is the account that the App acts as.
func (a *App) Bot() Actor {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	return a.bot.actor()
}

// random is a name of n random bytes.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// installation finds the App's installation that sees a repository, nil when there is none.
func (a *App) installation(r *Repository) *Installation {
	for _, i := range a.g.installs {
		if i.app == a && i.covers(r) {
			return i
		}
	}
	return nil
}
