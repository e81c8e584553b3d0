package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"path"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

const (
	demoPatience = time.Minute     // the server has for a review; it takes parts of a second
	demoPause    = 5 * time.Second // from the first look at the page to the second commit
)

// tell tells the story, and stays to the end of the context unless it is to be told once.
func (d *demo) tell(ctx context.Context, o demoOptions) error {
	if err := d.open(ctx); err != nil {
		return err
	}
	if !o.once {
		if err := d.wait(ctx, o.next); err != nil {
			return err
		}
	}
	if err := d.fix(ctx); err != nil || o.once {
		return err
	}
	d.gap()
	d.say("Ctrl-C ends it.")
	<-ctx.Done()
	return nil
}

// open opens the pull request, and tells of its review.
func (d *demo) open(ctx context.Context) error {
	began := time.Now()
	d.pull = demoPull(d.shop, d.p)
	d.shown.Show(d.pull)
	state := d.pull.State()
	title := d.paint.bold(fmt.Sprintf("%s #%d", d.shop.FullName(), state.Number))
	d.say("%s opens %s, “%s”, with %d migrations.", state.Author, title, state.Title, len(d.pull.Files()))
	run, err := d.reviewed(ctx, state.Head)
	if err != nil {
		return err
	}
	d.sayDelivery("opened")
	d.say("The review stands there after %s: %s.", seconds(time.Since(began)), run.Title)
	d.gap()
	for _, t := range d.pull.Threads() {
		d.sayThread(t)
	}
	d.gap()
	d.say("Suggestions marked (scripted) are answers of a script, given by a stand-in for Bedrock: no model was asked.")
	d.say("Check run: %s.", d.paint.red(run.Conclusion))
	d.sayCalls(0)
	d.say("See it as on GitHub: %s", d.paint.bold(fmt.Sprintf("%s/%s/pull/%d", d.site, d.shop.FullName(), state.Number)))
	d.gap()
	return nil
}

// wait waits for the time of the second commit.
func (d *demo) wait(ctx context.Context, next func(context.Context) error) error {
	if next != nil {
		return next(ctx)
	}
	d.say("A few seconds after you have opened the page, %s follows two of the suggestions.", d.pull.State().Author)
	return d.lookedAt(ctx)
}

// fix commits a suggestion, and tells what becomes of the comments.
func (d *demo) fix(ctx context.Context) error {
	before, calls := len(d.pull.Threads()), len(d.github.Calls())
	thread, sha := demoFix(d.shop, d.pull, d.p)
	if sha == "" {
		return errors.New("no comment has a suggestion")
	}
	d.say("%s commits the suggestion at %s:%d as %s, with a key against refunds that are made twice.",
		d.pull.State().Author, path.Base(thread.Path), thread.Line, d.paint.bold(sha[:7]))
	run, err := d.reviewed(ctx, sha)
	if err != nil {
		return err
	}
	d.sayDelivery("synchronize")
	after := d.pull.Threads()
	for _, t := range after {
		if strings.Contains(t.Comments[0].Body, sha[:7]) {
			d.sayThread(t)
		}
	}
	d.sayOthers(len(after)-before, run.Title)
	d.sayCalls(calls)
	return nil
}

// reviewed waits until the commit's check run is completed.
func (d *demo) reviewed(ctx context.Context, sha string) (standin.CheckRun, error) {
	ctx, cancel := context.WithTimeout(ctx, demoPatience)
	defer cancel()
	for {
		version := d.github.Version()
		for _, run := range d.shop.CheckRuns(sha) {
			if run.Status == "completed" {
				return run, nil
			}
		}
		select {
		case <-ctx.Done():
			return standin.CheckRun{}, fmt.Errorf("there is no review of %s after %s; please report it", sha[:7], demoPatience)
		case <-d.github.Changes(version):
		}
	}
}

// lookedAt waits until somebody has had a look at the page.
func (d *demo) lookedAt(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-d.looked:
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(demoPause):
		return nil
	}
}

// sayDelivery tells of the newest webhook with that action.
func (d *demo) sayDelivery(action string) {
	for _, delivery := range d.app.Deliveries() {
		if delivery.Event == "pull_request" && delivery.Action == action {
			d.say("The webhook pull_request %s came signed, and was answered with %d after %s.", action, delivery.StatusCode, seconds(delivery.Took))
		}
	}
}

// sayCalls tells how often the server has asked GitHub since a number of calls.
func (d *demo) sayCalls(since int) {
	creating := 0
	calls := d.github.Calls()[since:]
	for _, c := range calls {
		if c.Creates {
			creating++
		}
	}
	d.say("That took %d API calls, %d of which create content.", len(calls), creating)
}

// sayThread tells what a comment begins with, and where it stands.
func (d *demo) sayThread(t standin.Thread) {
	first := t.Comments[0]
	line, _, _ := strings.Cut(first.Body, "\n")
	line = strings.NewReplacer("**", "", "~~ ", ": ", "~~", "").Replace(html.UnescapeString(line))
	place := fmt.Sprintf("%s:%d", path.Base(t.Path), cmp.Or(t.Line, first.OriginalLine))
	if first.Minimized != "" {
		place = d.p.Sprintf("%s, folded as %s", place, strings.ToLower(first.Minimized))
	}
	if d.script.scripted(first.Body) {
		place = d.p.Sprintf("%s (scripted)", place)
	}
	fmt.Fprintf(d.out, "  %s  %s\n", line, d.paint.dim(place))
}

// sayOthers tells of the comments that are as they were before the second commit.
func (d *demo) sayOthers(anew int, title string) {
	if anew == 0 {
		d.say("The other comments stay, none posted anew. Check run: %s.", title)
		return
	}
	d.say("The other comments stay, %d posted anew. Check run: %s.", anew, title)
}

// say tells a sentence, in the language of the demo.
func (d *demo) say(format string, args ...any) { fmt.Fprintln(d.out, d.p.Sprintf(format, args...)) }

// gap leaves a line empty.
func (d *demo) gap() { fmt.Fprintln(d.out) }

// seconds is a short time for people.
func seconds(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
