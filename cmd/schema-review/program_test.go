package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// program is `schema-review serve` in a process of its own.
type program struct {
	cmd *exec.Cmd
	out lockedBuffer
	env []string
	url string // public address
}

// startServe starts the program with these settings, besides a database and a cache of its own, and
// waits until it is ready. It ends with the test.
func startServe(t *testing.T, settings map[string]string) *program {
	t.Helper()
	dir := t.TempDir()
	all := map[string]string{
		"HOME": dir, "PATH": os.Getenv("PATH"), "LISTEN_ADDR": freeAddress(t), "ADMIN_LISTEN_ADDR": "127.0.0.1:0",
		"DATABASE_URL": "sqlite:" + filepath.Join(dir, "schema-review.db"), "CACHE_DIR": filepath.Join(dir, "cache"),
	}
	maps.Copy(all, settings)
	p := &program{url: "http://" + all["LISTEN_ADDR"]}
	for name, value := range all {
		p.env = append(p.env, name+"="+value)
	}
	p.start(t)
	t.Cleanup(func() { p.stop(syscall.SIGKILL) })
	return p
}

// start runs the program; TestMain makes the test's own binary be it.
func (p *program) start(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd = exec.Command(self, "serve") //nolint:noctx // it is killed in the ways that the test is about
	p.cmd.Args[0] = "schema-review"
	p.cmd.Env = p.env
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := p.url[len("http://"):]
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil { //nolint:noctx // loopback
			_ = c.Close()
			return
		}
		if time.Now().After(deadline) {
			p.stop(syscall.SIGKILL)
			t.Fatalf("serve doesn't listen: %s", p.log())
		}
	}
}

// runProgram runs another command with these variables and no others, in a folder of its own, and gives what it says.
func runProgram(t *testing.T, vars map[string]string, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Args[0], cmd.Dir = "schema-review", t.TempDir()
	cmd.Env = []string{"HOME=" + cmd.Dir, "PATH=" + os.Getenv("PATH")}
	for name, value := range vars {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, _ := cmd.CombinedOutput() // what it says is what the test is about
	return string(out)
}

// stop ends the program with a signal, and waits for its end.
func (p *program) stop(s syscall.Signal) {
	_ = p.cmd.Process.Signal(s) // it may have ended
	_ = p.cmd.Wait()
}

func (p *program) log() string { return p.out.String() }

// newPostgres makes a schema of its own for the test.
func newPostgres(t *testing.T) string {
	t.Helper()
	base := os.Getenv("TEST_POSTGRES_URL")
	if base == "" {
		t.Skip("TEST_POSTGRES_URL is not set: .ci/dbservers up starts one")
	}
	schema := "test_" + strings.ToLower(rand.Text()[:12])
	administer := func(statement string) {
		ctx := context.WithoutCancel(t.Context())
		c, err := pgx.Connect(ctx, base)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close(ctx)
		if _, err := c.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	administer("CREATE SCHEMA " + schema)
	t.Cleanup(func() { administer("DROP SCHEMA " + schema + " CASCADE") })
	return base + "&search_path=" + schema
}

// freeAddress is an address that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // loopback
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// eventually waits for something to become true.
func eventually(t *testing.T, p *program, what string, true func() bool) {
	t.Helper()
	const patience = 2 * time.Minute // slow machines with the race detector on
	for deadline := time.Now().Add(patience); !true(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not so after %s; the program says:\n%s", what, patience, p.log())
		}
	}
}

// lockedBuffer keeps what several writers write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
