package standin

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// hookTimeout is how long GitHub waits for an answer.
const hookTimeout = 10 * time.Second

// Redeliver sends a delivery again, with its GUID.
func (a *App) Redeliver(id int64) {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	for _, d := range a.deliveries {
		if d.ID == id {
			a.again(d)
			return
		}
	}
}

func (a *App) again(d *delivery) {
	next := &delivery{app: a, Delivery: d.Delivery}
	next.Redelivery, next.Status, next.StatusCode = true, "", 0
	a.send(next)
}

// send delivers in the background. What fails is not sent again.
func (a *App) send(d *delivery) {
	d.ID, d.At, d.under = a.g.id(), a.g.Clock.Now(), true
	a.deliveries = append(a.deliveries, d)
	req, url := d.headers(), a.url
	d.request = req
	a.g.under++
	go d.post(url, req)
}

func (d *delivery) headers() map[string]string {
	return map[string]string{
		"Accept": "*/*", "Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/044aadd",
		"X-GitHub-Delivery": d.GUID, "X-GitHub-Event": d.Event, "X-GitHub-Hook-ID": fmt.Sprint(d.app.ID),
		"X-GitHub-Hook-Installation-Target-ID": fmt.Sprint(d.app.ID), "X-GitHub-Hook-Installation-Target-Type": "integration",
		"X-Hub-Signature": d.app.oldSignature(d.Payload), "X-Hub-Signature-256": d.app.signature(d.Payload),
	}
}

func (d *delivery) post(url string, header map[string]string) {
	ctx, cancel := context.WithTimeout(context.Background(), hookTimeout)
	defer cancel()
	began := time.Now()
	code, answer, body, err := post(ctx, url, header, d.Payload)
	g := d.app.g
	g.mu.Lock()
	defer g.mu.Unlock()
	g.under--
	d.Took, d.StatusCode, d.under = time.Since(began), code, false
	d.answer, d.body = answer, body
	d.Status = "OK"
	switch {
	case ctx.Err() != nil:
		d.Status = "timed out"
	case err != nil:
		d.Status = "failed to connect to host"
	case code >= 300:
		d.Status = fmt.Sprintf("Invalid HTTP Response: %d", code)
	}
	g.touch()
}

func post(ctx context.Context, url string, header map[string]string, payload []byte) (code int, answer map[string]string, body string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
	if err != nil {
		return 0, nil, "", err
	}
	for key, v := range header {
		req.Header.Set(key, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, "", err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	answer = map[string]string{}
	for key := range res.Header {
		answer[key] = res.Header.Get(key)
	}
	return res.StatusCode, answer, string(data), err
}
