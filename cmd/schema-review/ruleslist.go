package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

func newRules(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List, explain and test the rules",
		Example: `  schema-review rules list --category index
  schema-review rules explain foreign-key-type-mismatch
  schema-review rules test`,
		Args: cobra.NoArgs,
		RunE: showHelp,
	}
	cmd.AddCommand(newRulesList(c), newRulesExplain(c), newRulesTest(c))
	return cmd
}

// listOptions are the flags of rules list.
type listOptions struct{ category, severity, engine, format string }

func newRulesList(c console) *cobra.Command {
	var o listOptions
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the rules",
		Long: `List the rules: id, default severity, category and title.
A rule that is off speaks only where configuration switches it on.`,
		Example: `  schema-review rules list
  schema-review rules list --category key-foreign --severity error
  schema-review rules list --engine "tidb 8.5" --format json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := o.choose(rules.All())
			if err != nil {
				return err
			}
			return o.print(c.out, chosen, printerOf(cmd))
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.category, "category", "", "only rules of this `CATEGORY`")
	f.StringVar(&o.severity, "severity", "", "only rules with this default `SEVERITY`: error, warning, notice or off")
	f.StringVar(&o.engine, "engine", "", "only rules that speak on this `ENGINE`: \"mysql 8.4\"")
	f.StringVar(&o.format, "format", "text", "`FORMAT`: text or json")
	complete(cmd, "severity", "error", "warning", "notice", "off")
	complete(cmd, "format", "text", "json")
	return cmd
}

// choose keeps the rules that all flags ask for.
func (o *listOptions) choose(all []*review.Rule) ([]*review.Rule, error) {
	if o.format != "text" && o.format != "json" {
		return nil, fail("--format %s: want one of %s", o.format, "text, json")
	}
	if err := o.knownCategory(all); err != nil {
		return nil, err
	}
	var severity review.Severity
	if o.severity != "" {
		s, err := review.ParseSeverity(o.severity)
		if err != nil {
			return nil, fmt.Errorf("--severity: %w", err)
		}
		severity = s
	}
	var engine ddlparse.Engine
	if o.engine != "" {
		e, err := ddlparse.ParseEngine(o.engine)
		if err != nil {
			return nil, fmt.Errorf("--engine: %w", err)
		}
		engine = e
	}
	return slices.DeleteFunc(slices.Clone(all), func(r *review.Rule) bool {
		return o.category != "" && string(r.Category) != o.category ||
			o.severity != "" && r.Severity != severity ||
			o.engine != "" && r.Engines != nil && !r.Engines(engine)
	}), nil
}

func (o *listOptions) knownCategory(all []*review.Rule) error {
	var names []string
	for _, r := range all {
		names = append(names, string(r.Category))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if o.category != "" && !slices.Contains(names, o.category) {
		return fail("--category %s: want one of %s", o.category, strings.Join(names, ", "))
	}
	return nil
}

func (o *listOptions) print(w io.Writer, chosen []*review.Rule, p *message.Printer) error {
	if o.format == "json" {
		return printRulesJSON(w, chosen, p)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range chosen {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.ID, r.Severity, r.Category, r.TitleIn(p))
	}
	return table.Flush()
}

// jsonRule is a rule in rules list --format json.
type jsonRule struct {
	ID       string          `json:"id"`
	Severity review.Severity `json:"severity"`
	Category review.Category `json:"category"`
	Title    string          `json:"title"`
	Params   []jsonParam     `json:"params"`
	HelpURI  string          `json:"help_uri"`
}

type jsonParam struct {
	Name    string `json:"name"`
	Default any    `json:"default"`
	Doc     string `json:"doc"`
}

func printRulesJSON(w io.Writer, chosen []*review.Rule, printer *message.Printer) error {
	out := []jsonRule{}
	for _, r := range chosen {
		params := []jsonParam{}
		for _, p := range r.Params {
			params = append(params, jsonParam{p.Name, p.Default, p.DocIn(printer)})
		}
		out = append(out, jsonRule{r.ID, r.Severity, r.Category, r.TitleIn(printer), params, review.RulePage(r.ID)})
	}
	return encode(w, out)
}
