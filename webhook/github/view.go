package github

import (
	"runtime"
	"sync"
	"weak"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

// view is what was read of a target so far. It lives as long as the target.
type view struct {
	mu      sync.Mutex
	count   int      // of changed files, as the pull request says, -1 = not known
	start   *start   // nil = not read yet
	listing *listing // nil = not read yet

	changed map[string]review.Changed // by the ChangeSet
}

type views struct {
	mu  sync.Mutex
	all map[weak.Pointer[webhook.Target]]*view
}

func (v *views) of(t *webhook.Target) *view {
	key := weak.Make(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	if w, ok := v.all[key]; ok {
		return w
	}
	if v.all == nil {
		v.all = map[weak.Pointer[webhook.Target]]*view{}
	}
	w := &view{count: -1}
	v.all[key] = w
	runtime.AddCleanup(t, v.forget, key)
	return w
}

func (v *views) forget(key weak.Pointer[webhook.Target]) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.all, key)
}
