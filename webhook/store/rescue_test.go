package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// TestMain is also the process that TestKillResumes kills: it works until then.
func TestMain(m *testing.M) {
	url := os.Getenv("STORE_TO_DIE_WITH")
	if url == "" {
		os.Exit(m.Run())
	}
	if err := workUntilKilled(url); err != nil {
		fmt.Fprintln(os.Stdout, err)
		os.Exit(1)
	}
}

func workUntilKilled(url string) error {
	ctx := context.Background()
	s, err := Open(ctx, url, quick())
	if err != nil {
		return err
	}
	for i := range 3 {
		if _, err := s.Accept(ctx, push(guid(i), i+1, "a")); err != nil {
			return err
		}
	}
	return s.Run(ctx, func(context.Context, *webhook.Task) error {
		fmt.Fprintln(os.Stdout, "in work")
		select {}
	})
}

// TestKillResumes: after kill -9 the jobs that were in work are done within seconds.
func TestKillResumes(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		victim := exec.CommandContext(t.Context(), os.Args[0])
		victim.Env = append(os.Environ(), "STORE_TO_DIE_WITH="+url)
		out, err := victim.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		for lines, n := bufio.NewScanner(out), 0; n < 3 && lines.Scan(); {
			if lines.Text() == "in work" {
				n++
			}
		}
		_ = victim.Process.Kill()
		_ = victim.Wait()

		s := open(t, url, quick())
		var tasks seen
		began := time.Now()
		work(t, s, func(_ context.Context, task *webhook.Task) error {
			tasks.add(task)
			return nil
		})
		idle(t, s)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("it took %s", took)
		}
		if n := len(tasks.all()); n != 3 {
			t.Errorf("%d tasks were taken up again, want 3", n)
		}
		if got := state(t, s, guid(2)); got != "done" {
			t.Errorf("the delivery is %s", got)
		}
	})
}

// TestLostReplica: a replica that says nothing loses its job, hears of it, and can do no harm afterwards.
func TestLostReplica(t *testing.T) {
	t.Parallel()
	url := postgresURL(t)
	o := quick()
	o.Lost = 300 * time.Millisecond
	silent := o
	silent.Heartbeat = time.Hour
	first, second := open(t, url, silent), open(t, url, o)
	inFirst, inSecond, firstEnded := make(chan struct{}), make(chan struct{}), make(chan struct{})
	stop := work(t, first, func(ctx context.Context, task *webhook.Task) error {
		close(inFirst)
		<-inSecond
		if err := task.Check(ctx, "a"); !errors.Is(err, webhook.ErrLost) {
			t.Errorf("Check in the silent replica: %v, want ErrLost", err)
		}
		return nil // whatever it says
	})
	accept(t, first, push("1", 1, "a"))
	receive(t, "the task in the first replica", inFirst)
	work(t, second, func(ctx context.Context, task *webhook.Task) error {
		close(inSecond)
		<-firstEnded
		return task.Check(ctx, "a")
	})
	stop() // waits for the first one's task
	if got := state(t, second, "1"); got != "queued" {
		t.Errorf("the silent replica's answer made the delivery %s", got)
	}
	close(firstEnded)
	idle(t, second)
	if got := state(t, second, "1"); got != "done" {
		t.Errorf("the delivery is %s", got)
	}
}

// TestLivingReplicaKeepsItsJobs, however long they take.
func TestLivingReplicaKeepsItsJobs(t *testing.T) {
	t.Parallel()
	url := postgresURL(t)
	o := quick()
	o.Lost = 400 * time.Millisecond
	var tasks seen
	slow := func(ctx context.Context, task *webhook.Task) error {
		tasks.add(task)
		time.Sleep(3 * o.Lost)
		return task.Check(ctx, task.Head)
	}
	first, second := open(t, url, o), open(t, url, o)
	work(t, first, slow)
	work(t, second, slow)
	accept(t, first, push("1", 1, "a"))
	idle(t, first)
	if n := len(tasks.all()); n != 1 {
		t.Errorf("%d runs, want 1", n)
	}
}

// TestJobThatRiverLost: a key never stays without a job.
func TestJobThatRiverLost(t *testing.T) {
	for name, loss := range map[string]string{
		"deleted":   "DELETE FROM river_job",
		"discarded": "UPDATE river_job SET state = 'discarded', finalized_at = CURRENT_TIMESTAMP",
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, url string) {
				s := open(t, url, quick())
				accept(t, s, push("1", 1, "a"))
				change(t, s, loss)
				work(t, s, func(context.Context, *webhook.Task) error { return nil })
				idle(t, s)
				if got := state(t, s, "1"); got != "done" {
					t.Errorf("the delivery is %s", got)
				}
			})
		})
	}
}

// TestTaskThatKillsIsGivenUp: first it has to wait, in the end it is dropped.
func TestTaskThatKillsIsGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		o := quick()
		o.Backoff = time.Hour
		s := open(t, url, o)
		accept(t, s, push("1", 1, "a"))
		for i := range mostCrashes + 1 {
			change(t, s, "UPDATE river_job SET state = 'running', attempted_at = CURRENT_TIMESTAMP WHERE state = 'available'")
			if err := s.rescue(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			stats, err := s.Stats(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			waits := i >= freeCrashes
			if i < mostCrashes && waits != (stats.Retrying == 1) {
				t.Errorf("after %d crashes: %+v", i+1, stats)
			}
		}
		idle(t, s)
		if got := state(t, s, "1"); got != "failed" {
			t.Errorf("the delivery is %s", got)
		}
	})
}
