package webhook

import (
	"context"

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
	config, problems := review.LoadConfig(layers, rules, custom.Compile)
	r.config = config
	r.result = &Result{Config: config, Problems: problems, Started: r.began}
	if edited != nil {
		r.result.Preview = preview(layers, *edited, config, rules)
	}
	return nil
}

// preview tells what an edited configuration would be like.
func preview(layers []review.Layer, edited review.Layer, now *review.Config, rules []*review.Rule) *Preview {
	var kept []review.Layer
	for _, l := range layers {
		if l.Name != review.RepositoryLayer {
			kept = append(kept, l)
		}
	}
	then, problems := review.LoadConfig(append(kept, edited), rules, custom.Compile)
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
