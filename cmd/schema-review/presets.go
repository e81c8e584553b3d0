package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
)

func newConfigPresets(c console) *cobra.Command {
	return &cobra.Command{
		Use:     "presets",
		Short:   "List the presets: settings of rules with a name, for `preset:`",
		Example: "  schema-review config presets",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := printerOf(cmd)
			all, _ := review.Presets(rules.All()) // a test holds that there is no problem
			table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
			for _, preset := range all {
				count := p.Sprintf("%d rules changed", preset.Changes(rules.All()))
				fmt.Fprintf(table, "%s\t%s\t%s\n", preset.Name, count, preset.Title.In(p))
			}
			return table.Flush()
		},
	}
}
