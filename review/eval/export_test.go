package eval

// IntervalOf is the interval of a ratio of sums, of as many case files as there are tops.
func IntervalOf(tops, bottoms []float64) *Interval { return intervalOf(zip(tops, bottoms), 1) }

// Apart is the interval of the difference of two of them.
func Apart(tops, otherTops, bottoms []float64) *Interval {
	return apart(zip(tops, bottoms), zip(otherTops, bottoms))
}

func zip(tops, bottoms []float64) []ratio {
	list := make([]ratio, len(tops))
	for i := range tops {
		list[i] = ratio{tops[i], bottoms[i]}
	}
	return list
}

// Rank is the percentile of sorted numbers.
var Rank = rank

// JudgeClaims holds claims against labels: the outcomes, and what was missed.
func JudgeClaims(expect, allow, forbid []Label, claims []Claim) []Label {
	l := labels{expect: expect, allow: allow, forbid: forbid}
	return l.judge(claims)
}
