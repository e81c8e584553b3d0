package main

import (
	"fmt"
	"io"

	"github.com/schema-review/schema-review/review/eval"
	"github.com/spf13/pflag"
	"golang.org/x/text/message"
)

// evalLimits are the figures that an evaluation must reach, for CI.
type evalLimits struct {
	precision, recall, falsePerClean, cost float64
	set                                    func(flag string) bool
}

func (l *evalLimits) add(f *pflag.FlagSet) {
	f.Float64Var(&l.precision, "min-precision", 0, "exit with 1 when the precision is under `SHARE`, from 0 to 1")
	f.Float64Var(&l.recall, "min-recall", 0, "exit with 1 when the recall is under `SHARE`, from 0 to 1")
	f.Float64Var(&l.falsePerClean, "max-false-per-clean", 0, "exit with 1 when there are more than `N` wrong claims per clean change set")
	f.Float64Var(&l.cost, "max-cost", 0, "exit with 1 when the answers cost more than `SUM`, by BEDROCK_PRICES")
}

func (l *evalLimits) any() bool {
	return l.set("min-precision") || l.set("min-recall") || l.set("max-false-per-clean") || l.set("max-cost")
}

func (l *evalLimits) check() error {
	for name, share := range map[string]float64{"min-precision": l.precision, "min-recall": l.recall} {
		if !(share >= 0 && share <= 1) {
			return fail("--%s %v: want a share from 0 to 1", name, share)
		}
	}
	if !(l.falsePerClean >= 0) || !(l.cost >= 0) {
		return fail("--max-false-per-clean and --max-cost: want a number from 0")
	}
	return nil
}

// limit is one figure and what it is held against.
type limit struct {
	flag, name string
	value      *float64
	bound      float64
	least      bool // the bound is the least that is wanted
}

func (l *evalLimits) all(r *eval.Result) []limit {
	return []limit{
		{"min-precision", "precision", r.Overall.Precision.Value, l.precision, true},
		{"min-recall", "recall", r.Overall.Recall.Value, l.recall, true},
		{"max-false-per-clean", "wrong claims per clean change set", r.Clean.False.Value, l.falsePerClean, false},
		{"max-cost", "cost", r.Usage.Cost, l.cost, false},
	}
}

// hold says which limits are not kept, and by how much. A figure that couldn't be measured keeps none.
func (l *evalLimits) hold(w io.Writer, r *eval.Result, p *message.Printer) error {
	if !l.any() {
		return nil
	}
	if n := notMeasured(r); n > 0 {
		return fail("runs that were not measured: %d, so the figures can't be held against limits: run it again", n)
	}
	var broken error
	for _, limit := range l.all(r) {
		if !l.set(limit.flag) {
			continue
		}
		if limit.flag == "max-cost" && limit.value == nil {
			return fail("--max-cost: the cost is unknown: give the price of the model in BEDROCK_PRICES")
		}
		if said := limit.broken(p); said != "" {
			fmt.Fprintln(w, "schema-review:", said)
			broken = errFindings
		}
	}
	return broken
}

// broken says how the limit is not kept, "" when it is.
func (l *limit) broken(p *message.Printer) string {
	name := p.Sprintf(l.name)
	switch {
	case l.value == nil:
		return p.Sprintf("%s can't be measured: there is nothing to measure it on, so --%s %v is not kept", name, l.flag, l.bound)
	case l.least && *l.value < l.bound:
		return p.Sprintf("%s is %.3f, which is %.3f under --%s %v", name, *l.value, l.bound-*l.value, l.flag, l.bound)
	case !l.least && *l.value > l.bound:
		return p.Sprintf("%s is %.3f, which is %.3f over --%s %v", name, *l.value, *l.value-l.bound, l.flag, l.bound)
	}
	return ""
}

// notMeasured counts the runs that are in no figure.
func notMeasured(r *eval.Result) int {
	n := 0
	for _, c := range r.Cases {
		for _, run := range c.Runs {
			if !run.Measured {
				n++
			}
		}
	}
	return n
}
