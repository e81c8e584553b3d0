package converse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// What a client has to sign with.
const (
	Key    = "AKIDSTANDIN"
	Secret = "stand-in/for+a+secret"
	Region = "ap-northeast-1"
	Token  = "bedrock-api-key-stand-in" // or sends, over TLS
)

// Server answers as Bedrock Runtime does.
type Server struct {
	URL    string
	http   *httptest.Server
	script Script

	mu    sync.Mutex
	calls []Call
}

// Call is a request that was understood.
type Call struct {
	Number    int // from 0
	Operation string
	Model     string
	Auth      string // "sigv4" or "bearer"
	Request   Request
	Raw       []byte
}

// The operations.
const (
	Converse    = "converse"
	CountTokens = "count-tokens"
)

// New starts a server over plain HTTP, which takes signed requests only. Close ends it.
func New(script Script) *Server {
	s := &Server{script: script}
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	return s
}

// NewTLS starts a server over TLS, which takes bearer tokens as well. Certificate is what a client has to trust.
func NewTLS(script Script) *Server {
	s := &Server{script: script}
	s.http = httptest.NewTLSServer(s)
	s.URL = s.http.URL
	return s
}

// Certificate is that of a server over TLS, in DER.
func (s *Server) Certificate() []byte { return s.http.Certificate().Raw }

// Close ends the server, and calls that are waiting for an answer.
func (s *Server) Close() {
	s.http.CloseClientConnections()
	s.http.Close()
}

// Calls are all calls so far that were understood, in the order in which they came.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// ServeHTTP answers a call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 25<<20))
	if err != nil {
		return
	}
	call, err := s.understand(r, body)
	if refusal := (*Exception)(nil); errors.As(err, &refusal) {
		refusal.write(w)
		return
	}
	if err != nil {
		(&Exception{Code: "ValidationException", Message: err.Error()}).write(w)
		return
	}
	s.answer(w, r, s.note(call))
}

func (s *Server) note(call Call) Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.Number = len(s.calls)
	s.calls = append(s.calls, call)
	return call
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, call Call) {
	reply := s.script(call)
	if reply.Wait > 0 {
		select {
		case <-time.After(reply.Wait):
		case <-r.Context().Done():
			return
		}
	}
	reply.write(w, call)
}

func (s *Server) understand(r *http.Request, body []byte) (Call, error) {
	auth, err := authorised(r, body)
	if err != nil {
		return Call{}, err
	}
	model, operation, err := place(r)
	if err != nil {
		return Call{}, err
	}
	call := Call{Operation: operation, Model: model, Auth: auth, Raw: body}
	if operation == CountTokens {
		call.Request, err = decodeCount(body)
	} else {
		call.Request, err = decode(body)
	}
	return call, err
}

// place reads /model/ID/OPERATION. The id is one part of the path, whatever it has inside: colons and slashes of an
// ARN are escaped.
func place(r *http.Request) (model, operation string, err error) {
	parts := strings.Split(r.URL.EscapedPath(), "/")
	if r.Method != http.MethodPost || len(parts) != 4 || parts[0] != "" || parts[1] != "model" ||
		parts[3] != Converse && parts[3] != CountTokens {
		return "", "", &Exception{Code: "UnknownOperationException", Message: fmt.Sprintf("%s %s", r.Method, r.URL.EscapedPath()), Status: 404}
	}
	if model, err = unescape(parts[2]); err != nil {
		return "", "", err
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		return "", "", fmt.Errorf("Content-Type %q: want application/json", got)
	}
	return model, parts[3], nil
}

// unescape takes only what has no other spelling: every byte escaped but letters, digits and -._~.
func unescape(s string) (string, error) {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			out = append(out, s[i])
			continue
		}
		var b byte
		if i+2 >= len(s) {
			return "", fmt.Errorf("model %q: cut escape", s)
		}
		if _, err := fmt.Sscanf(s[i+1:i+3], "%02X", &b); err != nil {
			return "", fmt.Errorf("model %q: %w", s, err)
		}
		out = append(out, b)
		i += 2
	}
	if escape(string(out)) != s || len(out) == 0 {
		return "", fmt.Errorf("model %q: want it escaped as %q", s, escape(string(out)))
	}
	return string(out), nil
}

// escape is AWS's URI encoding of one part of a path.
func escape(s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("-._~", b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // a script's answer to a tool that isn't JSON
		status, body = http.StatusInternalServerError, []byte("{}")
	}
	writeBody(w, status, body)
}

func writeBody(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone: nobody to tell
}
