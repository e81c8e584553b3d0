package github

import (
	"bytes"
	"container/list"
	"errors"
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync"
)

const (
	etagEntries  = 64
	etagBodySize = 128 << 10
)

// etags makes reads conditional: an answer that has not changed costs nothing of the rate limit.
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
type etags struct {
	next http.RoundTripper

	mu   sync.Mutex
	kept map[string]*list.Element
	used *list.List // of *kept, the latest first
}

// kept is an answer as GitHub gave it.
type kept struct {
	key    string
	tag    string
	header http.Header
	body   []byte
}

func newETags(next http.RoundTripper) *etags {
	return &etags{next: next, kept: map[string]*list.Element{}, used: list.New()}
}

func (e *etags) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet || req.Header.Get("If-None-Match") != "" {
		return e.next.RoundTrip(req)
	}
	key := req.URL.String() + " " + req.Header.Get("Accept")
	old := e.get(key)
	if old != nil {
		req = req.Clone(req.Context())
		req.Header.Set("If-None-Match", old.tag)
	}
	resp, err := e.next.RoundTrip(req)
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode == http.StatusNotModified && old != nil:
		return old.revive(resp), nil
	case resp.StatusCode == http.StatusOK && resp.Header.Get("ETag") != "" && resp.ContentLength <= etagBodySize:
		return e.keep(key, resp), nil
	}
	return resp, nil
}

func (e *etags) get(key string) *kept {
	e.mu.Lock()
	defer e.mu.Unlock()
	el, ok := e.kept[key]
	if !ok {
		return nil
	}
	e.used.MoveToFront(el)
	return el.Value.(*kept) // the list holds nothing else
}

// keep remembers a small answer while the caller reads it: only one that was read to its end counts.
func (e *etags) keep(key string, resp *http.Response) *http.Response {
	k := &kept{key: key, tag: resp.Header.Get("ETag"), header: resp.Header.Clone()}
	resp.Body = &keeper{ReadCloser: resp.Body, done: func(body []byte) {
		k.body = body
		e.put(k)
	}}
	return resp
}

func (e *etags) put(k *kept) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if el, ok := e.kept[k.key]; ok {
		e.used.Remove(el)
	}
	e.kept[k.key] = e.used.PushFront(k)
	for e.used.Len() > etagEntries {
		last := e.used.Back()
		e.used.Remove(last)
		delete(e.kept, last.Value.(*kept).key) // the list holds nothing else
	}
}

// revive is the kept answer with the new one's limits and date.
func (k *kept) revive(fresh *http.Response) *http.Response {
	drain(fresh)
	header := k.header.Clone()
	maps.Copy(header, fresh.Header)
	header.Set("Content-Length", strconv.Itoa(len(k.body)))
	out := *fresh
	out.Status, out.StatusCode, out.Header = "200 OK", http.StatusOK, header
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(k.body)), int64(len(k.body))
	return &out
}

// keeper copies what is read through it.
type keeper struct {
	io.ReadCloser
	copied bytes.Buffer
	done   func([]byte)
}

func (k *keeper) Read(p []byte) (int, error) {
	n, err := k.ReadCloser.Read(p)
	if k.done == nil {
		return n, err
	}
	k.copied.Write(p[:n])
	switch {
	case k.copied.Len() > etagBodySize:
		k.done, k.copied = nil, bytes.Buffer{}
	case errors.Is(err, io.EOF):
		k.done(k.copied.Bytes())
		k.done = nil
	}
	return n, err
}

// Close looks for the end first: a decoder of JSON reads no further than the last brace.
func (k *keeper) Close() error {
	if k.done != nil {
		_, _ = io.CopyN(io.Discard, k, etagBodySize)
	}
	return k.ReadCloser.Close()
}
