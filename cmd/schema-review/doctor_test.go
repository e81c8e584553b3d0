package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook/github"
	"github.com/schema-review/schema-review/webhook/store"
)

// doctorKey is a key that no App has.
var doctorKey = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
})

// examineWith runs doctor with these variables, its files in a folder of its own.
func examineWith(t *testing.T, vars map[string]string) (out string, code int) {
	t.Helper()
	dir := t.TempDir()
	all := map[string]string{"DATABASE_URL": "sqlite:" + filepath.Join(dir, "schema-review.db")}
	for k, v := range vars {
		all[k] = strings.ReplaceAll(v, "$DIR", dir)
	}
	var b bytes.Buffer
	code = run(t.Context(), []string{"doctor"}, console{out: &b, err: &b, getenv: func(name string) string { return all[name] }})
	return strings.ReplaceAll(b.String(), dir, "$DIR"), code
}

func TestDoctorLocally(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		vars map[string]string
		want []string
	}{
		"nothing is set": {nil, []string{
			"OK     settings     can be read", "OK     database     $DIR/schema-review.db can be read and written",
			"OK     cache        $DIR/schema-review-cache can be written", "OK     model        none is configured (BEDROCK_MODEL_ID): rules only",
			"WRONG  credentials  there are none", "$DIR/schema-review-credentials.json", "-> start serve and open its set-up page",
		}},
		"settings": {map[string]string{"LISTEN_ADDR": "x", "WORKERS": "none"}, []string{
			`WRONG  settings  LISTEN_ADDR: "x"`, `WRONG  settings  WORKERS: "none"`, "2 of 2 checks found something wrong",
		}},
		"no folder for the database": {map[string]string{"DATABASE_URL": "sqlite:$DIR/none/x.db"}, []string{
			"WRONG  database", "no such file or directory", "-> check DATABASE_URL; the folder must exist",
		}},
		"no cache": {map[string]string{"CACHE_DIR": "$DIR/schema-review.db/cache"}, []string{"WRONG  cache", "-> set CACHE_DIR"}},
		"a model's settings": {map[string]string{"BEDROCK_MODEL_ID": "m", "BEDROCK_TIMEOUT": "soon", "ADVICE_WAIT": "2m"}, []string{
			`WRONG  settings  BEDROCK_TIMEOUT: "soon"`, `WRONG  settings  ADVICE_WAIT: "2m": want at most 60s`,
		}},
		"operators' address for all": {map[string]string{"ADMIN_LISTEN_ADDR": ":8081"}, []string{"NOTE   admin address", "keep it behind a firewall"}},
		"loopback by name":           {map[string]string{"ADMIN_LISTEN_ADDR": "localhost:8081"}, []string{"OK     settings     can be read\nOK     database"}},
		"GitHub is not there": {map[string]string{
			"GITHUB_APP_ID": "7", "GITHUB_APP_PRIVATE_KEY": doctorKey(), "GITHUB_WEBHOOK_SECRET": "s3cret", "GITHUB_API_URL": "http://127.0.0.1:1",
		}, []string{"WRONG  GitHub", "no answer from http://127.0.0.1:1/", "-> check GITHUB_API_URL"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, code := examineWith(t, test.vars)
			for _, want := range test.want {
				if !strings.Contains(out, want) {
					t.Errorf("lacks %q:\n%s", want, out)
				}
			}
			if code != exitFindings {
				t.Errorf("got exit code %d, want %d", code, exitFindings)
			}
			if strings.Contains(out, "s3cret") || strings.Contains(out, "\x1b") {
				t.Errorf("has a secret or colours:\n%s", out)
			}
		})
	}
}

// TestDoctorInJapanese holds that doctor speaks the language of its surroundings, in columns as before.
func TestDoctorInJapanese(t *testing.T) {
	t.Parallel()
	out, _ := examineWith(t, map[string]string{"LANG": "ja_JP.UTF-8"})
	for _, want := range []string{
		"OK     settings     読み取れます\n", "OK     database     $DIR/schema-review.db は読み書きできます\n",
		"WRONG  credentials  ありません", "-> serve を起動して設定ページを開く", "5 件中 1 件の確認で問題が見つかりました",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
}

// TestDoctorBesideServe: serve keeps the SQLite file for itself, which is no fault.
func TestDoctorBesideServe(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "schema-review.db")
	s, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out, _ := examineWith(t, map[string]string{"DATABASE_URL": url})
	if !strings.Contains(out, "is in use, by serve most likely") || strings.Contains(out, "WRONG  database") {
		t.Errorf("got\n%s", out)
	}
}

func TestDoctorSeesOpenCredentials(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "c.json")
	if err := os.WriteFile(path, []byte(`{"app_id": 7, "private_key": "s3cret", "webhook_secret": "s3cret"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	out, _ := examineWith(t, map[string]string{"CREDENTIALS_FILE": path})
	for _, want := range []string{"NOTE   credentials file", "chmod 600", "WRONG  credentials", "not an RSA private key"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
}

func TestWriteDiagnoses(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	wrong := writeDiagnoses(&b, newPaint(false), []github.Diagnosis{
		{Check: "clock", Text: "within 1m0s of GitHub's"},
		{Check: "deliveries", Health: github.Wrong, Text: "failed\x1b[2J", Advice: "see the log"},
	}, locale.Printer("en"))
	want := "OK     clock       within 1m0s of GitHub's\n" +
		"WRONG  deliveries  failed\ufffd[2J\n" +
		"                   -> see the log\n\n1 of 2 checks found something wrong\n"
	if b.String() != want || wrong != 1 {
		t.Errorf("got %d\n%q\nwant\n%q", wrong, b.String(), want)
	}
}
