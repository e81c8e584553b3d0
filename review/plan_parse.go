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
		q := parseAll(ctx, jobs, e)
		for i := range jobs {
			select {
			case r := <-q.ready[i%len(q.ready)]:
				if !yield(jobs[i], r) {
					return
				}
				<-q.ahead
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
	reason := Msg("%s", err.Error())
	if decode, ok := errors.AsType[*ddlparse.DecodeError](err); ok {
		reason = ReasonOf(decode.Reason)
	}
	p.NotReviewed = append(p.NotReviewed, NotReviewed{Path: j.located.Path, Reason: reason})
}

// parseQueue holds the results of jobs that were read and not yet taken. Reading is faster than
// replaying, so it stays a bounded way ahead: a long history is not held in memory as a whole.
type parseQueue struct {
	ready []chan parseResult // the i-th job's result comes through the i-th of them, round and round
	ahead chan struct{}      // one for each job that was begun and not yet taken
}

const mostAhead = 128

// parseAll starts the workers.
func parseAll(ctx context.Context, jobs []parseJob, e ddlparse.Engine) parseQueue {
	n := min(mostAhead, len(jobs))
	q := parseQueue{ready: make([]chan parseResult, n), ahead: make(chan struct{}, n)}
	for i := range q.ready {
		q.ready[i] = make(chan parseResult, 1)
	}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		go q.work(ctx, jobs, e, &next)
	}
	return q
}

func (q parseQueue) work(ctx context.Context, jobs []parseJob, e ddlparse.Engine, next *atomic.Int64) {
	for {
		select {
		case q.ahead <- struct{}{}:
		case <-ctx.Done():
			return
		}
		i := int(next.Add(1)) - 1
		if i >= len(jobs) {
			return
		}
		q.ready[i%len(q.ready)] <- parseFile(jobs[i], e)
	}
}

func parseFile(j parseJob, e ddlparse.Engine) parseResult {
	src, err := ddlparse.Decode(j.located.Path, j.data)
	if err != nil {
		return parseResult{err: err}
	}
	return parseResult{migrations: ddlparse.Parse(src, j.located, ddlparse.ParseOptions{Engine: e, Check: j.check})}
}
