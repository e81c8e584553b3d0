package main

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/webhook/standin"
)

// TestCrash kills the program many times at random moments (CRASH_KILLS says how often; .ci/run wants 200) while people open a hundred
// pull requests and work on them, and while GitHub fails in all its ways. In the end each has exactly the
// comments that its last commit deserves, none twice, none lost, and what people did to them holds. A model is asked
// each time, so that most reviews are said in two steps. CRASH_SEED
// repeats what people do and when it crashes.
//
//	crash_test.go           the replicas, the load balancer before them, the kills
//	crash_faults_test.go    what GitHub does wrong
//	crash_people_test.go    what people do
//	crash_database_test.go  what the database says of it
//	crash_compare_test.go   what it must have come to
//	crash_size*_test.go     how often, and how many
func TestCrash(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		crash(t, 1, "sqlite:"+t.TempDir()+"/schema-review.db")
	})
	t.Run("Postgres with three replicas", func(t *testing.T) {
		t.Parallel()
		crash(t, 3, newPostgres(t))
	})
}

func crash(t *testing.T, replicas int, database string) {
	seed := uint64(number("CRASH_SEED", int(time.Now().UnixNano()%1e6))) //nolint:gosec // any number will do
	t.Logf("CRASH_SEED=%d", seed)
	c := &crashTest{
		t: t, database: database, kills: number("CRASH_KILLS", crashKills), verdicts: map[string]verdict{},
		killer: newDice(seed, 1), people: newDice(seed, 2), network: newDice(seed, 3),
	}
	c.github = standin.New(standin.Options{Limits: standin.Limits{Hour: -1, ContentMinute: -1, ContentHour: -1}})
	api, stop := c.github.Start()
	t.Cleanup(stop)
	c.app = c.github.NewApp(standin.AppOptions{WebhookURL: c.door(), Events: []string{"pull_request", "pull_request_review_thread"}})
	c.found()
	c.install = c.app.Install("acme")
	settings := newAdvisor(t, c.think).settings("ADVICE_WAIT", "200ms", "BEDROCK_TIMEOUT", "2s")
	maps.Copy(settings, map[string]string{
		"GITHUB_APP_ID": strconv.FormatInt(c.app.ID, 10), "GITHUB_APP_PRIVATE_KEY": string(c.app.KeyPEM),
		"GITHUB_WEBHOOK_SECRET": c.app.Secret, "GITHUB_API_URL": api, "GITHUB_GRAPHQL_URL": api + "/graphql",
		"DATABASE_URL": database, "CATCH_UP_INTERVAL": "2s", "WRITE_INTERVAL": "0s",
	})
	for range replicas {
		c.replicas = append(c.replicas, startServe(t, settings))
	}
	c.ready.Store(true)
	c.github.Fault(c.fault)
	c.run()
	c.github.Fault(nil)
	c.settle()
	c.compareAll()
}

// number is an environment variable's value.
func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// crashTest is the GitHub, the replicas and what happens to them.
type crashTest struct {
	t        *testing.T
	database string
	github   *standin.GitHub
	app      *standin.App
	install  *standin.Installation
	repos    []*standin.Repository
	replicas []*program
	ready    atomic.Bool // replicas are there
	next     atomic.Int64
	outage   atomic.Int64 // until when GitHub is away, in nanoseconds

	killer, people, network *dice

	kills int
	done  atomic.Int64 // kills
	pulls []*crashPull

	verdicts  map[string]verdict // by pull request and commit
	concluded map[int64]string   // check runs when they were completed
}

// dice are somebody's choices. Who has dice of his own makes the same choices again, whatever others do.
type dice struct {
	mu     sync.Mutex
	random *rand.Rand
}

func newDice(seed, role uint64) *dice {
	return &dice{random: rand.New(rand.NewPCG(seed, role))} //nolint:gosec // repeatable on purpose
}

func (d *dice) chance(p float64) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.random.Float64() < p
}

func (d *dice) pick(n int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.random.IntN(n)
}

// between is a time from least to most milliseconds.
func (d *dice) between(least, most int) time.Duration {
	return time.Duration(least+d.pick(most-least)) * time.Millisecond
}

// door is the App's webhook URL: a load balancer before the replicas, behind a network that brings deliveries late,
// in another order, and at times twice.
func (c *crashTest) door() string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.ready.Load() {
			http.Error(w, "nobody is there", http.StatusBadGateway)
			return
		}
		if c.network.chance(0.25) {
			time.Sleep(c.network.between(1, 2000))
		}
		if c.network.chance(0.05) {
			c.forward(httptest.NewRecorder(), again(r))
		}
		c.forward(w, r)
	}))
	c.t.Cleanup(s.Close)
	return s.URL + "/webhook"
}

// think is a model that takes its time or fails, and has nothing to suggest.
func (c *crashTest) think(converse.Call) converse.Reply {
	if c.network.chance(0.1) {
		return converse.Throw("ModelErrorException", "It failed.")
	}
	r := claiming()
	r.Wait = c.network.between(1, 1000)
	return r
}

// again is a copy of the request; both can be read.
func again(r *http.Request) *http.Request {
	body := readBody(r)
	second := r.Clone(r.Context())
	second.Body = copyOf(body)
	return second
}

func (c *crashTest) forward(w http.ResponseWriter, r *http.Request) {
	p := c.replicas[int(c.next.Add(1))%len(c.replicas)]
	to, err := url.Parse(p.url)
	if err != nil {
		panic(err) // our own address
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	proxy.ServeHTTP(w, r)
}

// run kills replicas while people work. Some are asked to end, and drain.
func (c *crashTest) run() {
	var people sync.WaitGroup
	people.Go(c.work)
	for range c.kills {
		time.Sleep(c.killer.between(20, 250))
		if c.killer.chance(0.05) { // some work has to come to its end
			time.Sleep(c.killer.between(500, 2000))
		}
		p := c.replicas[c.killer.pick(len(c.replicas))]
		signal := syscall.SIGKILL
		if c.killer.chance(0.05) {
			signal = syscall.SIGTERM
		}
		p.stop(signal)
		p.start(c.t)
		if c.killer.chance(0.01) {
			c.outage.Store(time.Now().Add(c.killer.between(1000, 3000)).UnixNano())
		}
		c.done.Add(1)
	}
	people.Wait()
}

// over reports whether nobody is killed any more.
func (c *crashTest) over() bool { return int(c.done.Load()) >= c.kills }

// settleTime is how long it may take until all is as it should be: a replica's jobs are given to another after 15 s of
// silence, and one that was killed again and again waits.
const settleTime = 2 * time.Minute

// settle waits until nothing is left to be done.
func (c *crashTest) settle() {
	began := time.Now()
	c.t.Logf("%d kills", c.done.Load())
	for ; ; time.Sleep(300 * time.Millisecond) {
		left := c.left()
		if len(left) == 0 {
			break
		}
		if time.Since(began) > settleTime {
			c.t.Fatalf("not done after %v: %s\nthe programs say:\n%s", settleTime, strings.Join(left, "\n"), tail(c.replicas))
		}
	}
	c.t.Logf("settled after %v", time.Since(began).Round(time.Millisecond))
}

func tail(all []*program) string {
	var b strings.Builder
	for _, p := range all {
		log := p.log()
		b.WriteString(log[max(0, len(log)-4000):])
	}
	return b.String()
}
