package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/schema-review/schema-review/review/locale/extract"
	"github.com/schema-review/schema-review/review/locale/po"
)

// merge keeps what is translated, wherever it stands: a sentence may move from one area to another.
type merge struct {
	language string
	known    map[string]po.Entry
	paths    []string
}

func newMerge(language string, paths []string) (*merge, error) {
	m := &merge{language: language, known: map[string]po.Entry{}, paths: paths}
	for _, p := range paths {
		src, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		f, err := po.Read(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		for _, e := range f.Entries {
			if m.known[e.Key].Text == "" {
				m.known[e.Key] = e
			}
		}
	}
	return m, nil
}

// write writes a file for each area, and removes those that have no sentence any more.
func (m *merge) write(sentences []extract.Sentence, folder string) error {
	areas := map[string]*po.File{}
	for _, s := range sentences {
		if areas[s.Area] == nil {
			areas[s.Area] = &po.File{Language: m.language}
		}
		e := m.known[s.Key]
		e.Key, e.Files = s.Key, s.Files
		areas[s.Area].Entries = append(areas[s.Area].Entries, e)
	}
	for _, p := range m.paths {
		if err := os.Remove(p); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for area, f := range areas {
		if err := os.WriteFile(filepath.Join(folder, area+".po"), po.Write(f), 0o644); err != nil {
			return err
		}
	}
	return nil
}
