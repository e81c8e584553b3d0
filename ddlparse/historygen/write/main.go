// Command write writes a generated history of migrations into a folder.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/schema-review/schema-review/ddlparse/historygen"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: write FILES FOLDER")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return fmt.Errorf("FILES: %w", err)
	}
	if err := os.MkdirAll(args[1], 0o755); err != nil {
		return err
	}
	for f := range historygen.Files(n) {
		if err := os.WriteFile(filepath.Join(args[1], f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
