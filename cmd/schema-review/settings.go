package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/custom"
	"github.com/schema-review/schema-review/review/rules"
	"golang.org/x/text/message"
)

// configPath is where a repository keeps its configuration.
const configPath = ".github/schema-review.yml"

// configFlags are the flags that every command with a configuration has.
type configFlags struct{ config, orgConfig, engine, failOn, prompts string }

// load reads the layers of configuration: organisation, repository, flags. On a laptop the
// repository's file is that of the working tree. The prompts come with it: configuration says where more of
// them are, and speaks of guidelines.
func (f *configFlags) load(ctx context.Context, g *ground, base baseCommit, p *message.Printer) (*review.Config, *guidance, error) {
	home := g.home()
	layers, err := f.files(g.disk, path.Join(home, configPath))
	if err != nil {
		return nil, nil, err
	}
	if f.engine != "" {
		layers = append(layers, flagLayer("--engine", "engine", f.engine))
	}
	if f.failOn != "" {
		layers = append(layers, flagLayer("--fail-on", "fail_on", f.failOn))
	}
	draft := review.DraftConfig(layers, rules.All())
	if f.config == "" {
		rebase(draft, home)
	}
	told, err := f.guidance(ctx, g, draft, base.commit)
	if err != nil {
		return nil, nil, err
	}
	config, problems := review.LoadConfig(layers, rules.All(), custom.Compile, told.library.Names()...)
	if f.config == "" {
		rebase(config, home)
	}
	return config, told, joined(problems, p)
}

// joined is one error of many problems, nil for none.
func joined(problems []review.ConfigProblem, p *message.Printer) error {
	var all []error
	for _, problem := range problems {
		all = append(all, errors.New(problem.In(p)))
	}
	return errors.Join(all...)
}

func (f *configFlags) files(d disk, own string) ([]review.Layer, error) {
	var layers []review.Layer
	if f.orgConfig != "" {
		data, err := os.ReadFile(f.orgConfig)
		if err != nil {
			return nil, fmt.Errorf("--org-config: %w", plainError(err))
		}
		layers = append(layers, review.Layer{Name: review.OrganisationLayer, Path: f.orgConfig, Data: data})
	}
	name, shown := d.file(own), own
	if f.config != "" {
		name, shown = f.config, f.config
	}
	data, err := os.ReadFile(name)
	switch {
	case err == nil:
		layers = append(layers, review.Layer{Name: review.RepositoryLayer, Path: shown, Data: data})
	case f.config != "":
		return nil, fmt.Errorf("--config: %w", plainError(err))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, plainError(err)
	}
	return layers, nil
}

// flagLayer writes a flag as the configuration that it stands for.
func flagLayer(flag, key, value string) review.Layer {
	return review.Layer{Name: review.FlagLayer, Path: flag, Data: fmt.Appendf(nil, "%s: %q\n", key, value)}
}
