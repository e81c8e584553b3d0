package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/review/rules"
)

// measure asks about the cases, or their records.
func (o *evalOptions) measure(ctx context.Context, c console, p *progress) (*eval.Result, error) {
	library, layers, err := o.library()
	if err != nil {
		return nil, err
	}
	cases, err := o.selected(library)
	if err != nil {
		return nil, err
	}
	answers, err := o.answers(ctx, c)
	if err != nil {
		return nil, err
	}
	result, err := eval.Measure(ctx, eval.Options{
		Cases: cases, Rules: rules.All(), Prompts: library, Layers: layers, Source: answers.source, Model: answers.model,
		Runs: o.runs, Parallel: o.parallel, Answer: answers.longest, Cost: answers.cost, Program: version(),
		Progress: func(done, all int) { p.say(locale.Printer(o.lang).Sprintf("asking about cases: %d of %d", done, all)) },
	})
	if err == nil {
		o.sayReused(c, answers.recorded, result.Usage.Questions)
	}
	return result, err
}

// sayReused tells what was not asked again.
func (o *evalOptions) sayReused(c console, recorded *eval.Archive, questions int) {
	if recorded == nil || recorded.Reused() == 0 {
		return
	}
	wipe := ""
	if c.errTerm {
		wipe = "\r\x1b[K" // the line of progress
	}
	p := locale.Printer(o.lang)
	fmt.Fprintf(c.err, "%sschema-review: %s\n", wipe, p.Sprintf("%d of %d answers were in %s already", recorded.Reused(), questions, o.record))
}

// library are the prompts that are measured, and the names of their layers. A mistake in one would be measured as if
// it were meant.
func (o *evalOptions) library() (*prompts.Library, []string, error) {
	layers := []prompts.Layer{{Name: "built-in", FS: prompts.BuiltIn()}}
	names := []string{"built-in"}
	if o.prompts != "" {
		if info, err := os.Stat(o.prompts); err != nil || !info.IsDir() {
			return nil, nil, fail("--prompts %s: want a folder with guidelines/ or templates/", o.prompts)
		}
		layers = append(layers, prompts.Layer{Name: o.prompts, FS: os.DirFS(o.prompts)})
		names = append(names, o.prompts)
	}
	library, problems := prompts.Load(layers...)
	var errs []error
	for _, problem := range problems {
		errs = append(errs, problem)
	}
	return library, names, errors.Join(errs...)
}

// selected are the cases that are asked about.
func (o *evalOptions) selected(library *prompts.Library) ([]prompts.Case, error) {
	all, err := o.allCases()
	if err != nil {
		return nil, err
	}
	for _, id := range o.guidelines {
		if _, known := library.Guideline(id); !known {
			return nil, fail("--guideline %s: there is no such guideline, see schema-review prompt guidelines", id)
		}
	}
	for _, glob := range o.names {
		if _, err := path.Match(glob, ""); err != nil {
			return nil, about(err, "--case", glob)
		}
	}
	chosen := slices.DeleteFunc(all, func(c prompts.Case) bool { return !o.wants(&c) })
	if len(chosen) == 0 {
		return nil, fail("no case fits --case and --guideline")
	}
	return chosen, nil
}

func (o *evalOptions) allCases() ([]prompts.Case, error) {
	if o.cases == "" {
		return prompts.Cases()
	}
	all, err := prompts.ReadCases(os.DirFS(o.cases))
	if err != nil {
		return nil, about(err, "--cases", o.cases)
	}
	if len(all) == 0 {
		return nil, fail("--cases %s: there are no cases, want *.txtar", o.cases)
	}
	return all, nil
}

func (o *evalOptions) wants(c *prompts.Case) bool {
	file, _, _ := strings.Cut(c.Name, "/")
	fits := func(glob string) bool {
		whole, _ := path.Match(glob, c.Name) // checked by now
		ofFile, _ := path.Match(glob, file)
		return whole || ofFile
	}
	speaks := func(id string) bool {
		return file == id || slices.ContainsFunc(slices.Concat(c.Expect, c.Allow, c.Forbid), func(l prompts.Label) bool { return l.Guideline == id })
	}
	return (len(o.names) == 0 || slices.ContainsFunc(o.names, fits)) &&
		(len(o.guidelines) == 0 || slices.ContainsFunc(o.guidelines, speaks))
}

// answers is where answers come from.
type answers struct {
	source   eval.Source
	model    string
	longest  int // tokens that one may have
	cost     func(review.Answer) (float64, bool)
	recorded *eval.Archive // where they are kept, nil: nowhere
}

func (o *evalOptions) answers(ctx context.Context, c console) (*answers, error) {
	if o.replay != "" {
		return o.replayed(c)
	}
	settings, err := o.settings(c, o.model)
	if err != nil {
		return nil, err
	}
	if settings.Model == "" {
		return nil, errNoAnswers
	}
	client, err := bedrock.New(ctx, settings)
	if err != nil {
		return nil, err
	}
	a := &answers{source: eval.Live{Model: client, Now: time.Now}, model: settings.Model, longest: settings.MaxTokens, cost: client.Cost}
	if o.record != "" {
		err = o.keep(a)
	}
	return a, err
}

// settings are those of the environment, for one model alone.
func (o *evalOptions) settings(c console, model string) (bedrock.Options, error) {
	settings, err := bedrock.FromEnv(func(name string) string {
		if name == "BEDROCK_MODEL_ID" && model != "" {
			return model
		}
		return c.getenv(name)
	})
	settings.Fallbacks, settings.Log = nil, slog.New(slog.DiscardHandler) // what fails is counted
	settings.Concurrency = max(settings.Concurrency, o.parallel)
	return settings, err
}

// keep lets a folder keep the answers, and give those that it has.
func (o *evalOptions) keep(a *answers) error {
	err := os.MkdirAll(o.record, 0o755) //nolint:gosec // records are for the team
	if err == nil {
		a.recorded, err = eval.OpenArchive(o.record)
	}
	if err != nil {
		return about(err, "--record")
	}
	a.source = a.recorded.Record(a.model, a.source)
	return nil
}

// replayed are the answers of a folder. Its model is the one it is of, unless it is of several.
func (o *evalOptions) replayed(c console) (*answers, error) {
	archive, err := eval.OpenArchive(o.replay)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail("--replay %s: there is no such folder: --record makes it", o.replay)
	case err != nil:
		return nil, about(err, "--replay")
	}
	model, models := o.model, archive.Models()
	switch {
	case len(models) == 0:
		return nil, fail("--replay %s: there are no recorded answers in it: record some with --record", o.replay)
	case model == "" && len(models) == 1:
		model = models[0]
	case model == "":
		return nil, fail("--replay %s: it has answers of several models: say which with --model: %s", o.replay, strings.Join(models, ", "))
	}
	settings, err := o.settings(c, model)
	if err != nil {
		return nil, err
	}
	cost := func(a review.Answer) (float64, bool) { return settings.Prices.Cost(a.Model, a.Usage) }
	return &answers{source: archive.Replay(model), model: model, longest: settings.MaxTokens, cost: cost}, nil
}
