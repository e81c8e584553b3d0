package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// TestCrash kills the program 200 times at random moments (CRASH_KILLS says how often) while a hundred
// pull requests are opened and pushed to, and while GitHub fails in all its ways. In the end each has exactly the
// comments that its last commit deserves, none twice, none lost. CRASH_SEED repeats a run's choices.
func TestCrash(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		crash(t, 1, nil)
	})
	t.Run("Postgres with three replicas", func(t *testing.T) {
		t.Parallel()
		crash(t, 3, map[string]string{"DATABASE_URL": newPostgres(t)})
	})
}

func crash(t *testing.T, replicas int, settings map[string]string) {
	seed := uint64(number("CRASH_SEED", int(time.Now().UnixNano()%1e6)))
	t.Logf("CRASH_SEED=%d", seed)
	c := &crashTest{t: t, random: rand.New(rand.NewPCG(seed, seed)), pulls: map[string]*crashPull{}}
	c.github = standin.New(standin.Options{Limits: standin.Limits{Hour: 1e9, ContentMinute: 1e9, ContentHour: 1e9}})
	api, stop := c.github.Start()
	t.Cleanup(stop)
	app := c.github.NewApp(standin.AppOptions{WebhookURL: c.door()})
	for i := range 10 {
		r := c.github.NewRepository("acme", "shop"+strconv.Itoa(i))
		r.Commit("main", "The base", map[string]*string{"db/migration/V1__users.sql": standin.Text(crashBase)})
		c.repos = append(c.repos, r)
	}
	c.install = app.Install("acme")
	all := map[string]string{
		"GITHUB_APP_ID": strconv.FormatInt(app.ID, 10), "GITHUB_APP_PRIVATE_KEY": string(app.KeyPEM), "GITHUB_WEBHOOK_SECRET": app.Secret,
		"GITHUB_API_URL": api, "GITHUB_GRAPHQL_URL": api + "/graphql",
		"CATCH_UP_INTERVAL": "1s", "WRITE_INTERVAL": "0s",
	}
	maps.Copy(all, settings)
	for range replicas {
		c.replicas = append(c.replicas, startServe(t, all))
	}
	c.open.Store(true)
	c.github.Fault(c.fault)
	c.run(number("CRASH_KILLS", 200))
	c.github.Fault(nil)
	c.settle()
	for _, p := range c.pulls {
		c.compare(p)
	}
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
	github   *standin.GitHub
	install  *standin.Installation
	repos    []*standin.Repository
	replicas []*program
	open     atomic.Bool // replicas are there
	next     atomic.Int64

	mu     sync.Mutex // guards random
	random *rand.Rand
	pulls  map[string]*crashPull
}

// crashPull is a pull request and what its migration is to hold.
type crashPull struct {
	*standin.Pull
	repo  *standin.Repository
	n     int
	name  string
	path  string
	lines int // comment lines at the top
	bad   [4]bool
}

const crashBase = "CREATE TABLE users (\n  id BIGINT PRIMARY KEY,\n  nickname VARCHAR(40)\n);\n"

// sql is the pull request's migration: each of its statements is right or wrong.
func (p *crashPull) sql() string {
	pick := func(i int, good, bad string) string {
		if p.bad[i] {
			return bad
		}
		return good
	}
	n := p.n
	return strings.Repeat("-- moved\n", p.lines) +
		fmt.Sprintf("CREATE TABLE plain_%d (\n  id BIGINT %s\n);\n", n, pick(0, "PRIMARY KEY", "NOT NULL")) +
		fmt.Sprintf("CREATE TABLE orders_%d (\n  id BIGINT PRIMARY KEY,\n  user_id %s NOT NULL,\n  FOREIGN KEY (user_id) REFERENCES users (id)\n);\n", n, pick(1, "BIGINT", "INT")) +
		fmt.Sprintf("CREATE TABLE prices_%d (\n  id BIGINT PRIMARY KEY,\n  price %s NOT NULL\n);\n", n, pick(2, "DECIMAL(10,2)", "FLOAT")) +
		pick(3, "", "ALTER TABLE users DROP COLUMN nickname;\n")
}

// chance is true with that probability; all choices come from one source, in turn.
func (c *crashTest) chance(p float64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.random.Float64() < p
}

func (c *crashTest) pick(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.random.IntN(n)
}

// door is the App's webhook URL: a load balancer before the replicas.
func (c *crashTest) door() string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.open.Load() {
			http.Error(w, "nobody is there", http.StatusBadGateway)
			return
		}
		p := c.replicas[int(c.next.Add(1))%len(c.replicas)]
		to, err := url.Parse(p.url)
		if err != nil {
			panic(err) // our own address
		}
		proxy := httputil.NewSingleHostReverseProxy(to)
		proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
		proxy.ServeHTTP(w, r)
	}))
	c.t.Cleanup(s.Close)
	return s.URL + "/webhook"
}

// fault is what GitHub does wrong.
func (c *crashTest) fault(r *http.Request) *standin.Fault {
	limited := func(status int) *standin.Fault {
		return &standin.Fault{
			Status: status, Header: http.Header{"Retry-After": {"1"}},
			Body: `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}`,
		}
	}
	switch {
	case c.chance(0.02):
		return &standin.Fault{Status: http.StatusBadGateway, Body: "<html>502</html>"}
	case c.chance(0.01):
		return &standin.Fault{Reset: standin.ResetBefore}
	case c.chance(0.015):
		return &standin.Fault{Reset: standin.ResetAfter}
	case c.chance(0.004):
		return limited(http.StatusForbidden)
	case c.chance(0.004):
		return limited(http.StatusTooManyRequests)
	case c.chance(0.004):
		c.install.RevokeTokens()
	case strings.HasSuffix(r.URL.Path, "/reviews") && severalComments(r) && c.chance(0.1):
		return &standin.Fault{
			Status: http.StatusUnprocessableEntity,
			Body:   `{"message":"Unprocessable Entity","errors":["Pull request review thread line must be part of the diff"]}`,
		}
	}
	return nil
}

// severalComments reports whether a review has more comments than one, so that they can be parted.
func severalComments(r *http.Request) bool {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return err == nil && bytes.Count(body, []byte(`"path"`)) > 1
}

// run kills replicas while people work.
func (c *crashTest) run(kills int) {
	var people sync.WaitGroup
	done := make(chan struct{})
	people.Go(func() { c.people(done) })
	for range kills {
		time.Sleep(time.Duration(20+c.pick(230)) * time.Millisecond)
		p := c.replicas[c.pick(len(c.replicas))]
		p.stop(syscall.SIGKILL)
		p.start(c.t)
	}
	close(done)
	people.Wait()
}

// people open a hundred pull requests and push to them; the last of them once nobody is killed any more.
func (c *crashTest) people(done <-chan struct{}) {
	for len(c.pulls) < 100 {
		c.openPull()
		for range c.pick(4) {
			names := slices.Sorted(maps.Keys(c.pulls))
			c.push(c.pulls[names[c.pick(len(names))]])
		}
		select {
		case <-done:
		case <-time.After(time.Duration(c.pick(600)) * time.Millisecond):
		}
	}
}

func (c *crashTest) openPull() {
	n := len(c.pulls) + 1
	p := &crashPull{repo: c.repos[n%len(c.repos)], n: n, path: fmt.Sprintf("db/migration/V%d__change.sql", n+1)}
	c.vary(p)
	p.Pull = p.repo.OpenPull(standin.PullOptions{
		Head: fmt.Sprintf("change-%d", n), Title: "A change", Files: map[string]*string{p.path: standin.Text(p.sql())},
	})
	p.name = fmt.Sprintf("%s#%d", p.repo.FullName(), p.Number)
	c.pulls[p.name] = p
}

// vary decides anew what is wrong.
func (c *crashTest) vary(p *crashPull) {
	p.lines = c.pick(4)
	for i := range p.bad {
		p.bad[i] = c.chance(0.5)
	}
}

func (c *crashTest) push(p *crashPull) {
	c.vary(p)
	p.Push(map[string]*string{p.path: standin.Text(p.sql())})
}

// settle waits until every head has a check run that is completed.
func (c *crashTest) settle() {
	began := time.Now()
	pending := func() (names []string) {
		for name, p := range c.pulls {
			runs := p.repo.CheckRuns(p.State().Head)
			if len(runs) == 0 || slices.ContainsFunc(runs, func(r standin.CheckRun) bool { return r.Status != "completed" }) {
				names = append(names, name)
			}
		}
		return names
	}
	for len(pending()) > 0 {
		if time.Since(began) > 2*time.Minute {
			c.t.Fatalf("not reviewed after 2 minutes: %v\nthe programs say:\n%s", pending(), tail(c.replicas))
		}
		time.Sleep(200 * time.Millisecond)
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

// remark is a comment or a finding, as far as both can be compared.
type remark struct {
	Rule, Object string
	Line         int // 0 when GitHub shows the comment as outdated
}

var (
	ruleOf   = regexp.MustCompile(`docs/rules/([a-z0-9-]+)\.md`)
	objectOf = regexp.MustCompile("`([a-z]+_?[0-9]*(?:\\.[a-z_]+)?)`")
)

// compare holds the comments on the pull request against the findings in its last commit.
func (c *crashTest) compare(p *crashPull) {
	want, conclusion := c.expected(p)
	var got []remark
	ever := map[remark]int{}
	for _, th := range p.Threads() {
		body := th.Comments[0].Body
		s := remark{Rule: first(ruleOf, body), Object: first(objectOf, body)}
		ever[s]++
		if th.Comments[0].Minimized == "" && !strings.HasPrefix(body, "~~") {
			s.Line = th.Line
			got = append(got, s)
		}
	}
	for i := range got {
		if got[i].Line == 0 {
			got[i].Line = lineOf(want, got[i])
		}
	}
	slices.SortFunc(got, compareRemarks)
	if diff := gocmp.Diff(want, got); diff != "" {
		c.t.Errorf("%s: comments (-want +got):\n%s\non GitHub:\n%s", p.name, diff, onGitHub(p))
	}
	for s, n := range ever {
		if n > 1 {
			c.t.Errorf("%s: %s of %s is said in %d comments", p.name, s.Rule, s.Object, n)
		}
	}
	c.compareChecks(p, conclusion)
}

// onGitHub is what is said on a pull request.
func onGitHub(p *crashPull) string {
	var b strings.Builder
	fmt.Fprintf(&b, "head %.7s\n", p.State().Head)
	for _, th := range p.Threads() {
		fmt.Fprintf(&b, "line %d resolved %v minimized %q: %.300s\n", th.Line, th.Resolved, th.Comments[0].Minimized, th.Comments[0].Body)
	}
	for _, r := range p.Reviews() {
		fmt.Fprintf(&b, "review of %.7s: %.300s … %s\n", r.Commit, r.Body, r.Body[max(0, len(r.Body)-300):])
	}
	return b.String()
}

func (c *crashTest) compareChecks(p *crashPull, conclusion string) {
	runs := p.repo.CheckRuns(p.State().Head)
	if len(runs) != 1 {
		c.t.Errorf("%s: %d check runs of the head, want 1", p.name, len(runs))
		return
	}
	if runs[0].Conclusion != conclusion {
		c.t.Errorf("%s: the check's conclusion is %s (%s), want %s", p.name, runs[0].Conclusion, runs[0].Title, conclusion)
	}
	for _, commit := range p.Commits() {
		for _, r := range p.repo.CheckRuns(commit.SHA) {
			if r.Status != "completed" {
				c.t.Errorf("%s: a check run of %.7s is still %s", p.name, commit.SHA, r.Status)
			}
		}
	}
}

// expected is what the review of the last commit finds.
func (c *crashTest) expected(p *crashPull) (want []remark, conclusion string) {
	reviewer := review.Reviewer{Rules: rules.All()}
	report, err := reviewer.Review(context.Background(), &review.ChangeSet{
		History: []review.File{{Path: "db/migration/V1__users.sql", Data: []byte(crashBase)}},
		Changed: []review.Changed{{Path: p.path, Head: []byte(p.sql())}},
	}, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	voice := review.Voice{Printer: message.NewPrinter(language.English), Rules: rules.All()}
	for _, f := range report.Findings {
		want = append(want, remark{f.Rule, first(objectOf, voice.Comment(f)), f.Span.From().Line})
	}
	slices.SortFunc(want, compareRemarks)
	conclusion, _ = (&webhook.Result{Report: report}).Verdict()
	return want, conclusion
}

func compareRemarks(a, b remark) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Object, b.Object))
}

func lineOf(list []remark, s remark) int {
	for _, l := range list {
		if l.Rule == s.Rule && l.Object == s.Object {
			return l.Line
		}
	}
	return 0
}

func first(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
