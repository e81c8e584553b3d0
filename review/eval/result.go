package eval

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review"
)

// Format is the version of a Result as JSON. It grows when a reader of the earlier one would be misled.
const Format = 1

// Scripted begins the names of models that are no models: scripts that test the machinery.
const Scripted = "scripted/"

// ScriptedNotice is what the JSON of a result of scripts begins with.
const ScriptedNotice = "These are scripted answers: they test the machinery, and say nothing of any model."

// Result is what an evaluation measured. Its JSON is the format that is kept and compared.
type Result struct {
	Notice     string     `json:"notice,omitempty"` // ScriptedNotice, if it is one of scripts
	Format     int        `json:"format"`
	Date       time.Time  `json:"date"` // of the evaluation; of the answers: Setup.From, Setup.To
	Setup      Setup      `json:"setup"`
	Overall    Score      `json:"overall"`
	Guidelines []Group    `json:"guidelines"` // in the order of their ids: those that a label or a claim names
	Languages  []Group    `json:"languages"`
	Clean      Clean      `json:"clean"`
	Dropped    []Count    `json:"dropped"`  // claims that verify dropped, by reason, in the order of its checks
	Failures   []Count    `json:"failures"` // questions without a full answer, by kind
	Usage      Usage      `json:"usage"`
	Cases      []CaseDone `json:"cases"` // in the order of their names
	Judged     *Judged    `json:"judged,omitempty"`
}

// Setup is what was measured: figures of two results can only be compared where one thing in it differs.
type Setup struct {
	Model    string    `json:"model"`    // id that was asked
	Answered []string  `json:"answered"` // ids that answered, sorted: a profile may name another
	Prompts  string    `json:"prompts"`  // version of the library of prompts
	Layers   []string  `json:"layers"`   // names of its layers: "built-in", "docs/prompts"
	Cases    string    `json:"cases"`    // hash of all cases with their labels
	Runs     int       `json:"runs"`     // of each case
	Unknown  []string  `json:"unknown"`  // guidelines that labels name and the prompts don't have: in no figure
	Program  string    `json:"program"`  // version of schema-review
	From     time.Time `json:"from"`     // when the first and the last answer were given
	To       time.Time `json:"to"`
}

// Scripted reports whether the answers were made up to test the machinery, so that the figures say nothing of any
// model. Whoever shows a result says it first.
func (s *Setup) Scripted() bool {
	for _, id := range append([]string{s.Model}, s.Answered...) {
		if strings.HasPrefix(id, Scripted) {
			return true
		}
	}
	return false
}

func (s *Setup) notice() string {
	if s.Scripted() {
		return ScriptedNotice
	}
	return ""
}

// Score counts claims over all runs, and what follows from the counts.
type Score struct {
	Hits      int `json:"hits"`      // claims that a label expects
	Missed    int `json:"missed"`    // labels that no claim met
	False     int `json:"false"`     // claims that nobody expects and nobody allows
	Forbidden int `json:"forbidden"` // claims that a label forbids; not among False
	Allowed   int `json:"allowed"`   // claims that count neither way

	Precision Figure `json:"precision"` // hits / (hits + false + forbidden)
	Recall    Figure `json:"recall"`    // hits / (hits + missed)
	F1        Figure `json:"f1"`        // their harmonic mean
	// Flips is the share of decisions, whether something is said of a guideline and an object in a case, that are
	// not the same in all runs. Without value where there was one run.
	Flips Figure `json:"flips"`
}

// Group is the score of a guideline or a language.
type Group struct {
	Name string `json:"name"`
	Score
}

// Wrong is how many claims should not have been made.
func (g Group) Wrong() int { return g.False + g.Forbidden }

// WorstFirst are groups in the order in which somebody should look at them: those that say most that is wrong, then
// those that miss most. What a model misses, a person still can see; what it says wrongly, people have to read.
func WorstFirst(groups []Group) []Group {
	sorted := slices.Clone(groups)
	slices.SortStableFunc(sorted, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Wrong(), a.Wrong()), cmp.Compare(b.Missed, a.Missed))
	})
	return sorted
}

// Clean is how calm the model is where nothing is to be said.
type Clean struct {
	Runs  int    `json:"runs"`  // of change sets without expected claims
	Quiet int    `json:"quiet"` // of them without a wrong claim
	False Figure `json:"false"` // wrong claims per clean change set, forbidden ones among them
}

// Count is how often something was there.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Figure is a measured share or mean, with what it rests on.
type Figure struct {
	Value    *float64  `json:"value"`              // null: there is nothing to divide by
	N        int       `json:"n"`                  // claims, labels, decisions or change sets that it is the share or mean of
	Files    int       `json:"files"`              // case files that they come from: what an interval rests on
	Interval *Interval `json:"interval,omitempty"` // none: fewer than EnoughFiles
}

// Interval is where the figure lies in 95 of 100 samples of case files such as these.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// EnoughFiles is from how many case files on an interval means something. That five of five go the same way happens
// by chance more often than 5 times in 100 (2/2^5), six of six doesn't.
const EnoughFiles = 6

// Usage is what the answers took, over all runs.
type Usage struct {
	Questions  int      `json:"questions"`
	Input      int      `json:"input"` // tokens, those from the cache among them
	Output     int      `json:"output"`
	CacheRead  int      `json:"cache_read"`
	CacheWrite int      `json:"cache_write"`
	CacheRate  Figure   `json:"cache_rate"` // share of the input tokens that came from the cache; N: tokens
	Cost       *float64 `json:"cost"`       // in the operator's currency; null: an answer's price is unknown
	P50        int64    `json:"p50_ms"`     // latency of an answer in milliseconds
	P95        int64    `json:"p95_ms"`
}

// CaseDone is what became of a case.
type CaseDone struct {
	Name     string  `json:"name"` // "soft-delete-with-unique-key/twin"
	File     string  `json:"file"` // "soft-delete-with-unique-key": its siblings share it
	About    string  `json:"about"`
	Language string  `json:"language"`
	Engine   string  `json:"engine"`
	Hash     string  `json:"hash"` // of its files and labels
	Clean    bool    `json:"clean"`
	Expect   []Label `json:"expect"`
	Files    []File  `json:"files"`
	Runs     []Run   `json:"runs"`
}

// File is a file of a case.
type File struct {
	Path string `json:"path"`
	Base bool   `json:"base"` // merged already
	Text string `json:"text"`
}

// Label is a guideline and the object that it speaks of.
type Label struct {
	Guideline string `json:"guideline"`
	Object    string `json:"object"`
}

// Run is one run of a case.
type Run struct {
	// Measured: the model answered everything, or its failure is its own (cut, refused, not the JSON that was asked
	// for), which counts as having said nothing. Runs that throttling or an outage spoilt are in no score.
	Measured bool      `json:"measured"`
	Claims   []Claim   `json:"claims"` // that verify let through, in the order of the report
	Missed   []Label   `json:"missed"`
	Dropped  []Dropped `json:"dropped"`
	Failures []string  `json:"failures"` // kinds of review.ModelFailure
	Usage    RunUsage  `json:"usage"`
}

// RunUsage is what the answers of a run took.
type RunUsage struct {
	Questions  int      `json:"questions"`
	Input      int      `json:"input"`
	Output     int      `json:"output"`
	CacheRead  int      `json:"cache_read"`
	CacheWrite int      `json:"cache_write"`
	Cost       *float64 `json:"cost"`
	Took       []int64  `json:"took_ms"` // each question
}

// Outcome is what the labels say of a claim.
type Outcome string

// The outcomes.
const (
	Hit       Outcome = "hit"
	False     Outcome = "false"
	Forbidden Outcome = "forbidden"
	Allowed   Outcome = "allowed"
)

// Claim is what a reader would have seen, and whether that is right.
type Claim struct {
	Label
	Outcome Outcome `json:"outcome"`
	// Met is the label that a hit meets, where it names the table for its column, or a column for its table.
	Met *Label `json:"met,omitempty"`
	// Near is a label that was missed on the same table, for this guideline: the model saw it, and named another
	// object. It is still wrong: the comment stands at the wrong place.
	Near        *Label `json:"near,omitempty"`
	Severity    string `json:"severity"`
	Place       string `json:"place"`     // "db/V2__x.sql:4:3"
	Statement   string `json:"statement"` // its text
	Title       string `json:"title"`
	Consequence string `json:"consequence"`
	Advice      string `json:"advice"`
	SQL         string `json:"sql"` // the corrected definition, "" for none
}

// decided is what the claim decides: the label that it meets, or what it says.
func (c *Claim) decided() Label {
	if c.Met != nil {
		return *c.Met
	}
	return c.Label
}

// Dropped is a claim that no reader would have seen.
type Dropped struct {
	Label
	Reason review.DropReason `json:"reason"`
	Detail string            `json:"detail"`
	Title  string            `json:"title"`
	// Expected: a label expects it, so that verify, or the form of the answer, cost a hit.
	Expected bool `json:"expected"`
}
