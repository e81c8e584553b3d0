package standin_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

type obj = map[string]any

// world is a GitHub with an App, installed on a repository.
type world struct {
	t            *testing.T
	g            *standin.GitHub
	url          string
	app          *standin.App
	installation *standin.Installation
	repo         *standin.Repository
	token        string
}

func newWorld(t *testing.T, o standin.Options) *world {
	t.Helper()
	g := standin.New(o)
	url, stop := g.Start()
	t.Cleanup(stop)
	w := &world{t: t, g: g, url: url, app: g.NewApp(standin.AppOptions{})}
	w.repo = g.NewRepository("acme", "shop")
	w.installation = w.app.Install("acme")
	w.token = w.newToken("")
	return w
}

func (w *world) newToken(body string) string {
	w.t.Helper()
	a := w.as(w.jwt(nil)).call("POST", fmt.Sprintf("/app/installations/%d/access_tokens", w.installation.ID), body)
	a.want(http.StatusCreated)
	return a.at("token").(string)
}

// jwt signs an App's claims; change edits them first.
func (w *world) jwt(change func(claims obj)) string {
	w.t.Helper()
	block, _ := pem.Decode(w.app.KeyPEM)
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		w.t.Fatal(err)
	}
	now := w.g.Clock.Now()
	claims := obj{"iss": fmt.Sprint(w.app.ID), "iat": now.Add(-time.Minute).Unix(), "exp": now.Add(9 * time.Minute).Unix()}
	if change != nil {
		change(claims)
	}
	return sign(w.t, key, claims)
}

func sign(t *testing.T, key *rsa.PrivateKey, claims obj) string {
	t.Helper()
	part := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	text := part(obj{"alg": "RS256", "typ": "JWT"}) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// client makes calls with a credential.
type client struct {
	*world
	credential string
	header     http.Header
}

func (w *world) as(credential string) *client { return &client{world: w, credential: credential} }

// call makes a call with the installation's token.
func (w *world) call(method, path, body string) *reply { return w.as(w.token).call(method, path, body) }

func (c *client) call(method, path, body string) *reply {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	maps.Copy(req.Header, c.header)
	req.Header.Set("Authorization", "Bearer "+c.credential)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return &reply{t: c.t, what: method + " " + path, status: res.StatusCode, header: res.Header, data: data}
}

// reply is the answer to a call.
type reply struct {
	t      *testing.T
	what   string
	status int
	header http.Header
	data   []byte
}

func (r *reply) want(status int) *reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("%s: got %d, want %d: %.500s", r.what, r.status, status, r.data)
	}
	return r
}

func (r *reply) json() any {
	r.t.Helper()
	var v any
	if err := json.Unmarshal(r.data, &v); err != nil {
		r.t.Fatalf("%s: %v in %.200s", r.what, err, r.data)
	}
	return v
}

// at gives a value of the answer by its path: keys and indices.
func (r *reply) at(path ...any) any {
	r.t.Helper()
	v := r.json()
	for _, step := range path {
		switch at := v.(type) {
		case obj:
			v = at[step.(string)]
		case []any:
			if i := step.(int); i < len(at) {
				v = at[i]
				continue
			}
			r.t.Fatalf("%s: no %v in %.300s", r.what, path, r.data)
		default:
			r.t.Fatalf("%s: no %v in %.300s", r.what, path, r.data)
		}
	}
	return v
}

// list is the answer as an array.
func (r *reply) list() []any {
	r.t.Helper()
	all, ok := r.json().([]any)
	if !ok {
		r.t.Fatalf("%s: no array: %.300s", r.what, r.data)
	}
	return all
}

// body makes JSON.
func body(v obj) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // of what the test wrote down
	}
	return string(data)
}

// numbered is a text of n lines.
func numbered(n int) string {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return b.String()
}

// changed is numbered with some lines changed.
func changed(n int, lines ...int) string {
	all := bytes.Split([]byte(numbered(n)), []byte("\n"))
	for _, l := range lines {
		all[l-1] = append(all[l-1], " changed"...)
	}
	return string(bytes.Join(all, []byte("\n")))
}
