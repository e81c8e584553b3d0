package eval_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/eval"
)

// drawn are files of one to four decisions each, which are right with a chance of the file's own: of those the mean
// is the truth.
func drawn(r *rand.Rand, files int, truth float64) (tops, bottoms []float64) {
	for range files {
		chance := truth
		if r.IntN(2) == 0 {
			chance += 0.2
		} else {
			chance -= 0.2
		}
		n := 1 + r.IntN(4)
		right := 0
		for range n {
			if r.Float64() < chance {
				right++
			}
		}
		tops, bottoms = append(tops, float64(right)), append(bottoms, float64(n))
	}
	return tops, bottoms
}

// In 95 of 100 evaluations the truth lies in the interval.
func TestIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	const truth, times = 0.7, 200
	r := rand.New(rand.NewPCG(4, 2))
	held := 0
	for range times {
		if i := eval.IntervalOf(drawn(r, 60, truth)); i.Low <= truth && truth <= i.High {
			held++
		}
	}
	if share := float64(held) / times; share < 0.91 || share > 0.99 {
		t.Errorf("got %.3f of the intervals around the truth, want about 0.95", share)
	}
}

// Of two sides without a difference, about 5 in 100 are called different; a difference is seen.
func TestDifferencesHoldTheTruth(t *testing.T) {
	t.Parallel()
	const times = 200
	r := rand.New(rand.NewPCG(4, 3))
	alarms, seen := 0, 0
	for range times {
		a, bottoms := drawn(r, 60, 0.6)
		b, worse := make([]float64, len(a)), make([]float64, len(a))
		for i := range a {
			for range int(bottoms[i]) {
				if r.Float64() < a[i]/bottoms[i] {
					b[i]++
				}
			}
			worse[i] = max(0, a[i]-float64(r.IntN(2)))
		}
		if i := eval.Apart(a, b, bottoms); i.Low > 0 || i.High < 0 {
			alarms++
		}
		if i := eval.Apart(a, worse, bottoms); i.High < 0 {
			seen++
		}
	}
	if share := float64(alarms) / times; share > 0.09 || share < 0.01 {
		t.Errorf("got %.3f false alarms, want about 0.05", share)
	}
	if seen < times*9/10 {
		t.Errorf("got %d of %d differences", seen, times)
	}
}

func TestIntervals(t *testing.T) {
	t.Parallel()
	ones := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	none := make([]float64, 10)
	mixed := []float64{1, 0, 1, 0, 1, 0, 1, 0, 1, 0}
	if a, b := eval.IntervalOf(mixed, ones), eval.IntervalOf(mixed, ones); !cmp.Equal(a, b) || a.Low > 0.25 || a.High < 0.75 {
		t.Errorf("got %v and %v, want the same around a half", a, b)
	}
	// Wilson's interval for 10 of 10 and 0 of 10, to three digits: 0.722 and 0.278.
	if i := eval.IntervalOf(ones, ones); i.High != 1 || int(i.Low*1000) != 722 {
		t.Errorf("all right: got %v", i)
	}
	if i := eval.IntervalOf(none, ones); i.Low != 0 || int(i.High*1000) != 277 {
		t.Errorf("none right: got %v", i)
	}
}

// A difference that is the same everywhere is still known of so few files only.
func TestDifferencesWithoutWidth(t *testing.T) {
	t.Parallel()
	ones, none := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, make([]float64, 10)
	if i := eval.Apart(none, ones, ones); i.High != 1 || int(i.Low*1000) != 722 {
		t.Errorf("got %v", i)
	}
	if i := eval.Apart(ones, none, ones); i.Low != -1 || int(i.High*1000) != -722 {
		t.Errorf("got %v", i)
	}
	if i := eval.Apart(ones, ones, ones); i.Low != 0 || i.High != 0 {
		t.Errorf("got %v", i)
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	hundred := make([]int64, 100)
	for i := range hundred {
		hundred[i] = int64(i + 1)
	}
	for name, test := range map[string]struct {
		sorted  []int64
		percent int
		want    int64
	}{
		"none": {nil, 50, 0}, "one": {[]int64{7}, 95, 7}, "two": {[]int64{1, 9}, 50, 1}, "hundred": {hundred, 95, 95},
		"three": {[]int64{1, 2, 3}, 95, 3},
	} {
		if got := eval.Rank(test.sorted, test.percent); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}
