package main

import (
	"context"
	"os"
	"strings"

	"github.com/schema-review/schema-review/review/eval"
)

// other is the result to compare with: one that was kept, or the same evaluation with other prompts or another model.
func (o *evalOptions) other(ctx context.Context, c console, p *progress) (*eval.Result, error) {
	side, measured, err := o.side()
	if err != nil {
		return nil, err
	}
	if !measured {
		return readResult(o.compare)
	}
	return side.measure(ctx, c, p)
}

// side reads "prompts=DIR,model=ID". Anything else is a file.
func (o *evalOptions) side() (*evalOptions, bool, error) {
	other := *o
	for part := range strings.SplitSeq(o.compare, ",") {
		key, value, pair := strings.Cut(part, "=")
		switch {
		case pair && key == "prompts":
			other.prompts = value
		case pair && key == "model" && value != "":
			other.model = value
		default:
			if _, err := os.Stat(o.compare); err == nil {
				return nil, false, nil
			}
			return nil, false, fail("want the file of a result, or prompts=DIR, model=ID or both with a comma")
		}
	}
	if o.from != "" {
		return nil, false, fail("with --from, it has to be the file of a result as well")
	}
	return &other, true, nil
}

func readResult(name string) (*eval.Result, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	result, err := eval.ReadResult(file)
	if err != nil {
		return nil, about(err, name)
	}
	return result, nil
}
