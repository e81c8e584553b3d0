package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/language"
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
Nothing is sent. The number of tokens is an estimate; only the model's own count is exact.

The change set is found as review finds it, with the same flags.`

func newPromptShow(c console) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "show [paths]",
		Short: "Print what a model would be sent about a change set",
		Long:  promptShowHelp,
		Example: `  schema-review prompt show
  schema-review prompt show --last 1 db/migrations`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return showPrompt(cmd.Context(), c, &o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.base, "base", "", "compare with the merge base of `REF` and HEAD")
	f.BoolVar(&o.all, "all", false, "review every migration, not only what changed")
	f.IntVar(&o.last, "last", 0, "review the last `N` migrations of each history")
	o.add(cmd)
	cmd.MarkFlagsMutuallyExclusive("base", "all", "last")
	return cmd
}

// showPrompt reviews the change set with the rules, and prints the questions that would follow.
func showPrompt(ctx context.Context, c console, o *reviewOptions, paths []string) error {
	o.format, o.lang = "text", "en"
	printer := message.NewPrinter(language.English)
	report, g, err := o.review(ctx, c, paths, printer)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(c.out)
	writeQuestions(w, report, g.config, printer)
	return w.Flush()
}

// writeQuestions prints each question with its parts, and what no question is about.
func writeQuestions(w io.Writer, report *review.Report, config *review.Config, p *message.Printer) {
	library, _ := builtInPrompts()
	reviewer := review.Reviewer{Rules: rules.All(), Prompts: library}
	questions, left := reviewer.Questions(report, config, review.About{})
	for i, q := range questions {
		fmt.Fprintf(w, "===== question %d of %d: about %d tokens (an estimate), %s, %s\n", i+1, len(questions), q.Tokens,
			count(q.Statements, "statement"), count(len(q.Guidelines), "guideline"))
		fmt.Fprintf(w, "===== prompts %.12s, hash %.12s\n", library.Version(), q.Prompt.Hash)
		for _, part := range []struct{ name, text string }{
			{"system: the same in every review", q.Prompt.System},
			{"stable: the same for changes of these kinds", q.Prompt.Stable},
			{"content: this change set", q.Prompt.Content},
		} {
			fmt.Fprintf(w, "\n===== %s (about %d tokens)\n\n%s\n", part.name, review.EstimateTokens(part.text), shownLines(part.text))
		}
		fmt.Fprintln(w)
	}
	if len(questions) == 0 {
		fmt.Fprintln(w, "A model would not be asked: no guideline speaks to what changes.")
	}
	for _, n := range left {
		fmt.Fprintf(w, "left out: %s %s: %s\n", n.Span, shown(n.What), shown(n.Reason.In(p)))
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

// builtInPrompts are the prompts that come with the program.
func builtInPrompts() (*prompts.Library, []prompts.Problem) {
	return prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
}

func newPromptGuidelines(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "guidelines",
		Short: "List the guidelines that a model is given",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			library, _ := builtInPrompts()
			w := bufio.NewWriter(c.out)
			for _, g := range library.Guidelines() {
				fmt.Fprintf(w, "%-30s %-8s %s (%s)\n", g.ID, g.Severity, g.Title, strings.Join(g.Kinds, ", "))
			}
			return w.Flush()
		},
	}
}
