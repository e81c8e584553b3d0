package main

import (
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// collectFeedback makes the part that looks what people make of comments, if anybody wants to know.
func (p *parts) collectFeedback(s *server, from webhook.Listener) {
	if s.config.feedback == 0 {
		return
	}
	p.feedback = &webhook.Feedback{
		Listener: from, Talks: p.store, Ledger: p.store, Inbox: p.store, Cursor: p.store,
		Log: s.log, Now: time.Now, Interval: s.config.feedback,
	}
	p.worker.Feedback = p.feedback.Handle
}
