package github

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBisect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bad   []int
		tries int // at most
	}{
		"the first":  {[]int{0}, 10},
		"the middle": {[]int{14}, 10},
		"the last":   {[]int{29}, 10},
		"two":        {[]int{3, 27}, 20},
		"nobody":     {nil, 2}, // it was about something else
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all []int
			for i := range 30 {
				all = append(all, i)
			}
			tries := 0
			good, bad, err := bisect(all, func(some []int) (bool, error) {
				tries++
				return !slices.ContainsFunc(some, func(i int) bool { return slices.Contains(c.bad, i) }), nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.bad, bad); diff != "" {
				t.Errorf("bad (-want +got)\n%s", diff)
			}
			if len(good)+len(bad) != 30 || tries > c.tries {
				t.Errorf("got %d good ones by %d tries, want %d by at most %d", len(good), tries, 30-len(c.bad), c.tries)
			}
		})
	}
}

func TestBisectComesToAnEnd(t *testing.T) {
	t.Parallel()
	tries := 0
	good, bad, err := bisect(make([]int, 1000), func([]int) (bool, error) { tries++; return false, nil })
	if err != nil || len(good) != 0 || len(bad) != 1000 || tries != bisectTries {
		t.Errorf("got %d good, %d bad by %d tries (%v)", len(good), len(bad), tries, err)
	}
}

func TestBisectEndsWithAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if _, _, err := bisect([]int{1, 2, 3}, func([]int) (bool, error) { return false, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v, want the error", err)
	}
}
