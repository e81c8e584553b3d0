package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// CheckExamples runs the examples of a rule's page through a whole review, and says in a sentence
// each what doesn't hold: a bad example that the rule is silent about, or a good one that it isn't.
func CheckExamples(ctx context.Context, rule *review.Rule, page string) ([]string, error) {
	var wrong []string
	base, yaml := "", ""
	for i, x := range Examples(page) {
		switch x.Kind {
		case "base":
			base = x.SQL
			continue
		case "config":
			yaml = x.SQL
			continue
		}
		engine := ddlparse.DefaultEngine()
		if x.Engine != "" {
			e, err := ddlparse.ParseEngine(x.Engine)
			if err != nil {
				return nil, err
			}
			engine = e
		}
		findings, err := tryExample(ctx, rule, engine, yaml, ExampleSet(x.SQL, base))
		if err != nil {
			return nil, err
		}
		if text := verdict(x.Kind, rule.ID, findings); text != "" {
			wrong = append(wrong, fmt.Sprintf("example %d (%s): %s", i+1, x.Kind, text))
		}
	}
	return wrong, nil
}

// tryExample reviews with all rules: a page may show what another rule says.
func tryExample(ctx context.Context, rule *review.Rule, e ddlparse.Engine, yaml string, set *review.ChangeSet) ([]review.Finding, error) {
	all := All()
	config, problems := review.LoadConfig([]review.Layer{{Name: review.RepositoryLayer, Path: "the page", Data: []byte(yaml)}}, all, nil)
	if len(problems) > 0 {
		return nil, fmt.Errorf("configuration of the examples: %v", problems)
	}
	config.Engine = e
	if rule.Severity == review.Off {
		severity := review.Warning
		config.Rules[rule.ID] = review.RuleConfig{Severity: &severity, Params: config.Rules[rule.ID].Params}
	}
	report, err := (&review.Reviewer{Rules: all}).Review(ctx, set, config)
	if err != nil {
		return nil, err
	}
	return report.Findings, nil
}

// verdict says what is wrong with the findings of an example, "" when nothing is.
func verdict(kind, rule string, findings []review.Finding) string {
	at := slices.IndexFunc(findings, func(f review.Finding) bool { return f.Rule == rule })
	worse := slices.IndexFunc(findings, func(f review.Finding) bool { return f.Severity == review.Error })
	switch {
	case kind == "bad" && at < 0:
		return "the rule says nothing of it"
	case kind == "good" && at >= 0:
		return "the rule speaks at " + findings[at].Span.String()
	case kind == "good" && worse >= 0:
		return "it is an error of " + findings[worse].Rule + " at " + findings[worse].Span.String()
	case kind != "bad" && kind != "good":
		return "unknown kind: want bad, good or base"
	}
	return ""
}

// ExampleSet makes a change set of an example. A line "-- file: V2__x.sql" starts a file of that
// name, for rules about files; else the base is V1 and the example V2.
func ExampleSet(sql, base string) *review.ChangeSet {
	set := &review.ChangeSet{}
	merged := map[string][]byte{}
	for _, f := range splitFiles("V1__base.sql", base) {
		set.History = append(set.History, f)
		merged[f.Path] = f.Data
	}
	for _, f := range splitFiles("V2__example.sql", sql) {
		set.Changed = append(set.Changed, review.Changed{Path: f.Path, Base: merged[f.Path], Head: f.Data})
	}
	return set
}

func splitFiles(name, sql string) []review.File {
	var files []review.File
	for line := range strings.Lines(sql) {
		if path, ok := strings.CutPrefix(line, "-- file: "); ok {
			files = append(files, review.File{Path: strings.TrimSpace(path)})
			continue
		}
		if files == nil {
			files = append(files, review.File{Path: name})
		}
		last := &files[len(files)-1]
		last.Data = append(last.Data, line...)
	}
	return files
}
