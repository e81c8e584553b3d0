package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/review/rules/peers"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

func newConfigImport(c console) *cobra.Command {
	var from, output string
	cmd := &cobra.Command{
		Use:   "import --from LINTER FILE",
		Short: "Translate another linter's configuration into ours, and name what has no equivalent",
		Example: `  schema-review config import --from skeema .skeema
  schema-review config import --from atlas -o .github/schema-review.yml atlas.hcl`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := printerOf(cmd)
			imported, err := importFile(from, args[0], p)
			if err != nil {
				return err
			}
			if err := writeImported(c.out, output, imported.YAML(p)); err != nil {
				return err
			}
			for _, line := range imported.Lines(p) {
				fmt.Fprintln(cmd.ErrOrStderr(), line)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the `linter`: "+strings.Join(peers.Names(), ", "))
	cmd.Flags().StringVarP(&output, "output", "o", "", "a new `file` to write to instead of stdout")
	return cmd
}

// importFile translates a file, or says what is wrong with it.
func importFile(from, path string, p *message.Printer) (*peers.Imported, error) {
	all := peers.All()
	i := slices.IndexFunc(all, func(peer peers.Peer) bool { return peer.Name == from })
	if i < 0 {
		advice := review.DidYouMean(from, peers.Names())
		return nil, errors.New(p.Sprintf("--from: there is no linter `%s`.", from) + " " + advice.In(p))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, plainError(err)
	}
	imported, problems := peers.Import(all[i], path, data, rules.All())
	return imported, joined(problems, p)
}

// writeImported writes to a file that isn't there yet, or to w where none is named.
func writeImported(w io.Writer, path, text string) error {
	if path == "" {
		_, err := io.WriteString(w, text)
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("--output: %s is there already, and is not overwritten", path)
	}
	if err != nil {
		return fmt.Errorf("--output: %w", plainError(err))
	}
	_, err = f.WriteString(text)
	return cmp.Or(err, f.Close())
}
