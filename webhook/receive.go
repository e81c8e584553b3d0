package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

const (
	// MaxBody is the most that GitHub sends: of a larger event it doesn't tell at all.
	// https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap
	MaxBody = 25 << 20
	// largeBody is from when on a body has to wait for its turn: anybody may send one, and it is
	// in memory before its signature can be looked at.
	largeBody  = 1 << 20
	largeTurns = 4
	// acceptTime is how long the store may take: GitHub gives up after 10 seconds.
	acceptTime = 8 * time.Second
)

// Receiver answers POST /webhook: one delivery, from the bytes to the durable job. It waits for the
// Inbox, never for GitHub or a model.
type Receiver struct {
	inbox   Inbox
	decider *Decider
	secrets []string
	metrics *Metrics
	log     *slog.Logger
	turns   chan struct{}
}

// NewReceiver makes a Receiver that believes what any of the secrets has signed: the current one, and
// the one before it while they are exchanged. Without secrets it believes nothing.
func NewReceiver(inbox Inbox, decider *Decider, secrets []string, metrics *Metrics, log *slog.Logger) *Receiver {
	return &Receiver{inbox, decider, secrets, metrics, log, make(chan struct{}, largeTurns)}
}

// answer is what GitHub gets, and shows to the App's owner in its list of deliveries.
type answer struct {
	code   int
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
}

// delivery is a request that has passed all checks of its outside.
type delivery struct {
	guid, event string
	body        []byte // JSON
}

func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	d, refusal := rc.read(w, r)
	if refusal == nil {
		refusal = rc.accept(r.Context(), d)
	} else {
		rc.log.LogAttrs(r.Context(), slog.LevelWarn, "refused a delivery", slog.Int("status", refusal.code), slog.String("reason", refusal.Reason))
	}
	rc.metrics.Delivered(r.Header.Get("X-GitHub-Event"), refusal.Status)
	refusal.write(w)
	rc.metrics.Received(time.Since(began))
}

// read takes the request apart. What isn't signed learns nothing beyond that.
func (rc *Receiver) read(w http.ResponseWriter, r *http.Request) (delivery, *answer) {
	unwrap, ok := encodings[mediaType(r)]
	if !ok {
		return delivery{}, &answer{http.StatusUnsupportedMediaType, "unsupported", "Send application/json or application/x-www-form-urlencoded."}
	}
	sig, ok := parseSignature(r.Header.Get("X-Hub-Signature-256"))
	if !ok {
		return delivery{}, &answer{http.StatusUnauthorized, "refused", "X-Hub-Signature-256 is missing or malformed."}
	}
	raw, problem := rc.body(w, r)
	if problem != nil {
		return delivery{}, problem
	}
	if !sig.of(raw, rc.secrets) {
		return delivery{}, &answer{http.StatusUnauthorized, "refused", "X-Hub-Signature-256 doesn't fit: the webhook's secret is another one."}
	}
	d := delivery{guid: r.Header.Get("X-GitHub-Delivery"), event: r.Header.Get("X-GitHub-Event")}
	if !guidForm.MatchString(d.guid) || !eventForm.MatchString(d.event) {
		return delivery{}, &answer{http.StatusBadRequest, "bad", "X-GitHub-Event or X-GitHub-Delivery is missing or malformed."}
	}
	if d.body, ok = unwrap(raw); !ok {
		return delivery{}, &answer{http.StatusBadRequest, "bad", "The form has no field payload."}
	}
	return d, nil
}

var (
	guidForm  = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)
	eventForm = regexp.MustCompile(`^[a-z_]{1,64}$`)
)

// encodings are the content types that GitHub offers. The signature is over the raw body of either.
var encodings = map[string]func([]byte) ([]byte, bool){
	"application/json": func(raw []byte) ([]byte, bool) { return raw, true },
	"application/x-www-form-urlencoded": func(raw []byte) ([]byte, bool) {
		form, err := url.ParseQuery(string(raw))
		return []byte(form.Get("payload")), err == nil && form.Has("payload")
	},
}

func mediaType(r *http.Request) string {
	t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return t
}

// body reads no more than the cap, and only a few large ones at a time.
func (rc *Receiver) body(w http.ResponseWriter, r *http.Request) ([]byte, *answer) {
	tooLarge := &answer{http.StatusRequestEntityTooLarge, "too-large", "The body is larger than 25 MiB."}
	if r.ContentLength > MaxBody {
		return nil, tooLarge
	}
	if r.ContentLength < 0 || r.ContentLength > largeBody {
		select {
		case rc.turns <- struct{}{}:
			defer func() { <-rc.turns }()
		case <-r.Context().Done():
			return nil, &answer{http.StatusServiceUnavailable, "busy", "Too many large bodies at once."}
		}
	}
	var b bytes.Buffer
	_, err := io.Copy(&b, http.MaxBytesReader(w, r.Body, MaxBody))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return nil, tooLarge
	}
	if err != nil {
		return nil, &answer{http.StatusBadRequest, "bad", "The body ended early."}
	}
	return b.Bytes(), nil
}

// accept makes the delivery durable.
func (rc *Receiver) accept(ctx context.Context, d delivery) *answer {
	ctx, cancel := context.WithTimeout(ctx, acceptTime)
	defer cancel()
	event, err := rc.decider.Decide(ctx, d.guid, d.event, d.body)
	fresh := false
	if err == nil && len(event.Jobs) > 0 {
		fresh, err = rc.inbox.Accept(ctx, event)
	}
	a := outcome(event, fresh, err)
	rc.tell(ctx, d, event, a, err)
	return a
}

func outcome(e Event, fresh bool, err error) *answer {
	bad := (*payloadError)(nil)
	switch {
	case errors.As(err, &bad):
		return &answer{http.StatusBadRequest, "bad", bad.sentence}
	case err != nil:
		return &answer{http.StatusServiceUnavailable, "busy", "The delivery could not be stored. It is asked for again later."}
	case len(e.Jobs) == 0 && e.Name == "ping":
		return &answer{http.StatusOK, "pong", ""}
	case len(e.Jobs) == 0:
		return &answer{http.StatusOK, "ignored", e.Reason}
	case !fresh:
		return &answer{http.StatusOK, "repeated", "This delivery arrived before."}
	}
	return &answer{http.StatusAccepted, "queued", ""}
}

func (rc *Receiver) tell(ctx context.Context, d delivery, e Event, a *answer, err error) {
	attrs := []slog.Attr{
		slog.String("delivery", d.guid), slog.String("event", d.event), slog.String("action", e.Action),
		slog.String("repo", e.Repo), slog.String("outcome", a.Status), slog.String("reason", a.Reason),
	}
	if len(e.Jobs) > 0 {
		attrs = append(attrs, slog.Int64("installation_id", e.Jobs[0].Installation), slog.Int("pr", e.Jobs[0].Number))
	}
	level := slog.LevelInfo
	if err != nil {
		level = slog.LevelError
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	rc.log.LogAttrs(ctx, level, "delivery", attrs...)
}

// retryAfter is what the sender is told when the store is away. GitHub itself doesn't try again.
const retryAfter = "30"

func (a *answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if a.code == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	w.WriteHeader(a.code)
	_ = json.NewEncoder(w).Encode(a) // who went away doesn't read it
}
