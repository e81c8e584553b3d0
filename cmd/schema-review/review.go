package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

// reviewOptions are the flags of review.
type reviewOptions struct {
	configFlags
	aiFlags
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

With --ai or --model, a model on Amazon Bedrock is asked for design suggestions too: that costs
money, and sends what "schema-review prompt show" prints. AWS's own variables say with which
credentials and in which region, BEDROCK_* how. Suggestions never change the exit code; neither
does a model that gives no answer.

The model goes by guidelines. Those of the repository are in .github/schema-review/guidelines,
and where ai.guidelines says; of a branch, they are read from the commit that it starts from.
--prompts DIR lays the guidelines and templates of a working copy over them.

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
  schema-review review --format sarif --output review.sarif --fail-on never

  # with design suggestions of a model
  AWS_REGION=ap-northeast-1 schema-review review --model jp.anthropic.claude-sonnet-4-5-20250929-v1:0`

func newReview(c console) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:     "review [paths]",
		Short:   "Review the migrations that this branch changes",
		Long:    reviewHelp,
		Example: reviewExample,
		RunE: func(cmd *cobra.Command, paths []string) error {
			o.lang = languageOf(cmd)
			return runReview(cmd.Context(), c, &o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "text", "`FORMAT` of the report: text, json, sarif, markdown or github")
	f.StringVarP(&o.output, "output", "o", "", "write the report to `FILE`")
	f.StringVar(&o.base, "base", "", "compare with the merge base of `REF` and HEAD")
	f.BoolVar(&o.all, "all", false, "review every migration, not only what changed")
	f.IntVar(&o.last, "last", 0, "review the last `N` migrations of each history")
	f.BoolVar(&o.noColour, "no-color", false, "no colours (NO_COLOR does the same)")
	o.add(cmd)
	o.offer(cmd)
	cmd.MarkFlagsMutuallyExclusive("base", "all", "last")
	complete(cmd, "format", formats...)
	return cmd
}

// add defines the flags of configuration.
func (f *configFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.failOn, "fail-on", "", "exit with 1 for findings of this `SEVERITY` or worse: error, warning or never (default: configuration, else error)")
	flags.StringVar(&f.engine, "engine", "", "`ENGINE` and version: \"mysql 8.4\", \"mariadb 10.11\", \"tidb 8.5\", \"aurora-mysql 3\" (default: configuration, else mysql 8.4)")
	flags.StringVar(&f.config, "config", "", "configuration `FILE` (default .github/schema-review.yml)")
	flags.StringVar(&f.orgConfig, "org-config", "", "`FILE` with the organisation's defaults and required rules")
	flags.StringVar(&f.prompts, "prompts", "", "`DIR` with guidelines and templates that are laid over the others, to try them")
	complete(cmd, "fail-on", "error", "warning", "never")
	complete(cmd, "engine", "mysql 8.4", "mariadb 10.11", "tidb 8.5", "aurora-mysql 3")
}

func (o *reviewOptions) check() error {
	if !slices.Contains(formats, o.format) {
		return fail("--format %s: want one of %s", o.format, strings.Join(formats, ", "))
	}
	if o.last < 0 {
		return fail("--last %d: want a number of migrations from 1", o.last)
	}
	return nil
}

// runReview is the command: settings, change set, review, report.
func runReview(ctx context.Context, c console, o *reviewOptions, paths []string) error {
	printer := locale.Printer(o.lang)
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
	g := &gatherer{ground: ground, options: o}
	if err := g.findBase(ctx); err != nil {
		return nil, nil, err
	}
	if g.config, g.guidance, err = o.load(ctx, ground, g.base, printer); err != nil {
		return nil, nil, err
	}
	if o.lang != "" {
		g.config.Language = o.lang // one report, one language
	}
	if g.asked, err = o.newModel(ctx, c, g, printer); err != nil {
		return nil, nil, err
	}
	progress := startProgress(c)
	defer progress.stop()
	report, err := g.conduct(ctx, progress)
	if err == nil && g.asked != nil {
		report, err = g.advise(ctx, c, report, progress)
	}
	return report, g, err
}

// printer speaks to who waits.
func (g *gatherer) printer() *message.Printer { return locale.Printer(g.options.lang) }

// conduct gathers the change set and reviews it.
func (g *gatherer) conduct(ctx context.Context, p *progress) (*review.Report, error) {
	for _, m := range g.config.Migrations {
		g.locate.Globs = append(g.locate.Globs, ddlparse.MigrationGlob{Pattern: m.Path, Tool: m.Tool})
	}
	p.say(g.printer().Sprintf("looking for migrations"))
	if err := g.gather(ctx); err != nil {
		return nil, err
	}
	p.say(g.printer().Sprintf("reviewing files: %d, on top of %d", len(g.set.Changed), len(g.set.History)))
	boundMemory(&g.set)
	report, err := g.reviewer().Review(ctx, &g.set, g.config)
	if err != nil {
		return nil, err
	}
	report.NotReviewed = append(report.NotReviewed, g.left...)
	return report, nil
}

// print writes the report to where it is wanted.
func (o *reviewOptions) print(c console, r *review.Report, g *gatherer, p *message.Printer) (err error) {
	if o.output == "" {
		w := bufio.NewWriter(c.out)
		return errors.Join(o.render(w, c.colour(o.noColour), r, g, p), w.Flush())
	}
	file, err := os.Create(o.output)
	if err != nil {
		return about(plainError(err), "--output")
	}
	w := bufio.NewWriter(file)
	return errors.Join(o.render(w, false, r, g, p), w.Flush(), file.Close())
}

// formats are the values of --format.
var formats = []string{"text", "json", "sarif", "markdown", "github"}

func (o *reviewOptions) render(w io.Writer, colour bool, r *review.Report, g *gatherer, p *message.Printer) error {
	switch o.format {
	case "json":
		return writeJSON(w, r, p, g.design())
	case "sarif":
		return writeSARIF(w, r, p, rules.All(), g.design())
	case "markdown":
		_, err := io.WriteString(w, markdown(r, p))
		return err
	case "github":
		return writeGitHub(w, r, p, rules.All(), g.design())
	}
	return textReport{w, p, newPaint(colour), g.design(), g.here, g.same()}.write(r)
}

// markdown is the body of a review in which all findings stand.
func markdown(r *review.Report, p *message.Printer) string {
	return review.Voice{Printer: p, Rules: rules.All()}.Body(r, review.BodyOptions{Outside: r.Findings})
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // it exists
}
