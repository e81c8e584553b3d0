package main

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/message"
)

// addLanguage lets people choose the language in which all commands speak, and their help.
func addLanguage(root *cobra.Command, c console) {
	root.PersistentFlags().String("lang", locale.FromEnvironment(c.getenv), "`LANGUAGE`: en or ja, as LC_ALL, LC_MESSAGES or LANG say")
	root.PersistentFlags().Lookup("lang").DefValue = "" // the environment's: help says so
	complete(root, "lang", locale.Languages()...)
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if lang := languageOf(cmd); !slices.Contains(locale.Languages(), lang) {
			return fail("--lang %s: want one of %s", lang, strings.Join(locale.Languages(), ", "))
		}
		return nil
	}
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		p := printerOf(cmd)
		translate(cmd, p)
		for _, sub := range cmd.Commands() {
			translate(sub, p)
		}
		help(cmd, args)
	})
}

// languageOf is the language that a command speaks.
func languageOf(cmd *cobra.Command) string {
	return cmd.Root().PersistentFlags().Lookup("lang").Value.String()
}

func printerOf(cmd *cobra.Command) *message.Printer { return locale.Printer(languageOf(cmd)) }

// translate puts the help of a command into the printer's language. Examples stay: they are commands.
func translate(cmd *cobra.Command, p *message.Printer) {
	cmd.InitDefaultHelpFlag()
	cmd.Short, cmd.Long = inLanguage(cmd.Short, p), inLanguage(cmd.Long, p)
	switch cmd.Name() { // the library's own
	case "help":
		cmd.Short = p.Sprintf("Help about any command")
	case "completion":
		cmd.Short = p.Sprintf("Generate the autocompletion script for the specified shell")
	}
	cmd.SetUsageTemplate(headings(p).Replace(cmd.UsageTemplate()))
	for _, flags := range []*pflag.FlagSet{cmd.LocalFlags(), cmd.InheritedFlags()} {
		flags.VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" {
				f.Usage = p.Sprintf("help for %s", cmd.Name())
				return
			}
			f.Usage = inLanguage(f.Usage, p)
			if s, ok := settingOf(f.Name); ok && strings.Contains(f.Usage, "[$") {
				f.Usage = s.usage(p)
			}
		})
	}
}

// inLanguage is a text of a command. It is the key of its translation, and itself where that is missing. With a
// percent sign in it, it would be a format.
func inLanguage(text string, p *message.Printer) string {
	if text == "" || strings.Contains(text, "%") {
		return text
	}
	return review.Msg(text).In(p)
}

// headings are what the library that parses commands writes between their texts.
func headings(p *message.Printer) *strings.Replacer {
	return strings.NewReplacer(
		"Usage:", p.Sprintf("Usage:"),
		"Examples:", p.Sprintf("Examples:"),
		"Available Commands:", p.Sprintf("Available Commands:"),
		"Global Flags:", p.Sprintf("Global Flags:"),
		"Flags:", p.Sprintf("Flags:"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, p.Sprintf("Use \"%s\" for more information about a command.", "{{.CommandPath}} [command] --help"),
	)
}
