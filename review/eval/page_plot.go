package eval

import (
	"fmt"
	"math"
)

// plot is a figure as a point with whiskers, between 0 and 100 of the width.
type plot struct {
	Known, Whiskers bool
	At, Low, High   float64
	Zero            float64 // where nothing is different, for differences
	Diff            bool
	Value           string // "82 %"
	Between         string // "71 % to 90 %", "" for none
	Basis           string // "140 in 43 case files"
	Text            string // all of it
}

// sharePlot is the plot of a share.
func (s speaker) sharePlot(f Figure) plot { return s.newPlot(f, 0, 1, percent) }

// newPlot draws a figure on a scale.
func (s speaker) newPlot(f Figure, from, to float64, write func(float64) string) plot {
	p := plot{Known: f.Value != nil, Basis: s.basis(f), Value: "–"}
	if !p.Known {
		p.Text = s.Sprintf("not measured")
		return p
	}
	place := func(v float64) float64 { return 100 * min(1, max(0, (v-from)/(to-from))) }
	p.At, p.Value = place(*f.Value), write(*f.Value)
	if i := f.Interval; i != nil {
		p.Whiskers, p.Low, p.High = true, place(i.Low), place(i.High)
		p.Between = s.Sprintf("%s to %s", write(i.Low), write(i.High))
		p.Text = s.Sprintf("%s, interval %s, from %s", p.Value, p.Between, p.Basis)
		return p
	}
	p.Text = s.Sprintf("%s, no interval (few case files, or all alike), from %s", p.Value, p.Basis)
	return p
}

// diffPlot is the plot of a difference, with zero in the middle.
func (s speaker) diffPlot(f Figure, write func(float64) string) plot {
	most := 0.1
	for _, v := range []*float64{f.Value, highOf(f), lowOf(f)} {
		if v != nil {
			most = max(most, math.Abs(*v))
		}
	}
	p := s.newPlot(f, -most, most, func(v float64) string { return signed(v, write) })
	p.Diff, p.Zero = true, 50
	return p
}

func lowOf(f Figure) *float64 {
	if f.Interval == nil {
		return nil
	}
	return &f.Interval.Low
}

func signed(v float64, write func(float64) string) string {
	if v < 0 {
		return "−" + write(-v)
	}
	return "+" + write(v)
}

func percent(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }

func number(v float64) string { return fmt.Sprintf("%.2f", v) }

// basis is what a figure rests on.
func (s speaker) basis(f Figure) string {
	if f.Files == 1 {
		return s.Sprintf("%d in 1 case file", f.N)
	}
	return s.Sprintf("%d in %d case files", f.N, f.Files)
}
