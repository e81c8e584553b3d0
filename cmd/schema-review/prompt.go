package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

func newPrompt(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "prompt",
		Short: "See what a model would be asked",
		Args:  cobra.NoArgs,
		RunE:  showHelp,
	}
	cmd.AddCommand(newPromptShow(c), newPromptGuidelines(c))
	return cmd
}

const promptShowHelp = `Print exactly what a model would be sent about the migrations that this branch changes:
guidelines, statements and schema, with strings, passwords, keys and addresses redacted.

Nothing is sent, and the number of tokens is an estimate. With --count the model of --model
or BEDROCK_MODEL_ID counts them, for which it is sent the text; that costs nothing.

The change set is found as review finds it, with the same flags. To see what an edit of a
guideline makes of the prompt, name the folder that holds it with --prompts.`

// promptOptions are the flags of prompt show.
type promptOptions struct {
	reviewOptions
	count   bool
	counter string // id of the model that counts
	speaks  *message.Printer
}

func newPromptShow(c console) *cobra.Command {
	var o promptOptions
	cmd := &cobra.Command{
		Use:   "show [paths]",
		Short: "Print what a model would be sent about a change set",
		Long:  promptShowHelp,
		Example: `  schema-review prompt show
  schema-review prompt show --last 1 db/migrations
  schema-review prompt show --prompts .github/schema-review`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			o.speaks = printerOf(cmd)
			return showPrompt(cmd.Context(), c, &o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.base, "base", "", "compare with the merge base of `REF` and HEAD")
	f.BoolVar(&o.all, "all", false, "review every migration, not only what changed")
	f.IntVar(&o.last, "last", 0, "review the last `N` migrations of each history")
	f.BoolVar(&o.count, "count", false, "let the model count the tokens")
	f.StringVar(&o.counter, "model", "", "`ID` of the model that counts (default: BEDROCK_MODEL_ID)")
	o.add(cmd)
	cmd.MarkFlagsMutuallyExclusive("base", "all", "last")
	return cmd
}

// showPrompt reviews the change set with the rules, and prints the questions that would follow.
func showPrompt(ctx context.Context, c console, o *promptOptions, paths []string) error {
	o.format = "text"
	printer := o.speaks
	report, g, err := o.review(ctx, c, paths, printer)
	if err != nil {
		return err
	}
	if err := joined(g.guidance.problems, printer); err != nil {
		return err
	}
	s := promptShower{p: printer, library: g.guidance.library}
	s.tokens = s.estimated
	if o.count {
		m, err := newModel(ctx, c.getenv, o.counter)
		if err != nil {
			return err
		}
		s.tokens = func(q review.Question) string { return m.counted(ctx, q, printer) }
	}
	questions, left := g.reviewer().Questions(report, g.config, review.About{})
	w := bufio.NewWriter(c.out)
	s.write(w, questions, left)
	return w.Flush()
}

// estimated says about how long a question is.
func (s promptShower) estimated(q review.Question) string {
	return s.p.Sprintf("about %d tokens (an estimate)", q.Tokens)
}

// counted says how long a question is for the model.
func (m *askedModel) counted(ctx context.Context, q review.Question, p *message.Printer) string {
	n := m.client.CountTokens(ctx, review.Query{
		System: q.Prompt.System, Stable: q.Prompt.Stable, Content: q.Prompt.Content, Schema: prompts.AnswerSchema(),
	})
	if n.Estimated {
		return p.Sprintf("about %d tokens (an estimate: %s gave no count)", n.Tokens, m.id)
	}
	return p.Sprintf("%d tokens (counted by %s)", n.Tokens, m.id)
}

// promptShower prints questions.
type promptShower struct {
	p       *message.Printer
	library *prompts.Library
	tokens  func(review.Question) string
}

// write prints each question with its parts, and what no question is about.
func (s promptShower) write(w io.Writer, questions []review.Question, left []review.NotReviewed) {
	for i, q := range questions {
		fmt.Fprintf(w, "===== %s\n", s.p.Sprintf("question %d of %d: %s, statements: %d, guidelines: %d", i+1, len(questions), s.tokens(q), q.Statements, len(q.Guidelines)))
		fmt.Fprintf(w, "===== %s\n", s.p.Sprintf("prompts %s, hash %s", fmt.Sprintf("%.12s", s.library.Version()), fmt.Sprintf("%.12s", q.Prompt.Hash)))
		for _, part := range []struct{ name, text string }{
			{s.p.Sprintf("system: the same in every review"), q.Prompt.System},
			{s.p.Sprintf("stable: the same for changes of these kinds"), q.Prompt.Stable},
			{s.p.Sprintf("content: this change set"), q.Prompt.Content},
		} {
			fmt.Fprintf(w, "\n===== %s\n\n%s\n", s.p.Sprintf("%s (about %d tokens)", part.name, review.EstimateTokens(part.text)), shownLines(part.text))
		}
		fmt.Fprintln(w)
	}
	if len(questions) == 0 {
		fmt.Fprintln(w, s.p.Sprintf("A model would not be asked: no guideline speaks to what changes."))
	}
	for _, n := range left {
		fmt.Fprintln(w, s.p.Sprintf("left out: %s %s: %s", n.Span, shown(n.What), shown(n.Reason.In(s.p))))
	}
}

// shownLines is text of several lines without what a terminal would obey.
func shownLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = shown(lines[i])
	}
	return strings.Join(lines, "\n")
}

func newPromptGuidelines(c console) *cobra.Command {
	var f configFlags
	cmd := &cobra.Command{
		Use:   "guidelines",
		Short: "List the guidelines that a model is given here",
		Long: `List the guidelines that a model is given: those that come with the program, the organisation's
beside --org-config, the repository's as they are on the disk, and those of --prompts.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, told, err := f.loadGuided(cmd)
			if err != nil {
				return err
			}
			if err := joined(told.problems, printerOf(cmd)); err != nil {
				return err
			}
			w := bufio.NewWriter(c.out)
			for _, g := range told.library.Guidelines() {
				if s, set := config.Guidelines[g.ID]; set {
					g.Severity = s.String()
				}
				fmt.Fprintf(w, "%-30s %-8s %s (%s)\n", g.ID, g.Severity, shown(g.Title), strings.Join(g.Kinds, ", "))
			}
			return w.Flush()
		},
	}
	f.add(cmd)
	return cmd
}
