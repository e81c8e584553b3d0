package eval

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// resamples is how often case files are drawn again. The interval moves by less than a hundredth with more.
const resamples = 2000

// ratio is what one case file adds to a figure: figures are sums of tops over sums of bottoms.
type ratio struct{ top, bottom float64 }

func (r ratio) value() float64 { return r.top / r.bottom }

// ratios are those of all case files that have a say in a figure. The three siblings of a file, and the runs of a
// case, are much alike, so they are drawn together: as many independent observations as files, no more.
type ratios map[string]ratio

func (r ratios) add(file string, top, bottom float64) {
	if bottom != 0 {
		r[file] = ratio{r[file].top + top, r[file].bottom + bottom}
	}
}

// inOrder are the ratios in the order of their files, so that the same draws always hit the same files.
func (r ratios) inOrder() []ratio {
	list := make([]ratio, 0, len(r))
	for _, file := range slices.Sorted(maps.Keys(r)) {
		list = append(list, r[file])
	}
	return list
}

// figure is the ratio of the sums, with its interval. n is what people would count.
func (r ratios) figure(n int, most float64) Figure {
	list := r.inOrder()
	f := Figure{N: n, Files: len(list)}
	if len(list) == 0 {
		return f
	}
	v := sum(list).value()
	f.Value = &v
	if f.Files >= EnoughFiles {
		f.Interval = intervalOf(list, most)
	}
	return f
}

func sum(list []ratio) ratio {
	var all ratio
	for _, r := range list {
		all.top, all.bottom = all.top+r.top, all.bottom+r.bottom
	}
	return all
}

// intervalOf is between which values 95 of 100 resamples lie.
func intervalOf(list []ratio, most float64) *Interval {
	draw := newDrawing(len(list))
	values := make([]float64, 0, resamples)
	for range resamples {
		var all ratio
		for _, i := range draw.next() {
			all.top, all.bottom = all.top+list[i].top, all.bottom+list[i].bottom
		}
		values = append(values, all.value())
	}
	i := middle(values)
	return i.opened(len(list), most)
}

// middle is the interval that leaves out a fortieth at each end.
func middle(values []float64) *Interval {
	slices.SortFunc(values, cmp.Compare[float64])
	cut := len(values) / 40
	return &Interval{Low: values[cut], High: values[len(values)-1-cut]}
}

// normal975 is the 97.5 % quantile of the normal distribution.
const normal975 = 1.959964

// opened widens an interval without width. Where all files are at one end, so is every resample, though a few
// more files might not be: then Wilson's interval for none in as many files says how much is open.
// https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
func (i *Interval) opened(files int, most float64) *Interval {
	open := openIn(files)
	switch {
	case i.Low != i.High:
		return i
	case i.Low == 0:
		return &Interval{High: open}
	case i.Low == most:
		return &Interval{Low: most * (1 - open), High: most}
	}
	return nil
}

// openIn is the upper end of Wilson's interval for none of so many.
func openIn(files int) float64 { return normal975 * normal975 / (float64(files) + normal975*normal975) }

// drawing draws as many files as there are, with replacement. It always draws the same: a figure must not change
// because somebody looked again.
type drawing struct {
	random *rand.Rand
	picks  []int
}

func newDrawing(files int) *drawing {
	return &drawing{rand.New(rand.NewPCG(20, 26)), make([]int, files)}
}

func (d *drawing) next() []int {
	for i := range d.picks {
		d.picks[i] = d.random.IntN(len(d.picks))
	}
	return d.picks
}

// apart is the interval of the difference of two figures over the same files, each drawn for both at once: what
// makes a case hard makes it so for both.
func apart(before, after []ratio) *Interval {
	draw := newDrawing(len(before))
	values := make([]float64, 0, resamples)
	for range resamples {
		var a, b ratio
		for _, i := range draw.next() {
			b.top, b.bottom = b.top+before[i].top, b.bottom+before[i].bottom
			a.top, a.bottom = a.top+after[i].top, a.bottom+after[i].bottom
		}
		if d := a.value() - b.value(); !math.IsNaN(d) && !math.IsInf(d, 0) {
			values = append(values, d)
		}
	}
	if len(values) < resamples/2 {
		return nil
	}
	return middle(values).reached(len(before))
}

// reached widens the interval of a difference that is the same in all files towards none, by what is open in so
// few of them.
func (i *Interval) reached(files int) *Interval {
	if i.High-i.Low > 1e-12 || i.Low == 0 {
		return i
	}
	rest := i.Low * (1 - openIn(files))
	return &Interval{Low: min(i.Low, rest), High: max(i.High, rest)}
}
