package rules

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the .fixed sections of testdata")

// TestRules runs the cases of every rule: testdata/<id>.txtar, and further ones as
// testdata/<id>.<what>.txtar.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, path := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			testFile(t, path)
		})
	}
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ruleOf is the id of the rule that a case or page belongs to.
func ruleOf(path string) string {
	id, _, _ := strings.Cut(filepath.Base(path), ".")
	return id
}

func testFile(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseCase(data)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, e := range c.engines {
		t.Run(e.String(), func(t *testing.T) {
			report := runReview(t, c.set, e, c.config, ruleOf(path))
			compareWants(t, ruleOf(path), report.Findings, c.wants)
			testFixes(t, path, c, e, report.Findings)
		})
	}
}

// runReview reviews the change set with all rules. The rule under test is on even if it isn't by
// default, unless the configuration speaks of it.
func runReview(t *testing.T, set *review.ChangeSet, e ddlparse.Engine, yaml, id string) *review.Report {
	t.Helper()
	all := All()
	config, problems := review.LoadConfig([]review.Layer{{
		Name: review.RepositoryLayer, Path: ".github/schema-review.yml", Data: []byte(yaml),
	}}, all, nil)
	if len(problems) > 0 {
		t.Fatalf("configuration: %v", problems)
	}
	config.Engine = e
	if i := slices.IndexFunc(all, func(r *review.Rule) bool { return r.ID == id }); i < 0 {
		t.Fatalf("no rule has the id %q", id)
	} else if config.Severity(all[i]) == review.Off && config.Rules[id].Severity == nil {
		on := review.Warning
		config.Rules[id] = review.RuleConfig{Severity: &on, Params: config.Rules[id].Params}
	}
	report, err := (&review.Reviewer{Rules: all}).Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range report.RuleErrors {
		t.Errorf("rule %s broke: %s", broken.Rule, broken.Err)
	}
	for _, n := range report.NotReviewed {
		t.Logf("not reviewed: %s %s %s", n.Path, n.What, sentence(n.Reason))
	}
	return report
}

// sentence is the message in English.
func sentence(m review.Message) string { return m.In(message.NewPrinter(language.English)) }

// said is one place where a finding speaks.
type said struct {
	want
	text string
}

// compareWants checks that the rule under test, and every other rule that is wanted, speaks where
// it is wanted and nowhere else.
func compareWants(t *testing.T, id string, findings []review.Finding, wants []want) {
	t.Helper()
	compared := map[string]bool{id: true}
	for _, w := range wants {
		compared[w.rule] = true
	}
	places := placesOf(findings, compared)
	for _, w := range wants {
		i := slices.IndexFunc(places, func(s said) bool { return satisfies(s, w) })
		if i < 0 {
			t.Errorf("wanted, not found: %s", w)
			continue
		}
		places = slices.Delete(places, i, i+1)
	}
	for _, s := range places {
		t.Errorf("found, not wanted: %s:%d: %s: %s", s.path, s.line, s.rule, s.text)
	}
}

func satisfies(s said, w want) bool {
	return s.path == w.path && s.line == w.line && s.rule == w.rule &&
		strings.Contains(s.text, w.text) && (w.severity == "" || w.severity == s.severity)
}

func placesOf(findings []review.Finding, compared map[string]bool) []said {
	var all []said
	for _, f := range findings {
		if !compared[f.Rule] {
			continue
		}
		text := sentence(f.Problem) + " " + sentence(f.Advice)
		for _, span := range append([]ddlparse.Span{f.Span}, f.Places...) {
			s := said{want{path: span.Path(), rule: f.Rule, severity: f.Severity.String()}, text}
			if !span.IsZero() {
				s.line = span.From().Line
			}
			all = append(all, s)
		}
	}
	return all
}

// testFixes applies the rule's fixes, compares with the .fixed sections, and reviews again: what had
// a fix must be gone.
func testFixes(t *testing.T, path string, c *testCase, e ddlparse.Engine, findings []review.Finding) {
	t.Helper()
	edits, unfixable := map[*ddlparse.Source][]review.Edit{}, 0
	for _, f := range findings {
		switch {
		case f.Rule != ruleOf(path):
		case f.Fix == nil:
			unfixable++
		default:
			for _, e := range append([]review.Edit{*f.Fix}, f.PlaceFixes...) {
				edits[e.Span.Source] = append(edits[e.Span.Source], e)
			}
		}
	}
	got := map[string]string{}
	for source, list := range edits {
		text, err := review.ApplyEdits(source.Text, list)
		if err != nil {
			t.Fatal(err)
		}
		got[source.Path] = text
	}
	if *update {
		rewriteFixed(t, path, got)
		c.fixed = got
	}
	if diff := cmp.Diff(c.fixed, got); diff != "" {
		t.Errorf("fixed files (-want +got); go test ./review/rules -update rewrites them:\n%s", diff)
	}
	if len(got) == 0 {
		return
	}
	left := 0
	for _, f := range runReview(t, c.withFixed(), e, c.config, ruleOf(path)).Findings {
		if f.Rule == ruleOf(path) {
			left++
		}
		if f.Rule == string(ddlparse.SyntaxError) && f.Rule != ruleOf(path) {
			t.Errorf("the fixed text is no SQL: %s: %s", f.Span, sentence(f.Problem))
		}
	}
	if left > unfixable {
		t.Errorf("%d findings of %s are left after its fixes, want %d", left, ruleOf(path), unfixable)
	}
}

// rewriteFixed replaces the .fixed sections of a case.
func rewriteFixed(t *testing.T, path string, fixed map[string]string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var files []txtar.File
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".fixed") {
			continue
		}
		files = append(files, f)
		if text, ok := fixed[f.Name]; ok {
			files = append(files, txtar.File{Name: f.Name + ".fixed", Data: []byte(text)})
		}
	}
	archive.Files = files
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
