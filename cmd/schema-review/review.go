package main

import (
	"errors"

	"github.com/spf13/cobra"
)

// reviewOptions are the flags of review.
type reviewOptions struct {
	format, failOn, engine string
	config, orgConfig      string
	base                   string
	all                    bool
	last                   int
	lang, output           string
	noColour               bool
}

func newReview(c console) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review [paths]",
		Short: "Review the migrations that this branch changes",
		RunE: func(cmd *cobra.Command, paths []string) error {
			return errors.ErrUnsupported
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "text", "text, json, sarif, markdown or github")
	return cmd
}
