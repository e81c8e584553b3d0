// Command gencatalogue brings the files of translations in line with the sentences of the program: new ones
// are added without a text, those that are no longer said go.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/schema-review/schema-review/review/locale/extract"
)

func main() {
	if err := generate(filepath.Join("..", ".."), "."); err != nil {
		fmt.Fprintln(os.Stderr, "gencatalogue:", err)
		os.Exit(1)
	}
}

// generate reads the module in a folder and writes the files in another one.
func generate(root, locale string) error {
	sentences, _, err := extract.Sentences(root, "./...")
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(locale, "*", "*.po"))
	if err != nil {
		return err
	}
	m, err := newMerge("ja", files)
	if err != nil {
		return err
	}
	return m.write(sentences, filepath.Join(locale, "ja"))
}
