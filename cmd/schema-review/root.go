package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// Exit codes of every command.
const (
	exitFine     = 0
	exitFindings = 1 // findings at or above --fail-on
	exitFailed   = 2 // could not review
)

// errFindings ends a review that found something at or above --fail-on; all has been said by then.
var errFindings = errors.New("findings at or above fail-on")

// run is the whole program; it returns the exit code.
func run(ctx context.Context, args []string, c console) (code int) {
	defer func() {
		if broke := recover(); broke != nil {
			fmt.Fprintf(c.err, "schema-review: this is a bug of schema-review, please report it with the files at hand: %v\n", broke)
			code = exitFailed
		}
	}()
	root := newRoot(c)
	root.SetArgs(args)
	switch err := root.ExecuteContext(ctx); {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case ctx.Err() != nil:
		fmt.Fprintln(c.err, "schema-review:", printerOf(root).Sprintf("interrupted"))
		return exitFailed
	default:
		fmt.Fprintln(c.err, "schema-review:", errorIn(err, printerOf(root)))
		return exitFailed
	}
}

func newRoot(c console) *cobra.Command {
	root := &cobra.Command{
		Use:   "schema-review",
		Short: "Review MySQL, MariaDB, TiDB and Aurora schema migrations",
		Long: `schema-review reads the migrations that a branch changes, replays the schema they
start from, and says what is wrong, where, why, and what to do instead. It needs no
database, no network and no configuration.`,
		Example: `  schema-review review                       what this branch changes
  schema-review review --all db/migrations   a whole history
  schema-review rules explain drop-column    what a rule says, and why`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w: see %s --help", err, cmd.CommandPath())
	})
	addLanguage(root, c)
	root.Args, root.RunE = cobra.NoArgs, showHelp
	root.AddCommand(newReview(c), newRules(c), newConfig(c), newPrompt(c), newEval(c), newStats(c), newDemo(c), newDoctor(c), newServe(c), newReport(c), newVersion(c))
	return root
}

// showHelp is what a command does that only holds others.
func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }
