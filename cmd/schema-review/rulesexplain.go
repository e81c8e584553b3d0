package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

func newRulesExplain(c console) *cobra.Command {
	var noColour bool
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: "Explain a rule: the problem, the consequence, what to do instead",
		Example: `  schema-review rules explain drop-column
  schema-review rules explain foreign-key-type-mismatch | less`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(printerOf(cmd)), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			rule, err := review.FindRule(rules.All(), args[0])
			if err != nil {
				return err
			}
			return explain(c.out, documentationIn(languageOf(cmd), rule), newPaint(c.colour(noColour)))
		},
	}
	cmd.Flags().BoolVar(&noColour, "no-color", false, "no colours (NO_COLOR does the same)")
	return cmd
}

// documentationIn is the page in the language that is asked for; the English one, and a line that says so, where
// there is no translation of what the English one says now.
func documentationIn(language string, r *review.Rule) string {
	if page := rules.DocumentationIn(language, r); page != "" {
		return page
	}
	page := rules.Documentation(r)
	if language != locale.Languages()[0] {
		page = locale.Printer(language).Sprintf("This page is in English: it is not translated yet.") + "\n\n" + page
	}
	return page
}

// ruleNames gives each id with its title, as shell completion shows them.
func ruleNames(p *message.Printer) []string {
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.ID+"\t"+r.TitleIn(p))
	}
	return names
}

// explain renders a page for the terminal: headings stand out, SQL is indented, marks of Markdown go.
func explain(w io.Writer, page string, p paint) error {
	out := bufio.NewWriter(w)
	fence := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "```"):
			if fence = !fence; fence {
				fmt.Fprintln(out, "  "+p.dim(fenceTitle(line)))
			}
		case fence:
			fmt.Fprintln(out, "    "+p.green(line))
		case strings.HasPrefix(line, "#"):
			fmt.Fprintln(out, p.bold(strings.TrimLeft(line, "# ")))
		case strings.HasPrefix(line, "|---"):
		default:
			fmt.Fprintln(out, inline(line, p))
		}
	}
	return out.Flush()
}

// fenceTitle turns "```sql bad mariadb 10.11" into "bad (mariadb 10.11):".
func fenceTitle(line string) string {
	_, info, _ := strings.Cut(line, " ")
	kind, engine, ok := strings.Cut(info, " ")
	if ok {
		kind += " (" + engine + ")"
	}
	return kind + ":"
}

// inline colours what stands in backquotes and spells out links.
func inline(line string, p paint) string {
	parts := strings.Split(links(line), "`")
	for i := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			parts[i] = p.blue(parts[i])
		}
	}
	return strings.Join(parts, "")
}

// links turns "[the manual](https://…)" into "the manual (https://…)".
func links(line string) string {
	middle := strings.Index(line, "](")
	if middle < 0 {
		return line
	}
	open, end := strings.LastIndexByte(line[:middle], '['), strings.IndexByte(line[middle:], ')')
	if open < 0 || end < 0 {
		return line
	}
	end += middle
	return line[:open] + line[open+1:middle] + " (" + line[middle+2:end] + ")" + links(line[end+1:])
}
