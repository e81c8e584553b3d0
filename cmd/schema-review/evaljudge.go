package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/spf13/cobra"
)

// evalJudge are the flags of a judge.
type evalJudge struct{ model, examples string }

func (j *evalJudge) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&j.model, "judge", "", "let another `MODEL` judge the words of findings that are right; its answers are kept in the folder judge of the records")
	f.StringVar(&j.examples, "judge-examples", "", "labelled examples in `DIR` that a judge is held against, beside those that come with the program")
	cmd.MarkFlagsMutuallyExclusive("from", "judge")
}

// letJudge lets the judge look at a result, if there is one.
func (o *evalOptions) letJudge(ctx context.Context, c console, p *progress, r *eval.Result) error {
	if o.judge.model == "" {
		return nil
	}
	examples, err := o.judge.allExamples()
	if err != nil {
		return err
	}
	library, _, err := o.library()
	if err != nil {
		return err
	}
	a, err := o.ofJudge().answers(ctx, c)
	if err != nil {
		return about(err, "--judge")
	}
	p.say(locale.Printer(o.lang).Sprintf("asking the judge"))
	j := &eval.Judge{Source: a.source, Prompts: library, Examples: examples, Parallel: o.parallel, Redact: redacted}
	if r.Judged, err = j.Judge(ctx, r); err != nil {
		return about(err, "--judge")
	}
	return nil
}

// ofJudge are the options by which the judge is asked. Its answers stand in a folder of their own, so that the others
// are those of one model.
func (o *evalOptions) ofJudge() *evalOptions {
	other := *o
	other.model = o.judge.model
	for _, dir := range []*string{&other.record, &other.replay} {
		if *dir != "" {
			*dir = filepath.Join(*dir, "judge")
		}
	}
	return &other
}

func (j *evalJudge) allExamples() ([]prompts.JudgeExample, error) {
	examples, err := prompts.JudgeExamples()
	if err != nil || j.examples == "" {
		return examples, err
	}
	own, err := prompts.ReadJudgeExamples(os.DirFS(j.examples))
	if err == nil && len(own) == 0 {
		err = fail("there are no examples, want *.txtar")
	}
	if err != nil {
		return nil, about(err, "--judge-examples", j.examples)
	}
	return append(examples, own...), nil
}

// redacted is a statement as the judge may see it.
func redacted(sql, engine string) string {
	e, err := ddlparse.ParseEngine(engine)
	if err != nil {
		e = ddlparse.DefaultEngine()
	}
	return review.RedactSQL(sql, e)
}
