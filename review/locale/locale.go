// Package locale speaks the languages that reviews are written in. Sentences are written in English where they
// are said; the English format is the key of its translation, in the PO files of the language's folder, one
// for each area. README.md tells how to translate.
package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/review/locale/po"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

//go:generate go run ./gencatalogue

//go:embed ja/*.po
var translations embed.FS

// supported are the languages, that of the source first.
var supported = []language.Tag{language.English, language.Japanese}

// Languages are the names of the languages, as configuration writes them; the first is the default.
func Languages() []string {
	var names []string
	for _, tag := range supported {
		names = append(names, tag.String())
	}
	return names
}

// Printer speaks a language: "ja". It speaks English where the language has no translation.
func Printer(name string) *message.Printer {
	return message.NewPrinter(language.Make(name), message.Catalog(sentences()))
}

// sentences are all translations. They are read when somebody speaks for the first time; the tests hold that
// they can be.
var sentences = sync.OnceValue(func() catalog.Catalog {
	b := catalog.NewBuilder()
	for _, tag := range supported[1:] {
		files, _ := Files(tag.String())
		for _, f := range files {
			add(b, tag, f)
		}
	}
	return b
})

// dollar writes the sign that would open a variable of the catalogue's: "${schema}" in a sentence stands for itself.
var dollar = catalog.Var("dollar", catalog.String("$"))

func add(b *catalog.Builder, tag language.Tag, f *po.File) {
	for _, e := range f.Entries {
		if e.Text != "" && !e.Fuzzy {
			_ = b.Set(tag, e.Key, dollar, catalog.String(strings.ReplaceAll(e.Text, "${", "${dollar}{")))
		}
	}
}

// Files are the translations into a language by area: "rules-index".
func Files(name string) (map[string]*po.File, error) {
	paths, err := fs.Glob(translations, name+"/*.po")
	if err != nil {
		return nil, err
	}
	files := make(map[string]*po.File, len(paths))
	for _, p := range paths {
		src, err := translations.ReadFile(p)
		if err != nil {
			return nil, err
		}
		f, err := po.Read(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		files[strings.TrimSuffix(path.Base(p), ".po")] = f
	}
	return files, nil
}
