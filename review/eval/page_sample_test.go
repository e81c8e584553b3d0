package eval

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// hostile is what a case or a claim may say to a page.
const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> "' {{.}} javascript:alert(3) ` + "\u202e"

// madeUp is a result over built-in cases whose claims are drawn by lot: as right as often as the skill says.
func madeUp(t *testing.T, seed uint64, skill float64) *Result {
	t.Helper()
	cases, err := prompts.Cases()
	if err != nil {
		t.Fatal(err)
	}
	lot := rand.New(rand.NewPCG(seed, 4))
	library, _ := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	m := &measuring{options: Options{Runs: 2, Prompts: library, Layers: []string{"built-in"}, Model: Scripted + "page", Program: "test", Now: func() time.Time {
		return time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	}}, known: func(string) bool { return true }}
	var done []CaseDone
	for i := 0; i < len(cases); i += 4 {
		c := &cases[i]
		file, _, _ := strings.Cut(c.Name, "/")
		d := CaseDone{
			Name: c.Name, File: file, About: c.About, Language: c.Language, Engine: c.Engine, Hash: hashOf(c),
			Clean: c.Clean(), Expect: labelsOf(c, m.known).expect, Files: filesOf(c),
		}
		for range 2 {
			d.Runs = append(d.Runs, madeUpRun(lot, &d, skill))
		}
		done = append(done, d)
	}
	done[0].About, done[0].Files[0].Text = hostile, hostile
	return m.result(done)
}

func madeUpRun(lot *rand.Rand, d *CaseDone, skill float64) Run {
	cost := 0.012
	r := Run{
		Measured: true, Claims: []Claim{}, Missed: []Label{}, Dropped: []Dropped{}, Failures: []string{},
		Usage: RunUsage{Questions: 1, Input: 9000, Output: 400, CacheRead: 7000, Cost: &cost, Took: []int64{4000 + int64(lot.IntN(9000))}},
	}
	claim := func(l Label, o Outcome) Claim {
		return Claim{
			Label: l, Outcome: o, Severity: "warning", Place: "db/migration/V2__x.sql:4:3", Statement: "CREATE TABLE t (id INT)",
			Title: "What goes wrong, in a few words", Consequence: "What happens to whom. " + d.About, Advice: "What to do instead.", SQL: "CREATE TABLE t (id BIGINT)",
		}
	}
	for _, l := range d.Expect {
		if lot.Float64() < skill {
			r.Claims = append(r.Claims, claim(l, Hit))
		} else {
			r.Missed = append(r.Missed, l)
		}
	}
	if lot.Float64() > skill {
		r.Claims = append(r.Claims, claim(Label{"missing-business-key", fmt.Sprintf("orders.%s", hostile[:8])}, False))
	}
	if lot.Float64() > 0.6 {
		reasons := review.DropReasons()
		r.Dropped = append(r.Dropped, Dropped{Label: Label{"hot-counter", "shops.n"}, Reason: reasons[lot.IntN(len(reasons))], Title: "Dropped " + hostile, Detail: "no such column"})
	}
	if lot.Float64() > 0.97 {
		r.Failures = []string{string(review.ModelTruncated)}
	}
	return r
}

func english() *message.Printer { return message.NewPrinter(language.English) }

// samples are the two results that the page is tested with: now, with a judge's opinion, and before.
func samples(t *testing.T) (now, before *Result) {
	t.Helper()
	now, before = madeUp(t, 1, 0.85), madeUp(t, 2, 0.6)
	j, _ := newJudge(t, func(e prompts.JudgeExample) ([]string, error) {
		if e.Name == "" {
			return []string{"actionable"}, nil
		}
		return otherReasons(e)
	})
	var err error
	if now.Judged, err = j.Judge(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	return now, before
}
