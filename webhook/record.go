package webhook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"

	"github.com/schema-review/schema-review/review"
)

// record is what is kept of the review.
func (r *run) record(posted []Posted) *Review {
	t := r.target
	rec := &Review{
		Job: r.task.Job, Head: t.Head, BaseRef: t.BaseRef, Draft: t.Draft,
		Content: r.content(), Posted: posted,
		Calls: int(r.meter.Calls.Load()), Writes: int(r.meter.Writes.Load()),
		Started: r.began, Took: r.Now().Sub(r.began),
	}
	if n := r.result.Notice; n != nil {
		rec.Conclusion, rec.Title = n.Conclusion, n.Title
		return rec
	}
	report := r.result.Report
	rec.Conclusion, rec.Title = r.result.Verdict()
	rec.Engine = report.Engine.String()
	rec.Errors, rec.Warnings, rec.Notices = report.Count(review.Error), report.Count(review.Warning), report.Count(review.Notice)
	rec.Statements, rec.Migrations = report.Coverage.Statements, report.Coverage.Migrations
	rec.Advice = r.account()
	return rec
}

// content identifies all that a verdict depends on: migrations before and after, configuration, program.
func (r *run) content() string {
	if r.changes == nil || r.changes.Content == "" {
		return ""
	}
	h := sha256.New()
	_, _ = io.WriteString(h, r.Version+"\x00"+r.changes.Content+"\x00") // a hash takes everything
	if err := r.config.Show(h, r.Reviewer.Rules); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// reuse takes the verdict of a pull request whose migrations are those of the merge group.
func (r *run) reuse(ctx context.Context) error {
	content := r.content()
	if content == "" {
		return nil
	}
	v, err := r.Ledger.Verdict(ctx, r.task.Job, content)
	if err != nil || v == nil {
		return err
	}
	n := reusedNotice(r.printer(), v)
	r.result.Notice = &n
	return nil
}

// log tells how the task ended.
func (r *run) log(ctx context.Context, err error) {
	log := r.Log.With("installation_id", r.task.Installation, "repo", r.task.FullName(), "pr", r.task.Number,
		"deliveries", r.task.Deliveries, "attempt", r.task.Attempt, "calls", r.meter.Calls.Load(), "writes", r.meter.Writes.Load(),
		"took_ms", r.Now().Sub(r.began).Milliseconds())
	var gone *GoneError
	switch {
	case err == nil:
		log.InfoContext(ctx, "task done")
	case errors.Is(err, ErrSuperseded), errors.Is(err, ErrLost), errors.As(err, &gone):
		log.InfoContext(ctx, "task ended early", "stage", r.stage, "reason", err.Error())
	default:
		log.LogAttrs(ctx, slog.LevelWarn, "task failed", slog.String("stage", r.stage), slog.String("error", err.Error()))
	}
}
