package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
)

func newRulesTest(c console) *cobra.Command {
	var f configFlags
	cmd := &cobra.Command{
		Use:   "test [pages or rule ids]",
		Short: "Run the examples of rules' pages",
		Long: `Run the bad and good SQL of rules' pages through a whole review: a rule must speak on
its bad examples and stay silent on its good ones. A page is a Markdown file named after
its rule; without arguments, all pages inside the program are run, and the examples of the
custom rules that the configuration here has.

Exit codes: 0 all examples hold, 1 some don't, 2 they could not be run.`,
		Example: `  schema-review rules test
  schema-review rules test drop-column
  schema-review rules test review/rules/pages/drop-column.md`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := testRules(cmd.Context(), c, args); err != nil || len(args) > 0 {
				return err
			}
			return testCustom(cmd, c, &f)
		},
	}
	cmd.Flags().StringVar(&f.config, "config", "", "configuration `FILE` instead of the repository's")
	cmd.Flags().StringVar(&f.orgConfig, "org-config", "", "the organisation's configuration `FILE`")
	return cmd
}

// testCustom loads the configuration, which runs the examples of its rules.
func testCustom(cmd *cobra.Command, c console, f *configFlags) error {
	config, err := f.loadHere(cmd)
	if err != nil || len(config.Custom) == 0 {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s tested, 0 failed\n", count(len(config.Custom), "custom rule"))
	return err
}

// page is a rule with the text of its page.
type page struct {
	rule *review.Rule
	text string
}

func testRules(ctx context.Context, c console, args []string) error {
	pages, err := choosePages(args)
	if err != nil {
		return err
	}
	failed := 0
	for _, p := range pages {
		wrong, err := rules.CheckExamples(ctx, p.rule, p.text)
		if err != nil {
			return fmt.Errorf("%s: %w", p.rule.ID, err)
		}
		for _, text := range wrong {
			fmt.Fprintf(c.out, "%s: %s\n", p.rule.ID, text)
		}
		failed += min(1, len(wrong))
	}
	fmt.Fprintf(c.out, "%s tested, %d failed\n", count(len(pages), "rule"), failed)
	if failed > 0 {
		return errFindings
	}
	return nil
}

// choosePages gives all rules, or those that are named by id or by the file of their page.
func choosePages(args []string) ([]page, error) {
	var pages []page
	if len(args) == 0 {
		for _, r := range rules.All() {
			pages = append(pages, page{r, rules.Page(r.ID)})
		}
	}
	for _, a := range args {
		p, err := choosePage(a)
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

func choosePage(arg string) (page, error) {
	id, isFile := strings.CutSuffix(filepath.Base(arg), ".md")
	rule, err := review.FindRule(rules.All(), id)
	if err != nil || !isFile {
		return page{rule, rules.Page(id)}, err
	}
	text, err := os.ReadFile(arg)
	if errors.Is(err, os.ErrNotExist) {
		return page{}, noSuchFile(arg)
	}
	return page{rule, string(text)}, err
}
