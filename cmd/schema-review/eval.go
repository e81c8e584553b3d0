package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/spf13/cobra"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	cases, prompts, model string
	names, guidelines     []string
	runs, parallel        int
	record, replay, from  string
	compare               string
	format, output        string
	noColour              bool
	limits                evalLimits
	lang                  string // of what people read
	judge                 evalJudge
}

const evalHelp = `Measure what a model says of change sets whose problems are known.

Each case goes through the whole review: rules, model, verify. What is left of the model's
claims is held against the labels of the case: a claim of the expected guideline and object
is a hit (a table also stands for its column, a column for its table), one that nobody
expects or allows is false. Precision, recall and F1 follow, overall and per guideline, with
95-percent intervals from drawing the case files again, 2,000 times. Where fewer than six files
have a say there is none: it would mean nothing.

Answers come from the model that BEDROCK_MODEL_ID or --model names, or from a folder of
records. --record asks for what the folder doesn't have yet and keeps it there; --replay
asks nobody. A question of which there is no record ends the evaluation with its case.
Fallback models are not asked: they would be another measurement. Runs that throttling or
an outage spoilt are in no figure; an answer that was cut, refused or no JSON counts as
nothing said.

--compare takes a result that --format json has written, or the other side of the same
evaluation: prompts=DIR, model=ID or both (prompts= alone is the built-in ones). Differences
are paired by case, and called clear when their interval leaves out zero.

Without a model and without records there are no answers: that is said in the place of a
score, with exit code 0, or 2 where a limit, a comparison, another format or --output asks
for figures.

Exit codes: 0 measured, and within all limits; 1 beyond a limit; 2 could not measure.`

const evalExample = `  # ask the model once about every case, keep its answers, and again only from those
  schema-review eval --model jp.anthropic.claude-sonnet-4-6 --record answers
  schema-review eval --replay answers

  # did a change of the prompts help? both from records, or both asked
  schema-review eval --prompts docs/prompts --record answers --compare prompts=

  # in CI
  schema-review eval --replay answers --min-precision 0.75 --max-false-per-clean 0.2

  # keep a result, and show it later
  schema-review eval --replay answers --format json --output before.json
  schema-review eval --from before.json --format html --output before.html`

func newEval(c console) *cobra.Command {
	var o evalOptions
	cmd := &cobra.Command{
		Use:     "eval",
		Short:   "Measure a model and the prompts on labelled change sets",
		Long:    evalHelp,
		Example: evalExample,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.limits.set, o.lang = cmd.Flags().Changed, languageOf(cmd)
			return runEval(cmd.Context(), c, &o)
		},
	}
	o.add(cmd)
	cmd.AddCommand(newEvalAdd(c))
	return cmd
}

// evalFormats are the values of --format.
var evalFormats = []string{"text", "json", "markdown", "html"}

func (o *evalOptions) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.cases, "cases", "", "cases in `DIR` in the place of those that come with the program")
	f.StringSliceVar(&o.names, "case", nil, "only cases whose name, or whose file's name, fits `GLOB`: \"ja-*\", \"list-in-text/*\"")
	f.StringSliceVar(&o.guidelines, "guideline", nil, "only cases with a label of the guideline `ID`, or in the file of its name")
	f.StringVar(&o.prompts, "prompts", "", "guidelines and templates in `DIR`, laid over the built-in ones")
	f.StringVar(&o.model, "model", "", "`ID` of the model (default: BEDROCK_MODEL_ID, or the one that the records are of)")
	f.IntVar(&o.runs, "runs", 1, "ask `N` times about each case")
	f.IntVar(&o.parallel, "parallel", 4, "ask about `N` cases at a time")
	f.StringVar(&o.record, "record", "", "keep the answers in `DIR`, and ask only for those that it doesn't have")
	f.StringVar(&o.replay, "replay", "", "take the answers from `DIR` alone")
	f.StringVar(&o.from, "from", "", "show the result in `FILE`, which --format json has written, in the place of measuring")
	f.StringVar(&o.compare, "compare", "", "compare with `SIDE`: the file of a result, or prompts=DIR, model=ID or both")
	f.StringVar(&o.format, "format", "text", "`FORMAT` of the result: "+strings.Join(evalFormats, ", "))
	f.StringVarP(&o.output, "output", "o", "", "write the result to `FILE`")
	f.BoolVar(&o.noColour, "no-color", false, "no colours (NO_COLOR does the same)")
	o.limits.add(f)
	o.judge.add(cmd)
	complete(cmd, "format", evalFormats...)
	for _, other := range []string{"record", "replay", "cases", "case", "guideline", "prompts", "model", "runs"} {
		cmd.MarkFlagsMutuallyExclusive("from", other)
	}
	cmd.MarkFlagsMutuallyExclusive("record", "replay")
}

func (o *evalOptions) check() error {
	switch {
	case !slices.Contains(evalFormats, o.format):
		return fail("--format %s: want one of %s", o.format, strings.Join(evalFormats, ", "))
	case o.runs < 1 || o.runs > 100:
		return fail("--runs %d: want a number from 1 to 100", o.runs)
	case o.parallel < 1 || o.parallel > 64:
		return fail("--parallel %d: want a number from 1 to 64", o.parallel)
	}
	return o.limits.check()
}

// errNoAnswers is what is said in the place of a score.
var errNoAnswers = fail("No recorded answers: nothing was measured, so there is no score. Set BEDROCK_MODEL_ID or --model to ask a model, with --record DIR to keep what it answers, or give a folder of kept answers with --replay DIR.")

// runEval is the command: measure, compare, show, hold against the limits.
func runEval(ctx context.Context, c console, o *evalOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	shown, err := o.gather(ctx, c)
	if errors.Is(err, errNoAnswers) && o.plain() {
		_, err := fmt.Fprintln(c.out, errorIn(err, locale.Printer(o.lang)))
		return err
	}
	if err != nil {
		return err
	}
	if err := o.print(c, shown); err != nil {
		return err
	}
	return o.limits.hold(c.err, shown.result, locale.Printer(o.lang))
}

// plain reports whether nobody asked for figures: then it is enough to say that there are none.
func (o *evalOptions) plain() bool {
	return o.format == "text" && o.output == "" && o.compare == "" && !o.limits.any()
}

// evaluated is what is shown.
type evaluated struct {
	result     *eval.Result
	comparison *eval.Comparison // nil: nothing to compare with
}

// gather measures or reads both sides.
func (o *evalOptions) gather(ctx context.Context, c console) (*evaluated, error) {
	p := startProgress(c)
	defer p.stop()
	result, err := o.result(ctx, c, p)
	if err != nil {
		return nil, err
	}
	if err := o.letJudge(ctx, c, p, result); err != nil {
		return nil, err
	}
	shown := &evaluated{result: result}
	if o.compare == "" {
		return shown, nil
	}
	before, err := o.other(ctx, c, p)
	if err != nil {
		return nil, about(err, "--compare", o.compare)
	}
	shown.comparison = eval.Compare(before, result)
	return shown, nil
}

func (o *evalOptions) result(ctx context.Context, c console, p *progress) (*eval.Result, error) {
	if o.from == "" {
		return o.measure(ctx, c, p)
	}
	result, err := readResult(o.from)
	if err != nil {
		return nil, about(err, "--from")
	}
	return result, nil
}
