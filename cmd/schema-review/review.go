package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// reviewOptions are the flags of review.
type reviewOptions struct {
	configFlags
	format, lang, output string
	base                 string
	pullRequestBase      string // the branch that a GitHub workflow says the pull request goes to
	all                  bool
	last                 int
	noColour             bool
}

const reviewHelp = `Review the migrations that this branch changes.

In a git repository, the working tree (commits, uncommitted changes and new files) is
compared with the merge base of the default branch: origin/HEAD, else main or master.
Without git, or with --all, every migration found is reviewed. The migrations that were
there before are replayed, so that the rules know the schema that a change meets.

Migrations of Flyway, golang-migrate, goose, dbmate, sql-migrate, Liquibase SQL, Prisma,
Atlas, Rails, skeema and sqldef, and plain ordered SQL files, are found by themselves.
Paths limit the review to files and folders.

Configuration is read from .github/schema-review.yml in the working tree, or in the folder
that is named if it has one. (In a pull request the App reads it from the base commit, so
that a branch can't change its own checks.) Flags win over it.

Exit codes: 0 nothing at or above --fail-on, 1 findings at or above it, 2 could not review.`

const reviewExample = `  # what this branch changes, compared with the default branch
  schema-review review

  # compared with another branch, tag or commit
  schema-review review --base release/2.4

  # a whole history, or its last three migrations
  schema-review review --all db/migrations
  schema-review review --last 3 db/migrations

  # in CI: annotations on GitHub, or a SARIF file for code scanning
  schema-review review --format github
  schema-review review --format sarif --output review.sarif --fail-on never`

func newReview(c console) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:     "review [paths]",
		Short:   "Review the migrations that this branch changes",
		Long:    reviewHelp,
		Example: reviewExample,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return runReview(cmd.Context(), c, &o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "text", "`FORMAT` of the report: "+strings.Join(formats, ", "))
	f.StringVarP(&o.output, "output", "o", "", "write the report to `FILE`")
	f.StringVar(&o.base, "base", "", "compare with the merge base of `REF` and HEAD")
	f.BoolVar(&o.all, "all", false, "review every migration, not only what changed")
	f.IntVar(&o.last, "last", 0, "review the last `N` migrations of each history")
	f.StringVar(&o.lang, "lang", "en", "language of the report: en")
	f.BoolVar(&o.noColour, "no-color", false, "no colours (NO_COLOR does the same)")
	o.add(cmd)
	cmd.MarkFlagsMutuallyExclusive("base", "all", "last")
	complete(cmd, "format", formats...)
	complete(cmd, "lang", "en")
	return cmd
}

// add defines the flags of configuration.
func (f *configFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.failOn, "fail-on", "", "exit with 1 for findings of this `SEVERITY` or worse: error, warning or never (default: configuration, else error)")
	flags.StringVar(&f.engine, "engine", "", "`ENGINE` and version: \"mysql 8.4\", \"mariadb 10.11\", \"tidb 8.5\", \"aurora-mysql 3\" (default: configuration, else mysql 8.4)")
	flags.StringVar(&f.config, "config", "", "configuration `FILE` (default "+configPath+")")
	flags.StringVar(&f.orgConfig, "org-config", "", "`FILE` with the organisation's defaults and required rules")
	complete(cmd, "fail-on", "error", "warning", "never")
	complete(cmd, "engine", "mysql 8.4", "mariadb 10.11", "tidb 8.5", "aurora-mysql 3")
}

func (o *reviewOptions) check() error {
	if !slices.Contains(formats, o.format) {
		return fmt.Errorf("--format %s: want one of %s", o.format, strings.Join(formats, ", "))
	}
	if o.lang != "en" {
		return fmt.Errorf("--lang %s: want en", o.lang)
	}
	if o.last < 0 {
		return fmt.Errorf("--last %d: want a number of migrations from 1", o.last)
	}
	return nil
}

// runReview is the command: settings, change set, review, report.
func runReview(ctx context.Context, c console, o *reviewOptions, paths []string) error {
	printer := message.NewPrinter(language.English)
	report, g, err := o.review(ctx, c, paths, printer)
	if err != nil {
		return err
	}
	if err := o.print(c, report, g, printer); err != nil {
		return err
	}
	if report.Failed() {
		return errFindings
	}
	return nil
}

// review finds the settings and the change set, and reviews it; a terminal sees how far it is.
func (o *reviewOptions) review(ctx context.Context, c console, paths []string, printer *message.Printer) (*review.Report, *gatherer, error) {
	if err := o.check(); err != nil {
		return nil, nil, err
	}
	o.pullRequestBase = c.getenv("GITHUB_BASE_REF")
	ground, err := newGround(ctx, paths)
	if err != nil {
		return nil, nil, err
	}
	config, err := o.load(ground, printer)
	if err != nil {
		return nil, nil, err
	}
	progress := startProgress(c)
	defer progress.stop()
	return conduct(ctx, o, ground, config, progress)
}

// conduct gathers the change set and reviews it.
func conduct(ctx context.Context, o *reviewOptions, ground *ground, config *review.Config, p *progress) (*review.Report, *gatherer, error) {
	g := &gatherer{ground: ground, options: o, config: config}
	for _, m := range config.Migrations {
		g.locate.Globs = append(g.locate.Globs, ddlparse.MigrationGlob{Pattern: m.Path, Tool: m.Tool})
	}
	p.say("looking for migrations")
	if err := g.gather(ctx); err != nil {
		return nil, nil, err
	}
	p.say(fmt.Sprintf("reviewing %s on top of %s", count(len(g.set.Changed), "file"), count(len(g.set.History), "file")))
	library, _ := builtInPrompts() // so that a guideline can be ignored by its name
	reviewer := review.Reviewer{Rules: rules.All(), Prompts: library}
	boundMemory(&g.set)
	report, err := reviewer.Review(ctx, &g.set, config)
	if err != nil {
		return nil, nil, err
	}
	report.NotReviewed = append(report.NotReviewed, g.left...)
	return report, g, nil
}

// print writes the report to where it is wanted.
func (o *reviewOptions) print(c console, r *review.Report, g *gatherer, p *message.Printer) (err error) {
	if o.output == "" {
		w := bufio.NewWriter(c.out)
		return errors.Join(o.render(w, c.colour(o.noColour), r, g, p), w.Flush())
	}
	file, err := os.Create(o.output)
	if err != nil {
		return fmt.Errorf("--output: %w", plainError(err))
	}
	w := bufio.NewWriter(file)
	return errors.Join(o.render(w, false, r, g, p), w.Flush(), file.Close())
}

// formats are the values of --format.
var formats = []string{"text", "json", "sarif", "markdown", "github"}

func (o *reviewOptions) render(w io.Writer, colour bool, r *review.Report, g *gatherer, p *message.Printer) error {
	switch o.format {
	case "json":
		return writeJSON(w, r, p)
	case "sarif":
		return writeSARIF(w, r, p, rules.All())
	case "markdown":
		_, err := io.WriteString(w, markdown(r, p))
		return err
	case "github":
		return writeGitHub(w, r, p, rules.All())
	}
	return textReport{w, p, newPaint(colour), g.here, g.same()}.write(r)
}

// markdown is the body of a review in which all findings stand.
func markdown(r *review.Report, p *message.Printer) string {
	return review.Voice{Printer: p, Rules: rules.All()}.Body(r, review.BodyOptions{Outside: r.Findings})
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // it exists
}
