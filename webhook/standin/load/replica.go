package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// build compiles the program of this checkout.
func build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "schema-review")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/schema-review")
	cmd.Stderr = os.Stderr
	return binary, cmd.Run()
}

// replica is a running `schema-review serve`.
type replica struct {
	cmd  *exec.Cmd
	url  string
	log  *os.File
	peak atomic.Int64 // resident memory, bytes
}

// start runs a replica with a database of its own.
func start(ctx context.Context, o options, dir, api string, app *standin.App) (*replica, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	r := &replica{url: "http://" + address, cmd: exec.CommandContext(ctx, o.binary, "serve")}
	if r.log, err = os.Create(filepath.Join(dir, "serve.log")); err != nil {
		return nil, err
	}
	r.cmd.Stdout, r.cmd.Stderr = r.log, r.log
	r.cmd.Env = append(os.Environ(),
		"GITHUB_APP_ID="+strconv.FormatInt(app.ID, 10), "GITHUB_APP_PRIVATE_KEY="+string(app.KeyPEM), "GITHUB_WEBHOOK_SECRET="+app.Secret,
		"GITHUB_API_URL="+api, "GITHUB_GRAPHQL_URL="+api+"/graphql",
		"LISTEN_ADDR="+address, "ADMIN_LISTEN_ADDR=127.0.0.1:0",
		"DATABASE_URL=sqlite:"+filepath.Join(dir, "schema-review.db"), "CACHE_DIR="+filepath.Join(dir, "cache"),
		"WRITE_INTERVAL=0s", "LOG_LEVEL=warn",
	)
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	go r.watch(ctx)
	return r, r.ready(ctx)
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (r *replica) ready(ctx context.Context) error {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url+"/readyz", nil)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
	return fmt.Errorf("the replica is not ready; see %s", r.log.Name())
}

// watch keeps the largest resident memory that was seen.
func (r *replica) watch(ctx context.Context) {
	for ctx.Err() == nil {
		if n := r.resident(); n > r.peak.Load() {
			r.peak.Store(n)
		} else if n == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// resident is the process's resident memory in bytes, 0 when it has ended. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func (r *replica) resident() int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

// processor is how much processor time the process has used.
func (r *replica) stop() (processor time.Duration, err error) {
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	err = r.cmd.Wait()
	state := r.cmd.ProcessState
	return state.UserTime() + state.SystemTime(), err
}
