package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook/store"
	"github.com/spf13/cobra"
)

const reportHelp = `Show what became of the comments that serve has posted: fixed by a later push, dismissed, left
open at the merge, 👍 and 👎, per guideline and rule; and what the model has cost.

It reads the database of serve, which may go on running, and changes nothing. There are numbers
only: nobody's name is kept.

Each comment counts once, as it stands now. Of those that people have judged, "accepted" is the
share with more 👍 than 👎, or as many of both and fixed, with the interval in which the true share
lies 95 times of 100. More 👎 than 👍, or as many of both and dismissed, is not accepted. All
others, and those left open, count for neither.

Exit codes: 0 done, 2 could not read.`

// reportOptions are what the flags say.
type reportOptions struct {
	database, since, repo, by, format, output, lang string
}

// reportGroupings are what --by knows; without it, guidelines and then rules.
var (
	reportGroupings = []string{"guideline", "rule", "repo", "prompts", "model"}
	reportFormats   = []string{"text", "json", "html"}
)

func newReport(c console) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Show what became of the comments that serve has posted",
		Long:  reportHelp,
		Example: `  schema-review report
  schema-review report --since 90d --repo acme/shop --by guideline
  schema-review report --by prompts                 did the new prompt help?
  schema-review report --format html --output feedback.html`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.database = cmp.Or(o.database, c.getenv("DATABASE_URL"), "sqlite:schema-review.db")
			o.lang = languageOf(cmd)
			return o.run(cmd.Context(), c, time.Now())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.database, "database-url", "", "`URL` of serve's database [$DATABASE_URL] (default sqlite:schema-review.db)")
	f.StringVar(&o.since, "since", "30d", "comments posted since `TIME`: 30d, 12w, or a day such as 2026-10-01")
	f.StringVar(&o.repo, "repo", "", "one repository only, `OWNER/NAME`")
	f.StringVar(&o.by, "by", "", "group by `WHAT`: guideline, rule, repo, prompts or model (default guideline and rule)")
	f.StringVar(&o.format, "format", "text", "text, json or html")
	f.StringVarP(&o.output, "output", "o", "", "write to `FILE`")
	complete(cmd, "by", reportGroupings...)
	complete(cmd, "format", reportFormats...)
	return cmd
}

func (o *reportOptions) run(ctx context.Context, c console, now time.Time) error {
	since, err := o.check(now)
	if err != nil {
		return err
	}
	r, err := o.read(ctx, since, now)
	if err != nil {
		return err
	}
	if o.output == "" {
		return o.write(c.out, r, c.colour(o.format != "text"))
	}
	f, err := os.Create(o.output)
	if err != nil {
		return about(plainError(err), "--output")
	}
	if err := o.write(f, r, false); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// check reads what was said, and gives the time to begin at.
func (o *reportOptions) check(now time.Time) (since time.Time, err error) {
	switch {
	case o.by != "" && !slices.Contains(reportGroupings, o.by):
		return since, fail("--by %s: want one of %s", o.by, strings.Join(reportGroupings, ", "))
	case !slices.Contains(reportFormats, o.format):
		return since, fail("--format %s: want one of %s", o.format, "text, json, html")
	case o.repo != "" && strings.Count(o.repo, "/") != 1:
		return since, fail("--repo %s: want OWNER/NAME", o.repo)
	}
	since, ok := sinceTime(o.since, now)
	if !ok {
		return since, fail("--since %s: want 30d, 12w, or a day such as 2026-10-01", o.since)
	}
	return since, nil
}

// sinceTime reads a number of days or weeks, or a day (UTC).
func sinceTime(text string, now time.Time) (time.Time, bool) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, !day.After(now)
	}
	days := map[byte]int{'d': 1, 'w': 7}
	if text == "" || days[text[len(text)-1]] == 0 {
		return now, false
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	const most = 100_000 // days, for which there is a time
	if err != nil || n <= 0 || n > most {
		return now, false
	}
	return now.AddDate(0, 0, -n*days[text[len(text)-1]]), true
}

func (o *reportOptions) read(ctx context.Context, since, now time.Time) (*feedbackReport, error) {
	db, err := store.OpenReader(ctx, o.database)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	defer db.Close()
	comments, err := db.Comments(ctx, since, o.repo)
	if err != nil {
		return nil, err
	}
	reviews, err := db.Reviews(ctx, since, o.repo)
	if err != nil {
		return nil, err
	}
	r := newFeedbackReport(comments, reviews, o.by)
	r.Since, r.Until, r.Repo = since.UTC().Truncate(time.Second), now.UTC().Truncate(time.Second), strings.ToLower(o.repo)
	return r, nil
}

func (o *reportOptions) write(w io.Writer, r *feedbackReport, colour bool) error {
	p := locale.Printer(o.lang)
	switch o.format {
	case "json":
		return r.json(w)
	case "html":
		return r.html(w, p, o.lang)
	}
	return reportText{w: w, p: p, paint: newPaint(colour)}.write(r)
}
