package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

// evalAddOptions are the flags of eval add.
type evalAddOptions struct {
	reviewOptions
	name, dir  string
	fromReview string
	language   string
	keepText   bool
	printer    *message.Printer
}

const evalAddHelp = `Make a case of what this branch changes, for eval to hold a model against.

A case stands by itself: the tables that the change set touches and those around them, as
they are before it, and what it runs. Values, and whatever looks like a secret in comments,
are redacted as in a question for a model; --keep-text keeps them. Names stay as they are,
so read the file before you share it.

With --from-review, what a model said in a review of this branch (schema-review review
--format json) is proposed as labels: its findings as "expect", those that somebody accepted
with a suppression as "forbid". A proposal is no label yet: read each line, and delete it or
turn it around where the model is wrong. Without it the case is clean until you say otherwise.

The change set is found as review finds it, with the same flags. An existing file is never
overwritten.`

const evalAddExample = `  # with the pull request checked out
  schema-review eval add --base main --name refunds-without-currency

  # with what a model says of it as proposed labels
  schema-review review --base main --ai --format json --output review.json --fail-on never
  schema-review eval add --base main --from-review review.json --name refunds-without-currency`

func newEvalAdd(c console) *cobra.Command {
	var o evalAddOptions
	cmd := &cobra.Command{
		Use:     "add [paths]",
		Short:   "Make a case of what this branch changes",
		Long:    evalAddHelp,
		Example: evalAddExample,
		RunE: func(cmd *cobra.Command, paths []string) error {
			o.printer = printerOf(cmd)
			return addCase(cmd.Context(), c, cmd.InOrStdin(), &o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.name, "name", "", "`NAME` of the case: lower case words joined by hyphens")
	f.StringVar(&o.dir, "dir", ".", "`DIR` in which the case is written as NAME.txtar")
	f.StringVar(&o.fromReview, "from-review", "", "`FILE` with the JSON of a review of this branch, - for standard input")
	f.StringVar(&o.language, "language", "", "language of the answer: en or ja (default: configuration)")
	f.BoolVar(&o.keepText, "keep-text", false, "keep values and comments as they are")
	f.StringVar(&o.base, "base", "", "compare with the merge base of `REF` and HEAD")
	f.BoolVar(&o.all, "all", false, "take every migration, not only what changed")
	f.IntVar(&o.last, "last", 0, "take the last `N` migrations")
	o.add(cmd)
	for _, none := range []string{"fail-on", "prompts"} {
		_ = f.MarkHidden(none) // nothing fails here, and nobody is asked
	}
	cmd.MarkFlagsMutuallyExclusive("base", "all", "last")
	_ = cmd.MarkFlagRequired("name") // it exists
	complete(cmd, "language", "en", "ja")
	return cmd
}

var caseName = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

func (o *evalAddOptions) checkNames() error {
	if !caseName.MatchString(o.name) {
		return fail("--name %s: want lower case words joined by hyphens", o.name)
	}
	if o.language != "" && o.language != "en" && o.language != "ja" {
		return fail("--language %s: want en or ja", o.language)
	}
	return nil
}

// addCase is the command: change set, labels, case, file.
func addCase(ctx context.Context, c console, stdin io.Reader, o *evalAddOptions, paths []string) error {
	o.format = "text" // and the language of the configuration
	if err := o.checkNames(); err != nil {
		return err
	}
	said, err := o.readReview(stdin)
	if err != nil {
		return err
	}
	report, g, err := o.review(ctx, c, paths, o.printer)
	if err != nil {
		return err
	}
	draft, err := o.draft(report, g, said)
	if err != nil {
		return err
	}
	if err := draft.check(ctx, o.name); err != nil {
		return err
	}
	file := filepath.Join(o.dir, o.name+".txtar")
	if err := writeNew(file, draft.text()); err != nil {
		return err
	}
	draft.say(c.out, file, o.printer)
	return nil
}

// readReview reads the labels that a review proposes, none without --from-review.
func (o *evalAddOptions) readReview(stdin io.Reader) (*reviewSaid, error) {
	if o.fromReview == "" {
		return nil, nil // no review is no mistake
	}
	in := stdin
	if o.fromReview != "-" {
		file, err := os.Open(o.fromReview)
		if err != nil {
			return nil, about(plainError(err), "--from-review")
		}
		defer file.Close()
		in = file
	}
	said, err := decodeReview(in)
	if err != nil {
		return nil, about(err, "--from-review", o.fromReview)
	}
	return said, nil
}

// draft makes the case.
func (o *evalAddOptions) draft(report *review.Report, g *gatherer, said *reviewSaid) (*caseDraft, error) {
	plan, err := onePlan(report)
	if err != nil {
		return nil, err
	}
	if err := said.isOf(report); err != nil {
		return nil, about(err, "--from-review", o.fromReview)
	}
	d := &caseDraft{engine: plan.Engine.String(), language: g.config.Language, excerpt: plan.Excerpt(o.keepText), said: said, kept: o.keepText}
	if o.language != "" {
		d.language = o.language
	}
	if len(d.excerpt.Migrations) == 0 {
		return nil, fail("nothing that this branch changes is a new migration that could be read")
	}
	return d, nil
}

// onePlan is the plan of the change set: a case has one history.
func onePlan(report *review.Report) (*review.Plan, error) {
	switch {
	case len(report.Plans) == 0:
		return nil, fail("this branch changes no migrations: compare with another base, or name files with --last N")
	case len(report.Plans) > 1:
		return nil, fail("this branch changes migrations in %s and in %s: name the folder to take", orTop(report.Plans[0].Set), orTop(report.Plans[1].Set))
	case report.Plans[0].Migrations != nil && report.Plans[0].Migrations[0].Role == ddlparse.Declarative:
		return nil, fail("the schema is declarative: write the case by hand, with its difference as a migration")
	}
	return report.Plans[0], nil
}

func orTop(set string) any {
	if set == "" {
		return review.Msg("the top folder")
	}
	return set
}

// writeNew writes a file that must not exist.
func writeNew(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, os.ErrExist):
		return fail("%s is there already: take another --name, or remove it first", file)
	case err != nil:
		return about(plainError(err), file)
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close())
}
