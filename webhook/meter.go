package webhook

import (
	"context"
	"sync/atomic"
)

// Meter counts the API calls of one task.
type Meter struct {
	Calls  atomic.Int64
	Writes atomic.Int64 // those of them that create content
}

type meterKey struct{}

// WithMeter gives a context whose API calls are counted.
func WithMeter(ctx context.Context) (context.Context, *Meter) {
	m := &Meter{}
	return context.WithValue(ctx, meterKey{}, m), m
}

// MeterFrom is the context's meter; one that nobody reads when it has none.
func MeterFrom(ctx context.Context) *Meter {
	if m, ok := ctx.Value(meterKey{}).(*Meter); ok {
		return m
	}
	return &Meter{}
}
