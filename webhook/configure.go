package webhook

import (
	"context"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/custom"
	"golang.org/x/text/message"
)

// configure lays the layers over each other: the operator's defaults, the organisation, the repository
// at the merge base. A change set that edits the latter gets a preview of what would be different.
func (r *run) configure(ctx context.Context) error {
	if r.config != nil {
		return nil
	}
	layers, edited, err := r.Forge.Layers(ctx, r.target)
	if err != nil {
		return err
	}
	if r.Defaults != nil {
		layers = append([]review.Layer{*r.Defaults}, layers...)
	}
	rules := r.Reviewer.Rules
	config, problems, names, err := r.load(ctx, layers)
	if err != nil {
		return err
	}
	r.config = config
	r.result = &Result{Config: config, Problems: problems, Started: r.began}
	if edited != nil {
		r.result.Preview = preview(layers, *edited, config, rules, names)
	}
	return nil
}

// load reads configuration that may speak of guidelines: of those that come with the program, and, where a name is
// none of theirs, of those that the organisation and the repository have.
func (r *run) load(ctx context.Context, layers []review.Layer) (*review.Config, []review.ConfigProblem, []string, error) {
	rules := r.Reviewer.Rules
	names := r.Reviewer.Prompts.Names()
	config, problems := review.LoadConfig(layers, rules, custom.Compile, names...)
	if len(problems) == 0 {
		return config, nil, names, nil
	}
	own, err := r.Forge.Prompts(ctx, r.target, review.DraftConfig(layers, rules))
	if err != nil || len(own) == 0 {
		return config, problems, names, err
	}
	library, _ := prompts.Load(own...) // their mistakes are told when a model is asked
	names = append(names, library.Names()...)
	config, problems = review.LoadConfig(layers, rules, custom.Compile, names...)
	return config, problems, names, nil
}

// preview tells what an edited configuration would be like.
func preview(layers []review.Layer, edited review.Layer, now *review.Config, rules []*review.Rule, guidelines []string) *Preview {
	var kept []review.Layer
	for _, l := range layers {
		if l.Name != review.RepositoryLayer {
			kept = append(kept, l)
		}
	}
	then, problems := review.LoadConfig(append(kept, edited), rules, custom.Compile, guidelines...)
	p := &Preview{Differences: review.Differences(now, then, rules)}
	for _, problem := range problems {
		if problem.Path == edited.Path {
			p.Problems = append(p.Problems, problem)
		}
	}
	return p
}

// printer speaks the repository's language, as soon as that is known.
func (r *run) printer() *message.Printer {
	return (&Result{Config: r.config}).Printer()
}
