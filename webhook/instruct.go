package webhook

import (
	"context"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// instruct finds the prompts that hold here: those that come with the program, below the organisation's and the
// repository's. Their mistakes are told like those of the configuration; what an earlier layer says then applies.
func (r *run) instruct(ctx context.Context) error {
	r.reviewer = *r.Reviewer
	if r.Reviewer.Model == nil || !r.config.AI.Enabled {
		return nil
	}
	layers, err := r.Forge.Prompts(ctx, r.target, r.config)
	if err != nil || len(layers) == 0 {
		return err
	}
	layers = append([]prompts.Layer{{Name: builtIn, FS: prompts.BuiltIn()}}, layers...)
	library, problems := prompts.Load(layers...)
	r.reviewer.Prompts = library
	for _, p := range problems {
		r.result.Problems = append(r.result.Problems, review.ConfigProblem{
			Layer: p.Layer, Path: p.Place(), Problem: review.Msg(p.Format, p.Args...),
		})
	}
	return nil
}

// builtIn is the layer of prompts that comes with the program.
const builtIn = "built-in"
