package review

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync/atomic"

	"github.com/schema-review/schema-review/ddlparse"
)

// parseJob is one side of one file.
type parseJob struct {
	located ddlparse.Located
	data    []byte
	check   bool // ask the judge about syntax: text of the change set
}

// parseResult is what a file holds, or why it could not be read.
type parseResult struct {
	migrations []*ddlparse.Migration
	err        error
}

// parsed reads files on all processors and yields their migrations in order, each as soon as it and
// those before it are read, so that replaying goes on beside reading. It ends early when ctx does.
func parsed(ctx context.Context, jobs []parseJob, e ddlparse.Engine) iter.Seq2[parseJob, parseResult] {
	return func(yield func(parseJob, parseResult) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		ready := parseAll(ctx, jobs, e)
		for i := range ready {
			select {
			case r := <-ready[i]:
				if !yield(jobs[i], r) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// read is parsed without the files that can't be read, which are named as not reviewed.
func (p *Plan) read(ctx context.Context, jobs []parseJob) iter.Seq[[]*ddlparse.Migration] {
	return func(yield func([]*ddlparse.Migration) bool) {
		for job, r := range parsed(ctx, jobs, p.Engine) {
			if r.err != nil {
				p.unreadable(job, r.err)
			} else if !yield(r.migrations) {
				return
			}
		}
	}
}

func (p *Plan) unreadable(j parseJob, err error) {
	reason := err.Error()
	if decode, ok := errors.AsType[*ddlparse.DecodeError](err); ok {
		reason = decode.Reason
	}
	p.NotReviewed = append(p.NotReviewed, NotReviewed{Path: j.located.Path, Reason: asMessage(reason)})
}

// parseAll starts the workers. Each job's migrations come through its own channel.
func parseAll(ctx context.Context, jobs []parseJob, e ddlparse.Engine) []chan parseResult {
	ready := make([]chan parseResult, len(jobs))
	for i := range ready {
		ready[i] = make(chan parseResult, 1)
	}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		go func() {
			for i := int(next.Add(1)) - 1; i < len(jobs) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				ready[i] <- parseFile(jobs[i], e)
			}
		}()
	}
	return ready
}

func parseFile(j parseJob, e ddlparse.Engine) parseResult {
	src, err := ddlparse.Decode(j.located.Path, j.data)
	if err != nil {
		return parseResult{err: err}
	}
	return parseResult{migrations: ddlparse.Parse(src, j.located, ddlparse.ParseOptions{Engine: e, Check: j.check})}
}
