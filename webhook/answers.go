package webhook

import (
	"errors"
	"sync"

	"github.com/schema-review/schema-review/review"
)

// answers are the models' parts that were paid for and could not be said yet, because GitHub was away: the next attempt
// doesn't ask again.
type answers struct {
	mu   sync.Mutex
	kept map[string]answered
}

type answered struct {
	report *review.Report
	meter  *modelMeter
}

// mostAnswers bounds them: each holds a schema. One that was dropped only costs a question.
const mostAnswers = 20

func (a *answers) put(key string, one answered) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept == nil || len(a.kept) >= mostAnswers {
		a.kept = map[string]answered{}
	}
	a.kept[key] = one
}

// take gives the answer away: whoever can't say it puts it back.
func (a *answers) take(key string) (one answered, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one, ok = a.kept[key]
	delete(a.kept, key)
	return one, ok
}

// question identifies what the model is asked about this target, "" when that can't be told.
func (r *run) question() string {
	content := r.content()
	if content == "" {
		return ""
	}
	return r.task.Key() + "\x00" + content + "\x00" + r.reviewer.Prompts.Version()
}

// remember keeps an answer that could not be said, unless nobody wants it any more.
func (r *run) remember(err error) {
	if r.asked == nil || !r.result.Report.Advice.Complete() || errors.Is(err, ErrSuperseded) || errors.Is(err, ErrLost) {
		return
	}
	if key := r.question(); key != "" {
		r.answers.put(key, answered{r.result.Report, r.asked})
	}
}

// recall finds the answer that an attempt before this one could not say.
func (r *run) recall() bool {
	one, ok := r.answers.take(r.question())
	if ok {
		r.asked, r.result.Report = one.meter, one.report
	}
	return ok
}
