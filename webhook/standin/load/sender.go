package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// sender delivers webhooks and measures the answers.
type sender struct {
	client *http.Client
	app    *standin.App
	url    string
	next   atomic.Int64

	mu    sync.Mutex
	took  []time.Duration
	wrong map[string]int
}

func newSender(app *standin.App, url string) *sender {
	return &sender{
		client: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}},
		app:    app, url: url, wrong: map[string]int{},
	}
}

// event is a signed delivery.
type event struct {
	name, signature string
	payload         []byte
}

func (s *sender) event(p *standin.Pull, action string) event {
	name, payload := p.Event(action)
	return event{name, s.app.Sign(payload), payload}
}

// send delivers an event with a GUID of its own.
func (s *sender) send(ctx context.Context, e event) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/webhook", bytes.NewReader(e.payload))
	if err != nil {
		s.fails(err.Error())
		return
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-GitHub-Event", e.name)
	req.Header.Set("X-GitHub-Delivery", fmt.Sprintf("00000000-0000-4000-8000-%012d", s.next.Add(1)))
	req.Header.Set("X-Hub-Signature-256", e.signature)
	began := time.Now()
	resp, err := s.client.Do(req)
	if err != nil {
		s.fails(err.Error())
		return
	}
	_, _ = io.Copy(io.Discard, resp.Body) // the status is what counts
	_ = resp.Body.Close()
	took := time.Since(began)
	if resp.StatusCode/100 != 2 {
		s.fails(resp.Status)
	}
	s.mu.Lock()
	s.took = append(s.took, took)
	s.mu.Unlock()
}

func (s *sender) fails(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrong[what]++
}

// quantile is how long the given part of the answers took at most.
func (s *sender) quantile(q float64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.took) == 0 {
		return 0
	}
	slices.Sort(s.took)
	return s.took[min(len(s.took)-1, int(q*float64(len(s.took))))]
}
