package main

import (
	"fmt"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
)

func newConfig(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check and show the configuration",
		Example: `  schema-review config check
  schema-review config show
  schema-review config presets
  schema-review config import --from skeema .skeema`,
		Args: cobra.NoArgs,
		RunE: showHelp,
	}
	cmd.AddCommand(newConfigCheck(c), newConfigShow(c), newConfigSchema(c), newConfigPresets(c), newConfigImport(c))
	return cmd
}

func newConfigCheck(c console) *cobra.Command {
	var f configFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Say whether the configuration is valid, and what is wrong where",
		Example: `  schema-review config check
  schema-review config check --config other.yml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, told, err := f.loadGuided(cmd)
			if err != nil {
				return err
			}
			if err := joined(told.problems, printerOf(cmd)); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.out, printerOf(cmd).Sprintf("The configuration is valid"))
			return err
		},
	}
	f.add(cmd)
	return cmd
}

func newConfigShow(c console) *cobra.Command {
	var f configFlags
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Print the effective configuration, and where each value comes from",
		Example: `  schema-review config show
  schema-review config show --engine "mariadb 10.11" --org-config org.yml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := f.loadHere(cmd)
			if err != nil {
				return err
			}
			return config.Show(c.out, rules.All())
		},
	}
	f.add(cmd)
	return cmd
}

// loadHere reads the configuration of the repository that the working folder lies in.
func (f *configFlags) loadHere(cmd *cobra.Command) (*review.Config, error) {
	config, _, err := f.loadGuided(cmd)
	return config, err
}

// loadGuided reads it with the prompts that are there.
func (f *configFlags) loadGuided(cmd *cobra.Command) (*review.Config, *guidance, error) {
	ground, err := newGround(cmd.Context(), nil)
	if err != nil {
		return nil, nil, err
	}
	return f.load(cmd.Context(), ground, baseCommit{}, printerOf(cmd))
}

func newConfigSchema(c console) *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of the configuration, for editors",
		Example: "  schema-review config schema > schema-review.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := c.out.Write(review.ConfigSchema(rules.All()))
			return err
		},
	}
}
