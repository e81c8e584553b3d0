package bedrock

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// Price is what a million tokens cost, in the currency in which the operator wrote it.
type Price struct{ Input, Output, CacheRead, CacheWrite float64 }

// Prices are those of models by id, as the operator pays them. There are none built in: they depend on the
// contract, the region, the tier and the day.
type Prices map[string]Price

// ParsePrices reads "ID=INPUT/OUTPUT/CACHE_READ/CACHE_WRITE", separated by spaces: what a million tokens of each
// cost.
func ParsePrices(s string) (Prices, error) {
	prices := Prices{}
	for _, entry := range strings.Fields(s) {
		cut := strings.LastIndexByte(entry, '=')
		if cut <= 0 {
			return nil, fmt.Errorf("%q: want ID=INPUT/OUTPUT/CACHE_READ/CACHE_WRITE per million tokens", entry)
		}
		p, err := parsePrice(entry[cut+1:])
		if err != nil {
			return nil, fmt.Errorf("%q: %w", entry, err)
		}
		prices[entry[:cut]] = p
	}
	return prices, nil
}

func parsePrice(s string) (Price, error) {
	parts := strings.Split(s, "/")
	if len(parts) != 4 {
		return Price{}, fmt.Errorf("want four prices per million tokens: INPUT/OUTPUT/CACHE_READ/CACHE_WRITE")
	}
	var n [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || v < 0 || math.IsInf(v, 0) || math.IsNaN(v) {
			return Price{}, fmt.Errorf("%q is no price", part)
		}
		n[i] = v
	}
	return Price{Input: n[0], Output: n[1], CacheRead: n[2], CacheWrite: n[3]}, nil
}

// Cost is what an answer of a model cost. It is unknown for a model without a price.
func (p Prices) Cost(model string, u review.Usage) (cost float64, known bool) {
	price, known := p[model]
	fresh := max(0, u.Input-u.CacheRead-u.CacheWrite)
	total := float64(fresh)*price.Input + float64(u.Output)*price.Output +
		float64(u.CacheRead)*price.CacheRead + float64(u.CacheWrite)*price.CacheWrite
	return total / 1e6, known
}
