package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

const demoHelp = `Show a pull request's review from beginning to end, without an account and without a network.

It starts the server that "schema-review serve" runs, and a stand-in for GitHub beside it, on
this computer only. In the stand-in, somebody opens a pull request with three migrations of a
small shop. The webhook is signed, the review is posted, and a page shows it much as GitHub
would. Then a second commit fixes two of the problems, and the page follows.

The design suggestions come from scripted answers, which a stand-in for Amazon Bedrock gives
to the real client. They say so wherever they stand: no model is asked.

It stays until Ctrl-C, and leaves nothing behind.`

// demoOptions are the flags of demo.
type demoOptions struct {
	port int
	once bool
	lang string                      // of the texts and the review; "" = English
	next func(context.Context) error // waits for the time of the second commit; nil = until the page was looked at
}

func newDemo(c console) *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show a review of a pull request, on this computer only",
		Long:  demoHelp,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.once, o.lang = o.once || !c.outTerm, languageOf(cmd)
			return runDemo(cmd.Context(), c, o)
		},
	}
	cmd.Flags().IntVar(&o.port, "port", 0, "`PORT` of the page (default: one that is free)")
	cmd.Flags().BoolVar(&o.once, "once", false, "tell the story and end; so it does when nobody looks on, in a pipe")
	return cmd
}

// runDemo is the command. To end it by Ctrl-C is how it is meant to end.
func runDemo(ctx context.Context, c console, o demoOptions) error {
	folder, err := os.MkdirTemp("", "schema-review-demo-")
	if err != nil {
		return plainError(err)
	}
	defer os.RemoveAll(folder)
	latency := demoLatency
	if o.once {
		latency = 0
	}
	d, err := newDemoWorld(c, o.lang, latency)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer d.stop()
	if err := d.run(ctx, c, o, folder); err != nil && ctx.Err() == nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}
